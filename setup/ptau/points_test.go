package ptau

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// otherG1 is a point of G1 that no file here has by right.
func otherG1() (p bn254.G1Affine) {
	_, _, one, _ := bn254.Generators()
	return *p.ScalarMultiplication(&one, big.NewInt(987654321))
}

func otherG2() (p bn254.G2Affine) {
	_, _, _, two := bn254.Generators()
	return *p.ScalarMultiplication(&two, big.NewInt(987654321))
}

// outside is p plus a point whose order divides the cofactor: on the twist, and not in G2.
func outside(p bn254.G2Affine) (sum bn254.G2Affine) {
	var t bn254.G2Affine
	stray := bn254.GeneratePointNotInG2(bn254.E2{A0: fp.NewElement(5), A1: fp.NewElement(7)})
	t.FromJacobian(&stray)
	return *sum.Add(&p, &t)
}

// TestRead_AcceptsForgedFiles: what the tests make is right until they lie, whatever
// the chunks are that it is read in.
func TestRead_AcceptsForgedFiles(t *testing.T) {
	for power := 1; power <= 4; power++ {
		b := forged(t, power).bytes()
		for _, chunk := range []int{0, 1, 3} {
			for want := 1; want <= power; want++ {
				srs, err := readBytes(t, b, Options{Power: want, chunk: chunk})
				if err != nil {
					t.Fatalf("power %d of %d, chunks of %d: %v", want, power, chunk, err)
				}
				if !srs.Chain.Verified || len(srs.Commons.G1.Tau) != 2<<want-1 {
					t.Errorf("power %d of %d, chunks of %d: %+v", want, power, chunk, srs.Chain)
				}
			}
		}
	}
}

// TestRead_RefusesPoints puts what is not a usable point at every place of every section, in
// files whose hashes are right.
func TestRead_RefusesPoints(t *testing.T) {
	f := plain(t, 2)
	for _, tc := range []struct {
		section uint32
		points  int
		size    int
	}{{2, 7, sizeG1}, {3, 4, sizeG2}, {4, 4, sizeG1}, {5, 4, sizeG1}, {6, 1, sizeG2}} {
		for i := range tc.points {
			edit := func(name, want string, change func(point []byte)) {
				pieces := f.sections()
				p := &pieces[tc.section-1]
				change(p.data[i*tc.size : (i+1)*tc.size])
				refused(t, fmt.Sprintf("section %d: point %d: %s", tc.section, i, name), join(pieces), fmt.Sprintf("section %d: point %d: %s", tc.section, i, want))
			}
			for at := 0; at < tc.size; at += fp.Bytes {
				edit(fmt.Sprintf("coordinate at %d from q on", at), errLimb.Error(), func(p []byte) { addModulus(p[at : at+fp.Bytes]) })
			}
			edit("infinity", errInfinity.Error(), func(p []byte) { clear(p) })
			edit("off the curve", errCurve.Error(), func(p []byte) { p[0] ^= 1 })
		}
	}
}

// addModulus adds q to a number in 32 bytes, little-endian.
func addModulus(b []byte) {
	n := slices.Clone(b)
	slices.Reverse(n)
	new(big.Int).Add(new(big.Int).SetBytes(n), fp.Modulus()).FillBytes(n)
	slices.Reverse(n)
	copy(b, n)
}

// TestRead_RefusesContributedPoints does the same in each point of each contribution.
func TestRead_RefusesContributedPoints(t *testing.T) {
	one, two := sizeG1, sizeG2
	sizes := []int{one, two, one, one, two, one, one, one, one, one, one, two, two, two}
	f := forged(t, 1)
	for i := range f.steps {
		at := 4
		for k := range i {
			at += len(f.steps[k].bytes())
		}
		for _, size := range sizes {
			edit := func(name, want string, change func(point []byte)) {
				pieces := f.sections()
				change(pieces[6].data[at : at+size])
				refused(t, name, join(pieces), fmt.Sprintf("section 7: contribution %d: %s", i+1, want))
			}
			for k := 0; k < size; k += fp.Bytes {
				edit("coordinate from q on", errLimb.Error(), func(p []byte) { addModulus(p[k : k+fp.Bytes]) })
			}
			edit("infinity", errInfinity.Error(), func(p []byte) { clear(p) })
			edit("off the curve", errCurve.Error(), func(p []byte) { p[0] ^= 1 })
			if size == sizeG2 {
				edit("outside of G2", errSubgroup.Error(), func(p []byte) {
					var q bn254.G2Affine
					if err := decodeG2(&q, p); err != nil {
						t.Fatal(err)
					}
					copy(p, rawG2(outside(q)))
				})
			}
			at += size
		}
	}
}

