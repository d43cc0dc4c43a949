// Writes artifacts/ from what `forge build` left in out/, or with --check
// compares: users of the Go program then need no compiler.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const contracts = ["Groth16Deployer", "Groth16Verifier", "GenproofDrop"];

const read = (...path) => readFileSync(join(root, ...path), "utf8");

/** SHA-256 over the name, length and bytes of every source of ours, and OpenZeppelin's version. */
function sourceDigest() {
  const hash = createHash("sha256");
  for (const name of readdirSync(join(root, "src")).sort()) {
    const text = read("src", name);
    hash.update(`${name} ${Buffer.byteLength(text)}\n${text}`);
  }
  hash.update(`@openzeppelin/contracts ${require("@openzeppelin/contracts/package.json").version}\n`);
  return `0x${hash.digest("hex")}`;
}

function artifact(name) {
  const built = JSON.parse(read("out", `${name}.sol`, `${name}.json`));
  return {
    contract: name,
    compiler: require("solc").version(),
    evm: "prague",
    optimizer_runs: 1000000,
    source_digest: sourceDigest(),
    abi: built.abi,
    bytecode: built.bytecode.object,
    runtime: built.deployedBytecode.object,
  };
}

let stale = 0;
mkdirSync(join(root, "artifacts"), { recursive: true });
for (const name of contracts) {
  const file = join(root, "artifacts", `${name}.json`);
  const text = `${JSON.stringify(artifact(name), null, 2)}\n`;
  if (!process.argv.includes("--check")) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    console.error(`artifacts/${name}.json is not what the sources compile to: run npm run artifacts`);
    stale++;
  }
}
process.exit(stale ? 1 : 0);
