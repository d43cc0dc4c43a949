// node run.mjs setup STATEMENT FOLDER PTAU | prove STATEMENT FOLDER WARMUP RUNS
//
// FOLDER has main.circom and sample.json, and gets everything else. Standard output is one
// line of JSON; what the tools say goes to standard error.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as snarkjs from "snarkjs";
import { inputsOf } from "./sample.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const [phase, statement, folder, ...rest] = process.argv.slice(2);
const at = (name) => path.join(folder, name);
const seconds = (since) => (performance.now() - since) / 1000;
const quiet = { debug() {}, info() {}, warn: console.error, error: console.error };

// The largest resident size of this process; getrusage's would start at its parent's.
function peak() {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(fs.readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    return 1024 * process.resourceUsage().maxRSS;
  }
}

// The compiler, in its sandbox, finds includes only below the folder that it runs in: here the
// one that has both this package and FOLDER.
function compile() {
  const circom = path.join(here, "node_modules", "circom2", "cli.js");
  const done = spawnSync(process.execPath, [circom, at("main.circom"), "--O2", "--r1cs", "--wasm", "-l", path.join(here, "node_modules"), "-l", here, "-o", folder], { cwd: path.dirname(here), stdio: ["ignore", 2, 2] });
  if (done.status !== 0) throw new Error("circom refuses the circuit");
}

async function setup(ptau) {
  const start = performance.now();
  compile();
  const compileSeconds = seconds(start);
  const info = await snarkjs.r1cs.info(at("main.r1cs"), quiet);
  const from = performance.now();
  await snarkjs.zKey.newZKey(at("main.r1cs"), ptau, at("first.zkey"), quiet);
  await snarkjs.zKey.contribute(at("first.zkey"), at("main.zkey"), "benchmark", "known entropy: insecure", quiet);
  fs.rmSync(at("first.zkey"));
  const setupSeconds = seconds(from);
  const key = await snarkjs.zKey.exportVerificationKey(at("main.zkey"), quiet);
  fs.writeFileSync(at("verification_key.json"), JSON.stringify(key));
  const template = fs.readFileSync(path.join(here, "node_modules", "snarkjs", "templates", "verifier_groth16.sol.ejs"), "utf8");
  fs.writeFileSync(at("verifier.sol"), await snarkjs.zKey.exportSolidityVerifier(at("main.zkey"), { groth16: template }, quiet));
  fs.writeFileSync(at("input.json"), JSON.stringify(await inputsOf[statement](JSON.parse(fs.readFileSync(at("sample.json"))))));
  return { constraints: info.nConstraints, inputs: info.nOutputs + info.nPubInputs, compileSeconds, setupSeconds, provingKeyBytes: fs.statSync(at("main.zkey")).size };
}

// Keys and the witness program are in memory and the curve's threads are warm, as in a
// service that proves many: reading the key from disk is not counted.
async function prove(warmup, runs) {
  const key = JSON.parse(fs.readFileSync(at("verification_key.json")));
  const input = JSON.parse(fs.readFileSync(at("input.json")));
  const zkey = { type: "mem", data: new Uint8Array(fs.readFileSync(at("main.zkey"))) };
  const wasm = new Uint8Array(fs.readFileSync(at(path.join("main_js", "main.wasm"))));
  const out = { proveSeconds: [], proveCPU: [], verifySeconds: [] };
  let made;
  for (let i = 0; i < warmup + runs; i++) {
    let start = performance.now();
    const before = process.cpuUsage();
    made = await snarkjs.groth16.fullProve(input, wasm, zkey);
    const took = seconds(start);
    const used = process.cpuUsage(before);
    start = performance.now();
    if (!(await snarkjs.groth16.verify(key, made.publicSignals, made.proof))) throw new Error("the proof is refused");
    if (i < warmup) continue;
    out.proveSeconds.push(took);
    out.proveCPU.push((used.user + used.system) / 1e6);
    out.verifySeconds.push(seconds(start));
  }
  const wrong = [...made.publicSignals];
  wrong[wrong.length - 1] = (BigInt(wrong.at(-1)) ^ 1n).toString();
  if (await snarkjs.groth16.verify(key, wrong, made.proof)) throw new Error("the proof is accepted for other public inputs");
  fs.writeFileSync(at("proof.json"), JSON.stringify(made.proof));
  fs.writeFileSync(at("public.json"), JSON.stringify(made.publicSignals));
  return out;
}

const phases = { setup: () => setup(rest[0]), prove: () => prove(Number(rest[0]), Number(rest[1])) };
try {
  const result = await phases[phase]();
  process.stdout.write(JSON.stringify({ ...result, peak: peak() }) + "\n", () => process.exit(0));
} catch (e) {
  console.error(e);
  process.exit(1);
}
