package unique

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/circuits/bits"
)

func TestSolved_NeedsAConstantSlope(t *testing.T) {
	newSmall(t, "x y", "x * y = 3.w + x").assertBy(t, "w: solved")
	newSmall(t, "x y", "(x + 2.w) * 5 = y - w").assertBy(t, "w: solved")
	newSmall(t, "x y", "x * w = y + w").assertBy(t, "w: free: quotient") // free where x = 1
	newSmall(t, "x y", "x * w = y", "w * w = v").assertBy(t, "w v: unproven")
	newSmall(t, "x y", "(x + w) * (y + w) = 0", "w * w = v").assertBy(t, "w v: unproven")
	newSmall(t, "x y", "x * y = w + v", "v * v = w").assertBy(t, "w v: unproven")
	newSmall(t, "x y", "0 * y = 0.w + x", "w * w = v").assertBy(t, "v: unproven")
	newSmall(t, "x y", "(w + x) * 5 = 5.w + y", "w * w = v").assertBy(t, "w: unproven")
}

func TestNonzeroProduct_NeedsAConstantProduct(t *testing.T) {
	newSmall(t, "x y", "(x + y) * w = 7", "w * w = v").assertBy(t, "w: nonzero product, v: solved")
	newSmall(t, "x y", "(x + y) * w = 0", "w * w = v").assertBy(t, "w v: unproven")
	newSmall(t, "x y", "(x + y) * w = w + 7", "w * w = v").assertBy(t, "w v: unproven")
	newSmall(t, "x y", "(x + y) * w = x", "w * w = v").assertBy(t, "w v: unproven")
}

// Every pair of small roots of a form, however the row is scaled, is found, and nothing else.
func TestRoots_AreThoseOfThePolynomial(t *testing.T) {
	s := newSmall(t, "", "a * a = 0", "a * b = 0")
	for low := -3; low <= 3; low++ {
		for high := low; high <= 3; high++ {
			for _, scale := range []int{1, -1, 2, -3} {
				text := fmt.Sprintf("(%d.t + %d) * (t + %d) = 0", scale, -scale*low, -high)
				text = strings.NewReplacer("(-", "(0 - ", "+ -", "- ").Replace(text)
				r := newSmall(t, "", text).rows[0]
				got, ok := rootsOf(r)
				v, isSmall := got.values()
				if want := fmt.Sprint([]int{low, high}); !ok || !isSmall || fmt.Sprint(v) != want && fmt.Sprint(v) != fmt.Sprint([]int{high, low}) {
					t.Errorf("%s: got %v, want %s", text, v, want)
				}
			}
		}
	}
	for text, want := range map[string]string{"t * t = t": "[0 1]", "t * t = 5.t - 6": "[2 3]", "(3.t) * t = 3.t": "[0 1]"} {
		got, ok := rootsOf(newSmall(t, "", text).rows[0])
		if v, _ := got.values(); !ok || fmt.Sprint(v) != want {
			t.Errorf("%s: got %v, want %s", text, v, want)
		}
	}
	if _, ok := rootsOf(s.rows[0]); !ok {
		t.Error("a·a = 0 has a root")
	}
	if _, ok := rootsOf(s.rows[1]); ok {
		t.Error("a·b is no polynomial in one form")
	}
	five := newSmall(t, "", "t * t = 5") // 5 is a square or not: then t's roots are squares of it
	if got, ok := rootsOf(five.rows[0]); ok {
		var x fr.Element
		if x.Square(&got.low); x != fr.NewElement(5) {
			t.Error("the root of 5 is not one")
		}
	}
}

