// Finds variables that an heir of our contracts could write: those that are not private. Immutable ones are among
// them, as the constructor of an heir may set them once more. Constants nobody can write.
import { createRequire } from "node:module";

const solc = createRequire(import.meta.url)("solc");

// Reports the variables of contracts that are abstract or inherit from one that is, as "CONTRACT.NAME"; sources are
// texts by path.
export function writable(sources) {
  return membersForHeirs(sources, (n) => n.nodeType === "VariableDeclaration" && n.mutability !== "constant" && n.visibility !== "private");
}

// Reports their functions that an heir may override.
export function overridable(sources) {
  return membersForHeirs(sources, (n) => n.nodeType === "FunctionDefinition" && n.virtual);
}

function membersForHeirs(sources, isWanted) {
  const contracts = contractsOf(sources).filter((c) => c.contractKind === "contract");
  const byName = new Map(contracts.map((c) => [c.name, c]));
  const isForHeirs = (c) => c !== undefined && (c.abstract || c.baseContracts.some((b) => isForHeirs(byName.get(b.baseName.name))));
  return contracts.filter(isForHeirs).flatMap((c) => c.nodes.filter(isWanted).map((n) => `${c.name}.${n.name}`)).sort();
}

// Parses only, so that it takes no time.
function contractsOf(sources) {
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.entries(sources).map(([path, content]) => [path, { content }])),
    settings: { stopAfter: "parsing", outputSelection: { "*": { "": ["ast"] } } },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: () => ({ contents: "" }) }));
  const errors = (output.errors ?? []).filter((e) => e.severity === "error");
  if (errors.length) throw new Error(errors.map((e) => e.formattedMessage).join("\n"));
  return Object.keys(sources).flatMap((path) => output.sources[path].ast.nodes.filter((n) => n.nodeType === "ContractDefinition"));
}