// TestDecodeElement_TakesWhatIsBelowQ at the edges.
func TestDecodeElement_TakesWhatIsBelowQ(t *testing.T) {
	q := fp.Modulus()
	add := func(n int64) *big.Int { return new(big.Int).Add(q, big.NewInt(n)) }
	for _, tc := range []struct {
		name string
		n    *big.Int
		ok   bool
	}{
		{"0", new(big.Int), true},
		{"q - 1", add(-1), true},
		{"q", q, false},
		{"q + 1", add(1), false},
		{"q - 2^64", new(big.Int).Sub(q, new(big.Int).Lsh(big.NewInt(1), 64)), true},
		{"q + 2^64", new(big.Int).Add(q, new(big.Int).Lsh(big.NewInt(1), 64)), false},
		{"2^256 - 1", new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1)), false},
	} {
		var b [fp.Bytes]byte
		tc.n.FillBytes(b[:])
		slices.Reverse(b[:])
		var e fp.Element
		if err := decodeElement(&e, b[:]); (err == nil) != tc.ok {
			t.Errorf("%s: got %v", tc.name, err)
		}
	}
}

// TestRead_RefusesPowers puts another point of the right group at every place but the ones
// that the contributions know, where the chain would refuse it: see chain_test.go.
func TestRead_RefusesPowers(t *testing.T) {
	lie := func(name, want string, change func(f *forgery)) {
		t.Helper()
		for _, chunk := range []int{0, 3} {
			f := plain(t, 3)
			change(f)
			f.record(t)
			_, err := readBytes(t, f.bytes(), Options{chunk: chunk})
			if !errors.Is(err, errPowers) || err.Error() != want+": "+errPowers.Error() {
				t.Errorf("%s, chunks of %d: got %v", name, chunk, err)
			}
		}
	}
	for i := 2; i < 15; i++ {
		lie("a power of τ", "τ in G1", func(f *forgery) { f.tauG1[i] = otherG1() })
	}
	for i := 1; i < 8; i++ {
		lie("a power of ατ", "ατ in G1", func(f *forgery) { f.alpha[i] = otherG1() })
		lie("a power of βτ", "βτ in G1", func(f *forgery) { f.beta[i] = otherG1() })
		if i > 1 {
			lie("a power of τ in G2", "τ in G2", func(f *forgery) { f.tauG2[i] = otherG2() })
		}
	}
	for i := 2; i < 15; i++ {
		lie("powers of τ of another base from there on", "τ in G1", func(f *forgery) { scale(f.tauG1[i:], number(3), number(1)) })
	}
	for i := 1; i < 8; i++ {
		lie("powers of ατ of another base from there on", "ατ in G1", func(f *forgery) { scale(f.alpha[i:], number(3), number(1)) })
		if i > 1 {
			lie("powers of τ in G2 of another base from there on", "τ in G2", func(f *forgery) { scale(f.tauG2[i:], number(3), number(1)) })
		}
	}
	lie("swapped powers of τ", "τ in G1", func(f *forgery) { f.tauG1[5], f.tauG1[6] = f.tauG1[6], f.tauG1[5] })
	lie("swapped powers of τ in G2", "τ in G2", func(f *forgery) { f.tauG2[5], f.tauG2[6] = f.tauG2[6], f.tauG2[5] })
	lie("a negative power of τ", "τ in G1", func(f *forgery) { f.tauG1[14].Neg(&f.tauG1[14]) })
	lie("powers of another τ after the first", "τ in G1", func(f *forgery) { scale(f.tauG1[1:], number(1), number(3)) })
	lie("powers of τ in reverse", "ατ in G1", func(f *forgery) { slices.Reverse(f.alpha[1:]) })
}

