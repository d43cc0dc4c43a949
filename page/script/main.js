// What the reader does, and what the page answers.

const at = (id) => document.getElementById(id);
const state = { input: null, shown: null, images: new Map(), cars: [], key: null, description: null, trust: null, attestations: [], facts: [], log: [], pictures: [], addresses: [], found: null, run: 0 };

function unable(why) {
  at("unable-why").replaceChildren(foreign(why));
  at("unable").hidden = false;
  at("choose").hidden = true;
  at("busy").hidden = true;
}

function busy(line) {
  at("busy-line").textContent = line;
  at("busy").hidden = line === "";
}

function show(...nodes) {
  at("result").replaceChildren(...nodes);
  at("result").querySelector("h2")?.focus();
}

// attempt runs work and says what comes of it; of a later one only.
async function attempt(line, work) {
  const run = ++state.run;
  stop();
  at("result").classList.add("used");
  busy(line);
  try {
    const nodes = await work((count) => run === state.run && busy(`${line} ${count} pieces read`));
    if (run === state.run && nodes) show(...nodes);
  } catch (e) {
    if (run !== state.run) return;
    if (e instanceof Unable) return unable(e.message);
    show(banner("not checked", e.message), element("p", { class: "small" }, "Nothing could be judged. Give an output folder of genproof prove, a CAR of one, a pack of evidence, or a bundle with drop.json and verifying.key as your own. A claim or a disclosure needs its deck’s folder, CAR or drop.json beside it."));
  } finally {
    if (run === state.run) busy("");
  }
}

// imageFiles are the files that were given as images.
const imageFiles = () => [...state.images.values(), ...state.cars];

async function fillPictures(pictures) {
  if (state.found) for (const p of pictures) await p.fill(state.found, state.images, imageFiles().length > 0);
}

// imagesSaid says how many of the addresses were compared with bytes: always as long, since what
// stands below must not move.
function imagesSaid() {
  const some = state.found ? Object.keys(state.found).length : 0;
  return `Images: of ${new Set(state.addresses).size} addresses, ${some} were compared here with files that have their bytes. Whether a picture shows what its document says, nobody checked.`;
}

// findImages has the files hashed, and shows those whose bytes documents name.
async function findImages() {
  const run = state.run;
  const addresses = state.addresses.filter((a) => a.startsWith("ipfs://"));
  const cars = [...(state.input?.car ? [state.input.car] : []), ...state.cars];
  const found = await imagesIn(state.images, cars, addresses, (n) => run === state.run && busy(`Checking images… ${n} read`));
  if (run !== state.run) return;
  busy("");
  if (!at("images-line")) return;
  state.found = found;
  at("images-line").textContent = imagesSaid();
  await fillPictures(state.pictures);
}

function lookForImages() {
  const run = state.run;
  findImages().catch((e) => {
    if (run !== state.run) return;
    busy("");
    at("images-line")?.replaceChildren("Images: not checked. ", foreign(e.message, { ours: true }));
  });
}

// imagesPart has the images checked, at once if they are few.
function imagesPart() {
  const part = element("div", {}, element("p", { id: "images-line", role: "status" }, imagesSaid()));
  const total = imageFiles().reduce((sum, file) => sum + file.size, 0);
  if (total <= eager) {
    lookForImages();
    return part;
  }
  const button = element("button", { type: "button", class: "button" }, `Check ${imageFiles().length} files of images, ${Math.ceil(total / 1e6)} MB`);
  button.addEventListener("click", () => {
    button.disabled = true;
    lookForImages();
  });
  part.append(button);
  return part;
}

// question is what is to be judged: of a claim or a disclosure, the publication it is of beside it.
function question() {
  const { input, shown } = state;
  const source = input?.car ? carInput(input.car) : input;
  if (!shown) return source;
  const [audience, challenge] = ["own-name", "own-challenge"].map((id) => at(id).value.trim());
  return { shown, ...(source?.bundle ? {} : source), ...(audience && { audience }), ...(challenge && { challenge }) };
}

// believed is what the reader trusts instead of what is published.
async function believed() {
  const own = {};
  if (state.key) own.key = new Uint8Array(await state.key.arrayBuffer());
  if (state.description) own.description = new Uint8Array(await state.description.arrayBuffer());
  if (state.trust) own.trust = state.trust;
  if (state.attestations.length > 0) own.attestations = state.attestations;
  const blocks = at("own-checkpoints").value.trim();
  if (blocks) own.checkpoints = blocks;
  if (blocks && state.facts.length > 0) own.facts = state.facts; // of no known block they date nothing
  if (own.facts && state.log.length > 0) own.log = state.log;
  return own;
}

