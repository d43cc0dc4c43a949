package ceremony

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"runtime"
	"slices"

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
// system and the powers of tau, without computing them but for Z: that takes a fraction of the time.
//
// With random s_j below 2^128, the polynomial a(X) = sum_j s_j A_j(X) has the value
// sum_j s_j a_ij at the i-th root of unity, so an FFT over scalars gives its coefficients, and
//
//	sum_j s_j [A_j] = sum_k a_k [tau^k]
//
// holds for all claimed [A_j] at once, or, if one of them is wrong, for at most one of the 2^128 values of
// its s_j. So it goes with b for B and c for C. One sum of the powers of tau is enough, of the coefficients of
// x a + y b + c for random x and y: with A, B, B2 and K the sums of the claimed points,
//
//	e(x A + y B + K - sum_k (x a_k + y b_k + c_k) [tau^k], G2) = e(A, beta G2) e(alpha G1, B2)
//	e(B, G2) = e(G1, B2)
//
// as K_j = beta A_j + alpha B_j + C_j. If A is wrong by D, and B in both groups by E, the first equation
// says (x - beta) D + (y - alpha) E + (what K is wrong by) = 0, which random x and y do not.
//
// Points must be in their groups, which decoding checks, and the powers those of one tau, alpha and beta
// in both groups, which whoever makes an [SRS] checks.
func checkInitial(ctx context.Context, system *cs.R1CS, commons *mpcsetup.SrsCommons, p *mpcsetup.Phase2, e *Evaluations) error {
	_, _, g1, g2 := bn254.Generators()
	if p.Parameters.G1.Delta != g1 || p.Parameters.G2.Delta != g2 {
		return errors.New("its delta is not 1")
	}
	z, err := quotients(ctx, commons)
	if err != nil {
		return err
	}
	if !slices.Equal(z, p.Parameters.G1.Z) {
		return errors.New("its Z is not that of these powers of tau")
	}
	s := halves(len(e.G1.A))
	x, y := new(fr.Element), new(fr.Element)
	if _, err := x.SetRandom(); err != nil {
		return err
	}
	if _, err := y.SetRandom(); err != nil {
		return err
	}
	sum := new(sums)
	c := &claimed{a: sum.g1(e.G1.A, s), b: sum.g1(e.G1.B, s), b2: sum.g2(e.G2.B, s)}
	c.k = sum.g1(append(append([]bn254.G1Affine{}, e.G1.VKK...), p.Parameters.G1.PKK...), s)
	w := weights{x, y, one}
	want := sum.g1(commons.G1.Tau, w.polynomial(system, len(commons.G1.AlphaTau), s))
	if sum.err != nil {
		return sum.err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	right, err := c.follow(&w, &want, commons)
	if err == nil && !right {
		err = c.name(system, commons, s)
	}
	return err
}

var one = ptr(fr.One())

func ptr[T any](v T) *T { return &v }

// halves returns n random numbers below 2^128, the least that a wrong point has to guess.
func halves(n int) []fr.Element {
	b := make([]byte, 16*n)
	rand.Read(b) // never fails
	s := make([]fr.Element, n)
	for i := range s {
		s[i].SetBytes(b[16*i : 16*i+16])
	}
	return s
}

// claimed are the sums of an accumulator's points.
type claimed struct {
	a, b, k bn254.G1Affine
	b2      bn254.G2Affine
}

// follow reports whether both equations of checkInitial hold.
func (c *claimed) follow(w *weights, want *bn254.G1Affine, commons *mpcsetup.SrsCommons) (bool, error) {
	_, _, g1, g2 := bn254.Generators()
	var left, t, minusA, minusAlpha, minusOne bn254.G1Affine
	left.Sub(&c.k, want)
	left.Add(&left, t.ScalarMultiplication(&c.a, w[0].BigInt(new(big.Int))))
	left.Add(&left, t.ScalarMultiplication(&c.b, w[1].BigInt(new(big.Int))))
	minusA.Neg(&c.a)
	minusAlpha.Neg(&commons.G1.AlphaTau[0])
	first, err := bn254.PairingCheck([]bn254.G1Affine{left, minusA, minusAlpha}, []bn254.G2Affine{g2, commons.G2.Beta, c.b2})
	if err != nil || !first {
		return false, err
	}
	minusOne.Neg(&g1)
	return bn254.PairingCheck([]bn254.G1Affine{c.b, minusOne}, []bn254.G2Affine{g2, c.b2})
}

// name says which of the sums is wrong, where one is.
func (c *claimed) name(system *cs.R1CS, commons *mpcsetup.SrsCommons, s []fr.Element) error {
	n := len(commons.G1.AlphaTau)
	sum := new(sums)
	a := sum.g1(commons.G1.Tau, (&weights{one, nil, nil}).polynomial(system, n, s))
	b := (&weights{nil, one, nil}).polynomial(system, n, s)
	wrong := "K"
	switch {
	case a != c.a:
		wrong = "A"
	case sum.g1(commons.G1.Tau, b) != c.b:
		wrong = "B"
	case sum.g2(commons.G2.Tau, b) != c.b2:
		wrong = "B in G2"
	}
	return errors.Join(sum.err, fmt.Errorf("its %s is not that of this circuit and these powers of tau", wrong))
}

// weights are those of the left, right and output matrices in a sum of polynomials; nil is zero.
type weights [3]*fr.Element

// polynomial returns the n coefficients of the sum over the wires of s_j times the polynomials
// of the matrices, by their weights.
func (w *weights) polynomial(system *cs.R1CS, n int, s []fr.Element) []fr.Element {
	values := make([]fr.Element, n)
	i := 0
	it := system.GetR1CIterator()
	for row := it.Next(); row != nil; row = it.Next() {
		for m, expression := range []constraint.LinearExpression{row.L, row.R, row.O} {
			if w[m] == nil {
				continue
			}
			var t, value fr.Element
			for _, term := range expression {
				value.Add(&value, t.Mul(&system.Coefficients[term.CoeffID()], &s[term.WireID()]))
			}
			values[i].Add(&values[i], t.Mul(&value, w[m]))
		}
		i++
	}
	fft.NewDomain(uint64(n)).FFTInverse(values, fft.DIF)
	utils.BitReverse(values)
	return values
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
