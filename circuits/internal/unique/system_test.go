package unique

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A small system is written as text: inputs, then rows "FACTOR * FACTOR = FORM". A form is terms
// with + or − between, a term NUMBER, WIRE or NUMBER.WIRE, a number N, 2^N or 1/2^N.
type small struct {
	*System
	wires map[string]int32
	rows  []row
}

func newSmall(t testing.TB, inputs string, rows ...string) *small {
	t.Helper()
	s := &small{wires: map[string]int32{}}
	for _, name := range strings.Fields(inputs) {
		s.wire(name)
	}
	nbInputs := len(s.wires) + 1
	for _, text := range rows {
		left, o, ok := strings.Cut(text, " = ")
		l, r, isProduct := strings.Cut(left, " * ")
		if !ok || !isProduct {
			t.Fatalf("no row: %s", text)
		}
		s.rows = append(s.rows, row{s.form(t, l), s.form(t, r), s.form(t, o)})
	}
	s.System = newSystem(nbInputs, len(s.wires)+1, len(s.rows), s.read)
	return s
}

// read returns a copy: provers may write to what they read.
func (s *small) read(i int32) row {
	r := s.rows[i]
	return row{append(form(nil), r.l...), append(form(nil), r.r...), append(form(nil), r.o...)}
}

func (s *small) wire(name string) int32 {
	if s.wires[name] == 0 {
		s.wires[name] = int32(len(s.wires) + 1)
	}
	return s.wires[name]
}

func (s *small) form(t testing.TB, text string) form {
	t.Helper()
	var f form
	isMinus := false
	for _, word := range strings.Fields(strings.Trim(text, "()")) {
		switch word {
		case "+", "-":
			isMinus = word == "-"
			continue
		}
		number, name, ok := strings.Cut(word, ".")
		if !ok && word[0] >= 'a' {
			number, name = "1", word
		}
		x := term{coeff: parseNumber(t, number)}
		if name != "" {
			x.wire = s.wire(name)
		}
		if isMinus {
			x.coeff.Neg(&x.coeff)
		}
		f = append(f, x)
		isMinus = false
	}
	return tidy(f)
}

func parseNumber(t testing.TB, text string) (c fr.Element) {
	t.Helper()
	text, isInverse := strings.CutPrefix(text, "1/")
	exponent, isPower := strings.CutPrefix(text, "2^")
	n, ok := new(big.Int).SetString(exponent, 10)
	if !ok {
		t.Fatalf("no number: %s", text)
	}
	if isPower {
		n.Lsh(big.NewInt(1), uint(n.Uint64()))
	}
	c.SetBigInt(n)
	if isInverse {
		c.Inverse(&c)
	}
	return c
}

// assertBy fails unless the wires have these reasons, "a b: balance, c: unproven".
func (s *small) assertBy(t *testing.T, want string) {
	t.Helper()
	r := s.proveWithout(nil)
	for part := range strings.SplitSeq(want, ", ") {
		names, reason, _ := strings.Cut(part, ": ")
		for _, name := range strings.Fields(names) {
			if got := lemmaNames[r.by[s.wires[name]]]; got != reason {
				t.Errorf("%s: %s, want %s", name, got, reason)
			}
		}
	}
}

// bitRows returns rows that make wires bits.
func bitRows(names ...string) (rows []string) {
	for _, n := range names {
		rows = append(rows, fmt.Sprintf("%s * (1 - %s) = 0", n, n))
	}
	return rows
}

func numbered(name string, n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprintf("%s%d", name, i))
	}
	return names
}

// weighed returns Σ 2^(from+i)·name_i.
func weighed(from int, names ...string) string {
	var terms []string
	for i, n := range names {
		terms = append(terms, fmt.Sprintf("2^%d.%s", from+i, n))
	}
	return strings.Join(terms, " + ")
}
