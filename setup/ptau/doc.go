// Package ptau reads the powers of tau that snarkjs writes and the Perpetual Powers of Tau
// publish (.ptau, BN254), and trusts nothing in them.
//
// # The file
//
// Integers are little-endian. Coordinates are 32 bytes, little-endian, in Montgomery form,
// real part first. N = 2^power.
//
//	"ptau" | version 1 (4) | sections (4) | for each section: number (4), size (8), content
//
//	1      32 (4) | q (32) | power (4) | power of the ceremony (4)
//	2      τ^i in G1, i < 2N-1
//	3      τ^i in G2, i < N
//	4, 5   ατ^i and βτ^i in G1, i < N
//	6      β in G2
//	7      contributions (4) | each of them
//	12-15  sections 2 to 5 in the Lagrange basis, which snarkjs adds when it prepares a phase 2:
//	       those of the domains of 1, 2, 4 ... N points, in 12 of 2N too
//
//	a contribution:
//	τ, τ in G2, α, β, β in G2 after it | s, sx for τ, α, β | spx for τ, α, β
//	state of a BLAKE2b of the response (216) | challenge for the next one (64)
//	type (4): 0 a person, 1 a beacon | size of parameters (4) | parameters, ascending:
//	1 name (1 + n) | 2 log2 of iterations (1) | 3 value (1 + n)
//
// # What is checked
//
// Lengths before anything is allocated: sections 1 to 7 once, in order, as large as the
// power asks for, nothing else in the file. The file is then read once; every byte goes into
// its SHA-256, and what was scanned before must come again.
//
// Every point that is used: coordinates below q, on its curve, not infinity, in G2 in the
// subgroup; the generators first; all powers of the same τ, α and β, and those in G1 and G2 of
// the same secrets (with random coefficients, wrong with probability 2^-132); no τ^i is 1 or
// -1, nor are α, β and α/β. A larger file is cut: powers beyond the domain that is wanted are part
// of the digest and are not used.
//
// Sections 12 to 15, if they are there and [Options] want them: of the domain that is wanted, each point as
// above, and all of them the powers in the Lagrange basis (with coefficients that follow from the
// file's SHA-256, wrong with probability 2^-132 for one file). Those of other domains are part of the
// digest and are not used.
//
// Every contribution, as snarkjs powersoftau verify does, from the challenge that a
// ceremony begins with: the proof that its factors of τ, α and β were known, the step from the
// points before to the points after, the keys of a beacon drawn again, the last points those
// of the file, and the last challenge the hash of all its points. Besides, what snarkjs lets
// pass: a last response that is not of these points, a contribution that changes nothing, a file of
// beacons only, secrets that are 1, bytes after the end.
//
// # What is not
//
// Some of it cannot be, and [Chain] says so: a file that was cut holds too few points for the
// last hashes, and a beacon of more than 2^24 iterations takes too long.
//
// No file holds the points between two contributions. Challenges other than the first and
// the last, and responses other than the last, are taken as recorded. A proof of knowledge
// is bound to them, and contributors who published the hash of their response can be compared
// with. Nothing binds a name, and whoever drew their secrets from public randomness without
// saying so passes as a person. What a chain shows is that the secrets are products of
// factors that each were known to whoever made that contribution; one honest one is enough.
//
// # Cost
//
// On a domain of 2^17 (655,360 points, and 524,288 of the Lagrange basis; a file of 151 MB): 9.2 s of CPU on a busy 2-core
// machine with the Lagrange basis, of which 0.6 s reading and hashing. It is linear in the domain, and the sums are spread
// over all cores. Memory is what the points take and 100 to 270 MB:
// within twice the points from power 18 on, with the Lagrange basis from power 17 on.
package ptau
