package unique

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// What the prover says of small systems is true: all solutions are enumerated, and a wire that counts
// as proven has one value for each choice of inputs. Rows are drawn at random, from shapes that
// make lemmas apply and almost apply.
func TestProver_IsRightOfSmallSystems(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var proven [nbLemmas]int
	for n := range 6000 {
		b := newBrute(rng)
		s := newSystem(1+b.inputs, 1+b.inputs+b.bits+b.others, len(b.rows), func(i int32) row { return b.rows[i] })
		r := s.proveWithout(nil)
		b.solve()
		for w := s.inputs; w < s.wires; w++ {
			by := r.by[w]
			proven[by]++
			if by.isProof() && b.hasChoice(int(w)) {
				t.Fatalf("system %d: wire %d is proven by %s and has a choice:\n%s", n, w, lemmaNames[by], b)
			}
		}
	}
	for _, by := range []lemma{unproven, quotient, solved, balanced, grouped, tabled, isZero, unary} {
		if proven[by] < 20 {
			t.Errorf("%d wires are %s: the systems say little of it", proven[by], lemmaNames[by])
		}
	}
}

// A brute is a system whose wires are input bits, bits, and others that are roots of a row each.
type brute struct {
	inputs, bits, others int
	rows                 []row
	solutions            [][]fr.Element
}

func newBrute(rng *rand.Rand) *brute {
	b := &brute{inputs: 1 + rng.IntN(2), bits: 2 + rng.IntN(4), others: rng.IntN(3)}
	for w := 1; w <= b.inputs+b.bits; w++ {
		x := form{{int32(w), one()}}
		b.rows = append(b.rows, row{x, combine(minusOne(), x, one(), constantForm(one())), nil})
	}
	bits := b.inputs + b.bits
	if rng.IntN(6) == 0 {
		b.addStair(rng)
		return b
	}
	if rng.IntN(4) == 0 { // a test for zero, or almost one
		b.others = 2
		d, z, m := randomForm(rng, 1, b.inputs, 2), form{{int32(bits + 1), one()}}, form{{int32(bits + 2), one()}}
		b.rows = append(b.rows, row{d, z, nil})
		if rng.IntN(3) == 0 {
			d = randomForm(rng, 1, b.inputs, 2)
		}
		b.rows = append(b.rows, row{d, m, combine(minusOne(), z, one(), constantForm(one()))})
	} else {
		for k := range b.others {
			b.rows = append(b.rows, b.rootRow(rng, 1+bits+k))
		}
	}
	for range 1 + rng.IntN(3) {
		last := bits + b.others
		switch rng.IntN(5) {
		case 0, 1: // a sum of powers of two
			b.rows = append(b.rows, row{randomForm(rng, 1, last, 5), constantForm(one()), nil})
		case 2: // not two of them
			x, y := randomForm(rng, b.inputs+1, bits, 1), form(nil)
			for range 1 + rng.IntN(2) {
				y = append(y, term{int32(b.inputs + 1 + rng.IntN(b.bits)), one()})
			}
			b.rows = append(b.rows, row{x, tidy(y), nil})
		case 3:
			b.rows = append(b.rows, row{randomForm(rng, 1, bits, 2), randomForm(rng, 1, bits, 2), nil})
		default: // a bit that is no wire
			f := randomForm(rng, 1, last, 4)
			b.rows = append(b.rows, row{f, combine(one(), f, minusOne(), constantForm(fr.NewElement(1<<rng.IntN(4)))), nil})
		}
	}
	return b
}

// addStair adds wires that step down from the last bit, and their sum, or almost.
func (b *brute) addStair(rng *rand.Rand) {
	b.others = 2 + rng.IntN(2)
	first, last := int32(b.inputs+b.bits), int32(b.inputs+b.bits+b.others)
	if rng.IntN(8) == 0 { // a step from elsewhere
		first--
	}
	var sum form
	coeff := fr.NewElement(1 + rng.Uint64N(3))
	for w := int32(b.inputs + b.bits); w <= last; w++ {
		c := coeff
		if rng.IntN(12) == 0 {
			c = fr.NewElement(1 + rng.Uint64N(3))
		}
		sum = append(sum, term{w, c})
		if w == int32(b.inputs+b.bits) {
			continue
		}
		above := w - 1
		if above == int32(b.inputs+b.bits) {
			above = first
		}
		step := tidy(form{{above, one()}, {w, minusOne()}})
		if rng.IntN(12) == 0 {
			step = tidy(form{{above, minusOne()}, {w, one()}})
		}
		b.rows = append(b.rows, row{step, combine(minusOne(), step, one(), constantForm(one())), nil})
	}
	if x := (form{{last, one()}}); rng.IntN(6) > 0 {
		b.rows = append(b.rows, row{x, combine(minusOne(), x, one(), constantForm(one())), nil})
	}
	b.rows = append(b.rows, row{sum, constantForm(one()), randomForm(rng, 1, b.inputs, 2)})
}

