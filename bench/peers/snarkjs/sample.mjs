// The inputs of a circuit from what genproof says about the sample: values in decimal.
import { buildEddsa, buildPoseidon } from "circomlibjs";

// The key that signs: everybody knows it.
const key = new Uint8Array(32).fill(1);

async function sign(message) {
  const eddsa = await buildEddsa();
  const F = eddsa.F;
  const signed = eddsa.signPoseidon(key, F.e(message));
  const text = (x) => F.toObject(x).toString();
  return {
    authority: eddsa.prv2pub(key).map(text),
    signature: [...signed.R8.map(text), signed.S.toString()],
  };
}

async function opening({ bound, values, siblings, right }) {
  const poseidon = await buildPoseidon();
  const leaf = poseidon([poseidon(values.slice(0, 16)), poseidon(values.slice(16))]);
  return { bound, values, siblings, right, ...(await sign(poseidon.F.toObject(leaf))) };
}

async function receipt({ message }) {
  return { message, ...(await sign(message)) };
}

export const inputsOf = { document: async (sample) => sample, opening, receipt };
