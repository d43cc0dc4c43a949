/** What was published of a drop: a CAR, the files of the folder by their paths, or the bundle of one token or card. */
export type Publication = Uint8Array | Readonly<Record<string, Uint8Array>>;

/** A caller's EIP-1193 function, `provider.request` say. The package opens no connection of its own. */
export type Call = (request: { method: string; params: unknown[] }) => Promise<unknown>;

/** The contract that has the token. */
export interface Chain {
  /** EIP-155's id of the chain, 1 for Ethereum: a bigint or its decimal text. */
  readonly id: bigint | string;
  /** 0x and 40 hex digits. */
  readonly contract: string;
  readonly call: Call;
}

/** A block that the caller knows to be its chain's: from a node of its own, or from two that agree. */
export interface Checkpoint {
  /** EIP-155's id of the chain: a bigint or its decimal text. */
  readonly chain: bigint | string;
  readonly number: bigint | string;
  /** 0x and 64 hex digits. */
  readonly hash: string;
}

/** What shows when attestations were there at the latest. */
export interface Dating {
  /** Facts of chains by names of the caller's, as `genproof log anchor` writes them: at most 256. */
  readonly facts: Readonly<Record<string, Uint8Array>>;
  /** A fact whose block is not among these dates nothing, as anybody can make a header with any time in it: 1 to 4096. */
  readonly checkpoints: readonly [Checkpoint, ...Checkpoint[]];
  /** The signer's log, if facts name its heads: log.jsonl and heads.jsonl. */
  readonly log?: Readonly<Record<string, Uint8Array>>;
}

export interface Question {
  readonly publication: Publication;
  /** The token's id, a bigint or its decimal text, below 2^64. */
  readonly tokenId: bigint | string;
  /** The document's bytes as the caller has them: at most 2^18 - 1. They are judged instead of the published ones. */
  readonly document?: Uint8Array;
  /** The image's bytes as the caller has them: at most 20 MiB. */
  readonly image?: Uint8Array;
  /** Without it no contract is asked: which card a token of a permuted deck shows is then not known. */
  readonly chain?: Chain;
  /** The description (drop.json) and the verifying key that the caller trusts, instead of the published ones; a single token's bundle needs both. */
  readonly description?: Uint8Array;
  readonly key?: Uint8Array;
  /** Attestations by names of the caller's, beside those that are published: at most 4096, of which 256 are looked at. */
  readonly attestations?: Readonly<Record<string, Uint8Array>>;
  /** The caller's trust file: whose word counts in attestations. Nothing that is published adds to it. */
  readonly trust?: Uint8Array;
  /** Facts that date attestations, and the blocks that the caller knows. */
  readonly dating?: Dating;
}

/** How the given image compares with what the document names, and nothing if none was given. */
export type ImageState = "named" | "not checked" | "can change" | "none" | "";

/** What a proof does not settle; `name` is one of FORMAT's, sections 14 and 15. */
export interface Reservation {
  readonly name: string;
  readonly text: string;
}

/** What the caller's node said, at one block. It is the node's word, and no part of the proof. */
export interface OnChain {
  readonly id: bigint;
  readonly contract: string;
  readonly block: bigint;
  readonly hash: string;
  readonly uri: string;
}

interface Looked {
  readonly file: string;
  /** All of it in a line. */
  readonly line: string;
  /** RFC 3339 in UTC: when it was there at the latest, by a fact in a block that the caller knows. Its own date is its signer's word. */
  readonly notLaterThan: string | null;
}

/** What was found about an attestation. None makes the level better. */
export type Attestation =
  | (Looked & { readonly standing: "holds" })
  | (Looked & { readonly standing: "withdrawn" | "expired" | "not valid yet" | "refused" | "not checked" | "opaque"; readonly reason: string });

interface Judged {
  /** The whole verdict in words, for people. */
  readonly words: string;
  readonly token: bigint;
  /** The card that the token shows, of a deck. */
  readonly card: bigint | null;
  /** Of a deck the document's SHA-256 in hex, of a drawn drop its CID. */
  readonly document: string;
  readonly image: ImageState;
  /** The image's address in the document, if an image was given. */
  readonly address: string;
  readonly reservations: readonly Reservation[];
  readonly notChecked: readonly string[];
  /** The attestations, in full the report's, and their lines alone. */
  readonly attestations: readonly Attestation[];
  readonly attested: readonly string[];
  /** What has come of each approval that the deck's author promised, in a line. */
  readonly approved: readonly string[];
  /** The verdict in full: FORMAT, sections 14 and 15. */
  readonly report: unknown;
  readonly chain: OnChain | null;
}

/** The key is pinned in this verifier for the circuit. */
export interface Proven extends Judged {
  readonly level: "proven";
}

/** Everything holds only if the maker of the verifying key was honest. Never show it as proven. */
export interface Amber extends Judged {
  readonly level: "amber";
}

export interface Rejected {
  readonly level: "rejected";
  readonly words: string;
  readonly reason: string;
  readonly token: bigint;
  /** The verdict in full, null if nothing could be judged at all. */
  readonly report: unknown;
  readonly chain: OnChain | null;
}

/** Nobody looked: nothing was said for or against the token. */
export interface NotChecked {
  readonly level: "not checked";
  readonly words: string;
  readonly reason: string;
  readonly token: bigint;
  readonly chain: OnChain | null;
}

/** Look at `level`: there is no boolean, since three of the four are not proven. */
export type Verdict = Proven | Amber | Rejected | NotChecked;

export interface Options {
  /** Milliseconds without a sign of progress after which a call is given up: 60,000. */
  readonly timeout?: number;
}

/**
 * Makes the verifier ready, once. In browsers `wasm` is needed: the bytes of verify.wasm, whose
 * address `@genproof/verify/wasm` tells. Node and `@genproof/verify/inline` have their own.
 * Rejects with a TypeError if they are another program's, and with an Unable if nothing can run here.
 */
export function init(program?: { readonly wasm?: Uint8Array }): Promise<void>;

/** Judges one token. Throws a TypeError for arguments of other forms; all else is a verdict. */
export function verifyToken(question: Question, options?: Options): Promise<Verdict>;

/** Ends what is running, with the verdict `not checked`, and lets the program go. */
export function dispose(): void;

/** WebAssembly or workers are missing here or forbidden; the message says what to do. */
export class Unable extends Error {}

/** SHA-256 of verify.wasm, in hex. */
export const wasmDigest: string;
