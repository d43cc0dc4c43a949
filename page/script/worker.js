// Runs the verifier, in a worker that the page throws away after an error. The runtime of Go
// stands before this text.
const reader = new FileReaderSync();
const chunkBytes = 1 << 20;
let held = { file: null, from: 0, bytes: new Uint8Array() }; // what was last read

// sourceOf gives the verifier a file by pieces. A small one is read at once.
function sourceOf(file) {
  return {
    size: file.size,
    read(offset, length) {
      if (held.file !== file || offset < held.from || offset + length > held.from + held.bytes.length) {
        const end = Math.min(file.size, offset + Math.max(length, chunkBytes));
        held = { file, from: offset, bytes: new Uint8Array(reader.readAsArrayBuffer(file.slice(offset, end))) };
      }
      return held.bytes.slice(offset - held.from, offset - held.from + length);
    },
  };
}

async function unpack(text) {
  const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}

async function start({ module, packed }) {
  const compiled = module ?? (await unpack(packed));
  const go = new Go();
  const instance = await WebAssembly.instantiate(compiled, go.importObject);
  go.run(instance).then(() => postMessage({ kind: "ended" }));
  postMessage({ kind: "ready", module: compiled });
}

let told = 0;
function progress(count) {
  if (Date.now() - told > 200) {
    told = Date.now();
    postMessage({ kind: "progress", count });
  }
}

// given turns the page's files into what the verifier reads.
function given(input) {
  const taken = { ...input, progress };
  for (const name of ["car", "bundle", "document", "shown", "pack", "trust"]) if (taken[name]) taken[name] = sourceOf(taken[name]);
  for (const name of ["files", "attestations", "facts", "log"]) {
    if (!taken[name]) continue;
    const list = Object.create(null);
    for (const [path, file] of taken[name]) list[path] = sourceOf(file);
    taken[name] = list;
  }
  return taken;
}

const works = {
  verify: async (input) => JSON.parse(await genproofVerify(given(input))),
  images: async (input) => JSON.parse(await genproofImages(given(input))),
  file: (input) => genproofFile(given(input)),
};

onmessage = async ({ data }) => {
  try {
    if (data.kind === "start") await start(data);
    else postMessage({ kind: "answer", answer: await works[data.kind](data.input) });
  } catch (e) {
    postMessage({ kind: "error", text: e instanceof Error ? e.message : String(e), starting: data.kind === "start" });
  }
};
