// Says which rules pages print: node rules.mjs WASM_EXEC WASM KEY [PATH FILE]… < descriptions > rules.
//
// Each line is a drop.json; KEY is its verifying key, FILEs are published along at their PATHs. The answer to each is a
// line too: the rule as JSON, or null. All are judged by one instance. The last line has the bytes of its memory.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [wasmExec, wasm, key, ...along] = process.argv.slice(2);
createRequire(import.meta.url)(wasmExec); // sets globalThis.Go
const go = new Go();
const { instance } = await WebAssembly.instantiate(readFileSync(wasm), go.importObject);
go.run(instance);

const files = { "verifying.key": new Uint8Array(readFileSync(key)) };
for (let i = 0; i < along.length; i += 2) files[along[i]] = new Uint8Array(readFileSync(along[i + 1]));
const encoder = new TextEncoder();
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { verdict } = JSON.parse(await globalThis.genproofVerify({ files: { ...files, "drop.json": encoder.encode(line) } }));
  process.stdout.write(JSON.stringify(verdict.rule ?? null) + "\n");
}
process.stdout.write(instance.exports.mem.buffer.byteLength + "\n", () => process.exit(0));
