package ptau

import (
	"bytes"
	"encoding/hex"
	"hash"
)

// computeInitial computes the challenge that the first contributor of a ceremony answers:
// the hash of an empty response and of points that are all generators. It hashes 384 bytes
// for each point of the domain, 103 GB for power 28; hence [initialChallenges].
func computeInitial(ceremony int) (out [challengeSize]byte) {
	one, two := generatorG1.Marshal(), generatorG2.Marshal()
	n := 1 << ceremony
	h := newBlake()
	h.Write(newBlake().Sum(nil))
	repeat(h, one, 2*n-1)
	repeat(h, two, n)
	repeat(h, one, 2*n)
	h.Write(two)
	h.Sum(out[:0])
	return out
}

func repeat(h hash.Hash, b []byte, n int) {
	const many = 1 << 12
	block := bytes.Repeat(b, many)
	for ; n >= many; n -= many {
		h.Write(block)
	}
	h.Write(block[:n*len(b)])
}

// initialChallenge returns computeInitial(ceremony) for ceremony in 1 to 28.
func initialChallenge(ceremony int) *[challengeSize]byte {
	b, err := hex.DecodeString(initialChallenges[ceremony-1])
	if err != nil {
		panic("ptau: " + err.Error()) // of the table
	}
	return (*[challengeSize]byte)(b)
}
