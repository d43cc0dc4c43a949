package unique

import (
	"encoding/binary"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// # Lemma: table
//
// Let a row be of a few wires, all but z of finite sets of values. For each choice of values the row
// is a polynomial in z of degree two at most; let it not be zero, unless z has a set of values of
// its own. Then z's values are the roots over all choices (of those in its set), and two solutions
// of equal inputs differ in z by roots of two choices that agree on all wires that are unique.
// If such roots are always equal, z is unique.
//
// Proof. Each solution makes one choice and its z is a root of the polynomial. Wires that are
// unique have the same value in both.
//
// It is read off the row's own coefficients by going through all choices, so no row of SPEC 4 is
// recognised by its looks: of an XOR of three bits it finds that the slope 2t − 3 is never zero;
// of packed Ch that z is p + λ·q with p the same and q a bit, as long as u is unknown; of packed
// Maj that two solutions have one root and differ by λ, or two roots and differ by Ω, more or
// less.
type table struct {
	values, deltas setID // anything if the lemma does not hold
}

// tabulate goes through the choices of a short row, for each wire that may be z.
func (p *prover) tabulate(i int32) {
	r := p.s.read(i)
	wires := wiresOf(r)
	var without []int
	for n, w := range wires {
		if p.values[w] == anything {
			without = append(without, n)
		}
	}
	if len(without) > 1 {
		return
	}
	for n, w := range wires {
		if len(without) == 1 && without[0] != n || p.isUnique(w) {
			continue
		}
		t := p.tableOf(r, wires, n)
		if t.values == anything {
			continue
		}
		for k, x := range wires {
			if k != n {
				p.useValues(x)
			}
		}
		p.setValues(w, t.values, i)
		p.narrow(w, t.deltas, tabled, i)
	}
}

// wiresOf returns the wires of a row, increasing.
func wiresOf(r row) []int32 {
	var wires []int32
	for _, f := range r.forms() {
		for _, t := range f.variable() {
			wires = append(wires, t.wire)
		}
	}
	slices.Sort(wires)
	return slices.Compact(wires)
}

// tableOf returns the table of the wire at place z. Rows that look alike, of wires about which
// the same is known, have one table.
func (p *prover) tableOf(r row, wires []int32, z int) table {
	key := []byte{byte(z)}
	for _, w := range wires {
		key = binary.BigEndian.AppendUint32(key, uint32(p.values[w]))
		if p.isUnique(w) {
			key = append(key, 1)
		} else {
			key = append(key, 0)
		}
	}
	for _, f := range r.forms() {
		for _, t := range f {
			place := 255
			if t.wire != 0 {
				place = slices.Index(wires, t.wire)
			}
			b := t.coeff.Bytes()
			key = append(append(key, byte(place)), b[:]...)
		}
		key = append(key, 254)
	}
	t, known := p.s.tables[string(key)]
	if !known {
		t = p.makeTable(r, wires, z)
		p.s.tables[string(key)] = t
	}
	return t
}

func (p *prover) makeTable(r row, wires []int32, z int) table {
	own := p.s.sets.list[p.values[wires[z]]]
	groups := map[string]set{} // of roots, by the values of unique wires
	var order []string
	at := map[int32]*big.Int{}
	ok := true
	var visit func(n int, key string)
	visit = func(n int, key string) {
		switch {
		case !ok:
		case n == z:
			visit(n+1, key)
		case n < len(wires):
			for _, v := range p.s.sets.list[p.values[wires[n]]] {
				at[wires[n]] = v
				next := key
				if p.isUnique(wires[n]) {
					next += v.Text(62) + " "
				}
				visit(n+1, next)
			}
		default:
			roots, all := rootsAt(r, wires[z], at)
			if all {
				roots, ok = own, own != nil
			}
			for _, x := range roots {
				if own != nil {
					if _, found := slices.BinarySearchFunc(own, x, (*big.Int).Cmp); !found {
						continue
					}
				}
				if ok = ok && x.BitLen() <= smallBits; ok {
					if groups[key] == nil {
						order = append(order, key)
					}
					groups[key] = append(groups[key], x)
				}
			}
		}
	}
	visit(0, "")
	if !ok || len(order) == 0 {
		return table{}
	}
	var values, deltas set
	for _, key := range order {
		id := p.s.sets.id(slices.Clone(groups[key]))
		values = append(values, p.s.sets.list[id]...)
		deltas = append(deltas, p.s.sets.list[p.s.sets.differences(id)]...)
	}
	return table{p.s.sets.id(values), p.s.sets.id(deltas)}
}

// rootsAt returns the values of z that satisfy a row, or that all do.
func rootsAt(r row, z int32, at map[int32]*big.Int) (roots set, all bool) {
	l0, r0, o0 := evaluate(r.l, at, z), evaluate(r.r, at, z), evaluate(r.o, at, z)
	l1, r1, o1 := r.l.coeff(z), r.r.coeff(z), r.o.coeff(z)
	var a, b, c, t fr.Element
	a.Mul(&l1, &r1)
	b.Mul(&l1, &r0)
	b.Add(&b, t.Mul(&l0, &r1)).Sub(&b, &o1)
	c.Mul(&l0, &r0).Sub(&c, &o0)
	switch {
	case !a.IsZero():
		low, high, ok := quadratic(a, b, c)
		if !ok {
			return nil, false
		}
		return set{signed(low), signed(high)}, false
	case !b.IsZero():
		c.Div(&c, &b).Neg(&c)
		return set{signed(c)}, false
	}
	return nil, c.IsZero()
}

// evaluate returns a form's value, wires that are left out counting as 0.
func evaluate(f form, at map[int32]*big.Int, leftOut ...int32) (sum fr.Element) {
	for _, t := range f {
		if slices.Contains(leftOut, t.wire) {
			continue
		}
		x := t.coeff
		if t.wire != 0 {
			var v fr.Element
			v.SetBigInt(at[t.wire])
			x.Mul(&x, &v)
		}
		sum.Add(&sum, &x)
	}
	return sum
}
