// What the online page asks of others. The visitor has typed every address, and nothing that is
// heard is believed: the verifier hashes blocks, and what a node says of a contract stands apart.
const maxBlock = 2 << 20; // bytes
const maxCar = 2 ** 30;
const maxAnswer = 1 << 20;
const maxBlocks = 1 << 19;
const maxDepth = 16; // of JSON
const patient = 50000; // milliseconds for a block, or between two pieces of a CAR
const brisk = 10000; // milliseconds for a node's answer
const together = 6; // blocks that are asked for at once
const piece = 8 << 20; // bytes that are kept in memory before they become a part of a Blob

// place reads an address that the visitor typed.
function place(text, what) {
  let at;
  try {
    at = new URL(text.trim());
  } catch {
    throw new Error(`the ${what} is no address: want one that begins with https:`);
  }
  const own = at.hostname === "127.0.0.1" || at.hostname === "localhost";
  if (at.protocol !== "https:" && !(at.protocol === "http:" && own)) throw new Error(`the ${what} is asked by https only, or on this machine, as 127.0.0.1, by http`);
  if (at.username || at.password) throw new Error(`the ${what}'s address has a name or password in it: this page sends none`);
  at.hash = "";
  return at;
}

const notReached = (at, what) =>
  `${at.host} was not reached: nobody answers there, or it refuses pages of other origins (CORS), or sends the page elsewhere, or this browser did not allow the connection (a page from another machine needs leave to ask this one). ` +
  (what === "node" ? "A node of your own has an option for it: geth --http.corsdomain, anvil --allow-origin. A saved verifier-online.html asks from the origin null." : "A saved verifier-online.html asks from the origin null.");

// hear asks an address, and gives what it says to keep, piece by piece: at most limit bytes.
async function hear(at, what, { limit, wait, restart = false, ...options }, keep) {
  const end = new AbortController();
  const late = () => end.abort();
  let timer = setTimeout(late, wait), total = 0;
  try {
    const answer = await fetch(at, { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", mode: "cors", ...options, signal: end.signal });
    if (!answer.ok) throw new Error(`${at.host} answers with ${answer.status}`);
    for (const reader = answer.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      if ((total += value.length) > limit) throw new Error(`${at.host} sends more than ${limit} bytes`);
      keep(value);
      if (restart) {
        clearTimeout(timer);
        timer = setTimeout(late, wait);
      }
    }
  } catch (e) {
    if (e instanceof TypeError) throw new Error(notReached(at, what));
    if (e.name === "AbortError") throw new Error(`${at.host} gives no answer within ${wait / 1000} seconds`);
    throw e;
  } finally {
    clearTimeout(timer);
    end.abort();
  }
}

// A keeper puts bytes together on the browser's side, not in the memory of the program.
function keeper() {
  const parts = [];
  let held = [], size = 0, total = 0;
  return {
    add(bytes) {
      held.push(bytes);
      size += bytes.length;
      total += bytes.length;
      if (total > maxCar) throw new Error(`it has more than ${maxCar} bytes`);
      if (size < piece) return;
      parts.push(new Blob(held));
      held = [];
      size = 0;
    },
    end: () => new Blob([...parts, ...held]),
  };
}

// fetchCar gets a CAR from its address.
async function fetchCar({ address }) {
  const kept = keeper();
  let count = 0;
  await hear(place(address, "CAR"), "CAR", { limit: maxCar, wait: patient, restart: true }, (bytes) => {
    kept.add(bytes.slice());
    progress(++count);
  });
  return { car: kept.end() };
}

// fetchTree gets a folder by its CID from a gateway, block by block, as a CAR. The verifier
// hashes each block before its links are followed.
async function fetchTree({ gateway, cid }) {
  const root = cid.trim().replace(/^ipfs:\/\//, "").replace(/\/$/, "");
  const at = place(gateway, "gateway");
  const kept = keeper();
  kept.add((await genproofBlock({ cid: root })).header);
  const seen = new Set([root]), open = [root];
  let count = 0;
  const one = async (name) => {
    const pieces = [];
    const block = new URL(at);
    block.pathname = `${at.pathname.replace(/\/$/, "")}/ipfs/${name}`;
    block.search = "?format=raw";
    await hear(block, "gateway", { limit: maxBlock, wait: patient, headers: { Accept: "application/vnd.ipld.raw" } }, (bytes) => pieces.push(bytes.slice()));
    const { links, section } = await genproofBlock({ cid: name, bytes: new Uint8Array(await new Blob(pieces).arrayBuffer()) });
    kept.add(section);
    progress(++count);
    for (const link of links) {
      if (seen.has(link)) continue;
      if (seen.size === maxBlocks) throw new Error(`the folder has more than ${maxBlocks} blocks`);
      seen.add(link);
      open.push(link);
    }
  };
  const running = new Set();
  while (open.length > 0 || running.size > 0) {
    while (open.length > 0 && running.size < together) {
      const work = one(open.pop()).finally(() => running.delete(work));
      work.catch(() => {}); // the race tells of it
      running.add(work);
    }
    await Promise.race(running);
  }
  return { car: kept.end() };
}

// depth is how deep a text of JSON is nested.
function depth(text) {
  let now = 0, most = 0, quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "{" || c === "[") most = Math.max(most, ++now);
    else if (c === "}" || c === "]") now--;
  }
  return most;
}

class Refusal extends Error {} // the node answers, with an error of its own

let asks = 0;

async function rpc(at, method, ...params) {
  const id = ++asks, pieces = [];
  await hear(at, "node", { limit: maxAnswer, wait: brisk, method: "POST", redirect: "error", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ jsonrpc: "2.0", id, method, params }) }, (bytes) => pieces.push(bytes.slice()));
  const text = await new Blob(pieces).text();
  let answer = null;
  if (depth(text) > maxDepth) throw new Error(`${at.host} answers with JSON of more than ${maxDepth} levels`);
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Error(`${at.host} is no node: its answer to ${method} is no JSON`);
  }
  if (answer === null || typeof answer !== "object" || answer.id !== id) throw new Error(`${at.host} is no node: its answer to ${method} is not one of JSON-RPC`);
  if (answer.error) throw Object.assign(new Refusal(`${at.host} answers to ${method}: ${String(answer.error.message).slice(0, 300)}`), { code: answer.error.code });
  return answer.result;
}

