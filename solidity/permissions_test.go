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

// TestPermissions_NameEveryFunction holds the tables that the contracts' tests compare our drops
// with to have a row for every function that can change anything.
func TestPermissions_NameEveryFunction(t *testing.T) {
	for file, a := range map[string]*Artifact{"permissions": DeckDrop, "drop-permissions": GenproofDrop} {
		want := functionsOf(t, a)
		var tables map[string][]string
		if err := json.Unmarshal([]byte(read(t, "testdata/"+file+".json")), &tables); err != nil {
			t.Fatal(err)
		}
		delete(tables, "comment")
		if len(tables) != 2 {
			t.Errorf("%s: %d tables, want 2", file, len(tables))
		}
		for name, rows := range tables {
			var got []string
			for _, row := range rows[1:] {
				function, _, _ := strings.Cut(strings.Fields(row)[0], ":")
				got = append(got, function)
			}
			slices.Sort(got)
			if got = slices.Compact(got); !slices.Equal(got, want) {
				t.Errorf("%s, %s: rows of %v, functions %v", file, name, got, want)
			}
		}
	}
}

// functionsOf are the names of a contract's functions that are no views.
func functionsOf(t *testing.T, a *Artifact) []string {
	t.Helper()
	contract, err := abi.JSON(bytes.NewReader(a.ABI))
	if err != nil {
		t.Fatal(err)
	}
	functions := make(map[string]bool)
	for _, m := range contract.Methods {
		if !m.IsConstant() {
			functions[m.RawName] = true
		}
	}
	if len(functions) < 15 || contract.HasFallback() || contract.HasReceive() {
		t.Fatalf("%s: %d functions that are no views, a fallback %t", a.Contract, len(functions), contract.HasFallback())
	}
	return slices.Sorted(maps.Keys(functions))
}
