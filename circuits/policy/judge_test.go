package policy

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/statement"
)

// judgeCircuit judges sets of own slots and some that they share. Slots are slots already.
type judgeCircuit struct {
	Program ProgramVar
	Sets    [][]attribute.SlotVar
	Shared  []attribute.SlotVar
	size    statement.Size
}

func (c *judgeCircuit) Define(api frontend.API) error {
	j, err := NewJudge(api, c.size, c.Program, c.Shared)
	if err != nil {
		return err
	}
	for _, own := range c.Sets {
		if err := j.AssertSatisfied(api, own); err != nil {
			return err
		}
	}
	return nil
}

// judging is the placeholder of a circuit that judges sets of a size's slots, of which the
// last are shared.
func judging(size statement.Size, sets, shared int) *judgeCircuit {
	c := &judgeCircuit{Program: Placeholder(size), Sets: make([][]attribute.SlotVar, sets), Shared: make([]attribute.SlotVar, shared), size: size}
	for i := range c.Sets {
		c.Sets[i] = make([]attribute.SlotVar, size.Slots()-shared)
	}
	return c
}

// judgeSizes have slots that are no power of two, as decks have: the selection has room for
// more slots than there are.
var judgeSizes = []statement.Size{
	{Name: "three", Claims: 2, Facts: 1, Literals: 3},
	{Name: "five", Claims: 3, Facts: 2, Literals: 26},
	statement.DeckSmall, statement.DeckStandard, statement.DeckLarge,
}

func TestJudge_MatchesEval(t *testing.T) {
	const sets = 3
	for _, size := range judgeSizes {
		rng := rand.New(rand.NewPCG(7, uint64(size.Slots())))
		c, verdicts := circuittest.New(judging(size, sets, size.Facts)), map[bool]int{}
		for trial := range 32 {
			p := randomProgram(rng, size)
			facts := randomSlots(rng, p)[size.CardSlots():]
			a, want := judging(size, sets, size.Facts), true
			assignJudge(t, a, p, facts)
			for i := range sets {
				all := append(randomSlots(rng, p)[:size.CardSlots()], facts...)
				for tries := 0; tries < 8 && trial%2 == 0 && !evaluates(p, all); tries++ {
					copy(all, randomSlots(rng, p)[:size.CardSlots()])
				}
				want = evaluates(p, all) && want
				for k := range a.Sets[i] {
					a.Sets[i][k] = attribute.ValueOf(all[k])
				}
			}
			verdicts[want]++
			if got := c.Accepts(a); got != want {
				t.Fatalf("%s: the circuit says %v, Eval %v of %+v", size.Name, got, want, p)
			}
		}
		if verdicts[true] < 4 || verdicts[false] < 4 {
			t.Errorf("%s: one-sided cases: %v", size.Name, verdicts)
		}
	}
}

func evaluates(p *Program, slots []attribute.Slot) bool {
	ok, _ := p.Eval(slots)
	return ok
}

func assignJudge(t *testing.T, c *judgeCircuit, p *Program, shared []attribute.Slot) {
	t.Helper()
	var err error
	if c.Program, err = ValueOf(p, c.size); err != nil {
		t.Fatal(err)
	}
	for i, s := range shared {
		c.Shared[i] = attribute.ValueOf(s)
	}
}

// judge is the scenario told in one of several sets; the others hold what is true.
func (s scenario) judge(sets, shared, liar int, truth []attribute.SlotVar) *judgeCircuit {
	c := judging(tiny, sets, shared)
	c.Program = s.assignment().Program
	own := tiny.Slots() - shared
	for i := range c.Sets {
		if i == liar {
			copy(c.Sets[i], s.slots[:own])
		} else {
			copy(c.Sets[i], truth)
		}
	}
	copy(c.Shared, s.slots[own:])
	return c
}

// A lie of one set is refused by a row of that set alone, whichever it is.
func TestJudge_RefusesALieInAnySet(t *testing.T) {
	const sets = 3
	c := circuittest.New(judging(tiny, sets, 0))
	told := 0
	for _, row := range falsehoods {
		truth := row.truth(t, 0)
		if truth == nil {
			continue
		}
		told++
		for liar := range sets {
			a := row.judge(sets, 0, liar, truth)
			c.AssertRefused(t, fmt.Sprintf("%s, in set %d", row.name, liar), a, []string{row.owner})
			refused, own := c.Record(t, a).Refused, setRows(t, sets)
			if row.owner != "splitCode" && row.owner != "NewJudge/Decompose" && !own[liar].has(refused[0].Index) {
				t.Errorf("%s, in set %d: refused by row %d, of another set", row.name, liar, refused[0].Index)
			}
		}
	}
	if common := len(falsehoods) - told; common != 9 { // less on no number, the reserved operator, operands out of reach, less than 0
		t.Errorf("%d falsehoods are the program's, want 9", common)
	}
}

// truth returns own slots that satisfy the scenario's program and go with its shared ones, nil
// where no slots do.
func (s scenario) truth(t *testing.T, shared int) []attribute.SlotVar {
	t.Helper()
	c := circuittest.New(judging(tiny, 1, shared))
	values := []attribute.SlotVar{holding(4), holding(5), holding(3), holding(6), holding(0), holding(minusOne), absent}
	for _, a := range values {
		for _, b := range values {
			own := []attribute.SlotVar{a, b}[:tiny.Slots()-shared]
			program := s
			program.beyond, program.mask = nil, s.mask&3 // the judge refuses the rest once
			if len(c.Record(t, program.judge(1, shared, -1, own)).Refused) == 0 {
				return own
			}
		}
	}
	return nil
}

// A span is the rows of a set.
type span struct{ from, to int }

func (s span) has(row int) bool { return s.from <= row && row < s.to }