func TestBalance_SplitsBits(t *testing.T) {
	b := numbered("b", 8)
	names := strings.Join(b, " ")
	newSmall(t, "x", append(bitRows(b...), "("+weighed(0, b...)+") * 1 = x")...).assertBy(t, names+": balance")
	// the last bit is what the others leave
	last := "x - " + strings.ReplaceAll(weighed(0, b[:7]...), "+", "-")
	split := func(form string) []string {
		return append(bitRows(b[:7]...), fmt.Sprintf("(%s) * (%s - 2^7) = 0", form, form))
	}
	newSmall(t, "x", split(last)...).assertBy(t, strings.Join(b[:7], " ")+": balance")
	// one weight twice: its two bits have a choice, and those above have none
	twice := strings.Replace(last, "2^3.b3", "2^2.b3", 1)
	newSmall(t, "x", split(twice)...).assertBy(t, "b2 b3: unproven, b4 b5 b6: balance")
	// a bit that is not one
	newSmall(t, "x", split(last)[1:]...).assertBy(t, names[:len(names)-3]+": unproven")
	// scaled by the inverse of 2^7, as package bits writes it
	scaled := "1/2^7.x"
	for i := range 7 {
		scaled += fmt.Sprintf(" - 1/2^%d.b%d", 7-i, i)
	}
	newSmall(t, "x", append(bitRows(b[:7]...), fmt.Sprintf("(%s) * (1 - b7) = 0", scaled))...).assertBy(t, "b0 b6: unproven")
	newSmall(t, "x", append(bitRows(b...), fmt.Sprintf("(%s - b7) * 1 = 0", scaled))...).assertBy(t, names+": balance")
}

// 253 bits are an element in one way, 254 are not.
func TestBalance_KnowsWhereSumsWrap(t *testing.T) {
	for n, want := range map[int]string{252: "balance", 253: "balance", 254: "unproven"} {
		b := numbered("b", n)
		newSmall(t, "x", append(bitRows(b...), "("+weighed(0, b...)+") * 1 = x")...).assertBy(t, strings.Join(b, " ")+": "+want)
	}
}

// Evenness, too, is of integers: the modulus is odd.
func TestBalance_KnowsWhereEvennessWraps(t *testing.T) {
	b := append(numbered("b", 253), "c", "d")
	sum := "(" + weighed(0, b[:253]...) + " + 2^252.c + 2^252.d) * 1 = x"
	newSmall(t, "x", append(bitRows(b...), sum)...).assertBy(t, "b0 b1 b252 c d: unproven")
	short := "(" + weighed(0, b[:251]...) + " + 2^251.c + 2^251.d) * 1 = x"
	newSmall(t, "x", append(bitRows(append(b[:251:251], "c", "d")...), short)...).assertBy(t, "b0 b1: balance, c d: unproven")
}

// Two sums in one equation: low bits follow while high bits, and whatever is a multiple of λ, are
// unknown.
func TestBalance_SeparatesPackedSums(t *testing.T) {
	low, high := numbered("l", 4), numbered("h", 4)
	rows := append(bitRows(low...), bitRows(high...)...)
	packed := func(lambda int) []string {
		return append(rows, fmt.Sprintf("(%s + %s) * 1 = x", weighed(0, low...), weighed(lambda, high...)))
	}
	all := strings.Join(append(low, high...), " ")
	newSmall(t, "x", packed(10)...).assertBy(t, all+": balance")
	newSmall(t, "x", packed(4)...).assertBy(t, all+": balance")
	newSmall(t, "x", packed(3)...).assertBy(t, "l0 l1 l2: balance, l3 h0 h1 h2 h3: unproven")
	// a wire that is a bit of both sums
	both := append(bitRows("a", "b"), "(a + 2.b + 2^4.b + 2^5.a) * 1 = x")
	newSmall(t, "x", both...).assertBy(t, "a b: balance")
}