// TestCheckPowers_ComparesGroups: a file's own chain refuses these first.
func TestCheckPowers_ComparesGroups(t *testing.T) {
	lie := func(name, want string, change func(f *forgery)) {
		t.Helper()
		srs, err := readBytes(t, forged(t, 2).bytes(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		f := &forgery{tauG1: srs.Commons.G1.Tau, tauG2: srs.Commons.G2.Tau, beta: srs.Commons.G1.BetaTau, betaG2: srs.Commons.G2.Beta}
		change(f)
		srs.Commons.G2.Beta = f.betaG2
		if err := checkPowers(t.Context(), srs.Commons, &Options{}); !errors.Is(err, errPowers) || err.Error() != want+": "+errPowers.Error() {
			t.Errorf("%s: got %v", name, err)
		}
	}
	lie("another β in G2", "β differs between G1 and G2", func(f *forgery) { f.betaG2 = otherG2() })
	lie("another β in G1", "β differs between G1 and G2", func(f *forgery) { scale(f.beta, number(3), number(1)) })
	lie("another τ in G2", "τ differs between G1 and G2", func(f *forgery) { scale(f.tauG2, number(1), number(3)) })
	lie("another τ in G1", "τ differs between G1 and G2", func(f *forgery) { scale(f.tauG1, number(1), number(3)) })
}

// TestRead_RefusesDegenerateSecrets, which honest-looking contributions make: the last
// factor undoes the others.
func TestRead_RefusesDegenerateSecrets(t *testing.T) {
	// ends contributes so that the file's secrets are these.
	ends := func(tau, alpha, beta fr.Element) []byte {
		f := newForgery(3)
		f.contribute(t, "one", number(3), number(5), number(7))
		inverse := func(x int64, times fr.Element) (e fr.Element) {
			first := number(x)
			return *e.Inverse(&first).Mul(&e, &times)
		}
		f.contribute(t, "two", inverse(3, tau), inverse(5, alpha), inverse(7, beta))
		return f.bytes()
	}
	root := func(order int64) (e fr.Element) { // of unity, order divides r-1
		exp := new(big.Int).Sub(fr.Modulus(), big.NewInt(1))
		return *e.Exp(number(5), exp.Div(exp, big.NewInt(order)))
	}
	for _, tc := range []struct {
		name             string
		tau, alpha, beta fr.Element
		want             string
	}{
		{"τ = 1", number(1), number(2), number(3), "section 2: τ^1 is 1 or -1"},
		{"τ = -1", number(-1), number(2), number(3), "section 2: τ^1 is 1 or -1"},
		{"τ of order 3", root(3), number(2), number(3), "section 2: τ^3 is 1 or -1"},
		{"τ of order 8", root(8), number(2), number(3), "section 2: τ^4 is 1 or -1"},
		{"τ of order 13", root(13), number(2), number(3), "section 2: τ^13 is 1 or -1"},
		{"α = 1", number(2), number(1), number(3), "section 4: α is 1 or -1"},
		{"α = -1", number(2), number(-1), number(3), "section 4: α is 1 or -1"},
		{"β = 1", number(2), number(3), number(1), "section 5: β is 1 or -1"},
		{"β = -1", number(2), number(3), number(-1), "section 5: β is 1 or -1"},
		{"α = β", number(2), number(3), number(3), "α is β or -β"},
		{"α = -β", number(2), number(3), number(-3), "α is β or -β"},
	} {
		b := ends(tc.tau, tc.alpha, tc.beta)
		refused(t, tc.name, b, tc.want)
		if _, err := readBytes(t, b, Options{}); !errors.Is(err, errDegenerate) {
			t.Errorf("%s: got %v", tc.name, err)
		}
	}
	if _, err := readBytes(t, ends(number(2), number(3), number(5)), Options{}); err != nil {
		t.Errorf("other secrets: %v", err)
	}
}

// TestRead_WantsGenerators: all powers are right, but of another base.
func TestRead_WantsGenerators(t *testing.T) {
	for _, tc := range []struct {
		want   string
		change func(f *forgery)
	}{
		{"section 2: the first point is not the generator", func(f *forgery) { scale(f.tauG1, number(3), number(1)) }},
		{"section 2: the first point is not the generator", func(f *forgery) { f.tauG1[0].Neg(&f.tauG1[0]) }},
		{"section 3: the first point is not the generator", func(f *forgery) { scale(f.tauG2, number(3), number(1)) }},
	} {
		f := forged(t, 2)
		tc.change(f)
		refused(t, tc.want, f.bytes(), tc.want)
	}
}

// TestRead_RefusesPointsOutsideOfG2, whose part in G2 is right.
func TestRead_RefusesPointsOutsideOfG2(t *testing.T) {
	for i := 2; i < 8; i++ {
		f := plain(t, 3)
		f.tauG2[i] = outside(f.tauG2[i])
		f.record(t)
		refused(t, "τ in G2", f.bytes(), fmt.Sprintf("section 3: point %d: %s", i, errSubgroup))
	}
	f := plain(t, 3)
	f.betaG2 = outside(f.betaG2)
	refused(t, "β in G2", f.bytes(), "section 6: "+errSubgroup.Error())
}

// TestSameRatio_HasNoAnswerForZero, where a pairing would say that all is the same.
func TestSameRatio_HasNoAnswerForZero(t *testing.T) {
	var zero bn254.G1Affine
	var zeroG2 bn254.G2Affine
	p, q := otherG1(), otherG2()
	if !sameRatio(p, p, q, q) {
		t.Error("1 is not 1")
	}
	if sameRatio(zero, p, zeroG2, q) || sameRatio(p, zero, q, zeroG2) || sameRatio(zero, zero, q, q) || sameRatio(p, p, zeroG2, zeroG2) {
		t.Error("a ratio of zeros is said to be the same")
	}
}

// TestRead_Stops when its context does, in every phase, and begins no other.
func TestRead_Stops(t *testing.T) {
	for _, in := range []string{PhaseChain, PhaseRead, PhaseSubgroup, PhasePowers, PhaseLagrange} {
		ctx, cancel := context.WithCancel(t.Context())
		last := ""
		_, err := Read(ctx, "testdata/prepared.ptau", Options{Lagrange: true, Progress: func(phase string, _, _ int64) {
			if last = phase; phase == in {
				cancel()
			}
		}})
		if !errors.Is(err, context.Canceled) || last != in {
			t.Errorf("%s: got %v after %s", in, err, last)
		}
	}
}
