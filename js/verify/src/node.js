import { readFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { verifierOf } from "./core.js";
import wasm from "./wasm.js";

function newWorker() {
  const worker = new Worker(new URL("./node-worker.js", import.meta.url), { stdout: true, stderr: true });
  worker.unref(); // it keeps no program running; what is asked of it does, by its timer
  return {
    post: (message) => worker.postMessage(message),
    listen(told, failed) {
      worker.removeAllListeners();
      worker.on("message", told).on("error", (e) => failed(e.message)).on("exit", () => failed("the verifier ended before it answered"));
    },
    end() {
      worker.removeAllListeners();
      worker.terminate();
    },
  };
}

export const { init, verifyToken, dispose } = verifierOf(newWorker, () => readFile(wasm));
export { Unable, wasmDigest } from "./core.js";
