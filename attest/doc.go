// Package attest is signed statements about what was committed to: who generated, marked,
// licensed, looked at or curated a deck or a drawn drop, and who approves of it. FORMAT.md of
// package bundle, sections 20 to 22, is normative.
//
// An attestation is one DSSE envelope with one signature in one file, and its payload an
// in-toto statement (v1). It says what its signer says, and when is the signer's word. Whose word
// counts is two lists: the identities that a deck's author promised, which are in the deck's
// commitment, and the reader's own, a [Trust] file. Nothing here reads files, clocks or networks.
//
//	PAE  = "DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload      DSSE v1
//	key  ed25519: the signature is over PAE
//	account: over keccak256(0x1901 ‖ domain ‖ keccak256(Attestation(type, SHA-256(payload))))     EIP-712
package attest
