package verifier_test

import (
	"bytes"
	"context"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/verifier"
	"github.com/genproof/genproof/verifier/groth16/keytest"
)

func TestVerify_Accepts(t *testing.T) {
	for _, circuit := range []string{"cid/small", "root/small"} {
		w := newWorld(t, circuit, 3)
		r := w.verify(t)
		if !r.Verdict.Holds() || r.Reason != "" || len(r.Tokens) != 3 {
			t.Fatalf("%s: got %+v", circuit, r)
		}
		for i, v := range r.Tokens {
			if !v.Verdict.Holds() || v.ID == nil || *v.ID != uint64(i+1) || v.CID != document.CID([]byte(w.bundles[i].Document)) || len(v.Root) != 66 {
				t.Errorf("%s: got %+v", circuit, v)
			}
		}
		if !r.Authority.SelfAsserted || r.Key.Provenance != provenance.UnsafeDevelopment || r.Key.Claimed {
			t.Errorf("%s: got %+v %+v", circuit, r.Authority, r.Key)
		}
	}
}

func TestVerify_AcceptsForAnyRecipient(t *testing.T) {
	w := newWorld(t, "cid/small", 1)
	w.bundles[0].Statement.Recipient = [20]byte{0xab}
	w.prove(w.bundles[0])
	if r := w.verify(t); !r.Verdict.Holds() || !strings.HasPrefix(r.Tokens[0].Recipient, "0xab") {
		t.Errorf("got %+v", r)
	}
}

func TestVerify_SaysWhenProvenanceIsOnlyClaimed(t *testing.T) {
	w := newWorld(t, "cid/small", 1)
	o := w.options()
	o.KeyProvenance = ""
	r, err := verifier.Verify(t.Context(), w.desc, w.bundles, o)
	if err != nil || !r.Verdict.Holds() || !r.Key.Claimed || r.Key.Provenance != provenance.UnsafeDevelopment {
		t.Errorf("got %+v, %v", r, err)
	}
}

// Files of the same powers have other digests, and other numbers of contributors as far as they know.
func TestVerify_TakesAKeyFromAnotherFileOfItsPowers(t *testing.T) {
	w := newWorld(t, "cid/small", 1)
	o := w.options()
	w.desc.Key.Provenance = universal
	w.bundles[0].Key.Provenance = universal
	o.KeyProvenance = "universal:" + strings.Repeat("0b", 32) + ":54"
	r, err := verifier.Verify(t.Context(), w.desc, w.bundles, o)
	if err != nil || !r.Verdict.Holds() || r.Key.Claimed || r.Key.Provenance != o.KeyProvenance {
		t.Errorf("got %+v, %v", r, err)
	}
}

var universal = "universal:" + strings.Repeat("0a", 32) + ":71"

var ceremony = "ceremony:" + strings.Repeat("0a", 32) + ":3:ethereum:1:22000000"

// TestVerify_RejectsDescription breaks one part of the description, or of what it
// is checked with, at a time.
// show makes an attribute that is hidden a shown one, wherever a description says so.
func (w *world) show(a *bundle.Attribute, slot uint64) {
	a.Visibility = bundle.Shown
	w.desc.Template.Order = append(w.desc.Template.Order, bundle.Placed{Slot: slot})
}

