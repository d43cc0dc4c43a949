package tokenlist_test

import (
	"slices"
	"testing"

	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/internal/tokenlist"
)

func TestParse_ReadsLists(t *testing.T) {
	for list, want := range map[string][]uint64{
		"1": {1}, "1-3": {1, 2, 3}, "9,1-3,2": {1, 2, 3, 9}, "10-10": {10}, "all": {1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
	} {
		got, err := tokenlist.Parse(list, policy.IDs{First: 1, Supply: 10})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: got %v, %v, want %v", list, got, err, want)
		}
	}
	for _, list := range []string{"", "0", "11", "1-11", "0-3", "3-1", "-1", "1-", "a", "1,", "1,,2", "+1", "0x1", "1.0", " 1",
		"18446744073709551615", "18446744073709551616", "1-18446744073709551615", "1-2-3"} {
		if got, err := tokenlist.Parse(list, policy.IDs{First: 1, Supply: 10}); err == nil {
			t.Errorf("%q: got %v, want an error", list, got)
		}
	}
	for _, list := range []string{"all", "1-9999999999", "1-1000000,1000001"} {
		if _, err := tokenlist.Parse(list, policy.IDs{First: 1, Supply: 9_999_999_999}); err == nil {
			t.Errorf("%q of ten billion tokens is accepted", list)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, list := range []string{"1-20,25", "all", "0", "-1", "18446744073709551616", "1-18446744073709551615", "9,8,9", ",", "1-2-3"} {
		f.Add(list, uint64(100))
	}
	f.Fuzz(func(t *testing.T, list string, supply uint64) {
		ids, err := tokenlist.Parse(list, policy.IDs{First: 1, Supply: supply})
		if err != nil {
			return
		}
		if len(ids) == 0 || ids[0] < 1 || ids[len(ids)-1] > supply || !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
			t.Errorf("%q of %d: %v", list, supply, ids)
		}
	})
}
