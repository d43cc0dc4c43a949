// Images are shown from bytes that were hashed here, or marked as not checked yet.
const atOnce = 3; // images that are read and decoded
const canFetch = location.protocol === "https:" || location.protocol === "http:";
const canHash = Boolean(globalThis.crypto?.subtle);
const kinds = { png: "image/png", jpg: "image/jpeg", gif: "image/gif", webp: "image/webp", svg: "image/svg+xml" };
const fewPixels = 64; // a width that is enlarged pixel by pixel
const maxImage = 20 << 20; // bytes
let chosen = null; // the files of the folder that the reader chose, by name

let running = 0;
const waiting = [];
async function limited(work) {
  if (running >= atOnce) await new Promise((go) => waiting.push(go));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

async function bytesOf(name) {
  if (chosen) {
    const file = chosen.get(name);
    if (!file) throw new Error("it is not in the folder");
    if (file.size > maxImage) throw new Error("it is too large");
    return file.arrayBuffer();
  }
  const answer = await fetch(`${up}images/${name}`, { credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error("its file is not there");
  return answer.arrayBuffer();
}

// hashed returns an image's bytes if they are those that its name says.
async function hashed(name) {
  const bytes = await bytesOf(name);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = [...digest].map((b) => b.toString(16).padStart(2, "0")).join("");
  if (name.split(".")[0] !== hex) throw new Error("the file has other bytes than the ones that were found under the document’s address");
  return new Blob([bytes], { type: kinds[name.split(".")[1]] ?? "application/octet-stream" });
}

const isHashed = "image: hashed here";

// put fills a box, if it is still of the image with this name. What was proven of a picture stands beside bytes
// that were hashed here, and beside no others.
function put(box, mark, name, node, text) {
  if (!box.isConnected || box.dataset.file !== name) return;
  box.replaceChildren(node);
  if (mark) mark.textContent = text;
  for (const e of box.parentElement.querySelectorAll(".hashed")) e.hidden = text !== isHashed;
  for (const e of box.parentElement.querySelectorAll(".unhashed")) e.hidden = text === isHashed;
}

async function draw(box, mark, alt) {
  const name = box.dataset.file;
  try {
    const blob = await hashed(name);
    if (!box.isConnected || box.dataset.file !== name) return;
    const img = element("img", { alt });
    img.src = URL.createObjectURL(blob);
    try {
      await img.decode();
      if (img.naturalWidth <= fewPixels) img.className = "pixels";
      put(box, mark, name, img, isHashed);
    } catch {
      put(box, mark, name, element("span", {}, "Not shown: the browser cannot read it."), "image: not shown");
    } finally {
      URL.revokeObjectURL(img.src);
    }
  } catch (e) {
    put(box, mark, name, element("span", {}, `Not shown: ${e.message}.`), "image: not shown");
  }
}

// unhashed shows an image whose bytes no script can read, and says so.
function unhashed(box, mark, alt) {
  const name = box.dataset.file;
  const img = element("img", { alt, loading: "lazy", decoding: "async" });
  img.addEventListener("error", () => put(box, mark, name, element("span", {}, "Not shown: its file is not there."), "image: not shown"));
  img.src = `${up}images/${name}`;
  put(box, mark, name, img, "image: not checked yet");
}

const seen = "IntersectionObserver" in globalThis
  ? new IntersectionObserver((list) => {
      for (const x of list) {
        if (!x.isIntersecting) continue;
        seen.unobserve(x.target);
        x.target.fill();
      }
    }, { rootMargin: "300px" })
  : null;

// picture fills a box once it is in sight. What moves is not shown before the reader asks.
function picture(box, mark, alt) {
  if (!box.dataset.file) return;
  const name = box.dataset.file;
  const work = () => (box.isConnected && box.dataset.file === name ? draw(box, mark, alt) : null);
  const fill = () => (canHash && (canFetch || chosen) ? limited(work) : unhashed(box, mark, alt));
  if (box.dataset.moves === "true") {
    if (box.closest("a")) return box.replaceChildren(element("span", {}, "It moves"));
    const button = element("button", { type: "button", class: "button" }, "It moves. Show it");
    button.addEventListener("click", fill);
    return box.replaceChildren(button);
  }
  box.replaceChildren();
  box.fill = fill;
  if (seen) seen.observe(box);
  else fill();
}

function pictures(root) {
  for (const box of root.querySelectorAll(".picture[data-file]")) {
    const tile = box.closest(".tile");
    const title = tile ? "" : document.querySelector(".number")?.textContent ?? "";
    picture(box, tile ? tile.querySelector(".mark") : document.querySelector(".left .mark"), title && `Image of ${title}`);
  }
}

// chooser lets a reader of a disk name the site's folder: only so can a script read its bytes.
function chooser() {
  if (canFetch || !canHash || !document.querySelector(".picture[data-file]:not([data-file=''])")) return;
  const input = element("input", { type: "file", id: "choose", webkitdirectory: "", multiple: "" });
  const note = at("folder");
  note.replaceChildren(
    "Opened from a disk, no page can read an image’s bytes: images are not checked yet. ",
    element("label", { class: "button" }, "Choose this site’s folder", input), " Nothing is sent anywhere.",
  );
  note.hidden = false;
  input.addEventListener("change", () => {
    chosen = new Map();
    for (const f of input.files) if (/(^|\/)images\/[^/]+$/.test(f.webkitRelativePath)) chosen.set(f.name, f);
    note.replaceChildren(`${chosen.size} files of images were chosen. Each is hashed before it is shown.`);
    pictures(document);
  });
}