func TestVerify_RejectsDescription(t *testing.T) {
	rows := []struct {
		want string
		lie  func(*world, *verifier.Options)
	}{
		{"verifying key", func(_ *world, o *verifier.Options) { o.Key = otherKey() }},
		{"verifying key", func(w *world, _ *verifier.Options) { w.desc.Key.Digest[31] ^= 1 }},
		{`but it is "ceremony:`, func(_ *world, o *verifier.Options) { o.KeyProvenance = ceremony }},
		{`but it is "universal:`, func(_ *world, o *verifier.Options) { o.KeyProvenance = universal }},
		{`but it is "unsafe-development"`, func(w *world, _ *verifier.Options) { w.desc.Key.Provenance = universal }},
		{`but it is "ceremony:`, func(w *world, o *verifier.Options) {
			w.desc.Key.Provenance, o.KeyProvenance = strings.Replace(ceremony, "0a", "0b", 1), ceremony
		}},
		{"template", func(w *world, _ *verifier.Options) { w.desc.Commitments.Template = fr.One() }},
		{"program: it is not the one", func(w *world, _ *verifier.Options) { w.desc.Supply = 9998 }},
		{"program: it is not the one", func(w *world, _ *verifier.Options) { w.desc.FirstID, w.desc.Supply = 2, 9998 }},
		{"its template: document template: image", func(w *world, _ *verifier.Options) { w.desc.IDWidth = 5 }},
		{"its template: document template: image", func(w *world, _ *verifier.Options) { w.desc.IDWidth = 0 }},
		{"template", func(w *world, _ *verifier.Options) { w.desc.Template.Image = "ipfs://elsewhere/{id:04}" }},
		{"template", func(w *world, _ *verifier.Options) { w.desc.Template.Constants[0].Value = "Cats." }},
		{"template", func(w *world, _ *verifier.Options) { w.show(&w.desc.Traits[1], 1) }},
		{"template", func(w *world, _ *verifier.Options) { w.show(&w.desc.Claims[0], 3) }},
		{"template", func(w *world, _ *verifier.Options) {
			w.desc.Traits[2] = bundle.HiddenAttribute("Fur", "text")
			w.desc.Template.Order = w.desc.Template.Order[:1]
		}},
		{"template", func(w *world, _ *verifier.Options) { w.desc.Traits[0].Label = "Ears" }},
		{"template", func(w *world, _ *verifier.Options) { w.desc.Template.Order[1].Wide = true }},
		{"template", func(w *world, _ *verifier.Options) { slices.Reverse(w.desc.Template.Order) }},
		{"its template:", func(w *world, _ *verifier.Options) { w.desc.Template.Name = "{id:04}{id:04}" }},
		{"authority", func(w *world, _ *verifier.Options) { w.desc.Commitments.Authority = fr.One() }},
		{"authority", func(w *world, _ *verifier.Options) { w.desc.Authority.Key = authority(t, 8).Bytes() }},
		{"authority's key", func(w *world, _ *verifier.Options) { w.desc.Authority.Key = [32]byte{0: 0xff, 31: 0xff} }},
		{"policy", func(w *world, _ *verifier.Options) { w.desc.Commitments.Policy = fr.One() }},
		{"policy", func(w *world, _ *verifier.Options) { w.program.Clauses = nil }},
		{"policy", func(w *world, _ *verifier.Options) { w.program.Clauses[0][0].Operand = fr.NewElement(79) }},
		{"program: it is not the one", func(w *world, _ *verifier.Options) { w.desc.Claims[0] = bundle.HiddenAttribute("danger", "decimal(2)") }},
		{"program: it is not the one", func(w *world, _ *verifier.Options) { w.desc.Claims[0].Type = "decimal(3)" }},
		{"program: it is not the one", func(w *world, _ *verifier.Options) { w.desc.Program.Clauses[0].Literals[0].Operand = new("79") }},
		{"program: it is not the one", func(w *world, _ *verifier.Options) { w.desc.Program.Clauses[0].Literals[0].Negate = false }},
		{"program: it is not the one", func(w *world, _ *verifier.Options) { w.desc.Program.Clauses = nil }},
		{"program: clause 1, literal 1: slot 5", func(w *world, _ *verifier.Options) { w.desc.Program.Clauses[0].Literals[0].Slot = 5 }},
		{"policy is compiled for other", func(w *world, _ *verifier.Options) { w.program.Schema = fr.One() }},
		{"its policy:", func(w *world, _ *verifier.Options) { w.program.Clauses[0] = nil }},
		{"beacon", func(w *world, _ *verifier.Options) { w.desc.Beacon.Value = fr.One() }},
		{"beacon", func(w *world, _ *verifier.Options) { w.desc.Beacon.ChainID++ }},
		{"beacon", func(w *world, _ *verifier.Options) { w.desc.Beacon.Contract[0]++ }},
		{"beacon", func(w *world, _ *verifier.Options) { w.desc.Beacon.Entropy[0]++ }},
	}
	for i, row := range rows {
		w := newWorld(t, "cid/small", 1)
		o := w.options()
		row.lie(w, &o)
		r, err := verifier.Verify(t.Context(), w.desc, w.bundles, o)
		if err != nil {
			t.Errorf("row %d: %v", i, err)
			continue
		}
		if r.Verdict.Holds() || !strings.Contains(r.Reason, row.want) || r.Tokens[0].Verdict.Holds() || r.Tokens[0].Reason != r.Reason {
			t.Errorf("row %d: got %+v, want %q", i, r, row.want)
		}
	}
}

