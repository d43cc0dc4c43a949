// SPDX-License-Identifier: Apache-2.0

/**
 * Which token of a permuted deck shows which card: genproof's bundle/FORMAT.md, section 13.
 *
 * It is a Feistel network of twelve rounds on the two digits of a number i = a·r + l, in a domain
 * of the deck's N cards however many were sold. Tokens and cards are counted from 0; token i has
 * the id first_id + i.
 *
 * @module
 */

const ROUNDS = 12;

/** The most cards of a domain. Every number in here stays below 2^53. */
export const MAX_CARDS = 2 ** 32;

const DOMAIN = "genproof/2/assignment";

/** The scalar field's modulus: a model's commitment is below it. */
const FIELD = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;

/**
 * The key of a deck's assignment, as its contract computes it:
 *
 *     keccak256(abi.encode(string "genproof/2/assignment", uint256 chainId, address contract, uint256 model, bytes32 randomness))
 *
 * @param {object} deck
 * @param {number | bigint} deck.chainId the chain's when the contract was deployed, below 2^256; as a bigint if it is not below 2^53
 * @param {string} deck.contract the contract's address: 0x and 40 hex digits
 * @param {string | bigint} deck.model the commitment to the model, below the scalar field's modulus; as text 0x and 64 hex digits
 * @param {string} deck.randomness 32 bytes: 0x and 64 hex digits
 * @returns {string} 32 bytes: 0x and 64 hex digits
 * @throws {TypeError} if text has another form
 * @throws {RangeError} if a number is out of its range
 */
export function assignmentKey({ chainId, contract, model, randomness }) {
  const commitment = typeof model === "bigint" ? model : BigInt(checkHex("model", model, 32));
  if (commitment < 0n || commitment >= FIELD) throw new RangeError("model is not below the scalar field's modulus");
  const bytes = new Uint8Array(7 * 32);
  bytes[31] = 5 * 32; // where the string stands
  bytes.set(word("chainId", chainId), 32);
  bytes.set(fromHex("contract", contract, 20), 2 * 32 + 12);
  bytes.set(word("model", commitment), 3 * 32);
  bytes.set(fromHex("randomness", randomness, 32), 4 * 32);
  bytes[5 * 32 + 31] = DOMAIN.length;
  bytes.set(new TextEncoder().encode(DOMAIN), 6 * 32);
  return "0x" + Array.from(keccak256(bytes), (b) => b.toString(16).padStart(2, "0")).join("");
}

/** The permutation of a deck's cards under a key: a bijection of the numbers below N. */
export class Permutation {
  #key;
  #n;
  #a;
  #b;

  /**
   * @param {string} key of {@link assignmentKey}: 0x and 64 hex digits
   * @param {number} cards N, from 1 to {@link MAX_CARDS}
   * @throws {TypeError} if the key has another form
   * @throws {RangeError} if there are no cards, or too many
   */
  constructor(key, cards) {
    if (!Number.isSafeInteger(cards) || cards < 1 || cards > MAX_CARDS) throw new RangeError(`a deck has 1 to ${MAX_CARDS} cards`);
    this.#key = fromHex("key", key, 32);
    this.#n = cards;
    this.#a = rootUp(cards);
    this.#b = Math.ceil(cards / this.#a);
  }

