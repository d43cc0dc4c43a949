// Behind this stands the runtime of Go, before it what sends and receives messages: see make.
const names = ["genproofVerify", "genproofToken", "genproofImages", "genproofFile"];
let judge = null;

async function start({ module }) {
  const go = new Go();
  const instance = await WebAssembly.instantiate(module, go.importObject);
  go.run(instance).then(() => send({ kind: "ended" }));
  judge = globalThis.genproofToken;
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

async function handle(message) {
  try {
    if (message.kind === "start") await start(message);
    else send({ kind: "answer", answer: await judge({ ...message.input, progress }) });
  } catch (e) {
    send({ kind: "error", text: e instanceof Error ? e.message : String(e), starting: message.kind === "start" });
  }
}
