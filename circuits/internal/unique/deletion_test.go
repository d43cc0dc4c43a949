package unique_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/internal/unique"
	"github.com/genproof/genproof/circuits/statement"
)

// Rows that are drawn leave a choice when they are left out; the tables name those that do not. All
// rows, and other circuits, are `just deletion`.
func TestDeletion_LeavesAChoice(t *testing.T) {
	assertCircuitDeletion(t, statement.CircuitID{Binding: statement.Root, Size: statement.Small}, 150)
	for _, id := range statement.CircuitsOf(statement.Groth16) {
		if id.Binding == statement.Deck && id.Size.Name == "small" {
			assertCircuitDeletion(t, id, 100)
		}
	}
	assertTwoBlocks(t, 50)
}

func assertCircuitDeletion(t *testing.T, id statement.CircuitID, n int) {
	t.Helper()
	system, placeholder := compiled(t, id)
	in := token
	switch id.Binding {
	case statement.Deck:
		in = batch
	case statement.Rule:
		in = cardClaim
	}
	assertDeletion(t, strings.ReplaceAll(id.String(), "/", "-"), system, placeholder, in(t, id), n)
}

// assertTwoBlocks leaves out rows of the SHA-256 of 119 bytes.
func assertTwoBlocks(t *testing.T, n int) {
	t.Helper()
	message := &gadget{define: sha(false)}
	for i := range 119 {
		message.In = append(message.In, i)
	}
	placeholder := func() frontend.Circuit { return &gadget{make([]frontend.Variable, 119), sha(false)} }
	assertDeletion(t, "gadget-sha256-119-bytes", compiledGadget(t, placeholder()), placeholder(), world{assignment: message}, n)
}

// assertDeletion leaves out n rows of a system, all if there are fewer, and compares with testdata.
func assertDeletion(t *testing.T, name string, system *cs.R1CS, placeholder frontend.Circuit, in world, n int) *unique.Score {
	t.Helper()
	places, err := circuittest.Places(placeholder)
	if err != nil {
		t.Fatal(err)
	}
	s, err := unique.New(system)
	if err != nil {
		t.Fatal(err)
	}
	rows := drawn(system.GetNbConstraints(), n)
	score, err := s.Delete(places, rows, in.forger(t, s, system))
	if err != nil {
		t.Fatal(err)
	}
	assertGolden(t, fmt.Sprintf("deletion-%s-%d", name, len(rows)), score.String())
	return score
}

// PROOFS has the scores of the tables: of each circuit that with the most rows.
func TestScores_AreInProofs(t *testing.T) {
	for _, p := range circuits.Proofs() {
		name := filepath.Join("testdata", fmt.Sprintf("deletion-%s-%d.txt", strings.ReplaceAll(p.Circuit, "/", "-"), p.LeftOut))
		text, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
			continue
		}
		counts := map[string][]int{} // by name: "forged" stands there more than once
		for line := range strings.Lines(string(text)) {
			var n int
			at := strings.LastIndex(line, " ")
			if _, err := fmt.Sscan(line[at:], &n); err == nil {
				counts[strings.TrimSpace(line[:at])] = append(counts[strings.TrimSpace(line[:at])], n)
			}
		}
		of := func(name string) int {
			if len(counts[name]) != 1 {
				t.Fatalf("%s: %d lines of %s", p.Circuit, len(counts[name]), name)
			}
			return counts[name][0]
		}
		got := p
		got.LeftOut, got.Killed = of("rows left out"), of("killed")
		got.Tried = of("forgery tried")
		got.Second, got.Forged = of("forged, inputs equal"), of("forged, an input moved")
		got.Asserting, got.OfAxiom, got.Survivors = of("unread")+of("assertions"), of("of the axiom"), of("survivors")
		if got != p {
			t.Errorf("%s: PROOFS has %+v, the table %+v", p.Circuit, p, got)
		}
	}
}
