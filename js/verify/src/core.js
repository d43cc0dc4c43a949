// The verifier in a worker of its own: one at a time, thrown away after whatever goes wrong.
import { question } from "./arguments.js";
import { answerTo, onChain } from "./chain.js";
import { wasmDigest } from "./digest.js";

export { wasmDigest };

export class Unable extends Error {
  constructor(why) {
    super(`${why} Check it on a machine instead: genproof verify FILE --rpc URL --contract ADDRESS`);
    this.name = "Unable";
  }
}

const messageOf = (e) => (e instanceof Error ? e.message : String(e?.message ?? e)).slice(0, 2000);

async function compiled(wasm) {
  if (typeof WebAssembly !== "object") throw new Unable("WebAssembly is missing or switched off here.");
  const subtle = globalThis.crypto?.subtle;
  if (subtle) {
    const digest = Array.from(new Uint8Array(await subtle.digest("SHA-256", wasm)), (b) => b.toString(16).padStart(2, "0")).join("");
    if (digest !== wasmDigest) throw new TypeError(`wasm: its SHA-256 is ${digest}, and this package's verify.wasm has ${wasmDigest}`);
  }
  try {
    return await WebAssembly.compile(wasm);
  } catch (e) {
    throw new Unable(`WebAssembly does not run here (${messageOf(e)}); a content policy needs 'wasm-unsafe-eval' in script-src.`);
  }
}

const judged = ["proven", "amber"];

// verdictOf gives the program's answer the form of index.d.ts.
function verdictOf(a, token, chain) {
  const report = a.answer ? JSON.parse(a.answer) : null;
  if (judged.includes(a.level)) {
    const { line, meaning, verdict, attested, approved } = report;
    const fault = a.chain?.faults[0] ?? a.chain?.tokens.find((t) => t.fault)?.fault;
    if (fault) return { level: "rejected", words: `rejected: on the chain: ${fault}`, reason: `on the chain: ${fault}`, token, report: verdict, chain };
    return {
      level: a.level, words: `${line}\n${meaning}`, token, card: a.card === "" ? null : BigInt(a.card), document: a.document, image: a.image, address: a.address,
      reservations: [...verdict.reservations, ...ofContract(a, chain)], notChecked: [...verdict.not_checked, ...(a.chain?.not_checked ?? [])], report: verdict, chain,
      attested: attested.map((x) => x.line), approved: approved ?? [], attestations: verdict.attestations.map((x, i) => attestationOf(x, attested[i].line)),
    };
  }
  if (a.level === "rejected") return { level: "rejected", words: `rejected: ${a.reason}`, reason: a.reason, token, report: report?.verdict ?? null, chain };
  return notChecked(a.reason || report?.line || "nothing was there to look at", token, chain);
}

function attestationOf({ file, standing, reason, not_later_than }, line) {
  const found = { file, standing, line, notLaterThan: not_later_than || null };
  return standing === "holds" ? found : { ...found, reason };
}

// ofContract is what the token's contract leaves open.
function ofContract(a, chain) {
  if (chain === null) return [{ name: "contract", text: "No contract was asked whether its token shows this document." }];
  const warnings = a.chain ? a.chain.warnings : ["Of the contract nothing but the token's tokenURI was compared: its code, its key and its terms genproof verify --rpc looks at. Anybody can deploy a contract that names these documents."];
  return warnings.map((text) => ({ name: "contract", text }));
}

function notChecked(reason, token, chain = null) {
  return { level: "not checked", words: `not checked: ${reason}`, reason, token, chain };
}

/** verifierOf makes the package's functions. newWorker returns { post, listen, end }; ownWasm, if there is one, the program's bytes. */
export function verifierOf(newWorker, ownWasm) {
  let module = null; // a promise of the compiled program
  let worker = null; // the one that is ready
  let stop = null; // ends what is asked now
  let queue = Promise.resolve();
  let epoch = 0; // what was asked before the last dispose is not answered

  function init({ wasm } = {}) {
    if (module === null) {
      const bytes = wasm === undefined ? ownWasm?.() : wasm;
      if (bytes === undefined) return Promise.reject(new TypeError("wasm: want the bytes of verify.wasm, whose address @genproof/verify/wasm tells"));
      if (wasm !== undefined && Object.prototype.toString.call(wasm) !== "[object Uint8Array]") return Promise.reject(new TypeError("wasm: want a Uint8Array"));
      const made = Promise.resolve(bytes).then(compiled);
      module = made;
      made.catch(() => {
        if (module === made) module = null;
      });
    }
    return module.then(() => {});
  }

  // ask sends one message and waits for its answer. Whatever goes wrong ends the worker.
  function ask(to, message, timeout, chain, where) {
    return new Promise((resolve, reject) => {
      let timer;
      const fail = (error) => {
        clearTimeout(timer);
        stop = null;
        if (worker === to) worker = null;
        to.end();
        reject(error);
      };
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => fail(new Error(`the verifier gave no sign for ${timeout} milliseconds and was stopped`)), timeout);
      };
      stop = () => fail(new Error("disposed of"));
      to.listen(
        (data) => {
          wait();
          if (data.kind === "progress") return;
          if (data.kind === "node") {
            const say = (said) => to.post({ kind: "node", id: data.id, ...said });
            answerTo(chain, where, data).then((value) => say({ value }), (e) => say({ error: messageOf(e) }));
            return;
          }
          if (data.kind === "ended") return fail(new Error("the verifier ended before it answered"));
          if (data.kind === "error") return fail(data.starting ? new Unable(`The verifier did not start (${data.text}).`) : new Error(data.text));
          clearTimeout(timer);
          stop = null;
          resolve(data.answer);
        },
        (text) => fail(new Error(text)),
      );
      wait();
      to.post(message);
    });
  }

  async function judge({ input, token, timeout, chain }, seen, where) {
    await init();
    const program = await module;
    let to = worker;
    if (to === null) {
      try {
        to = newWorker();
      } catch (e) {
        throw new Unable(`No worker can be started here (${messageOf(e)}); a content policy needs worker-src 'self', or blob: for the inline build.`);
      }
      await ask(to, { kind: "start", module: program }, timeout);
      worker = to;
    }
    const more = seen ? { uri: seen.uri, chain: seen.id.toString(), contract: seen.contract } : {};
    return ask(to, { kind: "token", input: { ...input, token: token.toString(), ...more } }, timeout, chain, where);
  }

  async function verifyToken(asked, options) {
    const q = question(asked, options);
    const mine = epoch;
    let chain = null;
    let where = null;
    if (q.chain) {
      try {
        ({ seen: chain, where } = await onChain(q.chain, q.token));
      } catch (e) {
        return notChecked(`on the chain: ${messageOf(e)}`, q.token);
      }
    }
    const work = queue.then(() => {
      if (mine !== epoch) throw new Error("disposed of");
      return judge(q, chain, where);
    });
    queue = work.then(() => {}, () => {});
    try {
      return verdictOf(await work, q.token, chain);
    } catch (e) {
      if (e instanceof TypeError && e.message.startsWith("wasm: ")) throw e; // nobody has said where the program is
      return notChecked(messageOf(e), q.token, chain);
    }
  }

  function dispose() {
    epoch++;
    stop?.();
    worker?.end();
    worker = module = null;
  }

  return { init, verifyToken, dispose };
}
