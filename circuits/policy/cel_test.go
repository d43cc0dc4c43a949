package policy

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"cel.dev/cel-go/cel"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// celValue returns a value of randomSlot as CEL's and as text of the language.
func celValue(t testing.TB, isNumeric bool, v fr.Element) (value any, text string) {
	t.Helper()
	if isNumeric {
		return v.Uint64(), strconv.FormatUint(v.Uint64(), 10) + "u"
	}
	for _, s := range texts {
		if hash := attribute.TextHash(s); hash.Equal(&v) {
			return s, strconv.Quote(s)
		}
	}
	t.Fatal("a text of no random slot")
	return nil, ""
}

// celText writes the program in CEL. Slots are keys of a map: an absent one is missing.
func celText(t testing.TB, p *Program) string {
	t.Helper()
	clauses := []string{"true"}
	for _, clause := range p.Clauses {
		var literals []string
		for _, l := range clause {
			name := fmt.Sprintf("slot.s%d", l.Slot)
			var operand string
			if l.Op != Present {
				_, operand = celValue(t, p.Numeric[l.Slot], l.Operand)
			}
			form := map[Op][2]string{Equals: {"%s == %s", "%s != %s"}, Less: {"%s < %s", "%s >= %s"}, Present: {"has(%s)%s", "!has(%s)%s"}}
			negated := 0
			if l.Negate {
				negated = 1
			}
			literals = append(literals, fmt.Sprintf(form[l.Op][negated], name, operand))
		}
		clauses = append(clauses, "("+strings.Join(literals, " || ")+")")
	}
	return strings.Join(clauses, " && ")
}

// celVerdict is cel-go's own evaluation: an error, of a missing key say, refuses.
func celVerdict(t testing.TB, p *Program, slots []attribute.Slot) bool {
	t.Helper()
	env, err := cel.NewEnv(cel.Variable("slot", cel.MapType(cel.StringType, cel.DynType)))
	if err != nil {
		t.Fatal(err)
	}
	ast, issues := env.Compile(celText(t, p))
	if issues.Err() != nil {
		t.Fatal(issues.Err())
	}
	program, err := env.Program(ast)
	if err != nil {
		t.Fatal(err)
	}
	attributes := map[string]any{}
	for i, s := range slots {
		if s.Present {
			attributes[fmt.Sprintf("s%d", i)], _ = celValue(t, p.Numeric[i], s.Value)
		}
	}
	out, _, err := program.Eval(map[string]any{"slot": attributes})
	return err == nil && out.Value() == true
}

func TestEval_MatchesCEL(t *testing.T) {
	for _, size := range sizes {
		rng := rand.New(rand.NewPCG(4, uint64(size.Literals)))
		verdicts := map[bool]int{}
		for range 6400 / size.Literals {
			p := randomProgram(rng, size)
			slots := randomSlots(rng, p)
			got, clause := p.Eval(slots)
			if want := celVerdict(t, p, slots); got != want {
				t.Fatalf("%s: Eval says %v (clause %d), CEL %v of %s over %v", size.Name, got, clause, want, celText(t, p), slots)
			}
			verdicts[got]++
		}
		if verdicts[true] < 20 || verdicts[false] < 20 {
			t.Errorf("%s: one-sided cases: %v", size.Name, verdicts)
		}
	}
}

func TestAssertSatisfied_MatchesCEL(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 0))
	for range 200 {
		p := randomProgram(rng, statement.Small)
		slots := randomSlots(rng, p)
		want := celVerdict(t, p, slots)
		if got := solve(statement.Small, assignment(t, statement.Small, p, slots)) == nil; got != want {
			t.Fatalf("circuit says %v, CEL %v of %s over %v", got, want, celText(t, p), slots)
		}
	}
}

// Every literal alone over every kind of slot, so that no case is left to chance.
func TestEval_MatchesCELLiteralByLiteral(t *testing.T) {
	for _, op := range []Op{Equals, Less, Present} {
		for _, negate := range []bool{false, true} {
			for _, operand := range numbers {
				for _, slot := range []attribute.Slot{{}, attribute.OfUint(2), attribute.OfUint(1<<64 - 1), attribute.OfUint(0)} {
					l := Literal{Op: op, Negate: negate, Operand: fr.NewElement(operand)}
					if op == Present {
						l.Operand.SetZero()
					}
					p := &Program{Numeric: make([]bool, tiny.Slots()), Clauses: [][]Literal{{l}}}
					p.Numeric[0] = true
					slots := []attribute.Slot{slot, {}}
					got, _ := p.Eval(slots)
					if want := celVerdict(t, p, slots); got != want {
						t.Errorf("Eval says %v, CEL %v of %s over %v", got, want, celText(t, p), slots)
					}
					if accepted := solve(tiny, assignment(t, tiny, p, slots)) == nil; accepted != got {
						t.Errorf("circuit says %v, Eval %v of %s over %v", accepted, got, celText(t, p), slots)
					}
				}
			}
		}
	}
}
