import { dispose, init, Unable, verifyToken, wasmDigest, type Attestation, type Chain, type Dating, type Verdict } from "@genproof/verify";
import * as inline from "@genproof/verify/inline";
import wasm from "@genproof/verify/wasm";

const url: URL = wasm;
const digest: string = wasmDigest;
const same: typeof verifyToken = inline.verifyToken;

/** told needs all four levels: leave one out and it does not compile. */
function told(v: Verdict): string {
  switch (v.level) {
    case "proven":
    case "amber":
      return `${v.words} ${v.document} ${v.card ?? 0n} ${v.reservations.map((r) => r.name).join()}`;
    case "rejected":
      return v.reason;
    case "not checked":
      return v.words;
  }
}

/** An attestation that does not hold has a reason, and a date stands apart. */
const found = (a: Attestation): string => (a.standing === "holds" ? (a.notLaterThan ?? a.line) : a.reason);

const dating: Dating = { facts: { "anchor.json": new Uint8Array() }, checkpoints: [{ chain: 1n, number: "7", hash: "0x00" }], log: { "log.jsonl": new Uint8Array() } };
// @ts-expect-error no block is known
const undated: Dating = { facts: {}, checkpoints: [] };
// @ts-expect-error facts alone date nothing
const alone: Dating = { facts: {} };

async function use(publication: Uint8Array, chain: Chain): Promise<string> {
  await init({ wasm: publication });
  const v = await verifyToken({ publication: { "drop.json": publication }, tokenId: "7", chain, image: publication, dating }, { timeout: 1000 });
  // @ts-expect-error there is no boolean
  v.ok;
  // @ts-expect-error a number is no id
  await verifyToken({ publication, tokenId: 7 });
  // @ts-expect-error text is no bytes
  await verifyToken({ publication: "drop.car", tokenId: 7n });
  // @ts-expect-error only what holds has a document
  v.document;
  // @ts-expect-error only what does not hold has a reason
  if (v.level === "proven") v.attestations[0]?.reason;
  dispose();
  if (v.level === "amber") {
    // @ts-expect-error amber is not proven
    const level: "proven" = v.level;
    void level;
  }
  return told(v) + new Unable("").message;
}

export { alone, digest, found, same, undated, url, use };
