package solidity

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
)

// TestPermissions_NameEveryFunction holds the table that test/deck/Permissions.t.sol compares the
// drop of a deck with to have a row for every function that can change anything.
func TestPermissions_NameEveryFunction(t *testing.T) {
	contract, err := abi.JSON(bytes.NewReader(DeckDrop.ABI))
	if err != nil {
		t.Fatal(err)
	}
	functions := make(map[string]bool)
	for _, m := range contract.Methods {
		if !m.IsConstant() {
			functions[m.RawName] = true
		}
	}
	want := slices.Sorted(maps.Keys(functions))
	if len(want) < 20 || contract.HasFallback() || contract.HasReceive() {
		t.Fatalf("%d functions that are no views, a fallback %t", len(want), contract.HasFallback())
	}
	var tables struct{ Permuted, Fixed []string }
	if err := json.Unmarshal([]byte(read(t, "testdata/permissions.json")), &tables); err != nil {
		t.Fatal(err)
	}
	for _, rows := range [][]string{tables.Permuted, tables.Fixed} {
		var got []string
		for _, row := range rows[1:] {
			got = append(got, strings.Fields(row)[0])
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("rows of %v, functions %v", got, want)
		}
	}
}