function judge() {
  return attempt("Checking…", async (onProgress) => {
    at("chain-result").replaceChildren();
    const asked = { ...question(), ...(await believed()) };
    let answer = await call("verify", asked, onProgress);
    const files = asked.files && answer.verdict?.pictures && (await withPictures(asked.files, state.images, answer.verdict.tokens));
    if (files) answer = await call("verify", { ...asked, files }, onProgress);
    state.pictures = [];
    state.found = null;
    state.addresses = [];
    if (answer.report) return packView(answer);
    if (answer.verdict.kind) return shownView(answer, publicationButton());
    state.addresses = entriesOf(answer).flatMap((e) => e.addresses.filter((a) => a.member === "image").map((a) => a.address));
    const nodes = verdictView(answer, (pictures) => {
      state.pictures.push(...pictures);
      fillPictures(pictures);
    });
    if (imageFiles().length > 0 || (state.input.car && state.addresses.length > 0)) nodes.splice(1, 0, imagesPart());
    return nodes;
  });
}

// publicationButton has what was published judged, which a claim is only compared with.
function publicationButton() {
  if (!state.input || state.input.bundle) return "";
  const button = element("button", { type: "button", class: "button quiet" }, "Check what was published of the deck");
  button.addEventListener("click", () => {
    state.shown = null;
    judge();
  });
  return button;
}

// take judges a list of files, or adds images to what was judged.
async function take(list) {
  let got;
  await attempt("Reading…", async () => {
    got = await sorted(await list, state.shown && !state.input);
    if (got.trust) own("trust", got.trust);
    if (!got.input && !got.shown && !state.input) {
      state.attestations.push(...got.attestations);
      keepDating(got);
      throw new Error(`there is no publication, no bundle, no claim, no disclosure and no pack of evidence among these files${state.attestations.length > 0 || got.trust ? "; what was signed is kept until there is one" : ""}`);
    }
  });
  if (!got || (!got.input && !got.shown && !state.input)) return;
  if (got.shown) state.shown = got.shown;
  else if (got.input && state.input) state.shown = null; // a claim that waits for its deck stays
  if (got.input) {
    if (state.input) forget(); // they were about another
    state.input = got.input;
    state.images = new Map();
    state.cars = [];
  }
  state.attestations.push(...got.attestations);
  keepDating(got);
  at("own-clear").hidden = isPublic();
  for (const [path, file] of got.images) state.images.set(path, file);
  state.cars = [...state.cars, ...got.cars].slice(-4);
  await judge();
}

// forget drops what was signed, and what dates it.
function forget() {
  for (const kind of ["attestations", "facts", "log"]) state[kind] = [];
}

// keepDating keeps facts and a log until there is what they date.
function keepDating({ facts, log }) {
  state.facts.push(...facts);
  if (log.length > 0) state.log = log;
  const n = state.facts.length;
  at("own-facts-line").textContent = n > 0 ? `Facts that you gave: ${n}${state.log.length > 0 ? ", and a log" : ""}. They date attestations if you name their blocks.` : "Facts of these blocks date attestations: those in a pack, and those that you give with a log.";
}

function own(kind, file) {
  state[kind] = file;
  at(`own-${kind}-name`).replaceChildren(file ? foreign(file.name) : kind === "trust" ? "none: nobody’s key is known" : "none: the published one is used");
  at("own-clear").hidden = isPublic();
}

// isPublic reports whether nothing is the reader's own.
const isPublic = () => !state.key && !state.description && !state.trust && state.attestations.length === 0 && state.facts.length === 0 && at("own-checkpoints").value === "";

function listen() {
  for (const id of ["folder", "files"]) {
    at(id).addEventListener("change", (e) => {
      const files = [...e.target.files];
      e.target.value = ""; // the same may be chosen again: it may have changed
      if (files.length > 0) take((async () => chosen(files))());
    });
  }
  for (const kind of ["key", "description", "trust"]) {
    at(`own-${kind}`).addEventListener("change", (e) => {
      if (e.target.files.length === 0) return;
      own(kind, e.target.files[0]);
      if (state.input) judge();
    });
  }
  at("own-checkpoints").addEventListener("change", () => {
    at("own-clear").hidden = isPublic();
    if (state.input) judge();
  });
  at("own-clear").addEventListener("click", () => {
    forget();
    at("own-checkpoints").value = "";
    keepDating({ facts: [], log: [] });
    for (const kind of ["key", "description", "trust"]) {
      own(kind, null);
      at(`own-${kind}`).value = "";
    }
    if (state.input) judge();
  });
  for (const id of ["own-name", "own-challenge"]) {
    at(id).addEventListener("change", () => {
      if (state.shown) judge();
    });
  }
  at("stop").addEventListener("click", stop);
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (e) => e.preventDefault());
  document.addEventListener("dragover", () => at("drop").classList.add("over"));
  for (const name of ["dragleave", "drop"]) document.addEventListener(name, () => at("drop").classList.remove("over"));
  document.addEventListener("drop", (e) => take(dropped(e.dataTransfer)));
}

if (window.top !== window) {
  unable("A page in a frame cannot be told from what is around it. Open it in a window of its own.");
} else {
  listen();
  listenOnline();
  ready().catch((e) => unable(e.message));
}
