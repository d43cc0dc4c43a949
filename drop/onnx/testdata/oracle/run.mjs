// Reads a model and rows of inputs, a byte each, and writes the rows of outputs that onnxruntime gives.
import { readFileSync, writeFileSync } from "node:fs";
import * as ort from "onnxruntime-web";

const [model, inputs, outputs, width] = process.argv.slice(2);
ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(readFileSync(model));
const data = readFileSync(inputs);
const parts = [];
for (let at = 0; at < data.length; at += Number(width)) {
  const x = new ort.Tensor("uint8", Uint8Array.from(data.subarray(at, at + Number(width))), [1, Number(width)]);
  const result = await session.run({ [session.inputNames[0]]: x });
  parts.push(result[session.outputNames[0]].data);
}
writeFileSync(outputs, Buffer.concat(parts));
