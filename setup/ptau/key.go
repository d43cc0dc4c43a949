package ptau

import (
	"context"
	"crypto/sha256"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/blake2b"
)

// A publicKey shows that a contributor knew x: the pair s, sx in G1 has the same ratio as
// base, spx in G2, where base is a point that nobody could choose. (Bowe, Gabizon, Miers:
// Scalable Multi-party Computation for zk-SNARK Parameters, https://eprint.iacr.org/2017/1050,
// section 3.)
type publicKey struct {
	s, sx bn254.G1Affine
	spx   bn254.G2Affine
}

// base draws the point of a key in G2. which is 0 for τ, 1 for α, 2 for β.
func (k *publicKey) base(which int, challenge *[challengeSize]byte) bn254.G2Affine {
	h := newBlake()
	h.Write([]byte{byte(which)})
	h.Write(challenge[:])
	h.Write(k.s.Marshal())
	h.Write(k.sx.Marshal())
	return newRandom([32]byte(h.Sum(nil)[:32])).g2()
}

// A publicKeys holds the keys of a contribution's factors of τ, α and β.
type publicKeys [3]publicKey

// marshal returns the keys as a response ends with them: uncompressed, big-endian.
func (k *publicKeys) marshal() []byte {
	b := make([]byte, 0, keySize)
	for i := range k {
		b = append(b, k[i].s.Marshal()...)
		b = append(b, k[i].sx.Marshal()...)
	}
	for i := range k {
		b = append(b, k[i].spx.Marshal()...)
	}
	return b
}

// beaconKeys recomputes the keys of a contribution whose factors anybody can draw from a
// beacon.
func beaconKeys(ctx context.Context, challenge *[challengeSize]byte, value []byte, iterationsExp int) (*publicKeys, error) {
	seed, err := beaconSeed(ctx, value, iterationsExp)
	if err != nil {
		return nil, err
	}
	r := newRandom(seed)
	var factors [3]fr.Element
	for i := range factors {
		factors[i] = r.fr()
	}
	var keys publicKeys
	for i := range keys {
		keys[i] = newKey(r, i, challenge, factors[i].BigInt(new(big.Int)))
	}
	return &keys, nil
}

// beaconSeed applies SHA-256 2^iterationsExp times to a beacon's value, so that nobody
// could try many values at the last minute.
func beaconSeed(ctx context.Context, value []byte, iterationsExp int) ([32]byte, error) {
	seed := sha256.Sum256(value)
	for i := 1; i < 1<<iterationsExp; i++ {
		if i%(1<<16) == 0 && ctx.Err() != nil {
			return seed, ctx.Err()
		}
		seed = sha256.Sum256(seed[:])
	}
	return seed, nil
}

// newKey makes the key of a factor x.
func newKey(r *random, which int, challenge *[challengeSize]byte, x *big.Int) (k publicKey) {
	k.s = r.g1()
	k.sx.ScalarMultiplication(&k.s, x)
	base := k.base(which, challenge)
	k.spx.ScalarMultiplication(&base, x)
	return k
}

func newBlake() hashState {
	h, err := blake2b.New512(nil)
	if err != nil {
		panic("ptau: " + err.Error()) // of a key's length only
	}
	return h.(hashState)
}
