package ptau

import (
	"encoding"
	"encoding/binary"
	"errors"
	"hash"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

type hashState interface {
	hash.Hash
	encoding.BinaryUnmarshaler
}

// A transcript hashes all points of a file as its last contributor did:
//
//	response  = BLAKE2b(challenge before || points, compressed || public keys)
//	challenge = BLAKE2b(response || points, uncompressed)
type transcript struct {
	response, challenge hash.Hash
	buf                 []byte
}

// newTranscript begins the hashes of the last contribution.
func newTranscript(list []contribution, chain *Chain, ceremony int) *transcript {
	t := &transcript{response: newBlake(), challenge: newBlake()}
	before := initialChallenge(ceremony)
	if n := len(list); n > 1 {
		before = &list[n-2].nextChallenge
	}
	t.response.Write(before[:])
	t.challenge.Write(chain.Contributions[len(list)-1].ResponseHash[:])
	return t
}

// add hashes points in the order of the file.
func addPoints[P any](t *transcript, g *group[P], points []P) {
	n := len(points)
	if need := n * (g.size + g.size/2); cap(t.buf) < need {
		t.buf = make([]byte, need)
	}
	whole, compressed := t.buf[:n*g.size], t.buf[n*g.size:n*(g.size+g.size/2)]
	_ = parallel(n, func(i int) error {
		g.encode(&points[i], whole[i*g.size:(i+1)*g.size], compressed[i*g.size/2:(i+1)*g.size/2])
		return nil
	})
	_ = parallel(2, func(i int) error {
		if i == 0 {
			t.challenge.Write(whole)
		} else {
			t.response.Write(compressed)
		}
		return nil
	})
}

// largestY marks a compressed point whose y is the larger of the two.
const largestY = 0x80

// encodeG1 writes a point big-endian, whole and compressed to its x.
func encodeG1(p *bn254.G1Affine, whole, compressed []byte) {
	raw := p.RawBytes() // infinity apart, which does not come here, gnark's form is the ceremony's
	copy(whole, raw[:])
	copy(compressed, raw[:fp.Bytes])
	if p.Y.LexicographicallyLargest() {
		compressed[0] |= largestY
	}
}

func encodeG2(p *bn254.G2Affine, whole, compressed []byte) {
	raw := p.RawBytes()
	copy(whole, raw[:])
	copy(compressed, raw[:2*fp.Bytes])
	if p.Y.LexicographicallyLargest() {
		compressed[0] |= largestY
	}
}

var errPartial = errors.New("its partial hash is not the state of a hash of this ceremony's responses")

// responseHash completes the partial hash of a contribution. The state is laid out as
//
//	buffer 128 | h 8·8 | bytes hashed 8 | bytes in the buffer 8 | 8 unused     little-endian
//
// All but the buffer and h follow from the ceremony's power. snarkjs leaves out the upper
// half of the bytes hashed.
func responseHash(partial *[partialSize]byte, keys *publicKeys, ceremony int) (out [64]byte, err error) {
	size := responseSize(ceremony)
	filled := size % 128 // not 0
	hashed := binary.LittleEndian.Uint64(partial[192:])
	if full := uint64(size - filled); hashed != full && hashed != full&(1<<32-1) ||
		binary.LittleEndian.Uint64(partial[200:]) != uint64(filled) {
		return out, errPartial
	}
	state := []byte("b2b") // as golang.org/x/crypto/blake2b marshals it, big-endian
	for i := range 8 {
		state = binary.BigEndian.AppendUint64(state, binary.LittleEndian.Uint64(partial[128+8*i:]))
	}
	state = binary.BigEndian.AppendUint64(state, uint64(size-filled))
	state = binary.BigEndian.AppendUint64(state, 0)
	state = append(state, 64)
	state = append(state, partial[:128]...)
	state = append(state, byte(filled))
	h := newBlake()
	if err := h.UnmarshalBinary(state); err != nil {
		return out, errPartial
	}
	h.Write(keys.marshal())
	h.Sum(out[:0])
	return out, nil
}

// responseSize returns the bytes of a response before its public keys.
func responseSize(ceremony int) int64 {
	n := int64(1) << ceremony
	return challengeSize + ((2*n-1)*sizeG1+n*sizeG2+2*n*sizeG1+sizeG2)/2
}
