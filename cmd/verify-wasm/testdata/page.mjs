// Does what a page does: node page.mjs WASM_EXEC WASM < cases > results.
//
// The cases are a JSON array of {"form": …, "files": {path: base64}}; the results are one
// of {"report": …} or {"error": …} for each, all by one instance.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { brotliCompressSync, constants } from "node:zlib";

const [wasmExec, wasm] = process.argv.slice(2);
createRequire(import.meta.url)(wasmExec); // sets globalThis.Go

class Lying extends Uint8Array {
  get length() {
    return -1;
  }
}

// What a page can hand over. Both good forms come first.
const forms = {
  car: (files) => ({ car: files["drop.car"] }),
  files: (files) => ({ files }),
  claim: (files) => ({ claim: files["claim.json"], description: files["deck.json"] }),
  "claim alone": (files) => ({ claim: files["claim.json"] }),
  "claim of text": (files) => ({ claim: "claim.json", description: files["deck.json"] }),
  "another key": (files) => ({ files, key: new Uint8Array(files["verifying.key"].length) }),
  "null for a key": (files) => ({ files, key: null }),
  "null for a description": (files) => ({ files, description: null }),
  undefined: () => undefined,
  null: () => null,
  number: () => 7,
  text: () => "drop.car",
  "empty object": () => ({}),
  "car of text": () => ({ car: "drop.car" }),
  "car of null": () => ({ car: null }),
  "car of words": () => ({ car: new Uint16Array(8) }),
  "empty car": () => ({ car: new Uint8Array() }),
  "car of a lying length": () => ({ car: new Lying(8) }),
  "no files": () => ({ files: {} }),
  "files of null": () => ({ files: null }),
  "files of numbers": () => ({ files: { "drop.json": 5 } }),
  "files of a proxy": () => ({ files: new Proxy({}, { ownKeys() { throw new Error("ownKeys"); } }) }),
  "throwing getter": () => ({ get car() { throw new Error("getter"); } }),
};

const go = new Go();
const { instance } = await WebAssembly.instantiate(readFileSync(wasm), go.importObject);
go.run(instance);

const results = [];
for (const { form, files } of JSON.parse(readFileSync(0))) {
  const bytes = {};
  for (const [path, text] of Object.entries(files ?? {})) bytes[path] = new Uint8Array(Buffer.from(text, "base64"));
  try {
    results.push({ report: JSON.parse(await globalThis.genproofVerify(forms[form](bytes))) });
  } catch (e) {
    results.push({ error: e instanceof Error ? e.message : `not an Error: ${e}` });
  }
}

const brotli = brotliCompressSync(readFileSync(wasm), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
process.stdout.write(JSON.stringify({ results, brotli: brotli.length }), () => process.exit(0));
