// Says how much memory the program takes: node memory.mjs WASM_EXEC WASM FOLDER CAR > report.
//
// FOLDER has a deck's description, of so many cards, and its key; CAR has an image of the largest size. Each line of the
// report is what was done, its level, and the bytes of the instance's memory from then on. One instance does all of it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [wasmExec, wasm, folder, car] = process.argv.slice(2);
createRequire(import.meta.url)(wasmExec); // sets globalThis.Go
const go = new Go();
const { instance } = await WebAssembly.instantiate(readFileSync(wasm), go.importObject);
go.run(instance);

const bytes = (name) => new Uint8Array(readFileSync(`${folder}/${name}`));
const told = (what, level) => console.log(JSON.stringify({ what, level, memory: instance.exports.mem.buffer.byteLength }));
const slow = (bytes) => ({ size: bytes.length, read: (offset, length) => bytes.slice(offset, offset + length) });

told("start", "");
const description = bytes("drop.json");
const { cards } = JSON.parse(new TextDecoder().decode(description));
// a real batch, and for some as large as one may be, with blanks behind it
const real = bytes("batches/0.json");
const batch = new Uint8Array(1 << 20).fill(0x20);
batch.set(real);
const files = { "drop.json": description, "verifying.key": bytes("verifying.key") };
for (let n = 0; 16 * n < cards; n++) files[`batches/${n}.json`] = slow(n % 20 === 1 ? batch : real);
const { verdict } = JSON.parse(await globalThis.genproofVerify({ files }));
told(`${verdict.cards.length} cards`, `${verdict.verdict} ${verdict.rule ? "with a rule" : verdict.reason}`);
const archive = new Uint8Array(readFileSync(car));
for (let i = 0; i < 8; i++) {
  const image = await globalThis.genproofFile({ car: slow(archive), held: "a", path: "images/7.png" });
  if (image.length !== 20 << 20) throw new Error(`an image of ${image.length} bytes`);
}
told("the largest image, eight times", "");
const image = new Uint8Array(20 << 20);
for (let i = 0; i < 8; i++) await globalThis.genproofToken({ files: { ...files, "batches/0.json": real }, token: "1", image, document: new Uint8Array((1 << 18) - 1).fill(0x20) });
told("a token with the largest files, eight times", "");
const { level } = JSON.parse(await globalThis.genproofToken({ files: { ...files, "batches/0.json": real }, token: "1" }));
told("a token", level);
process.exit(0);
