// Parts of a verdict on the page.

const SVG = "http://www.w3.org/2000/svg";
const outlines = {
  proven: ["M12 2 4 5v6c0 5 3.4 9.3 8 11 4.6-1.7 8-6 8-11V5z", "m8 12 3 3 5-6"],
  amber: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z", "M12 7v6", "M12 16.5v.5"],
  rejected: ["M8 2h8l6 6v8l-6 6H8l-6-6V8z", "m9 9 6 6", "m15 9-6 6"],
  "not checked": ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z", "M8 12h8"],
};

function icon(level) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" })) svg.setAttribute(key, value);
  for (const d of outlines[level] ?? outlines["not checked"]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

const badge = (level, of = "") => element("span", { class: "badge", "data-level": level }, icon(level), of, level);

const headings = { proven: "Proven", amber: "Amber", rejected: "Rejected", "not checked": "Not checked" };

// banner is the verdict on everything; line says it in the command line's words.
function banner(level, line) {
  const title = element("h2", { tabindex: "-1" }, headings[level] ?? headings["not checked"]);
  return element("section", { class: "verdict", "data-level": level, "aria-label": "Verdict" }, icon(level), title, element("p", { id: "line" }, foreign(line, { ours: true })));
}

function facts(rows) {
  const list = element("dl", { class: "facts" });
  for (const [name, ...value] of rows) list.append(element("dt", {}, name), element("dd", {}, ...value));
  return list;
}

const mono = (text) => element("span", { class: "mono" }, foreign(text));

function panel(title, ...what) {
  return element("section", { class: "panel" }, element("h2", {}, title), ...what);
}

function bullets(items) {
  return element("ul", {}, ...items.map((x) => element("li", {}, ...x)));
}

// attributeRow is a row of a label, its value if it has one, and what that is worth.
function attributeRow(label, value, kind) {
  const head = element("th", value === null ? { scope: "row", colspan: "2" } : { scope: "row" }, foreign(label, { limit: 120 }));
  const rest = value === null ? [] : [element("td", {}, foreign(value, { limit: 120 }))];
  return element("tr", {}, head, ...rest, element("td", { class: "kind" }, kind));
}

// attributes is the table of one card: each is what the card is, the author's words, or hidden. Of what
// is hidden the visible may be seen in the picture.
function attributes(level, shown, words, hidden, visible) {
  const body = element("tbody");
  for (const a of shown) body.append(attributeRow(a.label, a.value, level));
  for (const w of words) body.append(attributeRow(w, null, "the author’s words"));
  for (const h of hidden) body.append(attributeRow(h, null, visible.includes(h) ? "hidden in the document, may be visible in the picture" : "hidden"));
  return body.childElementCount === 0 ? "" : element("table", {}, element("caption", { class: "visually-hidden" }, "Attributes"), body);
}
