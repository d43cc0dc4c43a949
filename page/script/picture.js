// Images are measured by their headers before a browser decodes them.

const maxImageBytes = 20 << 20;
const maxSvgBytes = 1 << 20;
const maxSide = 8192; // pixels
const maxPixels = 32e6;

const ascii = (b, from, to) => String.fromCharCode(...b.subarray(from, to));

function png(b, view) {
  if (b.length < 33 || ascii(b, 12, 16) !== "IHDR") return null;
  let animated = false;
  for (let at = 8; at + 12 <= b.length; ) { // chunks: length, type, data, checksum
    const kind = ascii(b, at + 4, at + 8);
    animated ||= kind === "acTL";
    if (kind === "IDAT") break;
    at += 12 + view.getUint32(at);
  }
  return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20), animated };
}

function gif(b, view) {
  if (b.length < 13) return null;
  let frames = 0, width = view.getUint16(6, true), height = view.getUint16(8, true);
  const table = (flags) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  const blocks = (at) => {
    while (at < b.length && b[at] !== 0) at += b[at] + 1;
    return at + 1;
  };
  for (let at = 13 + table(b[10]); at < b.length && frames < 2; ) {
    if (b[at] === 0x21) at = blocks(at + 2);
    else if (b[at] === 0x2c && at + 10 <= b.length) {
      frames++;
      width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
      height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
      at = blocks(at + 11 + table(b[at + 9]));
    } else break;
  }
  return { type: "image/gif", width, height, animated: frames > 1 };
}

function webp(b, view) {
  const kind = ascii(b, 12, 16);
  const u24 = (at) => b[at] | (b[at + 1] << 8) | (b[at + 2] << 16);
  if (b.length < 30) return null;
  if (kind === "VP8X") return { type: "image/webp", width: u24(24) + 1, height: u24(27) + 1, animated: (b[20] & 2) !== 0 };
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { type: "image/webp", width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, animated: false };
  }
  if (kind === "VP8 ") return { type: "image/webp", width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, animated: false };
  return null;
}

function jpeg(b, view) {
  for (let at = 2; at + 9 < b.length; ) {
    if (b[at] !== 0xff) return null;
    const marker = b[at + 1];
    if (marker === 0xff) { at++; continue; }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { type: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5), animated: false };
    }
    if (marker === 0xda || marker === 0xd9) return null;
    at += 2 + (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8) ? 0 : view.getUint16(at + 2));
  }
  return null;
}

function header(b) {
  const view = new DataView(b.buffer, b.byteOffset, b.byteLength);
  if (b.length >= 8 && view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a) return png(b, view);
  if (/^GIF8[79]a$/.test(ascii(b, 0, 6))) return gif(b, view);
  if (ascii(b, 0, 4) === "RIFF" && ascii(b, 8, 12) === "WEBP") return webp(b, view);
  if (b.length >= 3 && b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff) return jpeg(b, view);
  const start = new TextDecoder().decode(b.subarray(0, 1024)).trimStart();
  if (/^(<\?xml[^>]*\?>\s*)?(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(start)) return { type: "image/svg+xml", width: 0, height: 0, animated: false };
  return null;
}

// measure says what an image is, or with refused why it is not shown.
function measure(b) {
  if (b.length > maxImageBytes) return { refused: `it has ${b.length} bytes, more than are shown here` };
  let h = null;
  try {
    h = header(b);
  } catch (e) {
    if (!(e instanceof RangeError)) throw e; // it ends before its header does
  }
  if (!h) return { refused: "it is no PNG, JPEG, GIF, WebP or SVG" };
  if (h.type === "image/svg+xml") return b.length > maxSvgBytes ? { refused: "an SVG of more than 1 MiB" } : h;
  if (!(h.width > 0 && h.height > 0)) return { refused: "its header says that it is empty" };
  if (h.width > maxSide || h.height > maxSide || h.width * h.height > maxPixels) return { refused: `it says that it is ${h.width} × ${h.height} pixels, more than are shown here` };
  return h;
}