func TestBalanceOfGroups_KnowsDecimalDigits(t *testing.T) {
	digits := func(tie string) (rows []string) {
		var terms []string
		weight := 1
		for d := range 3 {
			b := numbered(fmt.Sprintf("d%d", d), 4)
			rows = append(rows, bitRows(b...)...)
			rows = append(rows, fmt.Sprintf(tie, b[3], b[2], b[1]))
			for i, name := range b {
				terms = append(terms, fmt.Sprintf("%d.%s", weight<<i, name))
			}
			weight *= 10
		}
		return append(rows, "("+strings.Join(terms, " + ")+") * 1 = x")
	}
	all := "d00 d01 d02 d03 d10 d11 d12 d13 d20 d21 d22 d23"
	isProven := func(rows []string) bool {
		s := newSmall(t, "x", rows...)
		r := s.proveWithout(nil)
		return !slices.ContainsFunc(strings.Fields(all), func(n string) bool { return !r.by[s.wires[n]].isProof() })
	}
	if !isProven(digits("%s * (%s + %s) = 0")) {
		t.Error("decimal digits: not proven")
	}
	// 8 with 2, that is 10: two ways
	if isProven(digits("%[1]s * (2.%[2]s - %[2]s) = 0")) {
		t.Error("digits up to 11: proven")
	}
	if isProven(digits("%s * (%s - %s) = 0")) {
		t.Error("digits 14 and 15 beside 0 to 9: proven")
	}
	newSmall(t, "x", append(bitRows("a", "b"), "a * b = 0", "(a + 2.b) * 1 = x")...).assertBy(t, "a b: balance")
	// one sum of two values
	newSmall(t, "x", append(bitRows("a", "b"), "a * b = 0", "(a + b) * 1 = x")...).assertBy(t, "a b: unproven")
	newSmall(t, "x", append(bitRows("a", "b", "c"), "a * (b + c) = 0", "(3.a + 2.b + c) * 1 = x")...).assertBy(t, "a b c: unproven")
}

const xor = "(2.x - a - b - c + 2) * (2.a + 2.b + 2.c - 3) = 3.a + 3.b + 3.c - 6"

func TestTable_SolvesAnXorOfThreeBits(t *testing.T) {
	newSmall(t, "a b c", append(bitRows("a", "b", "c"), xor)...).assertBy(t, "x: table")
	other := strings.Replace(xor, "- 3)", "- 2)", 1) // zero at one bit
	newSmall(t, "a b c", append(append(bitRows("a", "b", "c"), other), "x * x = v")...).assertBy(t, "x v: unproven")
	newSmall(t, "a b c", append(append(bitRows("a", "b"), xor), "x * x = v")...).assertBy(t, "x v: unproven")

	// Unknown bits: x is a bit.
	s := newSmall(t, "", append(bitRows("a", "b", "c"), xor)...)
	p := newProver(s.System)
	if x := s.wires["x"]; p.values[x] != bitSet || p.deltas[x] != signSet {
		t.Errorf("an XOR of bits: values %v, differences %v", p.s.sets.list[p.values[x]], p.s.sets.list[p.deltas[x]])
	}
	s = newSmall(t, "", append(bitRows("a", "b", "c"), strings.Replace(xor, "- 6", "- 5", 1))...)
	if p := newProver(s.System); p.values[s.wires["x"]] == bitSet {
		t.Error("another equation: still a bit")
	}
}

// packedRows are n lanes of a packed row over known words and the unknown word u, and the equation of
// both additions, whose low half is u.
func packedRows(n int, lane, sum string) (inputs string, rows []string) {
	var lanes []string
	in := []string{"k"}
	for i := range n {
		e, f, g, u, z := fmt.Sprintf("e%d", i), fmt.Sprintf("f%d", i), fmt.Sprintf("g%d", i), fmt.Sprintf("u%d", i), fmt.Sprintf("z%d", i)
		in = append(in, e, f, g)
		rows = append(rows, bitRows(e, f, g, u, fmt.Sprintf("h%d", i))...)
		rows = append(rows, strings.NewReplacer("E", e, "F", f, "G", g, "U", u, "Z", z).Replace(lane))
		lanes = append(lanes, fmt.Sprintf("2^%d.%s", i, z))
	}
	low, high := weighed(0, numbered("u", n)...), weighed(44, numbered("h", n)...)
	equation := strings.NewReplacer("LANES", strings.Join(lanes, " + "), "LOW", low, "HIGH", high).Replace(sum)
	return strings.Join(in, " "), append(rows, fmt.Sprintf("(%s) * 1 = k", equation))
}

const (
	packedCh  = "(F + G + 2^44.U - 2.E) * (G - F - 2^44.U) = 2.Z - G - F - 2^45.F - 2^88.U"
	packedMaj = "(Z - E - 2^44.E - 2^88.E + 2^88.F) * (Z - G - 2^44.U - 2^88 + 2^88.E + 2^88.F) = 0"
	packedSum = "LANES - LOW - HIGH"
)

