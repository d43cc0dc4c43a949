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

// sorted tells what to judge, in input and shown, and what images there are: as [path, file]
// below images/, and CARs of them. Where a claim waits for its deck a description will do.
async function sorted(list, waits) {
  const shown = await shownIn(list);
  const rest = list.filter((x) => x !== shown);
  const cars = rest.filter((x) => /^images-\d+\.car$/i.test(nameOf(x.path)));
  return { shown: shown?.file, cars: cars.map((x) => x.file), ...(await publicationIn(rest.filter((x) => !cars.includes(x)), shown || waits)) };
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
