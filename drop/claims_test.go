package drop

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
)

func TestParseClaims_DefaultsAndExceptions(t *testing.T) {
	table, err := ParseClaims(ClaimsFile, []byte("default: {license: a, age: 18, consent: true}\ntokens:\n  7: {age: 19, safety: 0.50}\n  8: {license: null}\n  9:\n"), wide, tenIDs)
	if err != nil {
		t.Fatal(err)
	}
	license := attribute.Slot{Value: attribute.TextHash("a"), Present: true}
	for id, want := range map[uint64][]attribute.Slot{
		1: {license, {}, attribute.OfBool(true), attribute.OfUint(18), {}, {}},
		7: {license, attribute.OfUint(50), attribute.OfBool(true), attribute.OfUint(19), {}, {}},
		8: {{}, {}, attribute.OfBool(true), attribute.OfUint(18), {}, {}},
		9: {license, {}, attribute.OfBool(true), attribute.OfUint(18), {}, {}},
	} {
		for i, got := range table.For(id).slots {
			if got != want[i] {
				t.Errorf("token %d, claim %s", id, wide.Claims[i].Name)
			}
		}
	}
}

func TestParseClaimTable_ReadsRows(t *testing.T) {
	table, err := ParseClaims(ClaimsTableFile, []byte("token,consent,license\r\ndefault,true,\"a, b\"\n7,false,\n"), wide, tenIDs)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(table.Tokens(), []uint64{7}) {
		t.Errorf("tokens %v", table.Tokens())
	}
	one, seven := table.For(1).slots, table.For(7).slots
	if one[0].Value != attribute.TextHash("a, b") || one[2] != attribute.OfBool(true) || one[1].Present {
		t.Error("the default")
	}
	if seven[0].Present || seven[2] != attribute.OfBool(false) {
		t.Error("token 7")
	}
}

func TestParseClaimTable_NamesThePlaceOfAFault(t *testing.T) {
	for name, c := range map[string][2]string{
		"empty":                {"", "claims.csv: the table is empty"},
		"no token":             {"license\n", "claims.csv:1:1: the first column"},
		"unknown claim":        {"token,x\n", "claims.csv:1:7: this column"},
		"claim twice":          {"token,age,age\n", "claims.csv:1:11: columns 2 and 3 have the same name"},
		"a trait":              {"token,Eyes\n", "claims.csv:1:7: this column"},
		"token of zero":        {"token,age\n0,1\n", "claims.csv:2:1: this is not a token"},
		"token above supply":   {"token,age\n1,1\n11,1\n", "claims.csv:3:1: this is not a token"},
		"token with a zero":    {"token,age\n01,1\n", "claims.csv:2:1: this is not a token"},
		"token twice":          {"token,age\n1,1\n1,1\n", "claims.csv:3:1: this token"},
		"default twice":        {"token,age\ndefault,1\ndefault,1\n", "claims.csv:3:1: this token"},
		"claim of a kind":      {"token,age\n1,x\n", "claims.csv:2:3: value of type uint"},
		"too many fields":      {"token,age\n1,1,1\n", "claims.csv:2:1: wrong number of fields"},
		"quote in the middle":  {"token,license\n1,a\"b\n", "claims.csv:2:"},
		"quote without an end": {"token,license\n1,\"b\n", "claims.csv:2:"},
		"not UTF-8":            {"token,license\n1,\xff\n", "claims.csv:2:3: not UTF-8"},
		"UTF-16":               {"\xff\xfet\x00", "claims.csv: the file is UTF-16"},
		"semicolons":           {"token;age\n1;x\n", "claims.csv:2:3: value of type uint"},
		"a comma and more":     {"token;age,safety\n1;1\n", "claims.csv:1:7: a column's name with a comma"},
		"no name":              {"token,,age\n", "claims.csv:1:7: column 2 has no name"},
		"a long field":         {"token,license\n1," + strings.Repeat("a", 1<<16+1) + "\n", "claims.csv:2:3: 65537 bytes"},
		"a row without end":    {"token,license\n1,\"" + strings.Repeat("a,\n", 1<<19), "claims.csv: a row of more than"},
	} {
		_, err := ParseClaims(ClaimsTableFile, []byte(c[0]), wide, tenIDs)
		if err == nil || !strings.HasPrefix(err.Error(), c[1]) {
			t.Errorf("%s: got %v, want %s", name, err, c[1])
		}
	}
}

// What spreadsheets write is read, however long it is; names that differ in case are two.
func TestParseClaimTable_ReadsSpreadsheets(t *testing.T) {
	s := &Schema{Claims: []Attribute{
		{Name: "note", Type: attribute.Type{Kind: attribute.Text}}, {Name: "ok", Type: attribute.Type{Kind: attribute.Bool}}, {Name: "OK", Type: attribute.Type{Kind: attribute.Bool}},
	}}
	const rows = 100_000
	var b strings.Builder
	b.WriteString("\uFEFFtoken, OK ,note,ok\r\ndefault,,\"one, two\",TRUE\r\n,,,\r\n")
	for i := range rows {
		fmt.Fprintf(&b, "%d,False,\"a \"\"b\"\"\",\r\n", i+2)
	}
	claims, err := ParseClaims(ClaimsTableFile, []byte(b.String()), s, policy.IDs{First: 1, Supply: rows + 1})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[uint64][]attribute.Slot{
		1:        {{Value: attribute.TextHash("one, two"), Present: true}, attribute.OfBool(true), {}},
		2:        {{Value: attribute.TextHash(`a "b"`), Present: true}, {}, attribute.OfBool(false)},
		rows + 1: {{Value: attribute.TextHash(`a "b"`), Present: true}, {}, attribute.OfBool(false)},
	} {
		if got := claims.For(id).slots; !slices.Equal(got, want) {
			t.Errorf("token %d: %v", id, got)
		}
	}
	if n := len(claims.Tokens()); n != rows {
		t.Errorf("%d tokens", n)
	}
}

func TestLoad_TakesOneClaimsFile(t *testing.T) {
	dir := sample(t, "foxes")
	write(t, dir, ClaimsTableFile, "token,license,safety,consent\ndefault,CC0-1.0,0.9,true\n")
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "there is also claims.yaml") {
		t.Fatalf("two files: got %v", err)
	}
	if err := os.Remove(filepath.Join(dir, ClaimsFile)); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); err != nil {
		t.Fatal(err)
	}
}
