package ptau

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// transformed is the definition: 1/n Σⱼ ω^(-ij) aⱼ, term by term.
func transformed[A any, P interface {
	*A
	Add(a, b *A) *A
	ScalarMultiplication(*A, *big.Int) *A
}](t testing.TB, a []A) []A {
	n := len(a)
	omega, err := fr.Generator(uint64(n))
	if err != nil {
		t.Fatal(err)
	}
	var inverse fr.Element
	size := number(int64(n))
	inverse.Inverse(&size)
	out := make([]A, n)
	for i := range n {
		for j := range n {
			var factor fr.Element
			factor.Exp(omega, big.NewInt(int64(-i*j))).Mul(&factor, &inverse)
			var term A
			P(&term).ScalarMultiplication(&a[j], factor.BigInt(new(big.Int)))
			P(&out[i]).Add(&out[i], &term)
		}
	}
	return out
}

// TestRead_TakesTheLagrangeBasisOfSnarkjs: of every domain of a prepared file.
func TestRead_TakesTheLagrangeBasisOfSnarkjs(t *testing.T) {
	for name, filePower := range map[string]int{"prepared.ptau": 3, "cut.ptau": 2} {
		for power := 1; power <= filePower; power++ {
			for _, chunk := range []int{0, 1, 3} {
				srs, err := readBytes(t, golden(t, name), Options{Power: power, Lagrange: true, chunk: chunk})
				if err != nil {
					t.Fatal(err)
				}
				n, c, l := 1<<power, srs.Commons, srs.Lagrange
				if !slices.Equal(l.G1.Tau, transformed(t, c.G1.Tau[:n])) || !slices.Equal(l.G2.Tau, transformed(t, c.G2.Tau)) ||
					!slices.Equal(l.G1.AlphaTau, transformed(t, c.G1.AlphaTau)) || !slices.Equal(l.G1.BetaTau, transformed(t, c.G1.BetaTau)) {
					t.Errorf("%s, power %d, chunks of %d: another basis", name, power, chunk)
				}
			}
		}
	}
	for name, lagrange := range map[string]bool{"prepared.ptau": false, "small.ptau": true} {
		if srs, err := readBytes(t, golden(t, name), Options{Lagrange: lagrange}); err != nil || srs.Lagrange != nil {
			t.Errorf("%s, wanted %t: got %v, %v", name, lagrange, srs, err)
		}
	}
}

// A prepared is sections 12 to 15, by domain: points[p] are those of 2^p.
type prepared struct {
	tau, alpha, beta [][]bn254.G1Affine
	tau2             [][]bn254.G2Affine
}

func (f *forgery) prepare(t testing.TB) *prepared {
	p := new(prepared)
	for k := 0; k <= f.power; k++ {
		n := 1 << k
		p.tau, p.tau2 = append(p.tau, transformed(t, f.tauG1[:n])), append(p.tau2, transformed(t, f.tauG2[:n]))
		p.alpha, p.beta = append(p.alpha, transformed(t, f.alpha[:n])), append(p.beta, transformed(t, f.beta[:n]))
	}
	p.tau = append(p.tau, slices.Repeat([]bn254.G1Affine{generatorG1}, 2<<f.power)) // of a larger domain, which nobody reads
	return p
}

// clone copies the points, for a test to spoil.
func (p *prepared) clone() *prepared {
	return &prepared{cloneAll(p.tau), cloneAll(p.alpha), cloneAll(p.beta), cloneAll(p.tau2)}
}

func cloneAll[P any](lists [][]P) (out [][]P) {
	for _, list := range lists {
		out = append(out, slices.Clone(list))
	}
	return out
}

// with writes a file with these sections.
func (p *prepared) with(f *forgery) []byte {
	return join(append(f.sections(), piece{12, rawG1(slices.Concat(p.tau...)...)}, piece{13, rawG2(slices.Concat(p.tau2...)...)},
		piece{14, rawG1(slices.Concat(p.alpha...)...)}, piece{15, rawG1(slices.Concat(p.beta...)...)}))
}

