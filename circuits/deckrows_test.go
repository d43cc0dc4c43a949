package circuits_test

import (
	"reflect"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/schema"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/statement"
)

// clauses are the rows of the README's table of a deck, and the functions that make them, one
// after the other.
var clauses = [][2]string{
	{"slots, roots and hashes of the cards", "assertCards"},
	{"place in the tree, facts, *model*", "assertDeck"},
	{"*policy*, and its judgement of every card", "assertPolicy"},
	{"*list* and *value*", "assertList"},
}

func TestReadme_DeckIsMeasured(t *testing.T) {
	_, section, _ := strings.Cut(readme(t), "## A batch of a deck")
	section, _, _ = strings.Cut(section, "##")
	table := map[string][]string{}
	for _, row := range regexp.MustCompile(`(?m)^\| (.+?) \| ([0-9,]+) \| ([0-9,]+) \| ([0-9,]+) \|$`).FindAllStringSubmatch(section, -1) {
		table[row[1]] = row[2:]
	}
	for i, size := range []statement.Size{statement.DeckSmall, statement.DeckStandard, statement.DeckLarge} {
		rows := clauseRows(t, size)
		whole := rows[len(clauses)]
		want := map[string]int{"a batch": whole, "a card of it": (whole + size.Cards/2) / size.Cards}
		for k, clause := range clauses {
			want[clause[0]] = rows[k+1] - rows[k]
		}
		for name, n := range want {
			if len(table[name]) == 0 || number(t, table[name][i]) != n {
				t.Errorf("%s, %s: README.md has %v, measured %d", name, size.Name, table[name], n)
			}
		}
		if len(table) != len(want) {
			t.Errorf("README.md has %d rows, %d are measured", len(table), len(want))
		}
	}
}

// clauseRows returns where each clause begins among the circuit's rows, and their number.
func clauseRows(t *testing.T, size statement.Size) []int {
	t.Helper()
	assignment := deck.Placeholder(size)
	zero := func(_ schema.LeafInfo, v reflect.Value) error {
		v.Set(reflect.ValueOf(0))
		return nil
	}
	if _, err := schema.Walk(circuittest.Field(), assignment, reflect.TypeFor[frontend.Variable](), zero); err != nil {
		t.Fatal(err)
	}
	all := circuittest.New(deck.Placeholder(size)).RecordAll(t, assignment)
	var starts []int
	for _, clause := range clauses {
		from := 0
		if n := len(starts); n > 0 {
			from = starts[n-1]
		}
		starts = append(starts, from+sort.Search(all.Rows-from, func(i int) bool {
			row := all.Row(from + i)
			for _, earlier := range clauses[:len(starts)] {
				if row.IsOf("Circuit.Define/Circuit." + earlier[1]) {
					return false
				}
			}
			return true
		}))
		if !all.Row(starts[len(starts)-1]).IsOf("Circuit.Define/Circuit." + clause[1]) {
			t.Fatalf("no row of %s", clause[1])
		}
	}
	return append(starts, all.Rows)
}
