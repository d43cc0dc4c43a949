pragma circom 2.0.0;

include "circomlib/circuits/sha256/sha256.circom";
include "circomlib/circuits/bitify.circom";

// The prover knows a message of this length with this SHA-256, given in two halves.
template Document(bytes) {
    signal input message[8 * bytes]; // bits, 8 a byte, the most significant first
    signal output digest[2];

    component hash = Sha256(8 * bytes);
    for (var i = 0; i < 8 * bytes; i++) {
        message[i] * (message[i] - 1) === 0;
        hash.in[i] <== message[i];
    }
    component half[2];
    for (var j = 0; j < 2; j++) {
        half[j] = Bits2Num(128);
        for (var i = 0; i < 128; i++) {
            half[j].in[i] <== hash.out[128 * j + 127 - i];
        }
        digest[j] <== half[j].out;
    }
}
