//go:build prover_checks

package policy

import (
	"testing"

	"github.com/consensys/gnark/frontend"
)

// Of two sets, each needs all of its rows but those that [JudgeVar.AssertSatisfied] names.
func TestSlowJudge_NeedsEveryRowOfEverySet(t *testing.T) {
	const sets = 2
	liar, truth := 0, falsehoods[0].truth(t, 0)
	s := newSearch(t, judging(tiny, sets, 0), func(told scenario) frontend.Circuit { return told.judge(sets, 0, liar, truth) })
	hints := len(s.circuit.Record(t, s.assign(falsehoods[0].scenario)).Hints)
	one := len(newSearch(t, judging(tiny, 1, 0), func(told scenario) frontend.Circuit { return told.judge(1, 0, 0, nil) }).all.Hints)
	each := hints - one
	for _, row := range falsehoods {
		for liar = range sets {
			if truth = row.truth(t, 0); truth == nil {
				continue
			}
			from := one + (liar-1)*each
			s.tell(row.scenario, func(hint int) bool { return hint < hints-sets*each || from <= hint && hint < from+each })
		}
	}
	s.assertNeeded(func(i int) bool {
		isFlag := s.all.Row(i).IsOf("tableVar.at/Decompose")
		return s.all.Row(i).IsOf("literalVar.holds/AssertProduct") || isFlag && !s.all.Row(i-1).IsOf("tableVar.at/Decompose")
	})
}
