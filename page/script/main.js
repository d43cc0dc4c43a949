// What the reader does, and what the page answers.

const at = (id) => document.getElementById(id);
const state = { input: null, images: new Map(), key: null, description: null, pictures: [], found: null, run: 0 };

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
    show(banner("not checked", e.message), element("p", { class: "small" }, "Nothing could be judged. Give an output folder of genproof prove, a CAR of one, or a bundle with drop.json and verifying.key as your own."));
  } finally {
    if (run === state.run) busy("");
  }
}

async function fillPictures(pictures) {
  if (state.found) for (const p of pictures) await p.fill(state.found, state.images);
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
  const found = await call("images", { files: [...state.images], addresses }, (n) => run === state.run && busy(`Checking images… ${n} read`));
  if (run !== state.run) return;
  busy("");
  state.found = found;
  at("images-line").textContent = imagesSaid();
  await fillPictures(state.pictures);
}

// imagesPart has the images checked, at once if they are few.
function imagesPart() {
  const part = element("div", {}, element("p", { id: "images-line", role: "status" }, imagesSaid()));
  let total = 0;
  for (const file of state.images.values()) total += file.size;
  if (total <= eager) {
    findImages().catch(() => busy(""));
    return part;
  }
  const button = element("button", { type: "button", class: "button" }, `Check ${state.images.size} images, ${Math.ceil(total / 1e6)} MB`);
  button.addEventListener("click", () => {
    button.disabled = true;
    findImages().catch(() => busy(""));
  });
  part.append(button);
  return part;
}

function judge() {
  return attempt("Checking…", async (onProgress) => {
    const own = {};
    if (state.key) own.key = new Uint8Array(await state.key.arrayBuffer());
    if (state.description) own.description = new Uint8Array(await state.description.arrayBuffer());
    const answer = await call("verify", { ...state.input, ...own }, onProgress);
    state.pictures = [];
    state.found = null;
    state.addresses = entriesOf(answer).flatMap((e) => e.addresses.filter((a) => a.member === "image").map((a) => a.address));
    const nodes = verdictView(answer, (pictures) => {
      state.pictures.push(...pictures);
      fillPictures(pictures);
    });
    if (state.images.size > 0) nodes.splice(1, 0, imagesPart());
    return nodes;
  });
}

// take judges a list of files, or adds images to what was judged.
async function take(list) {
  let got;
  await attempt("Reading…", async () => {
    got = await sorted(await list);
    if (!got.input && !state.input) throw new Error("there is no publication and no bundle among these files");
  });
  if (!got || (!got.input && !state.input)) return;
  if (got.input) {
    state.input = got.input;
    state.images = new Map();
  }
  for (const [path, file] of got.images) state.images.set(path, file);
  await judge();
}

function own(kind, file) {
  state[kind] = file;
  at(`own-${kind}-name`).replaceChildren(file ? foreign(file.name) : "none: the published one is used");
  at("own-clear").hidden = !state.key && !state.description;
}

function listen() {
  for (const id of ["folder", "files"]) {
    at(id).addEventListener("change", (e) => {
      if (e.target.files.length > 0) take((async () => chosen(e.target.files))());
    });
  }
  for (const kind of ["key", "description"]) {
    at(`own-${kind}`).addEventListener("change", (e) => {
      if (e.target.files.length === 0) return;
      own(kind, e.target.files[0]);
      if (state.input) judge();
    });
  }
  at("own-clear").addEventListener("click", () => {
    for (const kind of ["key", "description"]) {
      own(kind, null);
      at(`own-${kind}`).value = "";
    }
    if (state.input) judge();
  });
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
  ready().catch((e) => unable(e.message));
}
