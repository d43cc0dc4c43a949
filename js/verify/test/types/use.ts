import { dispose, init, Unable, verifyToken, wasmDigest, type Chain, type Verdict } from "@genproof/verify";
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

async function use(publication: Uint8Array, chain: Chain): Promise<string> {
  await init({ wasm: publication });
  const v = await verifyToken({ publication: { "drop.json": publication }, tokenId: "7", chain, image: publication }, { timeout: 1000 });
  // @ts-expect-error there is no boolean
  v.ok;
  // @ts-expect-error a number is no id
  await verifyToken({ publication, tokenId: 7 });
  // @ts-expect-error text is no bytes
  await verifyToken({ publication: "drop.car", tokenId: 7n });
  // @ts-expect-error only what holds has a document
  v.document;
  dispose();
  if (v.level === "amber") {
    // @ts-expect-error amber is not proven
    const level: "proven" = v.level;
    void level;
  }
  return told(v) + new Unable("").message;
}

export { digest, same, url, use };