// TestRead_RefusesALagrangeBasis with one lie, in the domain of the whole file and in that of a part.
func TestRead_RefusesALagrangeBasis(t *testing.T) {
	f := plain(t, 3)
	right := f.prepare(t)
	stranger := newForgery(3)
	stranger.contribute(t, "stranger", number(31), number(37), number(41))
	theirs := stranger.prepare(t)
	sections := func(p *prepared, power int) map[uint32]*[]bn254.G1Affine {
		return map[uint32]*[]bn254.G1Affine{12: &p.tau[power], 14: &p.alpha[power], 15: &p.beta[power]}
	}
	for _, power := range []int{3, 2} {
		n := 1 << power
		lie := func(name string, section uint32, change func(p *prepared)) {
			t.Helper()
			p := right.clone()
			change(p)
			b := p.with(f)
			for _, chunk := range []int{0, 3} {
				_, err := readBytes(t, b, Options{Power: power, Lagrange: true, chunk: chunk})
				if want := fmt.Sprintf("section %d: %s", section, errLagrange); !errors.Is(err, errLagrange) || err.Error() != want {
					t.Errorf("power %d: %s: got %v, want %s", power, name, err, want)
				}
			}
			if _, err := readBytes(t, b, Options{Power: power}); err != nil {
				t.Errorf("power %d: %s: it is not wanted, and yet %v", power, name, err)
			}
		}
		for id := range sections(right, power) {
			points := func(p *prepared) []bn254.G1Affine { return *sections(p, power)[id] }
			for i := range n {
				lie("another point", id, func(p *prepared) { points(p)[i] = otherG1() })
			}
			lie("a negated point", id, func(p *prepared) { points(p)[1].Neg(&points(p)[1]) })
			lie("swapped points", id, func(p *prepared) { l := points(p); l[n-2], l[n-1] = l[n-1], l[n-2] })
			lie("two lies that cancel out", id, func(p *prepared) {
				l, more := points(p), otherG1()
				l[0].Add(&l[0], &more)
				l[1].Sub(&l[1], &more)
			})
			lie("all multiplied", id, func(p *prepared) { scale(points(p), number(3), number(1)) })
			lie("the other order of roots", id, func(p *prepared) { slices.Reverse(points(p)[1:]) })
			lie("another ceremony's", id, func(p *prepared) { *sections(p, power)[id] = *sections(theirs, power)[id] })
			lie("the powers themselves", id, func(p *prepared) {
				copy(points(p), map[uint32][]bn254.G1Affine{12: f.tauG1, 14: f.alpha, 15: f.beta}[id])
			})
			lie("a smaller domain's", id, func(p *prepared) {
				copy(points(p), slices.Concat(*sections(p, power-1)[id], *sections(p, power-1)[id]))
			})
		}
		for i := range n {
			lie("another point in G2", 13, func(p *prepared) { p.tau2[power][i] = otherG2() })
		}
		lie("swapped points in G2", 13, func(p *prepared) { l := p.tau2[power]; l[0], l[1] = l[1], l[0] })
		lie("another ceremony's in G2", 13, func(p *prepared) { p.tau2[power] = theirs.tau2[power] })
		lie("a smaller domain's in G2", 13, func(p *prepared) { copy(p.tau2[power], p.tau2[power-1]) })
		lie("α and β exchanged", 14, func(p *prepared) { p.alpha, p.beta = p.beta, p.alpha })
		lie("all of another ceremony", 12, func(p *prepared) { *p = *theirs })
	}
	p := right.clone()
	p.tau[3], p.tau2[1], p.alpha[3] = theirs.tau[3], theirs.tau2[1], theirs.alpha[3]
	if _, err := readBytes(t, p.with(f), Options{Power: 2, Lagrange: true}); err != nil {
		t.Errorf("lies in other domains: %v", err)
	}
}

// TestRead_RefusesPointsInTheLagrangeBasis that are not points of their groups.
func TestRead_RefusesPointsInTheLagrangeBasis(t *testing.T) {
	f := plain(t, 2)
	whole := f.prepare(t).with(f)
	for section := uint32(12); section <= 15; section++ {
		size := sizeG1
		if section == 13 {
			size = sizeG2
		}
		for i := range 4 {
			edit := func(want string, change func(point []byte)) {
				t.Helper()
				pieces := split(slices.Clone(whole))
				at := (3 + i) * size // after the domains of 1 and 2
				change(pieces[section-5].data[at : at+size])
				_, err := readBytes(t, join(pieces), Options{Lagrange: true})
				if err == nil || err.Error() != want {
					t.Errorf("section %d: got %v, want %s", section, err, want)
				}
			}
			place := fmt.Sprintf("section %d: domain of 4: point %d: ", section, i)
			for at := 0; at < size; at += fp.Bytes {
				edit(place+errLimb.Error(), func(p []byte) { addModulus(p[at : at+fp.Bytes]) })
			}
			edit(place+errInfinity.Error(), func(p []byte) { clear(p) })
			edit(place+errCurve.Error(), func(p []byte) { p[0] ^= 1 })
			if section == 13 {
				edit(fmt.Sprintf("section 13: point %d: %s", i, errSubgroup), func(p []byte) {
					var q bn254.G2Affine
					if err := decodeG2(&q, p); err != nil {
						t.Fatal(err)
					}
					copy(p, rawG2(outside(q)))
				})
			}
		}
	}
}