// TestVerify_RejectsToken breaks one part of the second of three bundles at a
// time. What else depends on it is made anew, the proof too where the lie is
// in the statement: only the row's own check can refuse.
func TestVerify_RejectsToken(t *testing.T) {
	rows := []struct {
		circuit, want string
		lie           func(*world, *bundle.Bundle)
	}{
		{"cid/small", `circuit: the bundle is for "cid/large"`, func(_ *world, b *bundle.Bundle) { b.Circuit = "cid/large" }},
		{"cid/small", "key: the bundle was made", func(_ *world, b *bundle.Bundle) { b.Key.Digest[0] ^= 1 }},
		{"cid/small", "key: the bundle was made", func(_ *world, b *bundle.Bundle) { b.Key.Provenance = ceremony }},
		{"cid/small", "its model is not", func(w *world, b *bundle.Bundle) { b.Statement.Model = fr.One(); w.prove(b) }},
		{"cid/small", "its policy is not", func(w *world, b *bundle.Bundle) { b.Statement.Policy = fr.One(); w.prove(b) }},
		{"cid/small", "its template is not", func(w *world, b *bundle.Bundle) { b.Statement.Template = fr.One(); w.prove(b) }},
		{"cid/small", "its authority is not", func(w *world, b *bundle.Bundle) { b.Statement.Authority = fr.One(); w.prove(b) }},
		{"cid/small", "its seeds is not", func(w *world, b *bundle.Bundle) { b.Statement.Seeds = fr.One(); w.prove(b) }},
		{"cid/small", "its beacon is not", func(w *world, b *bundle.Bundle) { b.Statement.Beacon = fr.One(); w.prove(b) }},
		{"root/small", "token 0 is not one of 1 to 9999", func(w *world, b *bundle.Bundle) { b.Statement.ID = 0; w.prove(b) }},
		{"cid/small", "token 10000 is not one of", func(w *world, b *bundle.Bundle) { b.Statement.ID = 10000; w.prove(b) }},
		{"cid/small", "token 18446744073709551615 is not", func(w *world, b *bundle.Bundle) { b.Statement.ID = 1<<64 - 1; w.prove(b) }},
		{"cid/small", "SHA-256 is not the statement's metadata", func(w *world, b *bundle.Bundle) { b.Statement.Metadata[31] ^= 1; w.prove(b) }},
		{"root/small", "root: it is not the statement's metadata", func(w *world, b *bundle.Bundle) { b.Statement.Metadata[31] ^= 1; w.prove(b) }},
		{"cid/small", "cid: it is not the document's", func(_ *world, b *bundle.Bundle) { b.CID = document.CID(nil) }},
		{"root/small", "cid: it is not the document's", func(_ *world, b *bundle.Bundle) { b.CID = strings.ToUpper(b.CID) }},
		{"cid/small", "document: not a document", func(w *world, b *bundle.Bundle) {
			w.seal(t, b, strings.Replace(b.Document, `"Laser"`, `"La\"er"`, 1)[:len(b.Document)])
		}},
		{"cid/small", "document: not a document", func(w *world, b *bundle.Bundle) { w.seal(t, b, b.Document+"\n") }},
		{"cid/small", `document: the text of trait.Eyes: byte 2: U+200B`, func(w *world, b *bundle.Bundle) { w.fill(t, b, "La\u200bser", "Arctic") }},
		{"cid/small", `document: the text of trait.Fur: it has a blank`, func(w *world, b *bundle.Bundle) { w.fill(t, b, "Laser", "Arctic ") }},
		{"cid/small", "document: not a document", func(w *world, b *bundle.Bundle) { w.seal(t, b, "") }},
		{"cid/small", "document: it is token 7's", func(w *world, b *bundle.Bundle) {
			b.Statement.ID = 7
			w.fill(t, b, "Laser", "Arctic")
			b.Statement.ID = 2
			w.prove(b)
		}},
		{"cid/small", "document: its root is not", func(_ *world, b *bundle.Bundle) { b.Root = fr.One() }},
		{"cid/small", "openings: the circuit binds the document", func(_ *world, b *bundle.Bundle) { b.Openings = &bundle.Openings{} }},
		{"root/small", "openings: there are none", func(_ *world, b *bundle.Bundle) { b.Openings = nil }},
		{"root/small", "openings: 7 leaves", func(_ *world, b *bundle.Bundle) { b.Openings.Leaves = b.Openings.Leaves[:7] }},
		{"root/small", "the leaves do not have", func(_ *world, b *bundle.Bundle) { b.Openings.Leaves[5] = fr.One() }},
		{"root/small", `another value of trait.Eyes`, func(w *world, b *bundle.Bundle) { w.fill(t, b, "Round", "Arctic") }},
		{"root/small", `another value of trait.Fur`, func(w *world, b *bundle.Bundle) { w.fill(t, b, "Laser", "Red") }},
		{"root/small", `another value of trait.Fur`, func(_ *world, b *bundle.Bundle) { b.Openings.Salts[1].Salt = fr.One() }},
		{"root/small", `must be that of trait.Fur, slot 2`, func(_ *world, b *bundle.Bundle) { b.Openings.Salts = b.Openings.Salts[:1] }},
		{"root/small", `must be that of trait.Fur, slot 2`, func(_ *world, b *bundle.Bundle) { b.Openings.Salts[1].Slot = 1 }},
		{"root/small", `another value of trait.Fur`, func(w *world, b *bundle.Bundle) { w.fill(t, b, "Laser", "") }},
		{"root/small", "a salt of slot 3", func(_ *world, b *bundle.Bundle) { b.Openings.Salts = append(b.Openings.Salts, bundle.Salt{Slot: 3}) }},
		{"cid/small", "proof: A: a coordinate", func(_ *world, b *bundle.Bundle) { b.Proof[0] = 0xff }},
		{"cid/small", "proof: C: the point is at infinity", func(_ *world, b *bundle.Bundle) { copy(b.Proof[192:], make([]byte, 64)) }},
		{"cid/small", "proof: it does not prove", func(w *world, b *bundle.Bundle) { b.Proof = w.bundles[0].Proof }},
		{"root/small", "proof: it does not prove", func(w *world, b *bundle.Bundle) { b.Statement.Recipient[0]++ }},
	}
	for i, row := range rows {
		w := newWorld(t, row.circuit, 3)
		row.lie(w, w.bundles[1])
		r := w.verify(t)
		if r.Verdict.Holds() || r.Reason != "" || r.Tokens[1].Verdict.Holds() || !strings.Contains(r.Tokens[1].Reason, row.want) {
			t.Errorf("row %d: got %+v, want %q", i, r.Tokens[1], row.want)
		}
		if !r.Tokens[0].Verdict.Holds() || !r.Tokens[2].Verdict.Holds() {
			t.Errorf("row %d: the lie reaches other tokens: %+v", i, r.Tokens)
		}
	}
}

