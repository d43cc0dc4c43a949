package drand

import (
	"bytes"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

func TestVerify_RefusesOtherSignaturesOfEvmnet(t *testing.T) {
	p := published[2]
	good := unhex(p.signature)
	var point bn254.G1Affine
	point.X.SetBytes(good[:32])
	point.Y.SetBytes(good[32:])
	_, _, g1, _ := bn254.Generators()
	var negative, shifted bn254.G1Affine
	negative.Neg(&point)
	shifted.Add(&point, &g1)
	coordinates := func(x, y *big.Int) []byte {
		return append(x.FillBytes(make([]byte, 32)), y.FillBytes(make([]byte, 32))...)
	}
	encode := func(q *bn254.G1Affine) []byte {
		return coordinates(q.X.BigInt(new(big.Int)), q.Y.BigInt(new(big.Int)))
	}
	x, y := point.X.BigInt(new(big.Int)), point.Y.BigInt(new(big.Int))
	plus := func(a *big.Int, n int64) *big.Int {
		return new(big.Int).Add(a, new(big.Int).Mul(fp.Modulus(), big.NewInt(n)))
	}
	compressed := point.Bytes()
	marked := slices.Clone(good)
	marked[0] |= 0x80
	zeros := make([]byte, 64)
	infinity := slices.Clone(zeros)
	infinity[0] = 0x40
	const foreign, form = "not the chain's for this round", "not a point of its group"
	for _, tc := range []struct {
		name      string
		signature []byte
		want      string
	}{
		{"another round's", unhex(published[3].signature), foreign},
		{"the negative point", encode(&negative), foreign},
		{"the generator added", encode(&shifted), foreign},
		{"the generator", encode(&g1), foreign},
		{"x + p", coordinates(plus(x, 1), y), form},
		{"y + p", coordinates(x, plus(y, 1)), form},
		{"x + 4p", coordinates(plus(x, 4), y), form}, // the last below 2^256 for this x
		{"y + 1", coordinates(x, new(big.Int).Add(y, big.NewInt(1))), form},
		{"x and y exchanged", coordinates(y, x), form},
		{"zeros", zeros, form},
		{"x = 0", coordinates(new(big.Int), y), form},
		{"marked as infinity", infinity, form},
		{"marked as compressed", marked, form},
		{"all ones", bytes.Repeat([]byte{0xff}, 64), form},
		{"compressed", compressed[:], "32 bytes, want 64"},
		{"short", good[:63], "63 bytes"},
		{"long", append(slices.Clone(good), 0), "65 bytes"},
		{"quicknet's", unhex(published[0].signature), "48 bytes"},
	} {
		assertRefused(t, tc.name, Evmnet, p.round, tc.signature, tc.want)
	}
}
