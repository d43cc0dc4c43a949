// What a reader drops or chooses, as the verifier takes it.

const maxFiles = 1 << 18;

async function entriesBelow(entry, path, to) {
  if (to.length > maxFiles) throw new Error(`more than ${maxFiles} files`);
  if (entry.isFile) {
    const file = await new Promise((good, bad) => entry.file(good, bad));
    to.push({ path: path + entry.name, file });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((good, bad) => reader.readEntries(good, bad));
    if (some.length === 0) return;
    for (const e of some) await entriesBelow(e, `${path}${entry.name}/`, to);
  }
}

// dropped reads what was dropped. The entries must be taken before anything is waited for.
async function dropped(transfer) {
  const entries = [...transfer.items].filter((i) => i.kind === "file").map((i) => i.webkitGetAsEntry?.() ?? i.getAsFile());
  const list = [];
  for (const e of entries) {
    if (e instanceof File) list.push({ path: e.name, file: e });
    else if (e) await entriesBelow(e, "", list);
  }
  return list;
}

function chosen(files) {
  if (files.length > maxFiles) throw new Error(`more than ${maxFiles} files`);
  return [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

const folderOf = (path) => path.slice(0, path.lastIndexOf("/") + 1);
const nameOf = (path) => path.slice(path.lastIndexOf("/") + 1);
const imageName = /\.(png|jpe?g|gif|webp|svg|avif)$/i;

async function looksLikeBundle({ file }) {
  const head = await file.slice(0, 4096).text();
  return /^\s*\{/.test(head) && head.includes('"version"') && (head.includes('"description": {') || head.includes('"statement"') || head.includes('"proof"'));
}

const isShown = async ({ file }) => file.size <= 1 << 20 && /"kind":\s*"(claim|disclosure)"/.test(await file.slice(0, 128).text());

// shownIn finds a claim or a disclosure among files, but for those below folders of a publication.
async function shownIn(list) {
  const found = [];
  for (const x of list.filter((x) => !/(^|\/)(batches|bundles|cards|documents|images)\//.test(x.path)).slice(0, 64)) if (await isShown(x)) found.push(x);
  if (found.length > 1) throw new Error("there are several claims or disclosures among these files: give one at a time");
  return found[0];
}

const maxSigned = 1 << 18; // bytes of an attestation or trust file
const maxGiven = 4096; // of them

// signedKind tells attestations, trust files and facts of chains by what they hold.
async function signedKind({ file }) {
  if (file.size > maxSigned) return "";
  const text = await file.text();
  if (!/^\s*\{/.test(text)) return "";
  if (text.includes('"payloadType"') && text.includes('"signatures"')) return "attestation";
  if (/"kind":\s*"(transaction|receipt|account)"/.test(text) && text.includes('"header"')) return "fact";
  return /"kind":\s*"trust"/.test(text) && text.includes('"keys"') ? "trust" : "";
}

const logNames = ["log.jsonl", "heads.jsonl"]; // of a log

// signedIn finds attestations, a trust file and what dates attestations among files, but for those of a publication's folder: whose word
// counts is nothing that is published.
async function signedIn(list) {
  const root = list.filter((x) => ["drop.json", manifestName].includes(nameOf(x.path))).map((x) => folderOf(x.path)).sort((a, b) => a.length - b.length)[0];
  const found = { attestations: [], trust: [], facts: [], log: [] };
  const loose = list.filter((x) => !(root && x.path.startsWith(root)) && !/(^|\/)(batches|bundles|cards|documents|images)\//.test(x.path) && /\.jsonl?$/i.test(x.path) && (root === undefined || !x.path.startsWith("attestations/")));
  for (const x of loose.slice(0, maxGiven)) {
    if (logNames.includes(nameOf(x.path))) {
      found.log.push(x);
      continue;
    }
    const kind = await signedKind(x);
    if (kind === "attestation") found.attestations.push(x);
    else if (kind === "trust") found.trust.push(x);
    else if (kind === "fact") found.facts.push(x);
  }
  if (found.trust.length > 1) throw new Error("there are several trust files: give one");
  if (new Set(found.log.map((x) => folderOf(x.path))).size > 1) throw new Error("there are several logs: give one");
  return found;
}

const manifestName = "MANIFEST.jsonl"; // of a pack of evidence

const isZip = async ({ file }) => (await file.slice(0, 2).text()) === "PK";
const isEncrypted = async ({ file }) => (await file.slice(0, 21).text()) === "age-encryption.org/v1";

// packIn finds a pack of evidence. One in a CAR the verifier itself finds.
async function packIn(list) {
  const manifest = list.filter((x) => nameOf(x.path) === manifestName).sort((a, b) => a.path.length - b.path.length)[0];
  if (manifest) {
    const root = folderOf(manifest.path);
    return { files: list.filter((x) => x.path.startsWith(root)).map((x) => [x.path.slice(root.length), x.file]) };
  }
  if (list.length === 1 && ((await isZip(list[0])) || (await isEncrypted(list[0])))) return { pack: list[0].file };
  return null;
}

// sorted tells what to judge, in input and shown, what images there are, as [path, file]
// below images/, and CARs of them, and attestations, a trust file, facts and a log. Where a claim waits for its deck a description will do.
async function sorted(list, waits) {
  const { attestations, trust, facts, log } = await signedIn(list);
  const named = (found) => found.map((x) => [x.path, x.file]);
  const given = { attestations: named(attestations), trust: trust[0]?.file, facts: named(facts), log: log.map((x) => [nameOf(x.path), x.file]) };
  const others = list.filter((x) => ![...attestations, ...trust, ...facts, ...log].includes(x));
  const pack = await packIn(others);
  if (pack) return { input: pack, images: [], cars: [], ...given };
  const shown = await shownIn(others);
  const rest = others.filter((x) => x !== shown);
  const cars = rest.filter((x) => /^images-\d+\.car$/i.test(nameOf(x.path)));
  return { shown: shown?.file, cars: cars.map((x) => x.file), ...given, ...(await publicationIn(rest.filter((x) => !cars.includes(x)), shown || waits)) };
}

async function publicationIn(list, shown) {
  const descriptions = list.filter((x) => nameOf(x.path) === "drop.json").sort((a, b) => a.path.split("/").length - b.path.split("/").length);
  if (descriptions.length > 0 && (list.length > 1 || shown)) {
    const root = folderOf(descriptions[0].path);
    const files = list.filter((x) => x.path.startsWith(root)).map((x) => [x.path.slice(root.length), x.file]);
    return { input: { files }, images: files.filter(([path]) => /^images\/[^/]+$/.test(path)) };
  }
  const images = list.filter((x) => imageName.test(x.path)).map((x) => [`images/${nameOf(x.path)}`, x.file]);
  const others = list.filter((x) => !imageName.test(x.path) && !nameOf(x.path).startsWith("."));
  if (others.length === 0) return { input: null, images };
  const archives = others.filter((x) => /\.car$/i.test(x.path));
  if (archives.length === 1 && others.length === 1) return { input: { car: archives[0].file }, images };
  const bundles = [];
  for (const x of others.slice(0, 64)) if (await looksLikeBundle(x)) bundles.push(x);
  if (bundles.length === 1 && others.length <= 2) {
    const document = others.find((x) => x !== bundles[0]);
    return { input: { bundle: bundles[0].file, ...(document && { document: document.file }) }, images };
  }
  if (others.length === 1) return { input: { bundle: others[0].file }, images };
  throw new Error("these files are neither a published folder, with a drop.json, nor one bundle with its document");
}
