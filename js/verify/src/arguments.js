// What callers hand over, in one form. Everything of another form is a TypeError.

const isBytes = (x) => Object.prototype.toString.call(x) === "[object Uint8Array]";

export function bytes(x, name) {
  if (x === undefined) return undefined;
  if (!isBytes(x)) throw new TypeError(`${name}: want a Uint8Array`);
  return x;
}

const most = 1n << 64n;

// number takes bigints and decimal text: beyond 2^53 a number is another one.
export function number(x, name) {
  const n = typeof x === "bigint" ? x : typeof x === "string" && /^(0|[1-9][0-9]{0,19})$/.test(x) ? BigInt(x) : -1n;
  if (n < 0n || n >= most) throw new TypeError(`${name}: want a bigint or its decimal text, below 2^64`);
  return n;
}

function publication(x) {
  if (isBytes(x)) {
    let i = 0;
    while (i < x.length && [0x20, 0x09, 0x0a, 0x0d].includes(x[i])) i++;
    return x[i] === 0x7b ? { bundle: x } : { car: x }; // JSON begins with {
  }
  if (x === null || typeof x !== "object" || Array.isArray(x)) throw new TypeError("publication: want a Uint8Array, or an object of them by their paths");
  return { files: named(x, "publication") };
}

// named are bytes by names.
function named(x, name) {
  if (x === null || typeof x !== "object" || Array.isArray(x)) throw new TypeError(`${name}: want an object of Uint8Arrays by their names`);
  const files = Object.create(null);
  for (const [path, data] of Object.entries(x)) files[path] = bytes(data, `${name}[${JSON.stringify(path)}]`) ?? new Uint8Array();
  return files;
}

function chain(x) {
  if (x === undefined) return null;
  if (x === null || typeof x !== "object" || typeof x.call !== "function") throw new TypeError("chain: want id, contract and call");
  if (typeof x.contract !== "string" || !/^0x[0-9a-fA-F]{40}$/.test(x.contract)) throw new TypeError("chain.contract: want 0x and 40 hex digits");
  return { id: number(x.id, "chain.id"), contract: x.contract.toLowerCase(), call: x.call };
}

// checkpoint is a block in the form of the program: CHAIN:NUMBER:HASH.
function checkpoint(x, name) {
  if (x === null || typeof x !== "object") throw new TypeError(`${name}: want chain, number and hash`);
  if (typeof x.hash !== "string" || !/^0x[0-9a-fA-F]{64}$/.test(x.hash)) throw new TypeError(`${name}.hash: want 0x and 64 hex digits`);
  return `${number(x.chain, `${name}.chain`)}:${number(x.number, `${name}.number`)}:${x.hash}`;
}

const maxFacts = 256;
const maxCheckpoints = 4096;

// dating is what dates attestations. Without a known block a fact dates nothing, so both are asked for.
function dating(x) {
  if (x === undefined) return {};
  if (x === null || typeof x !== "object") throw new TypeError("dating: want facts and checkpoints, and perhaps a log");
  const { facts, checkpoints, log } = x;
  const out = { facts: named(facts, "dating.facts") };
  if (Object.keys(out.facts).length > maxFacts) throw new TypeError(`dating.facts: want at most ${maxFacts}`);
  if (!Array.isArray(checkpoints) || checkpoints.length === 0 || checkpoints.length > maxCheckpoints) throw new TypeError(`dating.checkpoints: want an array of 1 to ${maxCheckpoints} blocks that you know`);
  out.checkpoints = Array.from(checkpoints, (c, i) => checkpoint(c, `dating.checkpoints[${i}]`)).join(" ");
  if (log !== undefined) out.log = named(log, "dating.log");
  return out;
}

export function question(q, options) {
  if (q === null || typeof q !== "object") throw new TypeError("want an object with publication and tokenId");
  const timeout = options?.timeout ?? 60000;
  if (!(timeout > 0 && timeout <= 2 ** 31 - 1)) throw new TypeError("timeout: want milliseconds, at most 2^31 - 1");
  const input = publication(q.publication);
  for (const name of ["document", "image", "description", "key", "trust"]) {
    const data = bytes(q[name], name);
    if (data !== undefined) input[name] = data;
  }
  if (q.attestations !== undefined) input.attestations = named(q.attestations, "attestations");
  Object.assign(input, dating(q.dating));
  return { input, token: number(q.tokenId, "tokenId"), chain: chain(q.chain), timeout };
}
