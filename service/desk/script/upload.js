// Uploading a build folder, and the check of what was made of it.

const taken = /^([0-9]{1,7}\.(json|png|jpg|jpeg|gif|webp|avif)|claims\.csv)$/;
const largest = 20 << 20; // bytes of a file
const sending = 4; // files at a time

async function digestOf(bytes) {
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((b) => b.toString(16).padStart(2, "0")).join("");
}

// chosen are the files that a collection is made of, by their names.
function chosen(list) {
  const named = new Map();
  for (const f of list) {
    if (!taken.test(f.name)) continue;
    if (f.size > largest) throw new Refusal(f.name + " has more than 20 MiB");
    if (named.has(f.name)) throw new Refusal("there are two files " + f.name + ": choose the folder of one build");
    named.set(f.name, f);
  }
  if (named.size === 0) throw new Refusal("there is no N.json in this folder");
  return named;
}

async function upload(list) {
  const named = chosen(list);
  const here = new Map((await get(at("/source"))).files.map((f) => [f.name, f.sha256]));
  const waiting = [...named.values()];
  let done = 0, sent = 0, failed = null;
  const line = byID("upload-line");
  const work = async () => {
    for (let f = waiting.shift(); f !== undefined && failed === null; f = waiting.shift()) {
      try {
        const bytes = await f.arrayBuffer();
        const digest = await digestOf(bytes);
        if (here.get(f.name) !== digest) {
          await ask("PUT", at("/source/" + f.name), { raw: bytes, headers: { "Content-SHA256": digest } });
          sent++;
        }
        line.textContent = `${++done} of ${named.size} files are there`;
      } catch (e) {
        failed = e;
      }
    }
  };
  await Promise.all(Array.from({ length: sending }, work));
  if (failed !== null) throw failed;
  line.textContent = `${done} files are there, ${sent} of them new`;
}

async function look() {
  const c = await get(at("/check"));
  const where = byID("check-result");
  const numbered = (list) => list.slice(0, 30).join(", ") + (list.length > 30 ? ", …" : "");
  where.replaceChildren(element("p", { class: "word", id: "check-line" }, `${c.cards} cards, ${c.batches} proofs: ` + (c.provable ? "every card can be proven" : "not every card can be proven")));
  if (c.rules.length > 0) where.append(element("h3", {}, "Rules that cards break"), bullets(c.rules.map((r) => [foreign(r.rule, { lines: true }), " — cards " + numbered(r.cards)])));
  if (c.odd.length > 0) where.append(element("h3", {}, "Documents that contradict their cards"), bullets(c.odd.slice(0, 30).map((o) => ["card " + o.card + ": ", foreign(o.why.join("; "))])));
  if (c.warnings.length > 0) where.append(element("h3", {}, "Warnings"), bullets(c.warnings.map((w) => [foreign(w, { ours: true })])));
}

async function importDeck() {
  await changing("POST", at("/import"), { home: byID("home").value.trim() });
  await look();
  await cards(0);
}

async function setPolicy() {
  await changing("PUT", at("/policy"), { policy: byID("policy").value });
  await look();
}
