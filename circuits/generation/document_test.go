package generation

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/statement"
)

// shownFox is a token whose document shows a trait, claims and a fact: a member and attributes.
func shownFox(t testing.TB) *Token {
	t.Helper()
	token := unsigned(t, cidSmall, 42)
	textType := attribute.Type{Kind: attribute.Text}
	tpl, err := document.New(statement.Small, document.Config{
		First: 1, Supply: 10000, Name: "#{id}",
		Fields: []document.Field{
			{Slot: 5, Type: attribute.Type{Kind: attribute.Bool}, Member: "consent"},
			{Slot: 0, Type: textType, Label: "Background"},
			{Slot: 3, Type: textType, Label: "License"},
			{Slot: 7, Type: attribute.Type{Kind: attribute.Decimal, Scale: 1}, Label: "Epsilon"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	token.Template, token.Hashed = tpl, map[int]document.Value{3: document.OfText("owned")}
	sign(t, token, key(t, 1))
	return token
}

func attributesOf(t testing.TB, doc []byte) (all []string) {
	t.Helper()
	var d struct{ Attributes []map[string]any }
	if err := json.Unmarshal(doc, &d); err != nil {
		t.Fatal(err)
	}
	for _, a := range d.Attributes {
		all = append(all, fmt.Sprint(a["trait_type"], "=", a["value"]))
	}
	return all
}

func TestGenerate_ShowsTraitsClaimsAndFacts(t *testing.T) {
	token := shownFox(t)
	r, err := Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := attributesOf(t, r.Document), []string{"Background=" + r.Texts[0], "License=owned", "Epsilon=3.5"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	underTest(t, cidSmall).AssertAccepted(t, "all shown", r.Assignment)
}

// Another document than the slots say is refused, whatever else fits it.
func TestCIDCircuit_RefusesOtherDocuments(t *testing.T) {
	metadata := []string{ofMetadata[0], ofMetadata[0]}
	for name, row := range map[string]struct {
		change func(v []document.Value)
		owners []string
	}{
		"another trait":       {func(v []document.Value) { v[0] = document.OfText("Ghost") }, []string{"assertHashed"}},
		"another claim":       {func(v []document.Value) { v[3] = document.OfText("stolen") }, []string{"assertHashed"}},
		"another fact":        {func(v []document.Value) { v[7] = document.OfSlot(attribute.OfUint(34)) }, []string{"assertNumber/AssertProduct"}},
		"another bool":        {func(v []document.Value) { v[5] = document.OfSlot(attribute.OfBool(false)) }, metadata},
		"a trait left out":    {func(v []document.Value) { v[0] = document.Value{} }, slices.Concat([]string{"newValueVar/AssertIsEqual", "assertHashed"}, metadata)},
		"a claim left out":    {func(v []document.Value) { v[3] = document.Value{} }, slices.Concat([]string{"newValueVar/AssertIsEqual", "assertHashed"}, metadata)},
		"a fact left out":     {func(v []document.Value) { v[7] = document.Value{} }, slices.Concat([]string{"newValueVar/AssertIsEqual", "assertDigits", "assertPoint", "assertFirst", "assertNumber/AssertProduct"}, metadata)},
		"a bool left out":     {func(v []document.Value) { v[5] = document.Value{} }, metadata},
		"a hidden claim told": {func(v []document.Value) { v[4] = document.OfSlot(attribute.OfUint(1)) }, nil},
	} {
		token := shownFox(t)
		r, err := Generate(token)
		if err != nil {
			t.Fatal(err)
		}
		v := r.values(token)
		row.change(v)
		doc, err := token.Template.Render(token.ID, r.Root, v)
		if err != nil {
			t.Fatal(err)
		}
		c := r.Assignment.(*CIDCircuit)
		c.Document = document.ValueOf(token.Template, v)
		c.MetadataHigh, c.MetadataLow = statement.ValueOf(statement.Statement{Metadata: sha256.Sum256(doc)}).MetadataHigh, statement.ValueOf(statement.Statement{Metadata: sha256.Sum256(doc)}).MetadataLow
		if row.owners == nil { // no document shows it
			underTest(t, cidSmall).AssertAccepted(t, name, c)
			continue
		}
		underTest(t, cidSmall).AssertRefused(t, name, c, row.owners)
	}
}

// What a token does not have its document leaves out: shown slots of each section, and all of them.
func TestGenerate_LeavesOutWhatDocumentsWouldShow(t *testing.T) {
	token := shownFox(t)
	token.Claims[2] = attribute.Slot{}
	token.Program.Clauses = token.Program.Clauses[1:3]
	token.Claims[0] = attribute.Slot{}
	for i := range token.Model.Layers[0].Tables[0] {
		token.Model.Layers[0].Tables[0][i].Text = ""
	}
	sign(t, token, key(t, 1))
	r, err := Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	if got := attributesOf(t, r.Document); !slices.Equal(got, []string{"Epsilon=3.5"}) {
		t.Errorf("got %q", got)
	}
	underTest(t, cidSmall).AssertAccepted(t, "a fact alone", r.Assignment)
	token.Model.Facts[1] = attribute.Slot{}
	token.Program.Clauses = token.Program.Clauses[:1]
	sign(t, token, key(t, 1))
	if r, err = Generate(token); err != nil {
		t.Fatal(err)
	}
	if got := attributesOf(t, r.Document); len(got) > 0 {
		t.Errorf("got %q", got)
	}
	underTest(t, cidSmall).AssertAccepted(t, "nothing", r.Assignment)
}
