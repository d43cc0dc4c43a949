// Reads cases from standard input and judges each by the installed package: what go test compares.
import { readFileSync } from "node:fs";
import { dispose, init, Unable, verifyToken } from "@genproof/verify";

const { bases, cases } = JSON.parse(readFileSync(0));
const decode = (files) => Object.fromEntries(Object.entries(files).map(([path, data]) => [path, new Uint8Array(Buffer.from(data, "base64"))]));
const folders = Object.fromEntries(Object.entries(bases).map(([name, files]) => [name, decode(files)]));

// changed is a folder with one file changed, as Go changes it.
function changed(files, { path, op, at, xor }) {
  const out = { ...files };
  const data = files[path];
  if (op === "flip") {
    out[path] = data.slice();
    out[path][at] ^= xor;
  } else if (op === "cut") out[path] = data.slice(0, at);
  else if (op === "insert") out[path] = new Uint8Array([...data.slice(0, at), xor, ...data.slice(at)]);
  else if (op === "remove") delete out[path];
  return out;
}

// below are the files of a folder, by what is behind its name.
const below = (files, dir) => Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(dir)).map(([path, data]) => [path.slice(dir.length), data]));

const results = [];
for (const c of cases) {
  const files = changed(folders[c.base], c);
  const question = { publication: c.car ? files[c.car] : c.bundle ? files[c.bundle] : files, tokenId: c.token };
  for (const name of ["document", "image", "description", "key"]) if (c[name]) question[name] = files[c[name]];
  if (c.uri) {
    question.chain = {
      id: c.chain ?? "1",
      contract: c.contract ?? "0x" + "12".repeat(20),
      call: async ({ method }) => {
        if (method === "eth_chainId") return c.answers?.chainId ?? "0x1";
        if (method === "eth_getBlockByNumber") return { number: "0x10", hash: "0x" + "ab".repeat(32) };
        if (c.answers?.call) return c.answers.call;
        const text = Buffer.from(c.uri);
        const word = (n) => n.toString(16).padStart(64, "0");
        return "0x" + word(32) + word(text.length) + text.toString("hex").padEnd(Math.ceil(text.length / 32) * 64, "0");
      },
    };
  }
  if (c.attested) {
    question.attestations = below(files, "attestations/");
    question.trust = files["trust.json"];
  }
  if (c.checkpoints) {
    question.dating = { facts: below(files, "facts/"), checkpoints: c.checkpoints };
    if (c.log) question.dating.log = below(files, "log/");
  }
  const v = await verifyToken(question);
  results.push({ attestations: v.attestations, attested: v.attested, level: v.level, reason: v.reason ?? "", card: v.card?.toString() ?? "", image: v.image ?? "", words: v.words, ok: "ok" in v, block: v.chain?.block.toString() ?? "" });
}

// What no JSON can say: arguments of other forms, globals, stopping.
async function refused(question, options) {
  try {
    await verifyToken(question, options);
    return "accepted";
  } catch (e) {
    return e instanceof TypeError ? e.message : `not a TypeError: ${e}`;
  }
}
const publication = new Uint8Array(8);
const call = async () => "0x1";
const contract = "0x" + "12".repeat(20);
const block = { chain: 1n, number: "1", hash: "0x" + "5a".repeat(32) };
const types = [];
for (const q of [
  undefined, null, {}, { publication: "drop.car", tokenId: 1n }, { publication: [publication], tokenId: 1n }, { publication: { "drop.json": "{}" }, tokenId: 1n },
  { publication, tokenId: 1 }, { publication, tokenId: "01" }, { publication, tokenId: "0x1" }, { publication, tokenId: -1n }, { publication, tokenId: 1n << 64n }, { publication, tokenId: " 1" },
  { publication, tokenId: 1n, document: "{}" }, { publication, tokenId: 1n, image: new ArrayBuffer(1) }, { publication, tokenId: 1n, key: null },
  { publication, tokenId: 1n, dating: null }, { publication, tokenId: 1n, dating: {} }, ...[
    { facts: [], checkpoints: [block] }, { facts: { a: "{}" }, checkpoints: [block] }, { facts: Object.fromEntries(Array.from({ length: 257 }, (_, i) => [i, publication])), checkpoints: [block] },
    { facts: {} }, { facts: {}, checkpoints: [] }, { facts: {}, checkpoints: "1:1:0x" + "5a".repeat(32) }, { facts: {}, checkpoints: Array(4097).fill(block) }, { facts: {}, checkpoints: [block, ,] },
    { facts: {}, checkpoints: [{ ...block, chain: 1 }] }, { facts: {}, checkpoints: [{ ...block, number: "0x1" }] }, { facts: {}, checkpoints: [{ ...block, hash: "0x5a" }] },
    { facts: {}, checkpoints: [block], log: publication },
  ].map((dating) => ({ publication, tokenId: 1n, dating })),
  { publication, tokenId: 1n, chain: {} }, { publication, tokenId: 1n, chain: { id: 1, contract, call } }, { publication, tokenId: 1n, chain: { id: 1n, contract: "0x12", call } }, { publication, tokenId: 1n, chain: null },
]) types.push(await refused(q));
types.push(await refused({ publication, tokenId: 1n }, { timeout: -1 }));

const stopping = verifyToken({ publication: folders.deck, tokenId: 3n });
const waiting = verifyToken({ publication: folders.deck, tokenId: 4n });
setTimeout(dispose, 5);
const stopped = [(await stopping).words, (await waiting).words];
const late = (await verifyToken({ publication: folders.deck, tokenId: 3n }, { timeout: 1 })).words;
const again = (await verifyToken({ publication: folders.deck, tokenId: 3n })).level;
dispose();
let otherProgram = "accepted";
await init({ wasm: new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]) }).catch((e) => (otherProgram = `${e.name}: ${e.message}`));
const webAssembly = globalThis.WebAssembly;
delete globalThis.WebAssembly;
let without = "accepted";
await init().catch((e) => (without = `${e instanceof Unable}: ${e.message}`));
const verdictWithout = (await verifyToken({ publication: folders.deck, tokenId: 3n })).words;
globalThis.WebAssembly = webAssembly;
const globals = Object.keys(globalThis).filter((name) => /^(Go|genproof)/.test(name));
console.log(JSON.stringify({ results, types, stopped, late, again, otherProgram, without, verdictWithout, globals }));
