package verifier_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier"
	"github.com/genproof/genproof/verifier/internal/simulator"
)

// TestVerify_AcceptsWhatGenerationMakes: the rule of the circuits and the rule of
// the verifier are about the same bytes. (The proof is simulated.)
func TestVerify_AcceptsWhatGenerationMakes(t *testing.T) {
	for _, id := range []statement.CircuitID{
		{Binding: statement.CID, Size: statement.Small}, {Binding: statement.Root, Size: statement.Small},
		{Binding: statement.CID, Size: statement.Large}, {Binding: statement.Root, Size: statement.Standard},
	} {
		w, token := generated(t, id)
		if r := w.verify(t); !r.Verdict.Holds() {
			t.Errorf("%s: got %+v", id, r)
		}
		hidesSecrets(t, w, token)
	}
}

// generated is a world with one bundle, made as a prover makes it.
func generated(t *testing.T, id statement.CircuitID) (*world, *generation.Token) {
	t.Helper()
	w := &world{Simulator: simulator.New(44, statement.NbInputs)}
	w.describe(t, "cid/small") // names and texts; what depends on the circuit follows
	w.desc.Circuit = id.String()
	token := newToken(t, w, id)
	result, err := generation.Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	s := result.Statement
	w.program = token.Program
	w.desc.Commitments = bundle.Commitments{
		Model: s.Model, Policy: s.Policy, Template: s.Template, Authority: s.Authority, Seeds: s.Seeds,
	}
	if w.desc.Program, err = bundle.ProgramOf(w.program, w.desc.Infos(), nil); err != nil {
		t.Fatal(err)
	}
	b := &bundle.Bundle{
		Circuit: w.desc.Circuit, Statement: s, Key: w.desc.Key, Root: result.Root,
		CID: document.CID(result.Document), Document: string(result.Document),
	}
	if id.Binding == statement.Root {
		b.Openings = openings(result)
	}
	w.prove(b)
	w.bundles = []*bundle.Bundle{b}
	return w, token
}

// openings opens traits 0 and 2, which the world shows.
func openings(r *generation.Result) *bundle.Openings {
	o := &bundle.Openings{}
	for i, slot := range r.Slots {
		o.Leaves = append(o.Leaves, attribute.Leaf(slot, r.Salts[i]))
		if i == 0 || i == 2 {
			o.Salts = append(o.Salts, bundle.Salt{Slot: uint64(i), Salt: r.Salts[i]})
		}
	}
	return o
}

func newToken(t *testing.T, w *world, id statement.CircuitID) *generation.Token {
	t.Helper()
	row := func(text string) model.Layer {
		return model.Layer{Tables: [][]model.Row{{{Text: text, Weight: 1}}}}
	}
	template, err := document.New(id.Size, w.desc.DocumentConfig())
	if err != nil {
		t.Fatal(err)
	}
	key, err := eddsa.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{7}, 64)))
	if err != nil {
		t.Fatal(err)
	}
	token := &generation.Token{
		Circuit:  id,
		Model:    &model.Model{Layers: []model.Layer{row("Laser"), row("HiddenCanary"), row("Arctic")}, Salt: w.Scalar()},
		Program:  &policy.Program{Schema: w.desc.Schema(), Numeric: make([]bool, id.Size.Slots())},
		Template: template, Authority: key.Public(), Seed: w.Scalar(), Blind: w.Scalar(), Beacon: w.desc.Beacon.Value,
		ID: 3, Claims: make([]attribute.Slot, id.Size.Claims),
	}
	token.Claims[0] = attribute.OfUint(9187236450917)
	token.Program.Numeric[id.Size.Layers] = true // the claim safety
	commitment, err := token.Model.Commitment(id.Size)
	if err != nil {
		t.Fatal(err)
	}
	token.IDs = w.desc.IDs()
	judged, err := token.Program.Drawn(id.Size, token.IDs)
	if err != nil {
		t.Fatal(err)
	}
	if token.Signature, err = claim.Sign(key, claim.Message(claim.Scope{Policy: judged, Model: commitment, Seeds: generation.Seeds(token.Seed, token.Blind), Beacon: token.Beacon}, token.ID, token.Claims)); err != nil {
		t.Fatal(err)
	}
	return token
}

// hidesSecrets looks for hidden values in everything published and reported.
func hidesSecrets(t *testing.T, w *world, token *generation.Token) {
	t.Helper()
	description, err := w.desc.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	data, err := w.bundles[0].Marshal()
	if err != nil {
		t.Fatal(err)
	}
	r, err := verifier.VerifyFiles(t.Context(), w.desc, []verifier.File{{Data: data}}, w.options())
	if err != nil || !r.Verdict.Holds() {
		t.Fatalf("got %+v, %v", r, err)
	}
	public := strings.ToLower(string(description) + string(data))
	made, err := generation.Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	salts := made.Salts
	secrets := []fr.Element{
		token.Seed, token.Blind, token.Model.Salt, salts[1], salts[3], token.Claims[0].Value, attribute.TextHash("HiddenCanary"),
	}
	for i, s := range secrets {
		b := s.Bytes()
		for _, form := range []string{hex.EncodeToString(b[:]), s.String(), base64.StdEncoding.EncodeToString(b[:]), base64.RawURLEncoding.EncodeToString(b[:])} {
			if strings.Contains(public, strings.ToLower(form)) {
				t.Errorf("%s: secret %d is published as %s", token.Circuit, i, form)
			}
		}
	}
	if strings.Contains(public, "hiddencanary") {
		t.Errorf("%s: a hidden text is published", token.Circuit)
	}
}