  /**
   * The card that a token shows.
   *
   * @param {number} token from 0, below N
   * @returns {number} the card, from 0
   * @throws {RangeError} if the deck has no such token
   */
  card(token) {
    this.#mustHave(token);
    let i = token;
    do i = this.#forward(i);
    while (i >= this.#n);
    return i;
  }

  /**
   * The token that shows a card: the inverse of {@link card}.
   *
   * @param {number} card from 0, below N
   * @returns {number} the token, from 0
   * @throws {RangeError} if the deck has no such card
   */
  token(card) {
    this.#mustHave(card);
    let i = card;
    do i = this.#backward(i);
    while (i >= this.#n);
    return i;
  }

  #mustHave(i) {
    if (!Number.isSafeInteger(i) || i < 0 || i >= this.#n) throw new RangeError(`the deck has no number ${String(i)}`);
  }

  /** The network once, over all of a·b numbers. */
  #forward(i) {
    let l = i % this.#a;
    let r = Math.floor(i / this.#a);
    for (let j = 0; j < ROUNDS; j++) {
      if (j % 2 === 0) l = (l + this.#round(j, r, this.#a)) % this.#a;
      else r = (r + this.#round(j, l, this.#b)) % this.#b;
    }
    return this.#a * r + l;
  }

  #backward(i) {
    let l = i % this.#a;
    let r = Math.floor(i / this.#a);
    for (let j = ROUNDS - 1; j >= 0; j--) {
      if (j % 2 === 0) l = (l + this.#a - this.#round(j, r, this.#a)) % this.#a;
      else r = (r + this.#b - this.#round(j, l, this.#b)) % this.#b;
    }
    return this.#a * r + l;
  }

  /** keccak256(key ‖ j·2^128 + other) >> 32, modulo m: of a number of 224 bits. */
  #round(j, other, m) {
    const input = new Uint8Array(64);
    input.set(this.#key);
    input[32 + 15] = j;
    new DataView(input.buffer).setUint32(60, other); // a digit is at most 2^16
    let rest = 0;
    for (const byte of keccak256(input).subarray(0, 28)) rest = (256 * rest + byte) % m;
    return rest;
  }
}

/** The least number whose square is at least n. The root of a number below 2^53 is off by one at most. */
function rootUp(n) {
  let a = Math.ceil(Math.sqrt(n));
  while ((a - 1) * (a - 1) >= n) a--;
  while (a * a < n) a++;
  return a;
}

function checkHex(name, text, bytes) {
  if (typeof text !== "string" || text.length !== 2 + 2 * bytes || !/^0x[0-9a-fA-F]*$/.test(text)) {
    throw new TypeError(`${name} is not 0x and ${2 * bytes} hex digits`);
  }
  return text;
}

function fromHex(name, text, bytes) {
  checkHex(name, text, bytes);
  return Uint8Array.from({ length: bytes }, (_, i) => parseInt(text.slice(2 + 2 * i, 4 + 2 * i), 16));
}

/** A number as 32 bytes, big-endian. */
function word(name, number) {
  if (typeof number !== "bigint" && !Number.isSafeInteger(number)) throw new RangeError(`${name} is no whole number below 2^53, and no bigint`);
  const n = BigInt(number);
  if (n < 0n || n >= 2n ** 256n) throw new RangeError(`${name} does not fit 256 bits`);
  return fromHex(name, "0x" + n.toString(16).padStart(64, "0"), 32);
}

// Keccak-256 as Ethereum has it: Keccak[c = 512] of the Keccak team's submission (version 3,
// 2011), whose padding differs from SHA3-256's in one bit. A lane of 64 bits is two numbers of 32,
// the lower first.

const RATE = 136; // bytes

/** Rotations of the lanes in the order in which π visits them, and these lanes (x + 5y). */
const RHO = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
const PI = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

/** ι's constants: bit 2^i - 1 of round k's is the LFSR x^8 + x^6 + x^5 + x^4 + 1 at step 7k + i. */
const IOTA = iota();

function iota() {
  const constants = new Uint32Array(2 * 24);
  let lfsr = 1;
  for (let round = 0; round < 24; round++) {
    for (let i = 0; i < 7; i++) {
      const bit = 2 ** i - 1;
      if (lfsr & 1) constants[2 * round + (bit >> 5)] ^= 1 << (bit & 31);
      lfsr = lfsr & 0x80 ? (lfsr << 1) ^ 0x171 : lfsr << 1;
    }
  }
  return constants;
}

function keccak256(bytes) {
  const padded = new Uint8Array(RATE * (Math.floor(bytes.length / RATE) + 1));
  padded.set(bytes);
  padded[bytes.length] ^= 0x01;
  padded[padded.length - 1] ^= 0x80;
  const state = new Uint32Array(50);
  const blocks = new DataView(padded.buffer);
  for (let at = 0; at < padded.length; at += RATE) {
    for (let i = 0; i < RATE / 4; i++) state[i] ^= blocks.getUint32(at + 4 * i, true);
    permute(state);
  }
  const out = new Uint8Array(32);
  const digest = new DataView(out.buffer);
  for (let i = 0; i < 8; i++) digest.setUint32(4 * i, state[i], true);
  return out;
}

/** Keccak-f[1600]: θ, ρ and π, χ, ι, 24 times. */
function permute(s) {
  const c = new Uint32Array(10);
  const row = new Uint32Array(10);
  for (let round = 0; round < 24; round++) {
    for (let x = 0; x < 10; x++) c[x] = s[x] ^ s[x + 10] ^ s[x + 20] ^ s[x + 30] ^ s[x + 40];
    for (let x = 0; x < 5; x++) {
      const before = 2 * ((x + 4) % 5);
      const after = 2 * ((x + 1) % 5);
      const lo = c[before] ^ ((c[after] << 1) | (c[after + 1] >>> 31));
      const hi = c[before + 1] ^ ((c[after + 1] << 1) | (c[after] >>> 31));
      for (let y = 0; y < 50; y += 10) {
        s[2 * x + y] ^= lo;
        s[2 * x + y + 1] ^= hi;
      }
    }
    let lo = s[2];
    let hi = s[3];
    for (let i = 0; i < 24; i++) {
      const to = 2 * PI[i];
      const n = RHO[i] % 32; // never 0
      const low = RHO[i] < 32 ? lo : hi;
      const high = RHO[i] < 32 ? hi : lo;
      lo = s[to];
      hi = s[to + 1];
      s[to] = (low << n) | (high >>> (32 - n));
      s[to + 1] = (high << n) | (low >>> (32 - n));
    }
    for (let y = 0; y < 50; y += 10) {
      for (let x = 0; x < 10; x++) row[x] = s[y + x];
      for (let x = 0; x < 10; x++) s[y + x] = row[x] ^ (~row[(x + 2) % 10] & row[(x + 4) % 10]);
    }
    s[0] ^= IOTA[2 * round];
    s[1] ^= IOTA[2 * round + 1];
  }
}
