// Package tokenlist reads which tokens a program is told to work on.
package tokenlist

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/internal/console"
)

// Parse reads a list of ids and ranges, such as 1-20,25, sorted and each once.
func Parse(list string, ids policy.IDs) ([]uint64, error) {
	const want = "write ids and ranges, such as 1-20,25, or all"
	if list == "" {
		return nil, console.Hint(errors.New("no tokens are named"), "add --tokens 1-20, or --tokens all")
	}
	if list == "all" {
		list = fmt.Sprintf("%d-%d", ids.First, ids.Last())
	}
	var out []uint64
	for part := range strings.SplitSeq(list, ",") {
		first, last, isRange := strings.Cut(part, "-")
		from, err := strconv.ParseUint(first, 10, 64)
		if err != nil {
			return nil, console.Hint(fmt.Errorf("%.40q is not a list of tokens", list), want)
		}
		to := from
		if isRange {
			if to, err = strconv.ParseUint(last, 10, 64); err != nil || to < from {
				return nil, console.Hint(fmt.Errorf("%.40q is not a list of tokens", list), want)
			}
		}
		if !ids.Contains(from) || !ids.Contains(to) {
			return nil, console.Hint(fmt.Errorf("%.40q: the drop has tokens %d to %d", part, ids.First, ids.Last()), want)
		}
		if to-from >= Max || len(out) >= Max {
			return nil, console.Hint(errors.New("too many tokens at once"), fmt.Sprintf("name at most %d", Max))
		}
		for id := from; id <= to; id++ {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// Max is how many tokens one run takes, so that a list that is too long is an error and not a full memory.
const Max = 1_000_000
