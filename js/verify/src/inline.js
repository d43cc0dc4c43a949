// Everything in one file, for pages that can load no other: nothing but the caller's own script is read.
import { verifierOf } from "./core.js";
import { program, worker } from "./packed.js";
import { fromWorker } from "./webworker.js";

function newWorker() {
  const url = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
  try {
    return fromWorker(new Worker(url));
  } finally {
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }
}

async function unpack() {
  const packed = Uint8Array.from(atob(program), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export const { init, verifyToken, dispose } = verifierOf(newWorker, unpack);
export { Unable, wasmDigest } from "./core.js";
