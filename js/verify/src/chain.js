// The one question to a chain: what a contract says of a token, at one block.

const patience = 10000; // milliseconds of one call
const maxURI = 4096; // bytes

async function ask({ call }, method, params) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the node gave no answer to ${method} for ${patience / 1000} seconds`)), patience);
  });
  try {
    return await Promise.race([Promise.resolve(call({ method, params })), late]);
  } finally {
    clearTimeout(timer);
  }
}

function quantity(x, what) {
  if (typeof x !== "string" || !/^0x(0|[1-9a-f][0-9a-f]{0,15})$/.test(x)) throw new Error(`the node's ${what} is no quantity`);
  return BigInt(x);
}

const word = (n) => n.toString(16).padStart(64, "0");

// text reads the one string of an ABI answer.
function text(answer) {
  if (typeof answer !== "string" || !/^0x([0-9a-f]{64}){2,}$/i.test(answer) || answer.length > 2 + 2 * (64 + maxURI + 32)) {
    throw new Error(`tokenURI's answer is no text of at most ${maxURI} bytes`);
  }
  const digits = answer.slice(2);
  const length = BigInt("0x" + digits.slice(64, 128));
  if (BigInt("0x" + digits.slice(0, 64)) !== 32n || length > BigInt(digits.length - 128) / 2n) throw new Error("tokenURI's answer is no text");
  const out = new Uint8Array(Number(length));
  for (let i = 0; i < out.length; i++) out[i] = parseInt(digits.slice(128 + 2 * i, 130 + 2 * i), 16);
  return new TextDecoder("utf-8", { fatal: true }).decode(out);
}

/** onChain says what the node tells of the token, of the chain that was named, and as where to ask it again at the same block. */
export async function onChain(chain, token) {
  const id = quantity(await ask(chain, "eth_chainId", []), "chain id");
  if (id !== chain.id) throw new Error(`the node is of chain ${id}, and chain ${chain.id} is asked about`);
  const block = await ask(chain, "eth_getBlockByNumber", ["latest", false]);
  const number = quantity(block?.number, "block number");
  const hash = block?.hash;
  if (typeof hash !== "string" || !/^0x[0-9a-f]{64}$/i.test(hash)) throw new Error("the node's block has no hash");
  const request = { to: chain.contract, data: "0xc87b56dd" + word(token) }; // tokenURI(uint256)
  let answer;
  let where = { blockHash: hash }; // EIP-1898
  try {
    answer = await ask(chain, "eth_call", [request, where]);
  } catch (e) {
    if (e?.code !== -32602) throw e; // a node that takes numbers alone
    where = block.number;
    answer = await ask(chain, "eth_call", [request, where]);
  }
  return { seen: { id, contract: chain.contract, block: number, hash: hash.toLowerCase(), uri: text(answer) }, where };
}

const maxAnswer = 1 << 20; // bytes

function bytesOf(answer) {
  if (typeof answer !== "string" || !/^0x([0-9a-f]{2})*$/i.test(answer) || answer.length > 2 + 2 * maxAnswer) throw new Error(`the node's answer is no bytes, at most ${maxAnswer}`);
  return Uint8Array.from({ length: (answer.length - 2) / 2 }, (_, i) => parseInt(answer.slice(2 + 2 * i, 4 + 2 * i), 16));
}

const reverted = (e) => e?.code === 3 || /revert/i.test(String(e?.message));

/** answerTo asks the node what the verifier wants to know: code, or a call, null if the contract refuses it. */
export async function answerTo(chain, where, { method, to, data }) {
  if (method === "code") return bytesOf(await ask(chain, "eth_getCode", [to, where]));
  try {
    return bytesOf(await ask(chain, "eth_call", [{ to, data }, where]));
  } catch (e) {
    if (reverted(e)) return null;
    throw e;
  }
}
