import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { overridable, writable } from "./state.mjs";

// Without gnark's contract, which takes long to parse and has neither heirs nor variables.
const src = join(import.meta.dirname, "..", "src");
const paths = readdirSync(src, { recursive: true }).filter((path) => path.endsWith(".sol") && !path.startsWith("gnark"));
const all = Object.fromEntries(paths.map((path) => [path, readFileSync(join(src, path), "utf8")]));

// A private variable's line, but a constant's.
const declaration = /^    ([^/(\n]*) private (?:immutable |transient )?(\w+);$/gm;

test("no variable of a contract to inherit from can be written by an heir", () => {
  assert.deepEqual(writable(all), []);
});

test("an heir overrides nothing of ours but what solidity/README names", () => {
  assert.deepEqual(overridable(all), ["ProvenERC721._update", "ProvenERC721.supportsInterface", "ProvenERC721.tokenURI"]);
});

test("each variable that is opened to heirs is found", () => {
  for (const other of ["internal", "public"]) {
    const names = [];
    const opened = Object.entries(all).map(([path, text]) => [path, text.replace(declaration, (line, words, name) => {
      names.push(name);
      return line.replace(" private ", ` ${other} `);
    })]);
    const found = writable(Object.fromEntries(opened)).map((name) => name.split(".")[1]);
    assert.deepEqual(found.sort(), names.sort());
    assert.ok(names.length > 40, `${names.length} variables`);
  }
});

test("constants, and contracts that nobody inherits from, are no matter", () => {
  const text = "pragma solidity 0.8.37; interface I {} contract Alone is I { uint256 public x; } abstract contract A { uint256 internal constant C = 1; }";
  assert.deepEqual(writable({ "a.sol": text }), []);
  assert.deepEqual(writable({ "a.sol": text + " contract Heir is A { uint256 immutable y; uint256 transient z; }" }), ["Heir.y", "Heir.z"]);
});

test("what does not parse is told of", () => {
  assert.throws(() => writable({ "a.sol": "contract {" }));
});
