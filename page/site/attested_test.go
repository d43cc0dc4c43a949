package site

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
)

// signed is an attestation about the deck of the tests, and its signer.
func signed(t *testing.T, from publication.Files, n byte, statement, expires string) (*attest.Attestation, *attest.Key) {
	t.Helper()
	p, err := publication.Read(from, publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	key, err := attest.NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	d := attest.NewDraft(attest.CurationName)
	d.Role, d.Statement, d.Expires, d.Detail.Curation.Standard, d.Detail.Curation.Sample = "museum", statement, expires, "house rules", 3
	s, err := d.New(attest.Making{About: attest.TargetOfDeck(p.Deck), Basis: attest.FromPublication, Now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}, key.Identity(), key.Scheme())
	if err != nil {
		t.Fatal(err)
	}
	a, err := attest.Sign(t.Context(), s, key)
	if err != nil {
		t.Fatal(err)
	}
	return a, key
}

// put publishes an attestation.
func put(t *testing.T, from publication.Files, name string, a *attest.Attestation) []byte {
	t.Helper()
	data, err := a.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	from["attestations/"+name+".json"] = data
	return data
}

// Whatever stands of an attestation is told with it; strangers' words are text, and no attribute is
// better for them.
func TestSite_TellsWhoAttested(t *testing.T) {
	from := sourceOf(t, deck, nil)
	holds, key := signed(t, from, 1, `All cards are proven <script>alert(1)</script>`, "")
	late, _ := signed(t, from, 2, "Seen.", "2026-02-03T00:00:00Z")
	back, withdrawer := signed(t, from, 3, "Seen too.", "")
	s, err := back.Withdraw("seen too late, proven", time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	withdrawal, err := attest.Sign(t.Context(), s, withdrawer)
	if err != nil {
		t.Fatal(err)
	}
	forged, _ := signed(t, from, 4, "Forged.", "")
	forged.Signature[3] ^= 1
	data := put(t, from, "a", holds)
	for name, a := range map[string]*attest.Attestation{"b": late, "c": back, "d": withdrawal, "e": forged} {
		put(t, from, name, a)
	}
	from["attestations/f.json"] = []byte("{")
	known := &attest.Trust{Keys: []attest.TrustedKey{{Name: "Aunt Ada", Identity: key.Identity().String(), Roles: []string{"museum"}}}}
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	stranger := written(t, judgedAsking(t, from, publication.Trust{Attest: attest.Options{Now: now}}, Asked{}), from, nil)
	mine := written(t, judgedAsking(t, from, publication.Trust{Attest: attest.Options{Now: now, Trust: known}}, Asked{Trust: true}), from, nil)
	for _, row := range []struct {
		page []byte
		want string
	}{
		{stranger["tokens/5.html"], "The deck promises no approval. 6 attestations are here (holds: 1, expired: 1, withdrawn: 1, withdrawal: 1, refused: 2)."},
		{stranger["tokens/5.html"], "holds: museum approves , curation of deck , signed by " + key.Identity().String()},
		{stranger["tokens/5.html"], "Who attested, and what"},
		{stranger["proof.html"], "It stands expired: by its own word at 2026-02-03T00:00:00Z"},
		{stranger["proof.html"], "It stands withdrawn: its signer withdrew it: seen too late, proven"},
		{stranger["proof.html"], "It stands refused: the signature is not the signer's"},
		{stranger["proof.html"], "Said to be signed by ed25519:"},
		{stranger["proof.html"], "Whose key Not said here"},
		{stranger["proof.html"], "It says All cards are proven <script>alert(1)</script>"},
		{stranger["proof.html"], "named no file of keys"},
		{stranger["proof.html"], "nobody else’s word was counted here"},
		{mine["proof.html"], "Whose key Aunt Ada , as the maker of this page says"},
		{mine["proof.html"], "Whose key Unknown to the maker of this page for this role"},
		{mine["proof.html"], "attested for this deck, as far as the attestation says, by Aunt Ada (curation). Whose keys these are, the maker of this page says."},
		{mine["proof.html"], "is the word of this page’s maker"},
		{mine["tokens/5.html"], "(known to the maker of this page as Aunt Ada )"},
	} {
		if text := says(row.page); !strings.Contains(text, row.want) {
			t.Errorf("the page does not say %q:\n%s", row.want, text)
		}
	}
	for what, m := range map[string]memory{"without trust": stranger, "with trust": mine} {
		if r, err := Check(m, nil); err != nil || len(r.Faults) > 0 {
			t.Errorf("%s: %+v (%v)", what, r, err)
		}
		for _, name := range []string{"proof.html", "tokens/5.html"} {
			text := says(m[name])
			if strings.Contains(text, "you know") || strings.Contains(text, "to you") || bytes.Contains(m[name], []byte("<script>")) || what == "without trust" && strings.Contains(text, "Ada") {
				t.Errorf("%s, %s: it says %s", what, name, text)
			}
		}
		if bytes.Contains(m["tokens/5.html"], []byte(`data-level="proven"`)) || !bytes.Contains(m["proof.html"], []byte(`<span class="boxed" title="a word of the text, not a verdict">proven</span>`)) {
			t.Errorf("%s: an attribute is green, or a signer's word for one stands in no box", what)
		}
		// What is told of can be judged by others; what cannot be read is not copied.
		copies := 0
		for name := range m {
			if strings.HasPrefix(name, "publication/attestations/") {
				copies++
			}
		}
		if copies != 5 || !bytes.Equal(m["publication/attestations/"+idOf(holds)+".json"], data) {
			t.Errorf("%s: %d attestations are copied", what, copies)
		}
	}
}

func idOf(a *attest.Attestation) string { return strings.TrimPrefix(hexOf(bytes32(a.ID)), "0x") }

type bytes32 [32]byte

func (b bytes32) Bytes() [32]byte { return b }

// A refused copy of an attestation is not what the site holds in its place, and many are told in few lines.
func TestSite_TellsOfManyInFewLines(t *testing.T) {
	from := sourceOf(t, deck, nil)
	good, _ := signed(t, from, 1, "Seen.", "")
	bad := *good
	bad.Signature = bytes.Clone(good.Signature)
	bad.Signature[3] ^= 1
	put(t, from, "0", &bad)
	data := put(t, from, "1", good)
	for n := range 20 {
		a, _ := signed(t, from, byte(10+n), strings.Repeat("long ", 100)+"text", "")
		put(t, from, "x"+string(rune('a'+n)), a)
	}
	m := written(t, judgedAsking(t, from, publication.Trust{Attest: attest.Options{}}, Asked{}), from, nil)
	if !bytes.Equal(m["publication/attestations/"+idOf(good)+".json"], data) {
		t.Error("the site holds the copy that is refused")
	}
	card := says(m["tokens/5.html"])
	if strings.Count(card, ", curation of deck") > maxLines || !strings.Contains(card, "and 14 more") {
		t.Errorf("the card's page says %s", card)
	}
	if n := strings.Count(says(m["proof.html"]), "It stands "); n != 22 {
		t.Errorf("the proof page tells of %d", n)
	}
	if s := judged(t, sourceOf(t, deck, nil), publication.Trust{}, nil); s.Attested.Any() || strings.Contains(says(written(t, s, nil, nil)["proof.html"]), "Who attested") {
		t.Error("of a deck that nobody attested something is told")
	}
}

// What the maker's file of keys takes back is told as the maker's word, and a deck that was rejected
// before anybody looked for approvals is not said to lack them.
func TestAttested_IsTheMakersWord(t *testing.T) {
	from := sourceOf(t, deck, nil)
	counted, key := signed(t, from, 1, "Seen.", "")
	ended, other := signed(t, from, 2, "Seen.", "")
	put(t, from, "a", counted)
	put(t, from, "b", ended)
	trust, err := attest.ParseTrust([]byte(`{"version": 1, "kind": "trust", "keys": [{"name": "Ada", "identity": "` + key.Identity().String() + `", "roles": ["museum"], "from": "", "until": "", "published": ""}, {"name": "Bert", "identity": "` + other.Identity().String() + `", "roles": ["museum"], "from": "", "until": "2026-02-01T00:00:00Z", "published": ""}], "withdrawn": [{"attestation": "` + idOf(counted) + `", "at": "2026-02-01T00:00:00Z", "reason": "a doubt"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	proof := says(written(t, judgedAsking(t, from, publication.Trust{Attest: attest.Options{Now: now, Trust: trust}}, Asked{Trust: true}), from, nil)["proof.html"])
	for _, want := range []string{"withdrawn: the maker of this page counts it for nothing since 2026-02-01T00:00:00Z: a doubt", "expired: the trust of this page’s maker in this key ended at 2026-02-01T00:00:00Z", "nobody else whom the maker of this page knows vouches for it here"} {
		if !strings.Contains(proof, want) {
			t.Errorf("the page does not say %q: %s", want, proof)
		}
	}
	if strings.Contains(proof, "the reader") || strings.Contains(proof, "Bert") {
		t.Errorf("the page says %s", proof)
	}
	a := &Attested{Promised: []bundle.Attester{{Role: "museum", Threshold: 1, Identities: []string{"x"}}}}
	if s := a.ofDeck(); s.Known || !strings.Contains(s.Text, "nobody looked for them") || len(s.Approvals) > 0 {
		t.Errorf("of a deck that was rejected before: %+v", s)
	}
}