// setRows returns the rows of each set: they follow the judge's, all sets have as many.
func setRows(t *testing.T, sets int) []span {
	t.Helper()
	one := circuittest.New(judging(tiny, 1, 0)).R1CS(t).Rows()
	each := circuittest.New(judging(tiny, 2, 0)).R1CS(t).Rows() - one
	var all []span
	for i := range sets {
		all = append(all, span{one + (i-1)*each, one + i*each})
	}
	return all
}

// What all sets share is judged with each of them.
func TestJudge_RefusesSharedSlots(t *testing.T) {
	c := circuittest.New(judging(tiny, 2, 1))
	truth := []attribute.SlotVar{holding(4)}
	for _, row := range []struct {
		falsehood
		times int
	}{
		{falsehood{scenario{name: "a shared number of 2^64", mask: 2, operands: [2]any{0, 0},
			slots: [2]attribute.SlotVar{holding(4), holding(twoTo64)}}, "NewJudge/newTableVar"}, 1},
		{falsehood{scenario{name: "a shared number of r-1", mask: 2, operands: [2]any{0, 0},
			slots: [2]attribute.SlotVar{holding(4), holding(minusOne)}}, "NewJudge/newTableVar"}, 1},
		{falsehood{scenario{name: "a shared value that is another", words: [2]uint64{code(1, Equals, false, true)}, operands: [2]any{7, 0},
			slots: [2]attribute.SlotVar{holding(4), holding(8)}}, "AssertSatisfied/AssertProduct"}, 2},
		{falsehood{scenario{name: "a shared slot that is absent", words: [2]uint64{code(1, Present, false, true)}, operands: [2]any{0, 0},
			slots: [2]attribute.SlotVar{holding(4), absent}}, "AssertSatisfied/AssertProduct"}, 2},
		{falsehood{scenario{name: "less on a shared slot that is no number", words: [2]uint64{code(1, Less, false, false)}, operands: [2]any{9, 0},
			slots: [2]attribute.SlotVar{holding(4), holding(8)}}, "literalVar.holds"}, 2},
	} {
		owners := make([]string, row.times)
		for i := range owners {
			owners[i] = row.owner
		}
		c.AssertRefused(t, row.name, row.judge(2, 1, -1, truth), owners)
	}
}

// A code word has room for slots that a size does not have: they are absent and no numbers.
func TestJudge_SlotsBehindTheLastAreAbsent(t *testing.T) {
	three := judgeSizes[0] // two own and a shared one: an index of two bits
	c := circuittest.New(judging(three, 2, 1))
	const broken, compared = "AssertSatisfied/AssertProduct", "literalVar.holds"
	for name, row := range map[string]struct {
		word    uint64
		operand any
		owner   string
	}{
		"absent":             {code(3, Present, true, true), 0, ""},
		"present":            {code(3, Present, false, true), 0, broken},
		"equal to 0":         {code(3, Equals, false, true), 0, broken},
		"unequal to 1":       {code(3, Equals, true, true), 1, broken},
		"a number":           {code(3, Less, false, false), 9, compared},
		"a number, not less": {code(3, Less, true, false), 0, compared},
	} {
		a := judging(three, 2, 1)
		a.Program.Schema, a.Program.Numeric, a.Program.Code[0] = 1, 7, row.word
		for i := range a.Program.Operands {
			a.Program.Operands[i] = 0
		}
		a.Program.Operands[0] = row.operand
		a.Shared[0] = holding(4)
		for i := range a.Sets {
			a.Sets[i][0], a.Sets[i][1] = holding(4), holding(4)
		}
		if row.owner == "" {
			c.AssertAccepted(t, name, a)
			continue
		}
		c.AssertRefused(t, name, a, []string{row.owner, row.owner})
	}
}

func TestJudge_RefusesOtherShapes(t *testing.T) {
	size := judgeSizes[0]
	for name, change := range map[string]func(c *judgeCircuit){
		"own slots missing":     func(c *judgeCircuit) { c.Sets[1] = c.Sets[1][1:] },
		"too many own slots":    func(c *judgeCircuit) { c.Sets[0] = append(c.Sets[0], attribute.SlotVar{}) },
		"shared slots missing":  func(c *judgeCircuit) { c.Shared = nil },
		"more shared than all":  func(c *judgeCircuit) { c.Shared = make([]attribute.SlotVar, 4) },
		"operands missing":      func(c *judgeCircuit) { c.Program.Operands = c.Program.Operands[1:] },
		"a code element more":   func(c *judgeCircuit) { c.Program.Code = append(c.Program.Code, nil) },
		"more slots than codes": func(c *judgeCircuit) { c.size.Claims = 64 },
	} {
		c := judging(size, 2, 1)
		change(c)
		if _, err := circuittest.New(c).Partial().Compile(r1cs.NewBuilder[constraint.U64]); err == nil || !strings.Contains(err.Error(), "policy: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What a deck pays: once for the judge, and for each card. By hand, at standard size:
//
//	once   32·10 of the words, 2 elements' unused bits, 28 of the mask, 4·65 of the facts
//	each   24·65 of its slots; a literal 2·28 of the selection, 2 of its flags, 72 and 2, but 1 less for the first
func TestJudge_ConstraintCount(t *testing.T) {
	for _, row := range []struct {
		size       statement.Size
		once, each int
	}{{statement.DeckSmall, 221, 1303}, {statement.DeckStandard, 610, 5783}, {statement.DeckLarge, 1216, 15151}} {
		for sets := range 3 {
			name := fmt.Sprintf("%s, %d sets", row.size.Name, sets)
			circuittest.New(judging(row.size, sets, row.size.Facts)).Partial().AssertRows(t, name, row.once+sets*row.each)
		}
	}
}
