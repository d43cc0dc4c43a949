pragma circom 2.0.0;

include "circomlib/circuits/bitify.circom";
include "circomlib/circuits/comparators.circom";
include "circomlib/circuits/eddsaposeidon.circom";
include "circomlib/circuits/poseidon.circom";
include "circomlib/circuits/switcher.circom";

// An authority has signed a leaf of the tree, whose 32 numbers are all below the bound.
template Opening(depth) {
    signal input bound;
    signal input authority[2];
    signal input values[32];
    signal input siblings[depth];
    signal input right[depth]; // booleans: the path comes from the right
    signal input signature[3]; // R.x, R.y, S
    signal output root;

    component range[32];
    component below[32];
    for (var i = 0; i < 32; i++) {
        range[i] = Num2Bits(64);
        range[i].in <== values[i];
        below[i] = LessThan(64);
        below[i].in[0] <== values[i];
        below[i].in[1] <== bound;
        below[i].out === 1;
    }

    component parts[2];
    component leaf = Poseidon(2);
    for (var j = 0; j < 2; j++) {
        parts[j] = Poseidon(16);
        for (var i = 0; i < 16; i++) {
            parts[j].inputs[i] <== values[16 * j + i];
        }
        leaf.inputs[j] <== parts[j].out;
    }

    component signed = EdDSAPoseidonVerifier();
    signed.enabled <== 1;
    signed.Ax <== authority[0];
    signed.Ay <== authority[1];
    signed.R8x <== signature[0];
    signed.R8y <== signature[1];
    signed.S <== signature[2];
    signed.M <== leaf.out;

    component order[depth];
    component node[depth];
    signal path[depth + 1];
    path[0] <== leaf.out;
    for (var i = 0; i < depth; i++) {
        right[i] * (right[i] - 1) === 0;
        order[i] = Switcher();
        order[i].sel <== right[i];
        order[i].L <== path[i];
        order[i].R <== siblings[i];
        node[i] = Poseidon(2);
        node[i].inputs[0] <== order[i].outL;
        node[i].inputs[1] <== order[i].outR;
        path[i + 1] <== node[i].out;
    }
    root <== path[depth];
}
