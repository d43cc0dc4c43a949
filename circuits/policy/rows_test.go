package policy

import (
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// Every row is needed: for each one there is a falsehood, told with the right lie, that
// no other row refuses. So leaving any row out would prove something false.
func TestAssertSatisfied_NeedsEveryRow(t *testing.T) {
	s := newSearch(t, newTinyCircuit(), func(s scenario) frontend.Circuit { return s.assignment() })
	for _, row := range falsehoods {
		s.tell(row.scenario, func(int) bool { return true })
	}
	s.assertNeeded(never)
}

// So it is where the last slot is shared: its rows are the judge's.
func TestJudge_NeedsEveryRow(t *testing.T) {
	s := newSearch(t, judging(tiny, 1, 1), func(s scenario) frontend.Circuit { return s.judge(1, 1, 0, nil) })
	for _, row := range falsehoods {
		s.tell(row.scenario, func(int) bool { return true })
	}
	s.assertNeeded(never)
}

// A search collects the rows that alone refuse some falsehood.
type search struct {
	t       *testing.T
	circuit *circuittest.Circuit
	assign  func(scenario) frontend.Circuit
	all     *circuittest.Recording
	needed  map[int]bool
	settled map[[2]int]bool // outputs of hints whose bit is known to be needed
}

func newSearch(t *testing.T, placeholder frontend.Circuit, assign func(scenario) frontend.Circuit) *search {
	s := &search{t: t, circuit: circuittest.New(placeholder), assign: assign, needed: map[int]bool{}, settled: map[[2]int]bool{}}
	s.all = s.circuit.RecordAll(t, assign(falsehoods[0].scenario))
	s.circuit.AssertRows(t, "the recorder's rows", s.all.Rows)
	return s
}

// tell tells a falsehood with all lies to the hints that are of interest, and all forgeries.
func (s *search) tell(told scenario, isOfInterest func(hint int) bool) {
	honest := s.circuit.Record(s.t, s.assign(told))
	for hint, call := range honest.Hints {
		if isOfInterest(hint) {
			s.lieToHint(told, hint, call.Outputs, s.try(told, circuittest.Straight))
		}
	}
	for product := range honest.Products {
		for _, forge := range forgeries {
			s.try(told, circuittest.Twist{Hint: -1, Product: product, Forge: forge})
		}
	}
}

// assertNeeded fails for each row that no lie needed, but those apart: they must be so.
func (s *search) assertNeeded(isApart func(row int) bool) {
	s.t.Helper()
	for i := range s.all.Rows {
		switch row := s.all.Row(i); {
		case !s.needed[i] && !isApart(i):
			s.t.Errorf("row %d of %d, %s: no lie needs it", i, s.all.Rows, row)
		case s.needed[i] && isApart(i):
			s.t.Errorf("row %d of %d, %s: a lie needs it, and the text says that it follows from others", i, s.all.Rows, row)
		}
	}
}

func never(int) bool { return false }

// try returns the rows that refuse the falsehood told with a twist.
func (s *search) try(told scenario, twist circuittest.Twist) []int {
	s.t.Helper()
	rec := s.circuit.RecordTwisted(s.t, s.assign(told), twist)
	if rec.Rows != s.all.Rows {
		s.t.Fatal("the number of rows depends on values")
	}
	if len(rec.Refused) == 0 {
		s.t.Fatalf("%s: accepted with %+v", told.name, twist)
	}
	if len(rec.Refused) == 1 {
		s.needed[rec.Refused[0].Index] = true
	}
	var failed []int
	for _, row := range rec.Refused {
		failed = append(failed, row.Index)
	}
	return failed
}

// lieToHint tries all lies to one call of a hint. failed is what refuses without any.
func (s *search) lieToHint(told scenario, hint, nbOut int, failed []int) {
	tell := func(change func(in, out []*big.Int)) []int {
		return s.try(told, circuittest.Twist{Hint: hint, Change: change, Product: -1})
	}
	for j := range nbOut {
		if len(told.beyond) > 0 && nbOut == 2*wordBits-1 { // the split of the code
			tell(borrow(j))
		}
		for top := int64(0); top < 2 && !s.settled[[2]int{hint, j}]; top++ {
			refusing := tell(carry(j, top))
			s.settled[[2]int{hint, j}] = len(refusing) == 1 && !slices.Equal(refusing, failed)
		}
	}
	tell(func(_, out []*big.Int) { out[0].Sub(big.NewInt(1), out[0]) })
	tell(func(_, out []*big.Int) { out[0].SetInt64(0) })
}

// carry moves what makes the last bit of a split equal to top into bit j, so that only
// bit j is not boolean any more.
func carry(j int, top int64) func(in, out []*big.Int) {
	return func(in, out []*big.Int) {
		rest := new(big.Int).Set(in[0])
		for i := range out {
			rest.Sub(rest, new(big.Int).Lsh(out[i], uint(i)))
		}
		rest.Sub(rest, new(big.Int).Lsh(big.NewInt(top), uint(len(out))))
		power := fr.NewElement(1 << j)
		delta := new(fr.Element).SetBigInt(rest)
		delta.Div(delta, &power)
		out[j].Add(out[j], delta.BigInt(new(big.Int)))
	}
}

// borrow makes -1 of a one in bit j and a one of the zero above it: the same number, and
// where bit j stands alone or above another one the sum of both is zero.
func borrow(j int) func(in, out []*big.Int) {
	return func(_, out []*big.Int) {
		if j+1 < len(out) && out[j].Sign() > 0 && out[j+1].Sign() == 0 {
			out[j].SetInt64(-1)
			out[j+1].SetInt64(1)
		}
	}
}

// forgeries are what products are replaced by. One half makes a bit of a xor b without its
// product; a sixth root of unity z has z · (1 - z) = 1, which is what the product of
// present and its operator would have to be for an absent slot to be present.
var forgeries = []func(truth *big.Int) *big.Int{
	func(*big.Int) *big.Int { return big.NewInt(0) },
	func(*big.Int) *big.Int { return big.NewInt(1) },
	func(truth *big.Int) *big.Int { return new(big.Int).Add(truth, big.NewInt(1)) },
	func(truth *big.Int) *big.Int { return new(big.Int).Sub(truth, big.NewInt(1)) },
	func(truth *big.Int) *big.Int { return new(big.Int).Neg(truth) },
	func(truth *big.Int) *big.Int { return new(big.Int).Sub(truth, half) },
	func(*big.Int) *big.Int { return sixthRoot },
}

var (
	half      = new(big.Int).ModInverse(big.NewInt(2), ecc.BN254.ScalarField())
	sixthRoot = new(big.Int).Exp(big.NewInt(5), // 5 generates the field's multiplicative group
		new(big.Int).Div(minusOne, big.NewInt(6)), ecc.BN254.ScalarField())
)
