// Package ceremony makes Groth16 keys whose secrets nobody knows, unless all who took part
// kept theirs, and lets anybody check that. It is a folder around gnark's mpcsetup, the
// protocol of Bowe, Gabizon and Miers (https://eprint.iacr.org/2017/1050):
//
//	ceremony.json           what is made, from which powers of tau, and the beacon to come
//	0000/phase2             the initial accumulator: gnark's Phase2, points compressed
//	0000/evaluations        the circuit's polynomials at tau, for the keys; see [Evaluations]
//	0001/phase2             a contribution
//	0001/attestation.json   who made it, signed
//	...
//	beacon.json             the announced beacon, once it is known; it ends the contributions
//	transcript.json         every file's SHA-256; its own is the keys' provenance
//	vk                      the verifying key, as verifier/groth16 writes it
//
// A ceremony can also be of phase 1, for those without a .ptau file: its files are called
// phase1, and there are no evaluations and no vk.
//
// Files are bound into one chain. Each accumulator ends with the SHA-256 of the file before
// it, which every contributor's proof of knowledge covers; the initial one ends with
// the SHA-256 of ceremony.json. So whoever contributes does so to this circuit, these
// powers, this beacon and these predecessors.
//
// Contributions appear whole or not at all: a folder under another name is filled, forced to
// disk and renamed. A lock, which dies with its process, and the rename, which never replaces,
// keep two from taking one number.
//
// # Secrets
//
// gnark draws a contribution's secret from crypto/rand, in memory, and nothing here or in
// gnark writes it to disk or logs. gnark clears none of it: the scalar, its inverse, and
// a big.Int of either stay in the process's memory until it is used again or the process ends.
// [Folder.Contribute] is meant for a process of its own, on a machine whose swap is off or
// encrypted. gnark's Contribute takes no entropy of the caller's, so there is nothing to mix in.
//
// # Times
//
// A contribution's time is its contributor's word, and is refused from the beacon's time on.
// Publishing the last contribution's SHA-256 before the beacon is known proves that none was
// backdated. A block's hash is as somebody gave it, and its time is
// unknown, until a verification asks a node of its chain.
//
// # Trust in what is read
//
// Nothing is. A file's size must be exactly the one that follows from the circuit before it is read, and
// its length fields and the flags of its points are compared before gnark decodes it.
package ceremony
