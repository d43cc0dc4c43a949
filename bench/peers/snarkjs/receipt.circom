pragma circom 2.0.0;

include "circomlib/circuits/eddsaposeidon.circom";

// The key has signed the message.
template Receipt() {
    signal input authority[2];
    signal input message;
    signal input signature[3]; // R.x, R.y, S

    component signed = EdDSAPoseidonVerifier();
    signed.enabled <== 1;
    signed.Ax <== authority[0];
    signed.Ay <== authority[1];
    signed.R8x <== signature[0];
    signed.R8y <== signature[1];
    signed.S <== signature[2];
    signed.M <== message;
}
