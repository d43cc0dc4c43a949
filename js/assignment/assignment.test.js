import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { MAX_CARDS, Permutation, assignmentKey } from "genproof-assignment";

// The vectors were computed by a program in another language, with a Keccak of its own.
const { cases } = JSON.parse(readFileSync(new URL("../../bundle/assignment/testdata/assignment.json", import.meta.url)));

test("keys, cards and tokens are the vectors'", () => {
  assert.ok(cases.length >= 39);
  for (const c of cases) {
    const { contract, model, randomness } = c;
    assert.equal(assignmentKey({ chainId: c.chain_id, contract, model, randomness }), c.key);
    assert.equal(assignmentKey({ chainId: BigInt(c.chain_id), contract: contract.toUpperCase().replace("0X", "0x"), model: BigInt(model), randomness }), c.key);
    const p = new Permutation(c.key, c.cards);
    assert.deepEqual(c.tokens.map((t) => p.card(t)), c.shown);
    assert.deepEqual(c.shown.map((s) => p.token(s)), c.tokens);
  }
});

const { key } = cases[0];

test("a permutation is a bijection", () => {
  for (const n of [1, 2, 3, 5, 16, 17, 97, 256, 257, 997, 1030]) {
    const p = new Permutation(key, n);
    const shown = Array.from({ length: n }, (_, i) => p.card(i));
    assert.equal(new Set(shown).size, n);
    assert.ok(shown.every((card, i) => card >= 0 && card < n && p.token(card) === i));
  }
});

test("the largest deck's numbers come back", () => {
  for (const n of [MAX_CARDS, MAX_CARDS - 1, 65535 * 65536 + 1]) {
    const p = new Permutation(key, n);
    for (const i of [0, 1, n - 1, Math.floor(n / 3)]) assert.equal(p.token(p.card(i)), i);
  }
});

test("numbers out of range are RangeErrors", () => {
  for (const n of [0, -1, 1.5, MAX_CARDS + 1, 2 ** 53, Infinity, NaN, 5n, "5", undefined]) assert.throws(() => new Permutation(key, n), RangeError);
  const p = new Permutation(key, 5);
  for (const i of [5, -1, 0.5, NaN, 2n, "2", undefined]) {
    assert.throws(() => p.card(i), RangeError);
    assert.throws(() => p.token(i), RangeError);
  }
  const deck = { chainId: 1, contract: cases[0].contract, model: cases[0].model, randomness: cases[0].randomness };
  for (const chainId of [-1, 1.5, 2 ** 53, -1n, 2n ** 256n, "1", undefined]) assert.throws(() => assignmentKey({ ...deck, chainId }), RangeError);
  for (const model of [-1n, 2n ** 256n, "0x" + "f".repeat(64)]) assert.throws(() => assignmentKey({ ...deck, model }), RangeError);
});

test("text of another form is a TypeError", () => {
  const deck = { chainId: 1, contract: cases[0].contract, model: cases[0].model, randomness: cases[0].randomness };
  for (const name of ["contract", "model", "randomness"]) {
    for (const bad of ["", deck[name].slice(2), deck[name] + "0", deck[name].slice(0, -1) + "g", deck[name].slice(0, -1) + "\n", 7, null]) {
      assert.throws(() => assignmentKey({ ...deck, [name]: bad }), TypeError);
    }
  }
  for (const bad of ["", key.slice(2), key + "0", "0x" + "zz".repeat(32), new Uint8Array(32)]) assert.throws(() => new Permutation(bad, 5), TypeError);
});
