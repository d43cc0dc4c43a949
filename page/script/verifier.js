// The verifier in its worker.

const patience = 60000; // milliseconds without a sign of progress

const trusted = globalThis.trustedTypes?.createPolicy("genproof", {
  createScriptURL(url) {
    if (!url.startsWith("blob:")) throw new TypeError("only the page's own worker");
    return url;
  },
});

class Unable extends Error {} // nothing can run here

const textOf = (id) => document.getElementById(id).textContent;

let compiled = null; // the program, once a worker has made it
let promised = null; // the worker, as soon as it is ready
let asked = null; // the worker that works for the reader
let epoch = 0; // what was asked before the last stop is not answered
let queue = Promise.resolve();

function newWorker() {
  const url = URL.createObjectURL(new Blob([textOf("runtime"), "\n", textOf("worker")], { type: "text/javascript" }));
  try {
    return new Worker(trusted ? trusted.createScriptURL(url) : url);
  } catch (e) {
    throw new Unable(e.message);
  } finally {
    setTimeout(() => URL.revokeObjectURL(url), patience);
  }
}

// ask sends one message and waits for its answer. Whatever goes wrong ends the worker.
function ask(worker, message, onProgress) {
  return new Promise((resolve, reject) => {
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(new Error("the verifier gave no sign for a minute and was stopped")), patience);
    };
    const end = (settle, value) => {
      clearTimeout(timer);
      worker.onmessage = worker.onerror = worker.stop = null;
      settle(value);
    };
    const fail = (error) => {
      worker.terminate();
      promised = null;
      end(reject, error);
    };
    worker.stop = () => fail(new Error("stopped by you"));
    worker.onerror = (e) => fail(new Unable(e.message || "the browser did not start the verifier"));
    worker.onmessage = ({ data }) => {
      wait();
      if (data.kind === "progress") onProgress?.(data.count);
      else if (data.kind === "ended") fail(new Error("the verifier ended before it answered"));
      else if (data.kind === "error") fail(data.starting ? new Unable(data.text) : new Error(data.text));
      else end(resolve, data);
    };
    wait();
    worker.postMessage(message);
  });
}

async function begin() {
  if (typeof WebAssembly !== "object" || typeof Worker !== "function" || typeof DecompressionStream !== "function") {
    throw new Unable("It has no WebAssembly, workers or decompression, or they are switched off.");
  }
  const worker = newWorker();
  const { module } = await ask(worker, compiled ? { kind: "start", module: compiled } : { kind: "start", packed: textOf("program") });
  compiled = module;
  return worker;
}

function ready() {
  return (promised ??= begin());
}

// call has one thing done after the other.
function call(kind, input, onProgress) {
  const mine = epoch;
  const check = () => {
    if (mine !== epoch) throw new Error("stopped by you");
  };
  const work = async () => {
    check();
    const worker = await ready();
    check();
    asked = worker;
    try {
      return (await ask(worker, { kind, input }, onProgress)).answer;
    } finally {
      asked = null;
    }
  };
  const answer = queue.then(work);
  queue = answer.catch(() => {});
  return answer;
}

// stop ends what is under way. The next call has a new worker.
function stop() {
  epoch++;
  asked?.stop?.();
}