func TestTable_ReadsPackedChoicesAndMajorities(t *testing.T) {
	const n = 4
	u := strings.Join(numbered("u", n), " ")
	z, h := strings.Join(numbered("z", n), " "), strings.Join(numbered("h", n), " ")
	for name, lane := range map[string]string{"Ch": packedCh, "Maj": packedMaj} {
		inputs, rows := packedRows(n, lane, packedSum)
		s := newSmall(t, inputs, rows...)
		s.assertBy(t, u+" "+h+": balance")
		r := s.proveWithout(nil)
		for _, w := range strings.Fields(z) {
			if !r.by[s.wires[w]].isProof() {
				t.Errorf("%s: %s is not proven", name, w)
			}
		}
	}
	for name, lane := range map[string]string{
		"the other root as near as λ":     strings.ReplaceAll(packedMaj, "2^88", "2^44"),
		"one root depends on no b":        strings.Replace(packedMaj, "+ 2^88.F)", "+ 2^88.E)", 1),
		"a lane that reads u at weight 1": strings.ReplaceAll(packedMaj, "2^44.U", "U"),
		"Ch that reads u at weight 1":     strings.ReplaceAll(strings.ReplaceAll(packedCh, "2^44.U", "U"), "2^88.U", "U"),
	} {
		inputs, rows := packedRows(n, lane, packedSum)
		if r := newSmall(t, inputs, rows...).proveWithout(nil); r.Unproven() == 0 {
			t.Errorf("%s: proven", name)
		}
	}
}

// The table of a packed row is that of Ch or Maj at all bits: its own values are among those that
// the row allows, once for Ch.
func TestTable_HoldsTheTruth(t *testing.T) {
	for name, lane := range map[string]string{"Ch": packedCh, "Maj": packedMaj} {
		for bit := range 16 {
			e, f, g, u := bit&1, bit>>1&1, bit>>2&1, bit>>3
			want := e*f + (1-e)*g + (u*e+(1-u)*f)<<44
			if name == "Maj" {
				want = (e+f+g)/2 + (u+e+f)/2<<44
			}
			text := strings.NewReplacer("E", fmt.Sprint(e), "F", fmt.Sprint(f), "G", fmt.Sprint(g), "U", fmt.Sprint(u), "Z", "z").Replace(lane)
			text = strings.NewReplacer("2^44.1", "2^44", "2^45.1", "2^45", "2^88.1", "2^88", "2^44.0", "0", "2^45.0", "0", "2^88.0", "0", "2.0", "0", "2.1", "2").Replace(text)
			s := newSmall(t, "", text)
			roots, _ := rootsAt(s.rows[0], s.wires["z"], nil)
			found := 0
			for _, x := range roots {
				if x.IsInt64() && x.Int64() == int64(want) {
					found++
				}
			}
			if found == 0 || name == "Ch" && len(roots) != 1 {
				t.Errorf("%s at %04b: roots %v, want %d", name, bit, roots, want)
			}
		}
	}
}

func TestIsZero_NeedsBothRows(t *testing.T) {
	a, b := "d * m = 1 - z", "(2.d) * z = 0"
	newSmall(t, "d", a, b).assertBy(t, "z: is zero, m: free: quotient")
	newSmall(t, "d", a).assertBy(t, "z m: unproven")
	newSmall(t, "d", b).assertBy(t, "z: free: quotient")
	newSmall(t, "d", a, "(2.d + 1) * z = 0").assertBy(t, "z m: unproven")        // of another zero
	newSmall(t, "d", a, "d * z = 1").assertBy(t, "z: nonzero product")           // d is not zero
	newSmall(t, "d", "d * m = 1 - n", b).assertBy(t, "z: free: quotient")        // of another wire
	newSmall(t, "d", a, b, "m * m = v").assertBy(t, "z: is zero, m v: unproven") // the quotient is read
	newSmall(t, "d e", a, "d * (e + z) = 0").assertBy(t, "z: is zero")
	newSmall(t, "d e", a, "d * (e + z) = e").assertBy(t, "z: is zero")
	newSmall(t, "d e", a, "d * (e + z) = e + z").assertBy(t, "z m: unproven") // free where d = 1
	newSmall(t, "d e", "d * m = e", b).assertBy(t, "z: free: quotient")       // A says nothing of z
	newSmall(t, "d e", "d * m = 1 - z - n", b, "n * n = m").assertBy(t, "z n: unproven")
}

