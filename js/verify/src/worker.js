// Behind this stands the runtime of Go, before it what sends and receives messages: see make.
const names = ["genproofVerify", "genproofToken", "genproofImages", "genproofFile", "genproofBlock", "genproofChain"];
let judge = null;
let compare = null;

async function start({ module }) {
  const go = new Go();
  const instance = await WebAssembly.instantiate(module, go.importObject);
  go.run(instance).then(() => send({ kind: "ended" }));
  judge = globalThis.genproofToken;
  compare = globalThis.genproofChain;
  for (const name of names) delete globalThis[name];
  send({ kind: "answer" });
}

let told = 0;
function progress(count) {
  if (Date.now() - told > 200) {
    told = Date.now();
    send({ kind: "progress", count });
  }
}

// The verifier's questions to a node go to the caller, who has one.
const waiting = new Map();
let asked = 0;
function ask(method, to, data) {
  return new Promise((resolve, reject) => {
    waiting.set(++asked, { resolve, reject });
    send({ kind: "node", id: asked, method, to, data });
  });
}
const node = { call: (to, data) => ask("call", to, data), code: (at) => ask("code", at) };

function heard({ id, value, error }) {
  const { resolve, reject } = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) resolve(value);
  else reject(new Error(error));
}

// token judges a token, and compares a deck's contract with the publication if one is named.
async function token(input) {
  const answer = JSON.parse(await judge({ ...input, progress }));
  if (input.uri === undefined || answer.card === "" || (answer.level !== "proven" && answer.level !== "amber")) return answer;
  const { document, image, uri, token: tokens, ...published } = input;
  return { ...answer, chain: JSON.parse(await compare({ ...published, tokens, node, progress })) };
}

async function handle(message) {
  try {
    if (message.kind === "start") await start(message);
    else if (message.kind === "node") heard(message);
    else send({ kind: "answer", answer: await token(message.input) });
  } catch (e) {
    send({ kind: "error", text: e instanceof Error ? e.message : String(e), starting: message.kind === "start" });
  }
}
