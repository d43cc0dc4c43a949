package eddsa

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"
)

func TestCurve_IsTheLibrarys(t *testing.T) {
	params := twistededwards.GetEdwardsCurve()
	minusOne := fromInt(big.NewInt(-1))
	if params.A != minusOne || params.D != edwardsD || params.Order.Cmp(order()) != 0 {
		t.Errorf("got d = %v and l = %v, the library has %v, %v and a = %v", &edwardsD, order(), &params.D, &params.Order, &params.A)
	}
}

// libraryParse reads a point as gnark-crypto does, and refuses what it does not write.
func libraryParse(b []byte) (p twistededwards.PointAffine, ok bool) {
	if len(b) != PublicKeyBytes {
		return p, false
	}
	if _, err := p.SetBytes(b); err != nil || !p.IsOnCurve() || p.Bytes() != [PublicKeyBytes]byte(b) {
		return p, false
	}
	return p, p.IsInSubGroup()
}

// TestParsePoint_IsTheLibrarys compares it with gnark-crypto over points of the subgroup, points
// with a part of low order, any y, both signs, and every y near the edges of the encoding.
func TestParsePoint_IsTheLibrarys(t *testing.T) {
	random := rand.NewChaCha8([32]byte{14, 30})
	var list [][]byte
	for n := range 1000 {
		var p twistededwards.PointAffine
		seed := make([]byte, 32)
		random.Read(seed)
		p.ScalarMultiplicationBase(new(big.Int).SetBytes(seed))
		p = plus(p, torsion(t, int64(n%16))) // every second in the subgroup, or nearly
		for _, q := range []twistededwards.PointAffine{p, *new(twistededwards.PointAffine).Neg(&p)} {
			b := q.Bytes()
			list = append(list, b[:])
			if y := integer(q.Y); new(big.Int).Add(y, fr.Modulus()).BitLen() <= 255 { // the same y again
				list = append(list, littleEndian(new(big.Int).Add(y, fr.Modulus()), b[31]&0x80 != 0))
			}
		}
	}
	for range 2000 {
		b := make([]byte, PublicKeyBytes)
		random.Read(b)
		list = append(list, b)
		low := slices.Clone(b)
		low[31] &= 0x9f // most y are below r
		list = append(list, low)
	}
	top := new(big.Int).Lsh(big.NewInt(1), 255)
	for _, edge := range []*big.Int{new(big.Int), fr.Modulus(), new(big.Int).Lsh(fr.Modulus(), 1), new(big.Int).Rsh(fr.Modulus(), 1), order(), top} {
		for d := int64(-40); d <= 40; d++ {
			y := new(big.Int).Add(edge, big.NewInt(d))
			if y.Sign() >= 0 && y.BitLen() <= 255 {
				list = append(list, littleEndian(y, false), littleEndian(y, true))
			}
		}
	}
	var taken, torsioned int
	for _, b := range list {
		want, ok := libraryParse(b)
		got, err := parsePoint(b)
		if (err == nil) != ok || ok && (got.x != want.X || got.y != want.Y) {
			t.Fatalf("%x: got %v, %v; the library says %v, %v", b, got, err, want, ok)
		}
		if ok {
			taken++
			if back := (PublicKey{got.x, got.y}).Bytes(); string(back[:]) != string(b) {
				t.Errorf("%x: written as %x", b, back)
			}
		}
		if p := (point{want.X, want.Y}); !ok && p.onCurve() && !p.inSubgroup() {
			torsioned++
		}
	}
	if taken < 200 || torsioned < 2000 {
		t.Errorf("of %d points %d are in the subgroup and %d beside it: the test tests little", len(list), taken, torsioned)
	}
}

// TestInSubgroup_IsTheLibrarys takes coordinates as they come: on the curve or not.
func TestInSubgroup_IsTheLibrarys(t *testing.T) {
	subgroup := 0
	for n := range uint64(400) {
		p := plus(times(baseB(), big.NewInt(int64(n*n))), torsion(t, int64(n%8)))
		for _, x := range []fr.Element{p.X, plusOne(p.X), {}, *new(fr.Element).Neg(&p.X)} {
			for _, y := range []fr.Element{p.Y, plusOne(p.Y), {}, *new(fr.Element).Neg(&p.Y), one} {
				q := twistededwards.NewPointAffine(x, y)
				own := point{x, y}
				want := q.IsOnCurve() && q.IsInSubGroup()
				if own.onCurve() != q.IsOnCurve() || own.inSubgroup() != want {
					t.Fatalf("n = %d: on the curve %v, in the subgroup %v; the library says %v, %v", n, own.onCurve(), own.inSubgroup(), q.IsOnCurve(), want)
				}
				if want {
					subgroup++
				}
			}
		}
	}
	if subgroup < 100 {
		t.Errorf("%d points are in the subgroup: the test tests little", subgroup)
	}
}

// TestAdd_IsTheLibrarys adds points of every order, to themselves, their negatives and the identity too.
func TestAdd_IsTheLibrarys(t *testing.T) {
	var points []twistededwards.PointAffine
	for n := range int64(8) {
		points = append(points, torsion(t, n), plus(baseB(), torsion(t, n)), plus(times(baseB(), new(big.Int).Sub(order(), big.NewInt(1))), torsion(t, n)))
	}
	scaled := func(p twistededwards.PointAffine, z fr.Element) projective {
		return projective{*new(fr.Element).Mul(&p.X, &z), *new(fr.Element).Mul(&p.Y, &z), z}
	}
	for i, p := range points {
		for k, q := range points {
			a, b := scaled(p, element(uint64(i))), scaled(q, element(uint64(100+k)))
			var sum projective
			sum.add(&a, &b)
			want := plus(p, q)
			if x, y := want.X, want.Y; !x.Mul(&x, &sum.z).Equal(&sum.x) || !y.Mul(&y, &sum.z).Equal(&sum.y) || sum.z.IsZero() {
				t.Errorf("points %d and %d: got %v, want %v", i, k, sum, want)
			}
			if a.add(&a, &b); a != sum {
				t.Errorf("points %d and %d: another sum in place", i, k)
			}
		}
	}
}

func BenchmarkParsePublicKey(b *testing.B) {
	raw := key(b, 1).Public().Bytes()
	for b.Loop() {
		if _, err := ParsePublicKey(raw[:]); err != nil {
			b.Fatal(err)
		}
	}
}
