// Does what a page does: node page.mjs WASM_EXEC WASM < cases > results.
//
// The cases are JSON, {"bases": {name: files}, "calls": [{"form": …, "files": …, "base": name}]},
// where files are {path: base64}; those of a call stand in the places of its base's, and null takes
// one away. The results are one of {"answer": …} or {"error": …} for each, all by one instance.
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

let steps = 0; // that the program has told of
const counting = (n) => {
  steps = n;
  throw new Error("what is thrown here stays here");
};

// below takes the files of a folder out of all, by their names there.
const below = (files, folder) => Object.fromEntries(Object.entries(files).filter(([name]) => name.startsWith(folder)).map(([name, bytes]) => [name.slice(folder.length), bytes]));

// What a page can hand over. Both good forms come first.
const slow = (bytes) => ({ size: bytes.length, read: (offset, length) => bytes.slice(offset, offset + length) });
const forms = {
  car: (files) => ({ car: files["drop.car"] }),
  files: (files) => ({ files }),
  "readers of files": (files) => ({ files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, slow(bytes)])), progress: counting }),
  "reader of a CAR": (files) => ({ car: slow(files["drop.car"]), progress: counting }),
  "a card": (files) => ({ bundle: files["card.json"], document: files["document"] }),
  "a token": (files) => ({ bundle: files["bundles/2.json"], description: files["drop.json"], key: files["verifying.key"], document: files["document"] }),
  "a token without its drop": (files) => ({ bundle: files["bundles/2.json"] }),
  "a key of one's own": (files) => ({ files, key: files["verifying.key"] }),
  images: (files) => ({ files, addresses: JSON.parse(new TextDecoder().decode(files.addresses)) }),
  "images of a CAR": (files) => ({ car: files["drop.car"], addresses: JSON.parse(new TextDecoder().decode(files.addresses)) }),
  "images of a CAR that is held": (files) => ({ car: files["drop.car"], held: "a", addresses: JSON.parse(new TextDecoder().decode(files.addresses)) }),
  "file of a CAR that is held": () => ({ car: new Uint8Array(), held: "a", path: "images/7.png" }),
  "file of a CAR that is not there": () => ({ car: new Uint8Array(), held: "a", path: "images/8.png" }),
  "file of a number": () => ({ car: new Uint8Array(), held: "a", path: 7 }),
  "file of a CAR by a number": () => ({ car: new Uint8Array(), held: 7, path: "images/7.png" }),
  "shown alone": (files) => ({ shown: files.shown }),
  "shown and a description": (files) => ({ shown: files.shown, description: files["drop.json"] }),
  "shown and a folder": (files) => ({ shown: files.shown, files: { "drop.json": slow(files["drop.json"]) } }),
  "shown and a CAR": (files) => ({ shown: slow(files.shown), car: files["drop.car"], held: "b" }),
  "shown and a drawn drop": (files) => ({ shown: files.shown, description: files.drawn }),
  "shown to its reader": (files) => ({ shown: files.shown, description: files["drop.json"], audience: "museum.example", challenge: "0x" + "5a".repeat(32) }),
  "shown to another": (files) => ({ shown: files.shown, description: files["drop.json"], audience: "example.org" }),
  "shown to a number": (files) => ({ shown: files.shown, description: files["drop.json"], audience: 7 }),
  "shown with no challenge": (files) => ({ shown: files.shown, description: files["drop.json"], challenge: "5a".repeat(32) }),
  "shown with another's key": (files) => ({ shown: files.shown, description: files["drop.json"], key: files.shown }),
  attested: (files) => ({ files: below(files, "out/"), attestations: Object.fromEntries(Object.entries(below(files, "given/")).map(([name, bytes]) => [name, slow(bytes)])), trust: files.trust }),
  "attested token": (files) => ({ files: below(files, "out/"), attestations: below(files, "given/"), trust: files.trust, token: "3" }),
  dated: (files) => ({ files: below(files, "out/"), attestations: below(files, "given/"), trust: files.trust, facts: below(files, "facts/"), log: Object.keys(below(files, "log/")).length > 0 ? below(files, "log/") : undefined, checkpoints: new TextDecoder().decode(files.checkpoints) }),
  "facts without blocks": (files) => ({ files: below(files, "out/"), facts: below(files, "facts/") }),
  "facts of numbers": (files) => ({ files: below(files, "out/"), facts: { "a.json": 7 }, checkpoints: new TextDecoder().decode(files.checkpoints) }),
  "facts of text": (files) => ({ files: below(files, "out/"), facts: "a.json", checkpoints: new TextDecoder().decode(files.checkpoints) }),
  "checkpoints of numbers": (files) => ({ files: below(files, "out/"), facts: below(files, "facts/"), checkpoints: 7 }),
  "a pack and blocks": ({ checkpoints, ...files }) => ({ files, checkpoints: new TextDecoder().decode(checkpoints) }),
  "many attestations": (files) => ({ files: below(files, "out/"), attestations: Object.fromEntries(Array.from({ length: Number(new TextDecoder().decode(files.many)) }, (_, i) => [`${i}.json`, files.one])) }),
  "attestations of text": (files) => ({ files: below(files, "out/"), attestations: "a.json" }),
  "attestations of numbers": (files) => ({ files: below(files, "out/"), attestations: { "a.json": 7 } }),
  "null for trust": (files) => ({ files: below(files, "out/"), trust: null }),
  "a pack": (files) => ({ pack: slow(files.pack), progress: counting }),
  "a pack as a CAR": (files) => ({ car: files.pack }),
  "a pack's folder": (files) => ({ files }),
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
  "a reader that throws": (files) => ({ files: { "drop.json": { size: 9, read() { throw new Error("disk"); } } } }),
  "a reader that lies": (files) => ({ files: { ...files, "drop.json": { size: 9, read: () => new Uint8Array(3) } } }),
  "a reader of no size": (files) => ({ files: { ...files, "drop.json": { size: -1, read: () => new Uint8Array() } } }),
  "progress of text": (files) => ({ files, progress: "7" }),
  "a document and a folder": (files) => ({ bundle: files["drop.json"], document: files["drop.json"] }),
  "addresses of numbers": (files) => ({ files, addresses: [5] }),
  "throwing getter": () => ({ get car() { throw new Error("getter"); } }),
};

const go = new Go();
const { instance } = await WebAssembly.instantiate(readFileSync(wasm), go.importObject);
go.run(instance);

const results = [];
const { bases, calls } = JSON.parse(readFileSync(0));
for (const { form, files, base } of calls) {
  const bytes = {};
  for (const [path, text] of Object.entries({ ...(base ? bases[base] : {}), ...files })) if (text !== null) bytes[path] = new Uint8Array(Buffer.from(text, "base64"));
  try {
    steps = 0;
    const ask = form === "attested token" ? globalThis.genproofToken : form.startsWith("file of") ? globalThis.genproofFile : form.includes("images") || form.includes("addresses") ? globalThis.genproofImages : globalThis.genproofVerify;
    const answer = await ask(forms[form](bytes));
    results.push({ answer: typeof answer === "string" ? JSON.parse(answer) : Buffer.from(answer).toString("base64"), steps });
  } catch (e) {
    results.push({ error: e instanceof Error ? e.message : `not an Error: ${e}` });
  }
}

const brotli = brotliCompressSync(readFileSync(wasm), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
process.stdout.write(JSON.stringify({ results, brotli: brotli.length }), () => process.exit(0));
