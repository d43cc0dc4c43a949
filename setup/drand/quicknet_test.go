package drand

import (
	"bytes"
	"slices"
	"testing"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fp"
)

// small is a point of the curve that is not in the subgroup, compressed.
func small(t *testing.T) []byte {
	t.Helper()
	var p bls.G1Affine
	four := fp.NewElement(4)
	for i := uint64(1); ; i++ {
		p.X.SetUint64(i)
		var y fp.Element
		y.Square(&p.X).Mul(&y, &p.X).Add(&y, &four)
		if p.Y.Sqrt(&y) != nil && p.IsOnCurve() && !p.IsInSubGroup() {
			b := p.Bytes()
			return b[:]
		}
	}
}

func TestVerify_RefusesOtherSignaturesOfQuicknet(t *testing.T) {
	p := published[0]
	good := unhex(p.signature)
	point := new(bls.G1Affine)
	if _, err := point.SetBytes(good); err != nil {
		t.Fatal(err)
	}
	long := point.RawBytes()
	negative := slices.Clone(good)
	negative[0] ^= 0x20
	flipped := slices.Clone(good)
	flipped[47] ^= 1
	infinity := append([]byte{0xc0}, make([]byte, 47)...)
	uncompressed := slices.Clone(good)
	uncompressed[0] &= 0x1f
	_, _, g1, _ := bls.Generators()
	generator := g1.Bytes()
	const foreign, form = "not the chain's for this round", "not a point of its group"
	for _, tc := range []struct {
		name      string
		signature []byte
		want      string
	}{
		{"another round's", unhex(published[1].signature), foreign},
		{"the negative point", negative, foreign},
		{"another point", generator[:], foreign},
		{"a bit flipped", flipped, ""},
		{"outside the subgroup", small(t), form},
		{"infinity", infinity, form},
		{"zero bytes", make([]byte, 48), form},
		{"all ones", bytes.Repeat([]byte{0xff}, 48), form},
		{"not marked as compressed", uncompressed, form},
		{"uncompressed", long[:], "96 bytes, want 48"},
		{"short", good[:47], "47 bytes"},
		{"long", append(slices.Clone(good), 0), "49 bytes"},
		{"evmnet's", unhex(published[2].signature), "64 bytes"},
	} {
		assertRefused(t, tc.name, Quicknet, p.round, tc.signature, tc.want)
	}
}