function quantity(text, what) {
  if (typeof text !== "string" || !/^0x[0-9a-f]{1,64}$/i.test(text)) throw new Error(`the node's ${what} is no number`);
  return BigInt(text);
}

function bytesOfHex(text, what) {
  if (typeof text !== "string" || !/^0x([0-9a-f]{2})*$/i.test(text)) throw new Error(`the node's ${what} is no hex`);
  return Uint8Array.from({ length: text.length / 2 - 1 }, (_, i) => parseInt(text.slice(2 * i + 2, 2 * i + 4), 16));
}

// reverted reports whether a node says that the contract refused. geth and anvil have a code for it.
const reverted = (e) => e instanceof Refusal && (e.code === 3 || /revert/i.test(e.message));

// compare has the verifier compare a contract with what is published, at the node's latest
// block: every question names the block by its hash.
async function compare({ node, ...input }) {
  const at = place(node, "node");
  const chain = quantity(await rpc(at, "eth_chainId"), "chain");
  const head = await rpc(at, "eth_getBlockByNumber", "latest", false);
  if (!/^0x[0-9a-f]{64}$/i.test(head?.hash)) throw new Error("the node's block has no hash");
  const block = { number: String(quantity(head.number, "block")), hash: head.hash.toLowerCase(), time: Number(quantity(head.timestamp, "time")) };
  let count = 0;
  const functions = {
    async call(to, data) {
      progress(++count);
      try {
        return bytesOfHex(await rpc(at, "eth_call", { to, data }, { blockHash: block.hash }), "answer");
      } catch (e) {
        if (reverted(e)) return null;
        throw e;
      }
    },
    code: async (of) => bytesOfHex(await rpc(at, "eth_getCode", of, { blockHash: block.hash }), "code"),
  };
  const report = JSON.parse(await genproofChain({ ...given(input), chain: String(chain), node: functions }));
  return { host: at.host, chain: String(chain), block, report };
}

Object.assign(works, { car: fetchCar, tree: fetchTree, chain: compare });