func TestVerify_RejectsDuplicates(t *testing.T) {
	w := newWorld(t, "cid/small", 3)
	again := *w.bundles[1]
	again.Statement.Recipient = [20]byte{1}
	w.prove(&again)
	w.bundles = append(w.bundles, &again)
	r := w.verify(t)
	for i, want := range []bool{true, false, true, false} {
		if r.Tokens[i].Verdict.Holds() != want || !want && !strings.Contains(r.Tokens[i].Reason, "2 bundles of token 2") {
			t.Errorf("bundle %d: got %+v", i, r.Tokens[i])
		}
	}
	again.Key.Digest[0] ^= 1 // rejected for itself, it no longer hurts the other
	r = w.verify(t)
	if r.Verdict.Holds() || !r.Tokens[1].Verdict.Holds() || r.Tokens[3].Verdict.Holds() {
		t.Errorf("got %+v", r.Tokens)
	}
}

// Whoever has a proof can write it in other bytes: that is a copy, and takes nothing from its token.
func TestVerify_KeepsOneOfCopies(t *testing.T) {
	for _, circuit := range []string{"cid/small", "root/small"} {
		w := newWorld(t, circuit, 3)
		again := *w.bundles[1]
		again.Proof = bytes.Clone(again.Proof)
		for _, at := range []int{32, 128, 160} { // -A and -B in the place of A and B
			negate(again.Proof[at : at+32])
		}
		w.bundles = append(w.bundles, &again)
		r := w.verify(t)
		for i, want := range []bool{true, true, true, false} {
			if r.Tokens[i].Verdict.Holds() != want || !want && !strings.Contains(r.Tokens[i].Reason, "2 bundles of token 2 that state the same") {
				t.Errorf("%s: bundle %d: got %+v", circuit, i, r.Tokens[i])
			}
		}
		w.bundles = w.bundles[3:]
		if r := w.verify(t); !r.Tokens[0].Verdict.Holds() {
			t.Errorf("%s: the other bytes alone: %+v", circuit, r.Tokens)
		}
	}
}

