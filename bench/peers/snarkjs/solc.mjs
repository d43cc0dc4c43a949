// node solc.mjs < Verifier.sol: the creation code of the file's last contract, in hex.
import fs from "node:fs";
import solc from "solc";

const content = fs.readFileSync(0, "utf8");
const name = [...content.matchAll(/^contract (\w+)/gm)].at(-1)[1];
const input = {
  language: "Solidity",
  sources: { "verifier.sol": { content } },
  settings: { optimizer: { enabled: true, runs: 200 }, outputSelection: { "*": { "*": ["evm.bytecode.object"] } } },
};
const output = JSON.parse(solc.compile(JSON.stringify(input)));
const errors = (output.errors ?? []).filter((e) => e.severity === "error");
if (errors.length > 0) {
  console.error(errors.map((e) => e.formattedMessage).join("\n"));
  process.exit(1);
}
process.stdout.write(output.contracts["verifier.sol"][name].evm.bytecode.object);
