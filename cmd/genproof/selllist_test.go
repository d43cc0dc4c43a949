package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
)

// The list of the two accounts, one token for the first and 40 for the second.
func listFile(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	table, list := filepath.Join(dir, "list.csv"), filepath.Join(dir, "list.json")
	write(t, table, "account,allowance\n"+firstAccount+",1\n"+secondAccount+",40\n")
	r := decode[listReport](t, succeed(t, "sell", "list", table, "--out", list, "--json"))
	if r.Accounts != 2 || r.Tokens != 41 || r.File != list {
		t.Errorf("report %+v", r)
	}
	return list
}

func TestSellList_WritesWhatProofReads(t *testing.T) {
	list := listFile(t)
	known, err := chain.ParseAllowList(read(t, list))
	if err != nil {
		t.Fatal(err)
	}
	root := known.Root()
	r := decode[listProofReport](t, succeed(t, "sell", "proof", list, strings.ToLower(secondAccount), "--json"))
	if r.Tokens != 40 || r.Account != secondAccount || r.Root != hexOf(root[:]) || len(r.Path) != 1 {
		t.Errorf("report %+v", r)
	}
	line := strings.Fields(succeed(t, "sell", "proof", list, secondAccount).stdout)
	if len(line) != 4 || line[0] != "--allowance" || line[1] != "40" || line[2] != "--list-proof" {
		t.Fatalf("printed %q", line)
	}
	path, err := hashes(line[3]) // as mint reads it
	if err != nil || len(path) != 1 || hexOf(path[0][:]) != r.Path[0] {
		t.Errorf("path %x, %v", path, err)
	}
	for _, given := range []string{list, r.Root, r.Root[2:]} {
		if got, err := listRoot(given); err != nil || got != root {
			t.Errorf("--list %s is %x: %v", given, got, err)
		}
	}
	complains(t, console.ExitTrouble, "not on the allow list", "sell", "proof", list, "0x"+strings.Repeat("11", 20))
	complains(t, console.ExitTrouble, "mistyped", "sell", "proof", list, strings.Replace(secondAccount, "fB", "fb", 1))
	complains(t, console.ExitTrouble, "is there already", "sell", "list", "none.csv", "--out", list)
}

func TestSellList_NamesThePlaceOfWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"an account twice": {"account,allowance\n" + firstAccount + ",1\n" + strings.ToLower(firstAccount) + ",2\n", "line 3, column 1: " + firstAccount + " stands here a second time"},
		"no allowance":     {"account,allowance\n" + firstAccount + ",\n", "line 2, column 44"},
		"none granted":     {"allowance,account\n0," + firstAccount + "\n", "line 2, column 1"},
		"33 bits":          {"account,allowance\n" + firstAccount + ",4294967296\n", "line 2, column 44"},
		"half a token":     {"account,allowance\n" + firstAccount + ",1.5\n", "line 2, column 44"},
		"other columns":    {"address,allowance\n" + firstAccount + ",1\n", "begin with the row account,allowance"},
		"nobody":           {"account,allowance\n", "names no account"},
	} {
		dir := t.TempDir()
		table, list := filepath.Join(dir, "list.csv"), filepath.Join(dir, "list.json")
		write(t, table, c.text)
		complains(t, console.ExitTrouble, c.want, "sell", "list", table, "--out", list)
		if _, err := os.Stat(list); err == nil {
			t.Errorf("%s: a list was written", name)
		}
	}
}

func TestSell_ListIsARootOrAFile(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "other.json")
	write(t, other, "{}")
	for given, want := range map[string]string{
		"0x1234":                       "neither a root nor a file",
		filepath.Join(dir, "none.csv"): "neither a root nor a file",
		other:                          "reading the allow list",
		dir:                            "not a regular file",
		"":                             "no list is named",
	} {
		complains(t, console.ExitTrouble, want, "sell", "set-list", "--list", given)
	}
	complains(t, console.ExitTrouble, "no price is named", "sell", "lower")
	complains(t, console.ExitTrouble, "no amount of ether", "sell", "lower", "--price", "0x1")
}
