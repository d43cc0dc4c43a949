// Images of cards and tokens: shown only from bytes that were hashed.

const atOnce = 3; // images that are decoded
const fewPixels = 64; // a width that is enlarged pixel by pixel
const eager = 64 << 20; // bytes of images that are hashed without being asked for

let running = 0;
const waiting = [];

// limited runs a few pieces of work at once.
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

// embedded returns the bytes of a data: address, which are the document's own.
function embedded(address) {
  const [, head, body] = /^data:([^,]*),(.*)$/s.exec(address) ?? [];
  if (body === undefined || body.length > 2 * maxImageBytes) return null;
  try {
    if (/;base64$/i.test(head)) return Uint8Array.from(atob(body), (c) => c.charCodeAt(0));
    return new TextEncoder().encode(decodeURIComponent(body));
  } catch {
    return null;
  }
}

// A CAR keeps its name for as long as the page has it: its verifier opens it once.
const carNames = new WeakMap();
let carCount = 0;

function carInput(car) {
  if (!carNames.has(car)) carNames.set(car, `car ${++carCount}`);
  return { car, held: carNames.get(car) };
}

// imagesIn finds the images of addresses in files, which are hashed, and in CARs.
async function imagesIn(files, cars, addresses, onProgress) {
  const found = Object.create(null);
  const add = (some, from) => {
    for (const [address, image] of Object.entries(some)) found[address] ??= { ...image, ...from };
  };
  if (files.size > 0) add(await call("images", { files: [...files], addresses }, onProgress), {});
  for (const car of cars) add(await call("images", { ...carInput(car), addresses }, onProgress), { car });
  return found;
}

const mostPicture = 1 << 16; // bytes: no file of a proven picture has more

// withPictures returns a folder's files with those that were given beside it where the verifier looks for proven
// pictures: files whose bytes documents name, whatever they are called, and files that are called like one. Null: there are none.
async function withPictures(files, images, tokens) {
  const cids = tokens.flatMap((t) => t.picture?.cid ?? []);
  const list = new Map(files);
  const beside = [...images].filter(([path, file]) => list.get(path) !== file);
  for (const [path, file] of beside) if (cids.some((c) => path === `images/${c}.png`)) list.set(path, file);
  const small = beside.filter(([, file]) => file.size <= mostPicture);
  const found = small.length > 0 ? await call("images", { files: small, addresses: cids.map((c) => `ipfs://${c}`) }) : {};
  for (const { cid, path } of Object.values(found)) list.set(`images/${cid}.png`, images.get(path));
  return [...list].some(([path, file]) => !files.some((f) => f[0] === path && f[1] === file)) ? [...list] : null;
}

// bytesOf reads an image again and has it hashed again: it may have changed on its disk.
async function bytesOf(image, files) {
  if (image.car) return call("file", { ...carInput(image.car), path: image.path });
  const bytes = new Uint8Array(await files.get(image.path).arrayBuffer());
  const copy = new File([bytes], "image");
  const own = `ipfs://${image.cid}`;
  const found = await call("images", { files: [["images/image", copy]], addresses: [own] });
  if (!found[own]) throw new Error("the file has changed since it was checked");
  return bytes;
}

function put(box, ...what) {
  box.classList.remove("bytes");
  box.replaceChildren(...what);
}

async function draw(box, bytes, said) {
  const m = measure(bytes);
  if (m.refused) return put(box, "not shown: ", m.refused);
  const show = () =>
    limited(async () => {
      const img = element("img", { alt: said, ...(m.width && { width: m.width, height: m.height }) });
      img.src = URL.createObjectURL(new Blob([bytes], { type: m.type }));
      try {
        await img.decode();
        if (m.width && m.width <= fewPixels) img.className = "pixels";
        put(box, img);
        box.classList.add("bytes");
      } catch {
        put(box, "not shown: the browser cannot read it");
      } finally {
        URL.revokeObjectURL(img.src);
      }
    });
  if (!m.animated) return show();
  const button = element("button", { type: "button", class: "button quiet" }, "Show it");
  button.addEventListener("click", show);
  put(box, "It moves.", button);
}

// picture returns the box of an image's address, and a function that fills it once images were found.
function picture(address, fixed) {
  const box = element("div", { class: "picture" });
  const own = embedded(address);
  if (own) {
    draw(box, own, "The image that the document holds");
    return { box, fill() {} };
  }
  if (!fixed) {
    put(box, "Image: can change. Its address does not say what the bytes are.");
    return { box, fill() {} };
  }
  put(box, "Image: not checked yet. Add the folder of images.");
  const fill = async (found, files, given) => {
    const image = found[address];
    if (!image) return given && put(box, "Image: not checked yet. None of the files here was found to be it.");
    try {
      await draw(box, await bytesOf(image, files), "The image whose bytes the document’s address names");
    } catch (e) {
      put(box, "Image: not checked. ", foreign(e.message));
    }
  };
  return { box, fill };
}
