// Writes golden.json: npm install @openzeppelin/merkle-tree@1.0.8 && node golden.mjs > golden.json
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { keccak256 } from "ethereum-cryptography/keccak.js";
import { toHex } from "ethereum-cryptography/utils.js";

const version = createRequire(import.meta.url)("@openzeppelin/merkle-tree/package.json").version;
const sha256 = (x) => createHash("sha256").update(x).digest("hex");

function checksummed(hex) { // EIP-55
  const h = toHex(keccak256(new TextEncoder().encode(hex)));
  return "0x" + [...hex].map((c, i) => (parseInt(h[i], 16) >= 8 ? c.toUpperCase() : c)).join("");
}

// Account i is the first 20 bytes of SHA-256("account i"), and may mint i % 7 + 1 tokens.
const entry = (i) => [checksummed(sha256(`account ${i}`).slice(0, 40)), String((i % 7) + 1)];

const cases = [1, 2, 3, 5, 10000].map((n) => {
  const values = Array.from({ length: n }, (_, i) => entry(i));
  const tree = StandardMerkleTree.of(values, ["address", "uint256"]);
  const dump = JSON.stringify(tree.dump());
  StandardMerkleTree.load(JSON.parse(dump));
  const ids = [...new Set([0, n >> 1, n - 1])];
  return {
    accounts: n, root: tree.root, dump_sha256: sha256(dump), dump: n <= 3 ? dump : undefined,
    proofs: ids.map((i) => ({ index: i, account: values[i][0], tokens: Number(values[i][1]), path: tree.getProof(i) })),
  };
});
const out = {
  comment: `Allow lists by npm's @openzeppelin/merkle-tree ${version}: StandardMerkleTree.of(values, ["address", "uint256"]). Account i is the first 20 bytes of SHA-256("account i"), in EIP-55's letters, with i % 7 + 1 tokens as a text; dump is JSON.stringify(tree.dump()).`,
  cases,
};
process.stdout.write(JSON.stringify(out, null, 2) + "\n");