// negate writes q-x for a coordinate x, 32 bytes big-endian.
func negate(x []byte) {
	new(big.Int).Sub(fp.Modulus(), new(big.Int).SetBytes(x)).FillBytes(x)
}

func TestVerify_FindsBadProofsAmongMany(t *testing.T) {
	w := newWorld(t, "root/small", 40)
	for _, i := range []int{0, 17, 39} {
		w.bundles[i].Proof = w.bundles[3].Proof
	}
	r := w.verify(t)
	for i, v := range r.Tokens {
		if bad := i == 0 || i == 17 || i == 39; v.Verdict.Holds() == bad {
			t.Errorf("token %d: got %+v", v.ID, v)
		}
	}
}

func TestVerify_MissingBundleIsRejected(t *testing.T) {
	w := newWorld(t, "cid/small", 1)
	w.bundles = append(w.bundles, nil)
	r := w.verify(t)
	if r.Verdict.Holds() || !r.Tokens[0].Verdict.Holds() || r.Tokens[1].Verdict.Holds() {
		t.Errorf("got %+v", r)
	}
}

func TestVerify_TroubleIsAnError(t *testing.T) {
	rows := map[string]func(*world, *verifier.Options){
		"no description":          func(w *world, _ *verifier.Options) { w.desc = nil },
		"a malformed description": func(w *world, _ *verifier.Options) { w.desc.Circuit = "cid" },
		"no key":                  func(_ *world, o *verifier.Options) { o.Key = nil },
		"a degenerate key":        func(w *world, _ *verifier.Options) { w.Key.Delta = w.Key.Gamma },
		"a malformed provenance":  func(_ *world, o *verifier.Options) { o.KeyProvenance = "ceremony" },
		"a description with one":  func(w *world, _ *verifier.Options) { w.desc.Key.Provenance = "ceremony" },
		"no bundles":              func(w *world, _ *verifier.Options) { w.bundles = nil },
	}
	for name, lie := range rows {
		w := newWorld(t, "cid/small", 1)
		o := w.options()
		lie(w, &o)
		if r, err := verifier.Verify(t.Context(), w.desc, w.bundles, o); err == nil || r != nil {
			t.Errorf("%s: got %+v, %v", name, r, err)
		}
	}
	w := newWorld(t, "cid/small", 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := verifier.Verify(ctx, w.desc, w.bundles, w.options()); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

func TestVerify_RefusesDefectiveKeys(t *testing.T) {
	w := newWorld(t, "cid/small", 1)
	for _, d := range keytest.Defects() {
		o := w.options()
		o.Key = d.Of(w.Key)
		w.desc.Key.Digest = o.Key.Digest()
		if r, err := verifier.Verify(t.Context(), w.desc, w.bundles, o); err == nil || r != nil || !strings.Contains(err.Error(), d.Want) {
			t.Errorf("%s: got %+v, %v, want %q", d.Name, r, err, d.Want)
		}
	}
}

func TestVerifyFiles_RejectsUnreadableOnes(t *testing.T) {
	w := newWorld(t, "cid/small", 2)
	var files []verifier.File
	for _, b := range w.bundles {
		data, err := b.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, verifier.File{Name: b.CID + ".json", Data: data})
	}
	hostile := []string{"", "null", strings.Repeat("[", 1<<20), string(files[0].Data[:500]), string(files[0].Data) + " ", "\xff"}
	for _, data := range hostile {
		files = append(files, verifier.File{Name: "hostile", Data: []byte(data)})
	}
	start := time.Now()
	r, err := verifier.VerifyFiles(t.Context(), w.desc, files, w.options())
	if err != nil {
		t.Fatal(err)
	}
	if d := time.Since(start); d > time.Second {
		t.Errorf("took %v", d)
	}
	if r.Verdict.Holds() || len(r.Tokens) != 2+len(hostile) {
		t.Fatalf("got %+v", r)
	}
	for i, v := range r.Tokens {
		if v.Verdict.Holds() != (i < 2) || v.Name != files[i].Name || i >= 2 && !strings.HasPrefix(v.Reason, "bundle: ") {
			t.Errorf("file %d: got %+v", i, v)
		}
	}
}

func TestVerify_KeepsReasonsShort(t *testing.T) {
	w := newWorld(t, "cid/small", 1)
	w.desc.Template.Name = strings.Repeat("{id}é\x1b", 1<<16)
	r := w.verify(t)
	if r.Verdict.Holds() || len(r.Reason) > 310 || strings.ContainsRune(r.Reason, 0x1b) {
		t.Errorf("got a reason of %d bytes: %.400q", len(r.Reason), r.Reason)
	}
}

// FuzzVerifyFiles: whatever is written over a bundle, it is answered, and only
// the bundle itself is accepted.
func FuzzVerifyFiles(f *testing.F) {
	w := newWorld(f, "root/small", 1)
	data, err := w.bundles[0].Marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(0, []byte{})
	f.Add(100, []byte("0"))
	f.Add(len(data)-3, []byte("}}}}"))
	f.Add(strings.Index(string(data), "Laser"), []byte("Round"))
	f.Add(strings.Index(string(data), `"id": `)+6, []byte("2"))
	f.Fuzz(func(t *testing.T, at int, patch []byte) {
		if at < 0 || at > len(data) {
			return
		}
		changed := append([]byte(nil), data...)
		copy(changed[at:], patch)
		r, err := verifier.VerifyFiles(t.Context(), w.desc, []verifier.File{{Data: changed}}, w.options())
		if err != nil {
			t.Fatal(err)
		}
		if r.Verdict.Holds() != (string(changed) == string(data)) {
			t.Fatalf("accepted: %v", r.Verdict.Holds())
		}
	})
}
