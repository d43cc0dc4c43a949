package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// The schemas of verdicts: of decks, and of claims and disclosures.
const (
	verdictSchema = "../../bundle/verdict.schema.json"
	shownSchema   = "../../bundle/shown.schema.json"
)

// schemaOf reads a schema of verdicts. Closed, no object has a key that the schema does not name.
func schemaOf(t *testing.T, file string, closed bool) (schema *jsonschema.Schema, text any) {
	t.Helper()
	text, err := jsonschema.UnmarshalJSON(bytes.NewReader(read(t, file)))
	if err != nil {
		t.Fatal(err)
	}
	if closed {
		closeObjects(text)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("verdict.json", text); err != nil {
		t.Fatal(err)
	}
	if schema, err = c.Compile("verdict.json"); err != nil {
		t.Fatal(err)
	}
	return schema, text
}

// closeObjects forbids keys that are not named, wherever a schema describes an object.
func closeObjects(v any) {
	switch v := v.(type) {
	case map[string]any:
		if v["type"] == "object" {
			v["additionalProperties"] = false
		}
		for _, x := range v {
			closeObjects(x)
		}
	case []any:
		for _, x := range v {
			closeObjects(x)
		}
	}
}

// verdicts are reports of the program about decks in every state, made once.
var verdicts = sync.OnceValue(func() func(t *testing.T) map[string]string {
	var once sync.Once
	made := map[string]string{}
	return func(t *testing.T) map[string]string {
		once.Do(func() { makeVerdicts(t, made) })
		return made
	}
})()

func makeVerdicts(t *testing.T, to map[string]string) {
	t.Helper()
	prove := func(dir string, more ...string) string {
		succeed(t, "setup", circuitOf(t, dir), "--keys", sharedKeys)
		succeed(t, append([]string{"prove", "--drop", dir, "--keys", sharedKeys}, more...)...)
		return filepath.Join(dir, "out")
	}
	say := func(name string, args ...string) {
		to[name] = call("", append([]string{"verify", "--keys", sharedKeys, "--json"}, args...)...).stdout
	}
	dir := importShape(t, "hashlips")
	out := prove(dir, "--batches", "0-1")
	say("a part", out)
	say("nothing of it", out, "--cards", "9-10")
	prove(dir)
	say("whole", out)
	say("two cards", out, "--cards", "0-1")
	say("a CAR", filepath.Join(out, bundle.CARFile))
	to["pinned"] = pinnedVerdict(t, out)
	one := filepath.Join(t.TempDir(), "card.json")
	succeed(t, "export", "card", out, "5", "--out", one)
	say("one card", one)
	replace(t, filepath.Join(out, bundle.CardDocumentPath(2, 12, 4)), "Wings", "Wing")
	replace(t, filepath.Join(out, bundle.BatchPath(2)), `"proof": "0x`, `"proof": "0xff`)
	say("a card that is forged, and a batch", out)
	description := regexp.MustCompile(`"policy": "0x[0-9a-f]{64}"`).ReplaceAllString(readText(t, filepath.Join(out, "drop.json")), fmt.Sprintf(`"policy": "0x%064x"`, 1))
	write(t, filepath.Join(out, "drop.json"), description)
	say("a forged rule", out)

	say("no JSON", prove(importShape(t, "nonjson")))
	say("dates, levels, clips", prove(importShape(t, "opensea")))
	say("words", prove(importShape(t, "nested")))

	dir = importShape(t, "hashlips", "--home", "1:0xd8da6bf26964af9d7eed9e03e53415d37aa96045", "--hidden", "../../engine/testdata/hidden/claims.csv")
	file := filepath.Join(dir, "drop.yaml")
	replace(t, file, "documents: open", "documents: sealed")
	replace(t, file, "spelling: strict", "spelling: as published")
	replace(t, file, "\nattributes:", "\nattesters: [{role: museum, identities: [\"eip155:1:0xd8da6bf26964af9d7eed9e03e53415d37aa96045\"]}]\nattributes:")
	replace(t, filepath.Join(dir, "policy.cel"), "\ntrue\n", "\n!has(claim.licence) || claim.licence != \"stolen\"\n")
	say("sealed", prove(dir))
	say("revealed", prove(dir, "--reveal"))
	onChainVerdicts(t, say)
}

// onChainVerdicts are reports about a deck with its contract: before the sale, when it is
// revealed, and where something is wrong.
func onChainVerdicts(t *testing.T, say func(name string, args ...string)) {
	t.Helper()
	w := saleWorldOf(t)
	first := decode[deckDeployReport](t, succeed(t, with("deploy", w.author, "--keys", sharedKeys, "--json")...))
	at := []string{w.out, "--rpc", w.rpc, "--contract", first.Contract.Address}
	say("on chain, nothing admitted", append(at, "--tokens", "1")...)
	succeed(t, with("admit", w.author, "--keys", sharedKeys)...)
	succeed(t, append([]string{"sell", "open"}, append(slices.Clone(w.author), "--price", "0.05", "--end", w.end().Format(time.RFC3339))...)...)
	succeed(t, with("mint", w.buyer, "--count", "2")...)
	w.passTo(t, w.round)
	succeed(t, with("reveal", w.buyer, "--signature", demoSignature)...)
	second := decode[deckDeployReport](t, succeed(t, with("deploy", w.author, "--keys", sharedKeys, "--again", "--json")...))
	say("on chain, revealed", append(at, "--tokens", "1-3", "--also", second.Contract.Address)...)
	dir := importShape(t, "hashlips", "--home", "1337:"+addressOf(t, privateKey).Hex(), "--name", "Other Foxes")
	succeed(t, "prove", "--drop", dir, "--keys", sharedKeys)
	say("on chain, another deck's", append([]string{filepath.Join(dir, "out")}, at[1:]...)...)
}

// pinnedVerdict is a report as it will be where the key of a publication is pinned.
func pinnedVerdict(t *testing.T, out string) string {
	t.Helper()
	vk, err := verifier.ParseKey(read(t, out, bundle.KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	system, _ := circuits.Digest("deck/small")
	pin := circuits.KeyPin{Circuit: "deck/small", System: system, Key: vk.Digest(), Provenance: "unsafe-development", Transcript: "none"}
	s, err := publication.Open(out, publication.Trust{Compiler: drop.Compiler{}, Pinned: []circuits.KeyPin{pin}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := s.JudgeDeck(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(verdict.OfDeck(s, r, verdict.KeyAlong))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func instance(t *testing.T, name, text string) map[string]any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	object, ok := v.(map[string]any)
	if err != nil || !ok {
		t.Fatalf("%s: %v: %s", name, err, text)
	}
	return object
}

// What the program says has the form that FORMAT promises, and no key that FORMAT does not name.
func TestVerdict_IsOfItsSchema(t *testing.T) {
	schema, _ := schemaOf(t, verdictSchema, true)
	levels, reservations := map[any]bool{}, map[string]bool{}
	optional := map[string]bool{}
	for name, text := range verdicts(t) {
		v := instance(t, name, text)
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
		levels[v["verdict"]] = true
		for _, r := range v["reservations"].([]any) {
			reservations[r.(map[string]any)["name"].(string)] = true
		}
		for _, key := range optionalKeys {
			optional[key] = optional[key] || strings.Contains(text, `"`+key+`"`)
		}
	}
	if len(levels) != 4 || len(optional) != len(optionalKeys) || slices.Contains(slices.Collect(maps.Values(optional)), false) {
		t.Errorf("the reports' verdicts are %v, their optional keys %v", levels, optional)
	}
	names := slices.Sorted(slices.Values(verifier.DeckReservations()))
	if got := slices.Sorted(maps.Keys(reservations)); !slices.Equal(got, names) {
		t.Errorf("the reports have the reservations %v, of %v", got, names)
	}
}

// optionalKeys are those that a report may lack.
var optionalKeys = []string{"car_root", "nothing_proven_of_document", "chain"}

// spoil calls try for each place of a report that is changed in one way, and changes it back.
func spoil(v any, at string, try func(how string, refused bool)) {
	others := []any{nil, true, "text", json.Number("0.5"), map[string]any{}, []any{nil}}
	set := func(where string, old any, put func(any)) {
		for _, other := range others {
			if fmt.Sprintf("%T", other) != fmt.Sprintf("%T", old) {
				put(other)
				try(fmt.Sprintf("%s is %T", where, other), true)
			}
		}
		put(old)
		spoil(old, where, try)
	}
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			where, old := at+"."+key, v[key]
			delete(v, key)
			try(where+" is gone", !slices.Contains(optionalKeys, key))
			set(where, old, func(x any) { v[key] = x })
		}
		v["another"] = "text"
		closed := slices.ContainsFunc([]string{".attributes[", ".addresses[", ".reservations["}, func(s string) bool { return strings.Contains(at, s) })
		try(at+" has another key", closed)
		delete(v, "another")
	case []any:
		for i := range v[:min(len(v), 2)] {
			set(fmt.Sprintf("%s[%d]", at, i), v[i], func(x any) { v[i] = x })
		}
	}
}

func TestVerdict_SchemaRefusesOtherForms(t *testing.T) {
	schema, _ := schemaOf(t, verdictSchema, false)
	for _, name := range []string{"a CAR", "one card", "no JSON", "sealed", "a forged rule", "pinned", "on chain, revealed"} {
		v := instance(t, name, verdicts(t)[name])
		tried := 0
		spoil(v, "verdict", func(how string, refused bool) {
			tried++
			if err := schema.Validate(v); (err != nil) != refused {
				t.Errorf("%s: %s: refused %t", name, how, err != nil)
			}
		})
		if err := schema.Validate(v); err != nil || tried < 100 {
			t.Errorf("%s: %d changes, and in the end %v", name, tried, err)
		}
	}
	for name, change := range map[string]struct {
		report string
		do     func(v map[string]any)
	}{
		"another version":             {"whole", func(v map[string]any) { v["version"] = json.Number("2") }},
		"another verdict":             {"whole", func(v map[string]any) { v["verdict"] = "accepted" }},
		"proven and the key in doubt": {"whole", func(v map[string]any) { v["verdict"] = "proven" }},
		"holds and a reason":          {"whole", func(v map[string]any) { v["reason"] = "forged" }},
		"amber and the key pinned":    {"pinned", func(v map[string]any) { v["verdict"] = "amber" }},
		"a negative count":            {"whole", func(v map[string]any) { v["counts"].(map[string]any)["holding"] = json.Number("-1") }},
		"an element in capitals":      {"whole", func(v map[string]any) { v["model"] = strings.ToUpper(v["model"].(string)) }},
		"a fault that does not reject": {"on chain, revealed", func(v map[string]any) {
			v["chain"].(map[string]any)["faults"] = []any{"another deck's"}
		}},
		"a price in hex": {"on chain, revealed", func(v map[string]any) {
			v["chain"].(map[string]any)["contract"].(map[string]any)["price_wei"] = "0x12"
		}},
		"a card rejected for nothing": {"whole", func(v map[string]any) { v["cards"].([]any)[0].(map[string]any)["verdict"] = "rejected" }},
	} {
		v := instance(t, name, verdicts(t)[change.report])
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: before the change %v", name, err)
		}
		if change.do(v); schema.Validate(v) == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// The schema names no key and no reservation that FORMAT does not.
func TestVerdict_SchemaIsFORMATs(t *testing.T) {
	_, text := schemaOf(t, verdictSchema, false)
	format, err := os.ReadFile("../../bundle/FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(format), "## 14. ")
	if !found || !strings.Contains(section, "verdict.schema.json") {
		t.Fatal("FORMAT has no section 14 that names the schema")
	}
	if n := namedKeys(t, text, section); n < 40 {
		t.Errorf("%d keys", n)
	}
	names := text.(map[string]any)["$defs"].(map[string]any)["reservation"].(map[string]any)["properties"].(map[string]any)["name"].(map[string]any)["enum"].([]any)
	if fmt.Sprint(names) != fmt.Sprint(verifier.DeckReservations()) {
		t.Errorf("the schema's reservations are %v", names)
	}
}

// namedKeys sees that a text names all keys of a schema's objects, and counts them.
func namedKeys(t *testing.T, schema any, section string) (count int) {
	t.Helper()
	switch v := schema.(type) {
	case map[string]any:
		if properties, ok := v["properties"].(map[string]any); ok && v["type"] == "object" {
			for key := range properties {
				if count++; !strings.Contains(section, "`"+key+"`") {
					t.Errorf("FORMAT does not name %s", key)
				}
			}
		}
		for _, x := range v {
			count += namedKeys(t, x, section)
		}
	case []any:
		for _, x := range v {
			count += namedKeys(t, x, section)
		}
	}
	return count
}
