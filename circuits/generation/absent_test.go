package generation

import (
	"errors"
	"testing"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

// lineageless returns a token without the hidden trait.
func lineageless(t testing.TB, circuit statement.CircuitID) *Token {
	token := fox(t, circuit, 42)
	none := []model.Row{{Weight: 5}}
	token.Model.Layers[2].Tables = [][]model.Row{none, none}
	sign(t, token, key(t, 1))
	return token
}

func TestGenerate_LeavesTraitsOut(t *testing.T) {
	for _, circuit := range []statement.CircuitID{rootSmall, cidSmall} {
		r, err := Generate(lineageless(t, circuit))
		if err != nil {
			t.Fatal(err)
		}
		if (r.Slots[2] != attribute.Slot{}) || r.Texts[2] != "" || !r.Slots[1].Present {
			t.Error("a row without text is not an absent slot")
		}
		c := underTest(t, circuit)
		c.AssertAccepted(t, circuit.String()+": without a lineage", r.Assignment)
		r.Slots[2] = attribute.Slot{Present: true}
		r.rebind(t, lineageless(t, circuit))
		c.AssertRefused(t, circuit.String()+": present with value 0", r.Assignment, ofMetadata)
	}
	r := forge(t, fox(t, rootSmall, 42))
	r.Slots[2].Present = false
	r.rebind(t, fox(t, rootSmall, 42))
	underTest(t, rootSmall).AssertRefused(t, "a text that is absent", r.Assignment, ofMetadata)
}

// A literal on a trait that a token does not have is false, negated or not.
func TestGenerate_JudgesAbsentTraits(t *testing.T) {
	ghost := policy.Literal{Slot: 2, Negate: true, Operand: attribute.TextHash("Ghost")}
	guard := policy.Literal{Slot: 2, Op: policy.Present, Negate: true}
	var broken *PolicyError
	for name, c := range map[string]struct {
		clause []policy.Literal
		holds  bool
	}{
		"lineage is no ghost":                  {[]policy.Literal{ghost}, false},
		"there is none, or lineage no ghost":   {[]policy.Literal{guard, ghost}, true},
		"lineage is there":                     {[]policy.Literal{{Slot: 2, Op: policy.Present}}, false},
		"lineage is not there":                 {[]policy.Literal{guard}, true},
		"lineage is the hash of an empty text": {[]policy.Literal{{Slot: 2, Operand: attribute.TextHash("")}}, false},
		"lineage is 0":                         {[]policy.Literal{{Slot: 2}}, false},
	} {
		token := lineageless(t, rootSmall)
		token.Program.Clauses = [][]policy.Literal{c.clause}
		sign(t, token, key(t, 1))
		_, err := Generate(token)
		if c.holds && err != nil || !c.holds && !errors.As(err, &broken) {
			t.Errorf("%s: %v", name, err)
		}
		r := forge(t, token)
		if c.holds {
			underTest(t, rootSmall).AssertAccepted(t, name, r.Assignment)
		} else {
			underTest(t, rootSmall).AssertRefused(t, name, r.Assignment, satisfied)
		}
	}
}

// Token ids run from any first one, 0 too.
func TestGenerate_TakesAnyFirstID(t *testing.T) {
	for _, first := range []uint64{0, 7, policy.MaxID - 9999} {
		token := fox(t, rootSmall, first)
		token.IDs.First = first
		token.Template = templateOf(t, statement.Small, token.IDs)
		sign(t, token, key(t, 1))
		r, err := Generate(token)
		if err != nil {
			t.Fatal(err)
		}
		underTest(t, rootSmall).AssertAccepted(t, "the first id", r.Assignment)
		for _, id := range []uint64{first - 1, first + 10000} {
			token.ID = id
			sign(t, token, key(t, 1))
			if _, err := Generate(token); err == nil {
				t.Errorf("ids from %d: %d is taken", first, id)
			}
		}
	}
}

// Whoever sees what is opened of a token after its second receipt learns nothing of the first
// root: no salt is used twice, so a guess of an unchanged value is not confirmed.
func TestGenerate_SecondReceiptSharesNoSalt(t *testing.T) {
	first := fox(t, rootSmall, 42)
	second := fox(t, rootSmall, 42)
	second.Claims[1] = attribute.OfUint(98)
	sign(t, second, key(t, 1))
	a, err := Generate(first)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Generate(second)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, salt := range a.Salts {
		seen[salt.String()] = true
	}
	for i, salt := range b.Salts {
		if seen[salt.String()] {
			t.Errorf("slot %d: a salt of the first receipt", i)
		}
		if i != 4 && a.Slots[i] != b.Slots[i] {
			t.Errorf("slot %d changes too: it tests nothing", i)
		}
		if attribute.Leaf(a.Slots[i], salt) == attribute.Leaf(a.Slots[i], a.Salts[i]) {
			t.Errorf("slot %d: the opened salt confirms a guess in the first root", i)
		}
	}
}
