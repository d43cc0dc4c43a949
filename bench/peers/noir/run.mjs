// node run.mjs setup STATEMENT FOLDER | witness STATEMENT FOLDER WARMUP RUNS
//
// FOLDER has sample.json, and gets main.json, input.json and witness.gz. Standard output is
// one line of JSON; what the tools say goes to standard error.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compile, createFileManager } from "@noir-lang/noir_wasm";
import { Noir } from "@noir-lang/noir_js";

// Compiler and solver write to what would be standard output.
console.log = console.info = console.debug = console.error;
const here = path.dirname(fileURLToPath(import.meta.url));
const [phase, statement, folder, ...rest] = process.argv.slice(2);
const at = (...names) => path.join(folder, ...names);
const seconds = (since) => (performance.now() - since) / 1000;

// The order of the curve that is embedded in BN254's scalar field.
const order = 21888242871839275222246405745257275088696311157297823662689037894645226208583n;
const hex = (n) => "0x" + BigInt(n).toString(16);

async function program(name, head = "") {
  const crate = at("crate-" + name);
  fs.mkdirSync(path.join(crate, "src"), { recursive: true });
  fs.writeFileSync(path.join(crate, "Nargo.toml"), `[package]\nname = "${name}"\ntype = "bin"\nauthors = [""]\n[dependencies]\n`);
  fs.writeFileSync(path.join(crate, "src", "main.nr"), head + fs.readFileSync(path.join(here, name + ".nr"), "utf8"));
  fs.copyFileSync(path.join(here, "gadgets.nr"), path.join(crate, "src", "gadgets.nr"));
  const done = await compile(createFileManager(crate));
  return done.program ?? done;
}

// sign adds the authority and its signature; everybody knows the key.
async function sign(sample) {
  const key = 123456789n, nonce = 987654321n;
  const all = { message: 0, values: Array(32).fill(0), siblings: Array(16).fill(0), right: Array(16).fill(0), ...sample, key: hex(key), nonce: hex(nonce) };
  delete all.bound;
  const { returnValue } = await new Noir(await program("sample")).execute(all);
  const [ax, ay, rx, ry, h, root] = returnValue;
  const s = (nonce + BigInt(h) * key) % order;
  return { signed: { ...sample, authority: [ax, ay], r: [rx, ry], s: [hex(s & ((1n << 128n) - 1n)), hex(s >> 128n)] }, root };
}

const inputsOf = {
  document: async ({ message, digest }) => ({ message, digest }),
  opening: async (sample) => { const { signed, root } = await sign(sample); return { ...signed, root }; },
  receipt: async (sample) => (await sign(sample)).signed,
};

async function setup() {
  const sample = JSON.parse(fs.readFileSync(at("sample.json")));
  const start = performance.now();
  const main = await program(statement, statement === "document" ? `global BLOCKS: u32 = ${sample.blocks};\n` : "");
  const compileSeconds = seconds(start);
  fs.writeFileSync(at("main.json"), JSON.stringify(main));
  fs.writeFileSync(at("input.json"), JSON.stringify(await inputsOf[statement](sample)));
  return { compileSeconds };
}

async function witness(warmup, runs) {
  const noir = new Noir(JSON.parse(fs.readFileSync(at("main.json"))));
  const input = JSON.parse(fs.readFileSync(at("input.json")));
  const out = { proveSeconds: [], proveCPU: [] };
  for (let i = 0; i < warmup + runs; i++) {
    const start = performance.now();
    const before = process.cpuUsage();
    const { witness } = await noir.execute(input);
    fs.writeFileSync(at("witness.gz"), witness);
    const used = process.cpuUsage(before);
    if (i < warmup) continue;
    out.proveSeconds.push(seconds(start));
    out.proveCPU.push((used.user + used.system) / 1e6);
  }
  return out;
}

const phases = { setup, witness: () => witness(Number(rest[0]), Number(rest[1])) };
try {
  const result = await phases[phase]();
  process.stdout.write(JSON.stringify(result) + "\n", () => process.exit(0));
} catch (e) {
  console.error(e);
  process.exit(1);
}
