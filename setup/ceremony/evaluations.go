package ceremony

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// encodeEvaluations writes A, B, B in G2 and K of the public inputs: each the number of
// points, 4 bytes big-endian, and the points compressed.
func encodeEvaluations(e *Evaluations) ([]byte, error) {
	var b bytes.Buffer
	enc := bn254.NewEncoder(&b)
	for _, v := range []any{e.G1.A, e.G1.B, e.G2.B, e.G1.VKK} {
		if err := enc.Encode(v); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// decodeEvaluations reads what encodeEvaluations writes, of exactly this layout.
func decodeEvaluations(b []byte, l layout) (*Evaluations, error) {
	if err := l.scan(b, nil); err != nil {
		return nil, err
	}
	e := &Evaluations{PublicAndCommitmentCommitted: [][]int{}}
	dec := bn254.NewDecoder(bytes.NewReader(b))
	for _, v := range []any{&e.G1.A, &e.G1.B, &e.G2.B, &e.G1.VKK} {
		if err := dec.Decode(v); err != nil {
			return nil, fmt.Errorf("decoding: %w", err)
		}
	}
	return e, nil
}

// checkInitial checks an initial accumulator and the evaluations against the constraint
// system and the powers of tau, without computing them: that takes minutes, this seconds.
//
// With r random and s_j = r^j, the polynomial a(X) = sum_j s_j A_j(X) has the value
// sum_j s_j a_ij at the i-th root of unity, so an FFT over scalars gives its coefficients, and
//
//	sum_j s_j [A_j] = sum_k a_k [tau^k]
//
// holds for all claimed [A_j] at once, or, if one of them is wrong, for at most as many of the
// 2^254 possible r as there are wires. So it goes with B, with K (from those of alpha and beta) and Z.
// Points must be in their groups, which decoding checks.
func checkInitial(system *cs.R1CS, commons *mpcsetup.SrsCommons, p *mpcsetup.Phase2, e *Evaluations) error {
	_, _, g1, g2 := bn254.Generators()
	if p.Parameters.G1.Delta != g1 || p.Parameters.G2.Delta != g2 {
		return errors.New("its delta is not 1")
	}
	var r fr.Element
	if _, err := r.SetRandom(); err != nil {
		return err
	}
	n := len(commons.G1.AlphaTau)
	s := powersOf(r, max(len(e.G1.A), n))
	a, b, c := polynomials(system, n, s)
	sum := new(sums)
	k := append(append([]bn254.G1Affine{}, e.G1.VKK...), p.Parameters.G1.PKK...)
	wantK := sum.g1(commons.G1.BetaTau, a)
	wantK.Add(&wantK, ptr(sum.g1(commons.G1.AlphaTau, b))).Add(&wantK, ptr(sum.g1(commons.G1.Tau, c)))
	z := append([]fr.Element{}, s[:n]...)
	z[n-1].SetZero()
	utils.BitReverse(z)
	wantZ := sum.g1(commons.G1.Tau[n:], z[:n-1])
	wantZ.Sub(&wantZ, ptr(sum.g1(commons.G1.Tau, z[:n-1])))
	for _, row := range []struct {
		name      string
		got, want bn254.G1Affine
	}{
		{"A", sum.g1(e.G1.A, s), sum.g1(commons.G1.Tau, a)},
		{"B", sum.g1(e.G1.B, s), sum.g1(commons.G1.Tau, b)},
		{"K", sum.g1(k, s), wantK},
		{"Z", sum.g1(p.Parameters.G1.Z, s), wantZ},
	} {
		if sum.err == nil && row.got != row.want {
			return fmt.Errorf("its %s is not that of this circuit and these powers of tau", row.name)
		}
	}
	if got, want := sum.g2(e.G2.B, s), sum.g2(commons.G2.Tau, b); sum.err == nil && got != want {
		return errors.New("its B in G2 is not that of this circuit and these powers of tau")
	}
	return sum.err
}

func ptr[T any](v T) *T { return &v }

// polynomials returns the n coefficients of the sums over the wires of s_j times the
// polynomials of the left, right and output matrices.
func polynomials(system *cs.R1CS, n int, s []fr.Element) (a, b, c []fr.Element) {
	a, b, c = make([]fr.Element, n), make([]fr.Element, n), make([]fr.Element, n)
	add := func(to *fr.Element, expression constraint.LinearExpression) {
		var t fr.Element
		for _, term := range expression {
			to.Add(to, t.Mul(&system.Coefficients[term.CoeffID()], &s[term.WireID()]))
		}
	}
	i := 0
	it := system.GetR1CIterator()
	for row := it.Next(); row != nil; row = it.Next() {
		add(&a[i], row.L)
		add(&b[i], row.R)
		add(&c[i], row.O)
		i++
	}
	d := fft.NewDomain(uint64(n))
	for _, v := range [][]fr.Element{a, b, c} {
		d.FFTInverse(v, fft.DIF)
		utils.BitReverse(v)
	}
	return a, b, c
}

// sums computes multi-scalar multiplications until one fails. The shorter list counts.
type sums struct{ err error }

func (s *sums) g1(points []bn254.G1Affine, scalars []fr.Element) (p bn254.G1Affine) {
	n := min(len(points), len(scalars))
	if s.err == nil {
		_, s.err = p.MultiExp(points[:n], scalars[:n], ecc.MultiExpConfig{NbTasks: runtime.GOMAXPROCS(0)})
	}
	return p
}

func (s *sums) g2(points []bn254.G2Affine, scalars []fr.Element) (p bn254.G2Affine) {
	n := min(len(points), len(scalars))
	if s.err == nil {
		_, s.err = p.MultiExp(points[:n], scalars[:n], ecc.MultiExpConfig{NbTasks: runtime.GOMAXPROCS(0)})
	}
	return p
}
