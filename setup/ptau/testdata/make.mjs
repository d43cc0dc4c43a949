// Makes the files of this folder anew, with other secrets. From the root of the repository:
//
//   tools=$(mktemp -d) && cp testdata/snarkjs/package*.json setup/ptau/testdata/make.mjs "$tools"
//   (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund && node make.mjs)
//   cp "$tools"/made/* setup/ptau/testdata/
//
// small.ptau      power 3: a contribution, one by way of a challenge and a response file, a beacon
// prepared.ptau   the same with its points in the Lagrange basis too
// cut.ptau        prepared.ptau, cut to power 2
// points.json     small.ptau's points as ffjavascript decodes them, decimal
// verify.txt      what snarkjs says when it verifies small.ptau
import fs from "node:fs";
import * as snarkjs from "snarkjs";
import { buildBn128 } from "ffjavascript";

const power = 3;
const dir = "made/";
fs.mkdirSync(dir, { recursive: true });
const curve = await buildBn128();
const taus = snarkjs.powersOfTau;

await taus.newAccumulator(curve, power, dir + "0");
await taus.contribute(dir + "0", dir + "1", "first ünï", "not secret");
await taus.exportChallenge(dir + "1", dir + "challenge");
await taus.challengeContribute(curve, dir + "challenge", dir + "response", "not secret either");
await taus.importResponse(dir + "1", dir + "response", dir + "2", "second", true);
await taus.beacon(dir + "2", dir + "small.ptau", "final", "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20", 10);
await taus.preparePhase2(dir + "small.ptau", dir + "prepared.ptau");
await taus.truncate(dir + "prepared.ptau", dir + "cut");

const said = [];
const logger = { debug() {}, info: (s) => said.push(s), warn() {}, error: (s) => said.push(s) };
if (!(await taus.verify(dir + "small.ptau", logger))) throw new Error("snarkjs refuses its own file");
fs.writeFileSync(dir + "verify.txt", said.join("\n") + "\n");

const file = fs.readFileSync(dir + "small.ptau");
const points = {};
const names = { 2: "tauG1", 3: "tauG2", 4: "alphaTauG1", 5: "betaTauG1", 6: "betaG2" };
for (let at = 12; at < file.length;) {
    const id = file.readUInt32LE(at), size = Number(file.readBigUInt64LE(at + 4));
    at += 12;
    if (names[id]) {
        const group = names[id].endsWith("G2") ? curve.G2 : curve.G1;
        const n = group.F.n8 * 2;
        points[names[id]] = Array.from({ length: size / n }, (_, i) => {
            const p = group.fromRprLEM(new Uint8Array(file.subarray(at + i * n, at + (i + 1) * n)), 0);
            return group.toObject(p).slice(0, 2).flat().map(String);
        });
    }
    at += size;
}
fs.writeFileSync(dir + "points.json", JSON.stringify(points, null, 1) + "\n");

fs.renameSync(dir + "cut02.ptau", dir + "cut.ptau");
for (const f of fs.readdirSync(dir)) if (!/^(small|prepared|cut)\.ptau$|\.(json|txt)$/.test(f)) fs.rmSync(dir + f);
await curve.terminate();
