import { verifierOf } from "./core.js";
import { fromWorker } from "./webworker.js";

const newWorker = () => fromWorker(new Worker(new URL("./worker.js", import.meta.url)));

export const { init, verifyToken, dispose } = verifierOf(newWorker);
export { Unable, wasmDigest } from "./core.js";