func TestUnary_NeedsEveryStep(t *testing.T) {
	rows := []string{"(1 - x0) * x0 = 0", "(x0 - x1) * (1 - x0 + x1) = 0", "(x1 - x2) * (1 - x1 + x2) = 0", "(x2 - x3) * (1 - x2 + x3) = 0", "x3 * (1 - x3) = 0"}
	sum := "(x0 + x1 + x2 + x3) * 1 = k - 3"
	newSmall(t, "k", append(rows, sum)...).assertBy(t, "x0 x1 x2 x3: unary")
	for i := range rows {
		newSmall(t, "k", append(slices.Delete(slices.Clone(rows), i, i+1), sum)...).assertBy(t, "x1 x2: unproven")
		turned := slices.Clone(rows)
		turned[i] = strings.Replace(turned[i], " * (1 -", " * (2 -", 1)
		if i > 0 {
			newSmall(t, "k", append(turned, sum)...).assertBy(t, "x1 x2: unproven")
		}
	}
	newSmall(t, "k", append(rows, "(x0 + x1 + x2 + 2.x3) * 1 = k")...).assertBy(t, "x1 x2: unproven")
	up := slices.Clone(rows)
	up[1] = "(x1 - x0) * (1 - x1 + x0) = 0"
	newSmall(t, "k", append(up, sum)...).assertBy(t, "x0 x1: unproven")
	// A stair that leaves the sum: x2 may be x0 or one less, whatever x0 + x1 is.
	newSmall(t, "k", "(1 - x0) * x0 = 0", "x2 * (1 - x2) = 0", "(x0 - x1) * (1 - x0 + x1) = 0", "(x0 - x2) * (1 - x0 + x2) = 0", "(x0 + x1) * 1 = k").assertBy(t, "x2: unproven")
}

func TestSlope_KnowsBitsThatAreForms(t *testing.T) {
	// c = (y − a0 − 2·a1)/4 is a bit, and y any input
	bit := "1/2^2.y - 1/2^2.a0 - 1/2^1.a1"
	form := func(text string) string { return strings.ReplaceAll(text, "C", bit) }
	rows := append(bitRows("a", "b"), bitRows("a0", "a1")...)
	rows = append(rows, form("(C) * (1 - 1/2^2.y + 1/2^2.a0 + 1/2^1.a1) = 0"))
	c2 := "1/2^1.y - 1/2^1.a0 - a1"
	slope := "x * (2.a + 2.b + " + c2 + " - 3) = a"
	newSmall(t, "a b y", append(append(rows, slope), "x * x = v")...).assertBy(t, "a0 a1: balance, x: slope, v: solved")
	for _, zero := range []string{"- 2)", "- 0)", "- 6)"} { // at one bit, at none, at all three
		newSmall(t, "a b y", append(append(rows, strings.Replace(slope, "- 3)", zero, 1)), "x * x = v")...).assertBy(t, "x v: unproven")
	}
}

// canonicalSystem is package bits' own.
type canonicalCircuit struct{ X frontend.Variable }

func (c *canonicalCircuit) Define(api frontend.API) error {
	bits.Canonical(api, c.X)
	return nil
}

// Each row but the last product is needed, and each coefficient: a changed one proves no top bit.
func TestCanonical_NeedsEveryRow(t *testing.T) {
	system, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &canonicalCircuit{}, frontend.WithCompressThreshold(0))
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(system.(*cs.R1CS))
	if err != nil {
		t.Fatal(err)
	}
	s.remember()
	if r := s.proveWithout(nil); r.Unproven() > 0 || r.counts[canonical] != topBit {
		t.Fatalf("the rows of package bits: %s", r)
	}
	read := s.read
	for i := range s.rows {
		if r := s.proveWithout(nil, i); r.counts[canonical] != 0 {
			t.Errorf("without row %d: proven", i)
		}
		for k := range 3 {
			changed := newSystem(int(s.inputs), int(s.wires), int(s.rows), func(j int32) row {
				r := read(j)
				if j == i {
					f := []*form{&r.l, &r.r, &r.o}[k]
					*f = combine(one(), *f, fr.NewElement(2), constantForm(one()))
				}
				return r
			})
			if r := changed.proveWithout(nil); r.counts[canonical] != 0 {
				t.Errorf("with form %d of row %d changed: proven", k, i)
			}
		}
	}
}

