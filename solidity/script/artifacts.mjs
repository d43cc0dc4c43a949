#!/usr/bin/env node
// Writes artifacts/NAME.json from what forge has compiled: all that deploying and checking
// a contract takes, so that nobody else needs a compiler. With --check it writes nothing
// and fails if a file is not byte for byte what it would write. With --from DIR it reads
// another output folder than out. imports.json gets the sources from npm, which artifacts name.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const contracts = [
  "Groth16Deployer", "Groth16Verifier", "GenproofDrop", "BoundVerifier", "DeckDrop",
  "PlonkAdapter", "PlonkDeployer", "PlonkVerifier", "Evmnet", "Quicknet", "CircuitMetadata",
];
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const args = process.argv.slice(2);
const check = args.includes("--check");
const out = args.includes("--from") ? args[args.indexOf("--from") + 1] : join(root, "out");

// The keccak256 of every source, and the SHA-256 over them: one digest names what was compiled.
function sourcesOf(metadata) {
  const sources = Object.fromEntries(
    Object.entries(metadata.sources).map(([path, s]) => [path, s.keccak256]).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const lines = Object.entries(sources).map(([path, hash]) => `${hash}  ${path}\n`);
  return { sources, digest: "0x" + createHash("sha256").update(lines.join("")).digest("hex") };
}

function immutablesOf(code) {
  const places = Object.values(code.immutableReferences ?? {}).flat().map((r) => [r.start, r.length]);
  return places.sort(([a], [b]) => a - b);
}

function artifact(name) {
  const built = JSON.parse(readFileSync(join(out, `${name}.sol`, `${name}.json`), "utf8"));
  const { compiler, settings } = built.metadata;
  const { sources, digest } = sourcesOf(built.metadata);
  return {
    contract: name,
    compiler: compiler.version,
    evm: settings.evmVersion,
    optimizer_runs: settings.optimizer.runs,
    source_digest: digest,
    sources,
    abi: built.abi,
    creation: built.bytecode.object,
    runtime: built.deployedBytecode.object,
    immutables: immutablesOf(built.deployedBytecode),
  };
}

// One line a field: short diffs, and still small.
function encode(a) {
  const fields = Object.entries(a).map(([k, v]) => `  ${JSON.stringify(k)}: ${JSON.stringify(v)}`);
  return `{\n${fields.join(",\n")}\n}\n`;
}

const files = Object.fromEntries(contracts.map((name) => [name, artifact(name)]));
const paths = Object.values(files).flatMap((a) => Object.keys(a.sources)).filter((path) => path.startsWith("node_modules/"));
files.imports = Object.fromEntries([...new Set(paths)].sort().map((path) => [path, readFileSync(join(root, path), "utf8")]));

let stale = 0;
for (const [name, content] of Object.entries(files)) {
  const file = join(root, "artifacts", `${name}.json`);
  const text = encode(content);
  if (!check) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    console.error(`${file} is not what the sources compile to: run npm run artifacts, then go generate ./solidity/...`);
    stale++;
  }
}
process.exit(stale ? 1 : 0);
