package selector

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// choiceCircuit says that Choice is From[Index], by both functions.
type choiceCircuit struct {
	From, Index []frontend.Variable
	Choice      frontend.Variable
}

func (c *choiceCircuit) Define(api frontend.API) error {
	c.assertChosen(api)
	if len(c.Index) > 0 {
		AssertChoice(api, c.From, c.Index, c.Choice)
	}
	return nil
}

func (c *choiceCircuit) assertChosen(api frontend.API) {
	api.AssertIsEqual(Choose(api, c.From, c.Index), c.Choice)
}

func placeholder(n int) *choiceCircuit {
	return &choiceCircuit{From: make([]frontend.Variable, 1<<n), Index: make([]frontend.Variable, n)}
}

// choosing returns the assignment that form i is what want says.
func choosing(n, i, want int) *choiceCircuit {
	c := placeholder(n)
	for k := range c.From {
		c.From[k] = form(k)
	}
	for k := range c.Index {
		c.Index[k] = i >> k & 1
	}
	c.Choice = want
	return c
}

func form(k int) int { return 1000 + k*k }

func TestChoose_MatchesIndexing(t *testing.T) {
	for n := range 5 {
		c := circuittest.New(placeholder(n))
		for i := range 1 << n {
			c.AssertAccepted(t, fmt.Sprintf("%d of 2^%d", i, n), choosing(n, i, form(i)))
		}
	}
}

func TestChoose_RefusesEveryOther(t *testing.T) {
	for n := 1; n < 4; n++ {
		c := circuittest.New(placeholder(n))
		for i := range 1 << n {
			for other := range 1 << n {
				if other != i {
					c.AssertRefused(t, fmt.Sprintf("%d for %d of 2^%d", other, i, n), choosing(n, i, form(other)),
						[]string{"assertChosen/AssertIsEqual", "AssertChoice/AssertProduct"})
				}
			}
		}
	}
}

func TestSelector_RowCount(t *testing.T) {
	for n := range 6 {
		want := 2*(1<<n-1) + 1 // and one to compare
		circuittest.New(placeholder(n)).AssertRows(t, fmt.Sprintf("2^%d forms", n), want)
	}
}

func TestSelector_PanicsOnOtherShapes(t *testing.T) {
	three := make([]frontend.Variable, 3)
	for name, f := range map[string]func(){
		"3 of 2 bits":       func() { Choose(nil, three, three[:2]) },
		"3 of 1 bit":        func() { AssertChoice(nil, three, three[:1], 0) },
		"none":              func() { Choose(nil, nil, nil) },
		"8 forms of 2 bits": func() { Choose(nil, make([]frontend.Variable, 8), three[:2]) },
		"4 forms of 3 bits": func() { AssertChoice(nil, make([]frontend.Variable, 4), three, 0) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
