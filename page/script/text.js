// Texts of strangers: shown so that they can pretend to be nothing else.

const maxShown = 300; // characters of a text, before its button
const maxMarks = 8; // combining marks one above the other

// Characters that show as nothing, or turn what is around them.
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u00ad\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufff0-\uffff]|(?! )\p{Zs}/u;
const badgeLike = /[\u2611\u2610\u2612\u2713-\u2718\u2705\u274c\u274e\u26a0\u{1f5f8}\u{1f5f9}\u{1f6e1}\u{1f512}\u{1f510}\u{1f7e2}\u{1f7e0}\u{1f7e1}\u{1f534}\u{1f48e}]/u;
const verdictLike = /^(proven|verified|verifiziert|amber|rejected|authentic|certified|genuine|trusted|official|safe)$/iu;
const otherScripts = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}]/u;
const letterLike = /[\u{1d400}-\u{1d7ff}\uff01-\uff5e\u2460-\u24ff\u{1f100}-\u{1f189}]/u; // letters in another dress

function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
}

function codePoint(c) {
  const hex = c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return element("span", { class: "cp" }, `⟨U+${hex}⟩`);
}

// joins reports whether the joiner at i holds two pictographs together, as in families.
function joins(chars, i) {
  return chars[i] === "\u200d" && /[\p{Extended_Pictographic}\ufe0f\u{1f3fb}-\u{1f3ff}]/u.test(chars[i - 1] ?? "") && /\p{Extended_Pictographic}/u.test(chars[i + 1] ?? "");
}

function boxed(text, why) {
  return element("span", { class: "boxed", title: why }, text);
}

// word shows a run without blanks; what looks like this page's own words stands in a box, unless
// the verifier says it.
function word(text, ours) {
  const latin = [...text].some((c) => /\p{Script=Latin}/u.test(c) && !letterLike.test(c));
  const signs = letterLike.test(text);
  if (latin && (signs || otherScripts.test(text))) return boxed(text, "letters of several scripts that look alike");
  if (signs) return boxed(text, "signs that look like letters");
  if (!ours && verdictLike.test(text.normalize("NFKC").replace(/[^\p{L}]/gu, ""))) return boxed(text, "a word of the text, not a verdict");
  return text;
}

// pieces turns a text into nodes. lines keeps its ends of lines.
function pieces(text, lines, ours) {
  const out = [];
  let run = "", marks = 0;
  const flush = () => {
    if (run !== "") out.push(word(run, ours));
    run = "";
  };
  const chars = [...text];
  chars.forEach((c, i) => {
    marks = /\p{M}/u.test(c) ? marks + 1 : 0;
    if (c === " " || (lines && c === "\n")) {
      flush();
      out.push(c);
    } else if (unseen.test(c) && !joins(chars, i)) {
      flush();
      out.push(codePoint(c));
    } else if (badgeLike.test(c)) {
      flush();
      out.push(boxed(c, "a sign of the text, not a verdict"));
    } else if (marks === maxMarks + 1) {
      run += "…";
    } else if (marks <= maxMarks) {
      run += c;
    }
  });
  flush();
  return out;
}

// foreign shows a stranger's text, isolated from the direction of what is around it. ours says that
// it is the verifier's, which quotes strangers.
function foreign(text, { lines = false, limit = maxShown, ours = false } = {}) {
  const box = element("bdi");
  const chars = [...String(text).slice(0, 1 << 20)];
  box.append(...pieces(chars.slice(0, limit).join(""), lines, ours));
  if (chars.length > limit) {
    const button = element("button", { type: "button", class: "more" }, `… show all ${chars.length} characters`);
    button.addEventListener("click", () => {
      const rest = chars.slice(limit, limit + 20000).join("");
      button.replaceWith(...pieces(rest, lines, ours), chars.length > limit + 20000 ? "…" : "");
    });
    box.append(button);
  }
  return box;
}