// rootRow is a row that is linear or a product in its wire, over bits.
func (b *brute) rootRow(rng *rand.Rand, w int) row {
	z := form{{int32(w), one()}}
	l, r := randomForm(rng, 1, b.inputs+b.bits, 3), randomForm(rng, 1, b.inputs+b.bits, 3)
	switch rng.IntN(3) {
	case 0:
		return row{l, r, z}
	case 1:
		return row{combine(one(), z, one(), l), r, randomForm(rng, 1, b.inputs+b.bits, 2)}
	}
	return row{combine(one(), z, one(), l), combine(one(), z, one(), r), nil}
}

// randomForm has about n terms of wires from low to high, with small coefficients.
func randomForm(rng *rand.Rand, low, high, n int) form {
	var f form
	add := func(w int) {
		c := fr.NewElement(1 << rng.IntN(4))
		switch rng.IntN(12) {
		case 0:
			c = fr.NewElement(3)
		case 1:
			c = fr.NewElement(10)
		}
		if rng.IntN(3) == 0 {
			c.Neg(&c)
		}
		f = append(f, term{int32(w), c})
	}
	for range n {
		add(low + rng.IntN(high-low+1))
	}
	if rng.IntN(3) == 0 {
		add(0)
	}
	return tidy(f)
}

// solve enumerates: bits by trying both, others by the roots of their row, or by two values where
// all satisfy it.
func (b *brute) solve() {
	for bits := range 1 << (b.inputs + b.bits) {
		w := make([]fr.Element, 1+b.inputs+b.bits)
		w[0].SetOne()
		for i := range b.inputs + b.bits {
			w[1+i].SetUint64(uint64(bits >> i & 1))
		}
		b.extend(w, 0)
	}
}

func (b *brute) extend(w []fr.Element, k int) {
	if k == b.others {
		for _, r := range b.rows {
			l, rr, o := at(r.l, w), at(r.r, w), at(r.o, w)
			if l.Mul(&l, &rr); l != o {
				return
			}
		}
		b.solutions = append(b.solutions, w)
		return
	}
	values := map[int32]*big.Int{}
	for i := range w {
		values[int32(i)] = w[i].BigInt(new(big.Int))
	}
	r := b.rows[b.inputs+b.bits+k]
	roots, all := rootsAt(r, int32(len(w)), values)
	if all {
		roots = set{big.NewInt(7919), big.NewInt(7927), big.NewInt(0), big.NewInt(1)}
	}
	for _, x := range roots {
		var e fr.Element
		e.SetBigInt(x)
		b.extend(append(append([]fr.Element(nil), w...), e), k+1)
	}
}

func at(f form, w []fr.Element) (sum fr.Element) {
	for _, t := range f {
		var x fr.Element
		sum.Add(&sum, x.Mul(&t.coeff, &w[t.wire]))
	}
	return sum
}

func (b *brute) hasChoice(w int) bool {
	first := map[string]fr.Element{}
	for _, s := range b.solutions {
		key := fmt.Sprint(s[1 : 1+b.inputs])
		if x, known := first[key]; known && x != s[w] {
			return true
		}
		first[key] = s[w]
	}
	return false
}

func (b *brute) String() string {
	text := fmt.Sprintf("%d inputs, %d bits, %d others\n", b.inputs, b.bits, b.others)
	show := func(f form) string {
		s := ""
		for _, t := range f {
			s += fmt.Sprintf("%+d.w%d ", signed(t.coeff), t.wire)
		}
		return s
	}
	for _, r := range b.rows {
		text += fmt.Sprintf("(%s) * (%s) = %s\n", show(r.l), show(r.r), show(r.o))
	}
	return text
}

// Of small systems, too, halves miss nothing that a proof finds that starts anew without the row, and the
// named wires are those that it misses. Halves may find more, for which the order of rows is at fault; that
// is true, too.
func TestEachAbsent_IsRightOfSmallSystems(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	var all Comparison
	for n := range 1200 {
		b := newBrute(rng)
		if b.solve(); len(b.solutions) == 0 {
			continue
		}
		s := newSystem(1+b.inputs, 1+b.inputs+b.bits+b.others, len(b.rows), func(i int32) row { return b.rows[i] })
		var rows []int32
		for i := range s.rows {
			rows = append(rows, i)
		}
		c, err := s.CompareAbsent(nil, rows, rows)
		if err != nil || c.Missed > 0 || c.Wrong > 0 || c.Missing > c.More {
			t.Fatalf("system %d: %+v, %v\n%s", n, c, err, b)
		}
		all.Open += c.Open
		all.Named += c.Named
		all.More += c.More
		s.eachAbsent(rows, func(p *prover, i int32) {
			if int(i) < b.inputs+b.bits+b.others {
				return // enumeration needs the rows of bits and roots
			}
			rest := &brute{inputs: b.inputs, bits: b.bits, others: b.others, rows: slices.Delete(slices.Clone(b.rows), int(i), int(i)+1)}
			rest.solve()
			for w := s.inputs; w < s.wires; w++ {
				if p.isUnique(w) && rest.hasChoice(int(w)) {
					t.Fatalf("system %d without row %d: wire %d is proven by %s and has a choice:\n%s", n, i, w, lemmaNames[p.by[w]], b)
				}
			}
		})
	}
	if all.Open < 1000 || all.Named < 1000 || all.More > 10 {
		t.Errorf("%+v: the systems say little, or halves find much", all)
	}
}
