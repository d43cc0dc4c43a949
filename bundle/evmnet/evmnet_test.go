package evmnet

import (
	"encoding/binary"
	"encoding/hex"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// The key is the point that gnark-crypto reads from drand's bytes: on the curve, in the subgroup.
func TestKey_IsDrands(t *testing.T) {
	raw, err := hex.DecodeString(strings.Join(publicKey[:], ""))
	if err != nil {
		t.Fatal(err)
	}
	var want bn254.G2Affine
	if _, err := want.SetBytes(raw); err != nil {
		t.Fatal(err)
	}
	if key := Key(); !key.Equal(&want) || key.IsInfinity() {
		t.Errorf("got %v, want %v", key, want)
	}
}

// The points are those that three other implementations have.
func TestHashRound_IsDrands(t *testing.T) {
	for round, want := range map[uint64]string{
		1:       "073d3d00a1c3ca588db79d44202e44b2f45995ddd39e705717c9edfcb79e4371173e31a5208ea2594cbcb23b5afb3dd930719a4d1a3f877839bb8bdeb3c15084",
		6390578: "1c21362e47afef557315c7bb137d3429ebeee2bc2d3f8dc588e3ab16d37d133e0c5ff760eaf35c8b9c7e62576074300308e7c3847bf2ee0afa15d53cbc5a36f6",
		9337227: "1626082c3dd0751bdaaf8c3e709b5dd7cdedf45d4e81a5aa3e270f1e78924b322bf29ab3af54dfe3c053ad4efa93db05d3586368463e9d7334c7ba61f6f4e955",
	} {
		h := hashRound(round)
		if got := h.RawBytes(); hex.EncodeToString(got[:]) != want {
			t.Errorf("round %d: got %x", round, got)
		}
	}
}

// Rounds 1 to 200 take every pair of branches of the map, nine of them. The digest of their
// points is also in Solidity's tests.
func TestHashRound_TakesAllBranches(t *testing.T) {
	var folded [32]byte
	pairs := map[[2]int]bool{}
	for round := uint64(1); round <= 200; round++ {
		h := hashRound(round)
		raw := h.RawBytes()
		folded = keccak(folded[:], raw[:])
		digest := keccak(binary.BigEndian.AppendUint64(nil, round))
		u := hashToField(digest[:])
		_, first := rfc9380(u[0].BigInt(new(big.Int)))
		_, second := rfc9380(u[1].BigInt(new(big.Int)))
		pairs[[2]int{first, second}] = true
	}
	if hex.EncodeToString(folded[:]) != "55be7c72b97ce4284ec15d6124f671655a2ac167bf7aeaa4845342ec2591b6f2" || len(pairs) != 9 {
		t.Errorf("got %x over %d pairs of branches", folded, len(pairs))
	}
}

// rfc9380 maps u to the curve as RFC 9380, section 6.6.1, defines it with Z = 1, in integers
// modulo p. It also returns which of the three x it took.
func rfc9380(u *big.Int) (point [2]*big.Int, branch int) {
	p := fp.Modulus()
	mod := func(a *big.Int) *big.Int { return a.Mod(a, p) }
	add := func(a, b *big.Int) *big.Int { return mod(new(big.Int).Add(a, b)) }
	sub := func(a, b *big.Int) *big.Int { return mod(new(big.Int).Sub(a, b)) }
	mul := func(a *big.Int, more ...*big.Int) *big.Int {
		product := new(big.Int).Set(a)
		for _, b := range more {
			mod(product.Mul(product, b))
		}
		return product
	}
	inv0 := func(a *big.Int) *big.Int { return new(big.Int).Exp(a, sub(p, big.NewInt(2)), p) } // 0 for 0
	g := func(x *big.Int) *big.Int { return add(mul(x, x, x), big.NewInt(3)) }
	n := big.NewInt

	one, gz := n(1), g(n(1))
	t1 := mul(u, u, gz)
	t2 := add(one, t1)
	t1 = sub(one, t1)
	t3 := inv0(mul(t1, t2))
	t4 := new(big.Int).ModSqrt(mod(n(-12)), p) // -g(Z)·(3Z² + 4A)
	if t4.Bit(0) == 1 {
		t4 = sub(p, t4)
	}
	t5 := mul(u, t1, t3, t4)
	t6 := mul(mod(n(-16)), inv0(n(3))) // -4g(Z)/(3Z² + 4A)
	half := mul(mod(n(-1)), inv0(n(2)))
	square := mul(t2, t2, t3)
	xs := []*big.Int{sub(half, t5), add(half, t5), add(one, mul(t6, square, square))}
	for i, x := range xs {
		if y := new(big.Int).ModSqrt(g(x), p); y != nil {
			if y.Bit(0) != u.Bit(0) {
				y = sub(p, y)
			}
			return [2]*big.Int{x, y}, i
		}
	}
	panic("one of the three is a square")
}

// The map is the RFC's and gnark-crypto's, also where the RFC's inverse is that of 0.
func TestSvdw_IsThatOfRFC9380(t *testing.T) {
	p := fp.Modulus()
	half := new(big.Int).ModInverse(big.NewInt(2), p)
	list := []*big.Int{big.NewInt(0), big.NewInt(1), new(big.Int).Sub(p, big.NewInt(1)), half, new(big.Int).Sub(p, half)}
	random := rand.NewChaCha8([32]byte{9, 38, 0})
	for len(list) < 10_000 {
		b := make([]byte, 48)
		random.Read(b)
		list = append(list, new(big.Int).Mod(new(big.Int).SetBytes(b), p))
	}
	var taken [3]int
	for _, v := range list {
		var u fp.Element
		u.SetBigInt(v)
		got := svdw(&u)
		if library := bn254.MapToCurve1(&u); !got.Equal(&library) {
			t.Fatalf("u = %#x: got %v, gnark-crypto has %v", v, got, library)
		}
		want, branch := rfc9380(v)
		taken[branch]++
		if got.X.BigInt(new(big.Int)).Cmp(want[0]) != 0 || got.Y.BigInt(new(big.Int)).Cmp(want[1]) != 0 {
			t.Fatalf("u = %#x: got %v, want %#x", v, got, want)
		}
	}
	if taken[0] < 4000 || taken[1] < 2000 || taken[2] < 2000 {
		t.Errorf("branches taken: %v", taken)
	}
}
