// Package ptau reads the powers of tau that snarkjs writes (.ptau, BN254), such as those of
// the Perpetual Powers of Tau, and trusts nothing in them.
package ptau
