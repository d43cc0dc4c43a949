//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

const shown = "../../testdata/shown"

// schemaOfShown is the form of the verdicts on claims and disclosures.
func schemaOfShown(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile("../../bundle/shown.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// shownNatively judges a claim or a disclosure in this program; nil if there is nothing to judge.
func shownNatively(t *testing.T, file, description []byte, o verifier.ClaimOptions) (v any, line string) {
	t.Helper()
	d, err := bundle.UnmarshalDeck(description)
	if err != nil {
		t.Fatal(err)
	}
	trust := publication.Trust{Deck: d}
	if bundle.Kind(file) == bundle.KindDisclosure {
		r, err := publication.JudgeDisclosure(file, trust)
		if err != nil {
			return nil, ""
		}
		disclosure := verdict.OfDisclosure(r)
		return disclosure, disclosure.Line()
	}
	o.Now = uint64(time.Now().Unix())
	r, err := publication.JudgeClaim(t.Context(), file, trust, o)
	if err != nil {
		return nil, ""
	}
	claim := verdict.OfClaim(r, verdict.KeyInClaim)
	return claim, claim.Line()
}

// asShown checks an answer against this program and the schema.
func asShown(schema *jsonschema.Schema, file, description []byte, o verifier.ClaimOptions, level verifier.Level) func(*testing.T, string, result) {
	return func(t *testing.T, what string, r result) {
		t.Helper()
		a, want, line := r.answer(t, what), any(nil), ""
		want, line = shownNatively(t, file, description, o)
		var got any = a.claim
		if a.disclosure != nil {
			got = a.disclosure
		}
		now := func(line string) string { before, _, _ := strings.Cut(line, ", now it is "); return before }
		if a.level() != level || now(a.Line) != now(line) || level.Holds() && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %q, %+v, natively %q, %+v", what, a.Line, got, line, want)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.raw))
		if err == nil {
			err = schema.Validate(v)
		}
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// addShown has claims and disclosures judged.
func (s *session) addShown(t *testing.T) {
	list, schema := filesBelow(t, shown), schemaOfShown(t)
	description := list["drop.json"]
	at := func(name string) map[string][]byte { return with(list, "shown", list[name]) }
	name, other, challenge := "museum.example", "example.org", [32]byte(bytes.Repeat([]byte{0x5a}, 32))
	judged := func(form, file string, o verifier.ClaimOptions, level verifier.Level) {
		s.add(form+", "+file, call{Form: form, Files: at(file)}, asShown(schema, list[file], description, o, level))
	}
	for _, form := range []string{"shown and a description", "shown and a folder", "shown and a CAR"} {
		judged(form, "claim.json", verifier.ClaimOptions{}, verifier.Amber)
		judged(form, "card.json", verifier.ClaimOptions{}, verifier.Proven)
		judged(form, "late.json", verifier.ClaimOptions{}, verifier.Rejected)
	}
	judged("shown to its reader", "claim.json", verifier.ClaimOptions{Name: &name, Challenge: &challenge}, verifier.Amber)
	judged("shown to another", "claim.json", verifier.ClaimOptions{Name: &other}, verifier.Rejected)
	judged("shown to its reader", "card.json", verifier.ClaimOptions{}, verifier.Proven)
	s.add("a claim's context", call{Form: "shown and a CAR", Files: at("claim.json")}, func(t *testing.T, what string, r result) {
		a := r.answer(t, what)
		want := fmt.Sprintf("%q, who drew the challenge 0x%s", name, strings.Repeat("5a", 32))
		if a.For != want || a.Expires != "2999-12-31T23:59:59Z" || len(a.Checks) != 2 || !strings.HasPrefix(a.Meaning, "Whoever made the claim knew the card") {
			t.Errorf("%s: for %q until %s, %q, %q", what, a.For, a.Expires, a.Checks, a.Meaning)
		}
	})
	// A page has no numbers of 64 bits: they come as texts, whole.
	s.add("a claim about a token", call{Form: "shown and a folder", Files: at("token.json")}, func(t *testing.T, what string, r result) {
		var a struct {
			Verdict struct {
				Verdict  string
				Audience map[string]any
			}
			Checks []string
		}
		if err := json.Unmarshal(r.Answer, &a); err != nil || a.Verdict.Verdict != "amber" {
			t.Fatalf("%s: %v: %s%s", what, err, r.Answer, r.Error)
		}
		if a.Verdict.Audience["token"] != "18446744073709551614" || a.Verdict.Audience["chain_id"] != "18446744073709551615" || len(a.Checks) != 2 || !strings.Contains(a.Checks[1], "18446744073709551614") {
			t.Errorf("%s: got %+v", what, a)
		}
	})
	for _, form := range []string{"shown alone", "shown with another's key", "shown with no challenge", "shown to a number", "shown and a drawn drop"} {
		s.add(form, call{Form: form, Files: with(at("claim.json"), "drawn", read(t, published, "drop.json"))}, failed)
	}
	s.add("a description that is shown", call{Form: "shown and a folder", Files: with(list, "shown", description)}, failed)
	for i := 100; i < len(list["claim.json"]); i += 211 {
		lie := flipped(at("claim.json"), "shown", i)
		s.add(fmt.Sprintf("a claim with a bit flipped at %d", i), call{Form: "shown and a description", Files: lie}, func(t *testing.T, what string, r result) {
			if want, _ := shownNatively(t, lie["shown"], description, verifier.ClaimOptions{}); (want == nil) != (r.Answer == nil) {
				t.Errorf("%s: got %s%s, natively %+v", what, r.Answer, r.Error, want)
			} else if r.Answer != nil && r.answer(t, what).level() != verifier.Rejected {
				t.Errorf("%s: got %s", what, r.Answer)
			}
		})
	}
}

func read(t *testing.T, where ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(strings.Join(where, "/"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
