package policy

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/statement"
)

// policyCircuit is the gadget as the token circuits use it.
type policyCircuit struct {
	Commitment frontend.Variable `gnark:",public"`
	Program    ProgramVar
	Slots      []attribute.SlotVar
	size       statement.Size
}

func (c *policyCircuit) Define(api frontend.API) error {
	attribute.AssertSlots(api, c.Slots)
	api.AssertIsEqual(c.Commitment, CommitmentVar(api, c.Program))
	return AssertSatisfied(api, c.size, c.Program, c.Slots)
}

func placeholder(size statement.Size) *policyCircuit {
	return &policyCircuit{Program: Placeholder(size), Slots: make([]attribute.SlotVar, size.Slots()), size: size}
}

func assignment(t testing.TB, size statement.Size, p *Program, slots []attribute.Slot) *policyCircuit {
	t.Helper()
	commitment, err := p.Commitment(size)
	if err != nil {
		t.Fatal(err)
	}
	v, err := ValueOf(p, size)
	if err != nil {
		t.Fatal(err)
	}
	c := &policyCircuit{Commitment: commitment, Program: v, size: size}
	for _, s := range slots {
		c.Slots = append(c.Slots, attribute.ValueOf(s))
	}
	return c
}

func solve(size statement.Size, c *policyCircuit, lies ...circuittest.Lie) error {
	return circuittest.New(placeholder(size)).Solve(c, lies...)
}

var sizes = []statement.Size{statement.Small, statement.Standard, statement.Large}

// The values and operands that random cases draw from: near each other, so that every
// comparison goes both ways, and at the edges.
var (
	numbers = []uint64{0, 1, 2, 3, 1 << 63, 1<<64 - 2, 1<<64 - 1}
	texts   = []string{"", "CC0-1.0", "CC-BY-4.0", "owned"}
)

func randomProgram(rng *rand.Rand, size statement.Size) *Program {
	p := &Program{Schema: fr.NewElement(rng.Uint64()), Numeric: make([]bool, size.Slots())}
	for i := range p.Numeric {
		p.Numeric[i] = rng.IntN(2) == 0
	}
	var clause []Literal
	for range rng.IntN(size.Literals + 1) {
		clause = append(clause, randomLiteral(rng, p.Numeric))
		if rng.IntN(3) == 0 {
			p.Clauses, clause = append(p.Clauses, clause), nil
		}
	}
	if len(clause) > 0 {
		p.Clauses = append(p.Clauses, clause)
	}
	return p
}

func randomLiteral(rng *rand.Rand, numeric []bool) Literal {
	l := Literal{Slot: rng.IntN(len(numeric)), Op: Op(rng.IntN(3)), Negate: rng.IntN(2) == 0}
	if l.Op == Less && !numeric[l.Slot] {
		l.Op = Equals
	}
	if l.Op != Present {
		l.Operand = randomSlot(rng, numeric[l.Slot]).Value
	}
	return l
}

func randomSlot(rng *rand.Rand, isNumeric bool) attribute.Slot {
	if isNumeric {
		return attribute.OfUint(numbers[rng.IntN(len(numbers))])
	}
	return attribute.Slot{Value: attribute.TextHash(texts[rng.IntN(len(texts))]), Present: true}
}

// randomSlots returns slots that satisfy p as often as trying a few times gives.
func randomSlots(rng *rand.Rand, p *Program) []attribute.Slot {
	slots := make([]attribute.Slot, len(p.Numeric))
	for range 8 {
		for i := range slots {
			slots[i] = attribute.Slot{}
			if rng.IntN(4) != 0 {
				slots[i] = randomSlot(rng, p.Numeric[i])
			}
		}
		if satisfied, _ := p.Eval(slots); satisfied {
			break
		}
	}
	return slots
}

func TestAssertSatisfied_MatchesEval(t *testing.T) {
	for _, size := range sizes {
		t.Run(size.Name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, uint64(size.Literals)))
			verdicts := map[bool]int{}
			for range 2400 / size.Literals {
				p := randomProgram(rng, size)
				assertAgreement(t, size, p, randomSlots(rng, p), verdicts)
			}
			if verdicts[true] < 10 || verdicts[false] < 10 {
				t.Errorf("one-sided cases: %v", verdicts)
			}
		})
	}
}

func assertAgreement(t *testing.T, size statement.Size, p *Program, slots []attribute.Slot, verdicts map[bool]int) {
	t.Helper()
	want, clause := p.Eval(slots)
	verdicts[want]++
	if got := solve(size, assignment(t, size, p, slots)) == nil; got != want {
		t.Fatalf("circuit says %v, Eval %v (clause %d) of %+v over %+v", got, want, clause, p, slots)
	}
}

func FuzzAssertSatisfied_MatchesEval(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		rng := rand.New(rand.NewPCG(2, seed))
		p := randomProgram(rng, statement.Small)
		assertAgreement(t, statement.Small, p, randomSlots(rng, p), map[bool]int{})
	})
}

// definition makes a circuit of a function, to count its constraints.
type definition struct {
	Inputs policyCircuit
	define func(api frontend.API, c *policyCircuit) error
}

func (d *definition) Define(api frontend.API) error { return d.define(api, &d.Inputs) }

func TestAssertSatisfied_ConstraintCount(t *testing.T) {
	satisfied := func(api frontend.API, c *policyCircuit) error {
		return AssertSatisfied(api, c.size, c.Program, c.Slots)
	}
	commitment := func(api frontend.API, c *policyCircuit) error {
		CommitmentVar(api, c.Program)
		return nil
	}
	for _, row := range []struct {
		size                  statement.Size
		commitment, satisfied int
	}{
		{statement.Small, 459, 1328},
		{statement.Standard, 1665, 5417},
		{statement.Large, 2775, 13131},
	} {
		for _, part := range []struct {
			name   string
			define func(api frontend.API, c *policyCircuit) error
			want   int
		}{{"commitment", commitment, row.commitment}, {"satisfied", satisfied, row.satisfied}} {
			circuittest.New(&definition{*placeholder(row.size), part.define}).Partial().AssertRows(t, row.size.Name+" "+part.name, part.want)
		}
	}
}

// The compiled circuit must solve, too: the engine above computes with hints of its own.
func TestAssertSatisfied_SolvesCompiled(t *testing.T) {
	size := statement.Small
	c := circuittest.New(placeholder(size))
	rng := rand.New(rand.NewPCG(3, 0))
	for range 100 {
		p := randomProgram(rng, size)
		slots := randomSlots(rng, p)
		want, _ := p.Eval(slots)
		for _, system := range []*circuittest.System{c.R1CS(t), c.Plonk(t)} {
			if got := system.Solve(t, assignment(t, size, p, slots)) == nil; got != want {
				t.Fatalf("solver says %v, Eval %v of %+v over %+v", got, want, p, slots)
			}
		}
	}
}
