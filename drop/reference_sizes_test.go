package drop

import (
	"encoding/hex"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/table"
)

// measuredOn is the machine of measured.
const measuredOn = "an Intel Xeon, November 2026"

// measured are, each for the constraint system whose digest begins so, the megabytes of the proving key
// and the processor seconds of a proof: of a token or batch the slope of prove over several, of a claim
// the whole run.
var measured = map[string]struct {
	digest  string
	keys    int
	seconds float64
}{
	"cid/small":          {"d241251bd2a1", 44, 1.36},
	"root/small":         {"e43f19693b2b", 7, 0.64},
	"cid/standard":       {"3b81044e0c39", 95, 2.79},
	"root/standard":      {"912c163665361", 15, 1.13},
	"cid/large":          {"44a627ec6eb2", 187, 5.69},
	"root/large":         {"8f2bb60c3544", 32, 2.43},
	"deck/small":         {"f5d4ddec965e", 7, 0.67},
	"deck/standard":      {"389afbe78c9b", 72, 4.45},
	"deck/large":         {"6ed605f51a57", 150, 8.52},
	"rule/deck/small":    {"fabae34665c1", 2, 0.38},
	"rule/deck/standard": {"b25ef15edfd1", 7, 0.88},
	"rule/deck/large":    {"b79e8e7b0fa9", 14, 1.44},
}

// rowsOf are rows and domain of each circuit, as SPEC has them and the circuits' tests hold.
func rowsOf(t *testing.T) map[string][2]string {
	t.Helper()
	spec, err := os.ReadFile("../circuits/SPEC.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][2]string{}
	for _, r := range regexp.MustCompile("(?m)^\\| ([a-z/0-9]+) \\| ([0-9,]+) \\| (2\\^[0-9]+) \\| `[0-9a-f]{64}` \\|$").FindAllStringSubmatch(string(spec), -1) {
		rows[r[1]] = [2]string{r[2], r[3]}
	}
	return rows
}

// sizeTable has the circuits that are drawn drops', decks' or PLONK's.
func sizeTable(t *testing.T, of string) string {
	t.Helper()
	heads := map[string][]string{
		"drawn": {"circuit", "traits", "claims", "facts", "literals", "blocks (digests)", "rows", "domain", "keys", "a token's proof"},
		"deck":  {"circuit", "attributes of a card", "facts", "literals", "cards", "of them in a proof", "rows", "domain", "keys", "a proof"},
		"plonk": {"circuit", "traits", "claims", "facts", "literals", "blocks (digests)", "gates", "domain"},
	}
	out, rows := [][]string{heads[of]}, rowsOf(t)
	for _, id := range statement.Circuits() {
		is := "deck"
		switch {
		case id.Backend == statement.Plonk:
			is = "plonk"
		case id.IsDrawn():
			is = "drawn"
		}
		if is != of {
			continue
		}
		r, known := rows[id.String()]
		if !known {
			t.Fatalf("SPEC has no rows of %s", id)
		}
		line := append(append([]string{"`" + id.String() + "`"}, roomOf(id)...), r[0], r[1])
		if of != "plonk" {
			line = append(line, costOf(t, id)...)
		}
		out = append(out, line)
	}
	return markdown(out...)
}

// roomOf are the columns of a size.
func roomOf(id statement.CircuitID) []string {
	s := id.Size
	if id.IsDrawn() {
		return []string{fmt.Sprint(s.Layers), fmt.Sprint(s.Claims), fmt.Sprint(s.Facts), fmt.Sprint(s.Literals), fmt.Sprintf("%d (%d)", s.Blocks, s.Digests)}
	}
	cards := s.Cards
	if id.Binding == statement.Rule {
		cards = 1
	}
	return []string{fmt.Sprint(s.CardSlots()), fmt.Sprint(s.Facts), fmt.Sprint(s.Literals), fmt.Sprint(s.MaxCards()), fmt.Sprint(cards)}
}

// costOf are the figures that were measured; a constraint system that has changed has none.
func costOf(t *testing.T, id statement.CircuitID) []string {
	t.Helper()
	m, known := measured[id.String()]
	digest, _ := circuits.Digest(id.String())
	if is := hex.EncodeToString(digest[:]); !known || !strings.HasPrefix(is, m.digest) || len(m.digest) < 8 {
		t.Errorf("%s, now of digest %.8s, has not been measured: genproof setup, and prove of one token and of five", id, is)
	}
	return []string{fmt.Sprintf("%d MB", m.keys), fmt.Sprintf("%.1f s", m.seconds)}
}

func limitTable() string {
	n := func(v uint64) string { return fmt.Sprint(v) }
	return markdown([][]string{
		{"what", "limit"},
		{"ids", fmt.Sprintf("0 to %d, of a deck to %d", uint64(policy.MaxID), uint64(maxFirstID)+statement.DeckLarge.MaxCards()-1)},
		{"digits that ids are padded to", n(document.MaxWidth)},
		{"names of drops, traits, claims, facts", fmt.Sprintf("1 to %d bytes", maxLabel)},
		{"a text that documents show", fmt.Sprintf("1 to %d bytes", document.MaxText)},
		{"any other text", fmt.Sprintf("%d bytes", attribute.MaxText)},
		{"a text behind `{id}`, as JSON writes it", fmt.Sprintf("%d bytes", document.MaxAfter)},
		{"a document of a drawn drop, of a deck", fmt.Sprintf("%d bytes, %d bytes", bundle.MaxDocument, bundle.MaxDocumentOfDeck)},
		{"digits of a JSON number that a document shows", n(shownDigits)},
		{"digits behind a decimal's point", n(attribute.MaxScale)},
		{"words of an enum", n(strictjson.MaxItems)},
		{"texts of a layer, with `null`", n(model.MaxRows)},
		{"weight of a text", n(model.MaxWeight)},
		{"rules of a model", n(maxRules)},
		{"states of a layer: what later layers must know of earlier ones for the rules' sake", n(model.MaxStates)},
		{"a policy", fmt.Sprintf("%d bytes, %d parts, brackets %d deep; literals as the circuit has room for", maxPolicy, maxNodes, maxBrackets)},
		{"one rule before it is simplified", fmt.Sprintf("%d literals", maxWork)},
		{"a YAML file", fmt.Sprintf("%d bytes, %d parts, %d bytes a line, %d levels", maxYAML, maxTokens, maxLine, maxDepth)},
		{"claims.csv", fmt.Sprintf("%d bytes, %d columns, %d bytes a field", table.MaxBytes, table.MaxColumns, table.MaxField)},
		{"a receipt", fmt.Sprintf("%d bytes", maxReceipt)},
	}...)
}