// comparedBits are rows that say that x has 254 bits which are at most bound, in the shape of the lemma.
func comparedBits(t *testing.T, bound *big.Int) *small {
	t.Helper()
	sum := "x"
	for i := range topBit {
		sum += fmt.Sprintf(" - 2^%d.b%d", i, i)
	}
	s := newSmall(t, "x", "("+sum+") * 1 = 0")
	b := func(i int) form { return form{{s.wires[fmt.Sprintf("b%d", i)], one()}} }
	var top fr.Element
	top.SetBigInt(new(big.Int).Lsh(big.NewInt(1), topBit)).Inverse(&top)
	f := combine(top, s.rows[0].l, one(), nil)
	bit := func(f form) row { return row{f, combine(minusOne(), f, one(), constantForm(one())), nil} }
	s.rows = []row{bit(f)}
	equal := f
	for i := topBit - 1; i >= 0; i-- {
		if bound.Bit(i) == 0 {
			rest := combine(minusOne(), equal, minusOne(), b(i))
			s.rows = append(s.rows, row{combine(one(), rest, one(), constantForm(one())), b(i), nil})
			continue
		}
		next := form{{s.wire(fmt.Sprintf("p%d", i)), one()}}
		s.rows = append(s.rows, bit(b(i)), row{equal, b(i), next})
		equal = next
	}
	s.System = newSystem(2, len(s.wires)+1, len(s.rows), s.read)
	return s
}

// readings returns how many solutions the rows of comparedBits have for x: bits of x, or of x + r.
func (s *small) readings(x *big.Int) (n int) {
	for _, bits := range []*big.Int{x, new(big.Int).Add(x, modulus)} {
		if bits.BitLen() > topBit+1 {
			continue
		}
		w := make([]fr.Element, s.System.wires)
		w[0].SetOne()
		w[1].SetBigInt(x)
		for i := range topBit {
			w[s.wires[fmt.Sprintf("b%d", i)]].SetUint64(uint64(bits.Bit(i)))
		}
		holds := true
		for _, r := range s.rows {
			l, rr := at(r.l, w), at(r.r, w)
			l.Mul(&l, &rr)
			if len(r.o) == 1 && r.o[0].wire != 0 {
				w[r.o[0].wire] = l // p of the lemma
			} else if !l.IsZero() {
				holds = false
			}
		}
		if holds {
			n++
		}
	}
	return n
}

// Of other bounds than r − 1 the bits of x are read in every way there is: where one x has two, nothing is
// proven, and where the lemma proves, each x below has one.
func TestCanonical_IsRightOfOtherBounds(t *testing.T) {
	least := new(big.Int).Sub(modulus, big.NewInt(1))
	proven, choices := 0, 0
	for k := -1; k < topBit; k++ {
		bound := new(big.Int).Set(least)
		if k >= 0 {
			bound.SetBit(bound, k, 1-bound.Bit(k))
		}
		s := comparedBits(t, bound)
		isProven := s.proveWithout(nil).counts[canonical] > 0
		most := 0
		for _, x := range []*big.Int{big.NewInt(0), big.NewInt(1), big.NewInt(1 << 40), least, new(big.Int).Rsh(least, 1)} {
			most = max(most, s.readings(x))
		}
		if k < 0 && s.readings(least) != 1 {
			t.Error("r − 1 has no bits")
		}
		if most > 1 {
			choices++
		}
		if isProven {
			proven++
		}
		if isProven && most > 1 {
			t.Errorf("with bit %d of r − 1 the other, an x has %d readings and is proven", k, most)
		}
	}
	if proven != 1 || choices < 50 {
		t.Errorf("%d bounds are proven and %d leave a choice: want r − 1 only, and many", proven, choices)
	}
}
