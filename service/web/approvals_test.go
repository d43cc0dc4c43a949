package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service/state"
)

// imported makes a drop of n cards, with an image each, and returns its id.
func (r *rig) imported(n int, review string) string {
	r.t.Helper()
	var v struct{ ID string }
	if err := json.Unmarshal([]byte(r.expect(201, "ours author", "POST", "/v1/drops", `{"name": "Foxes", "review": "`+review+`"}`, nil).body), &v); err != nil {
		r.t.Fatal(err)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewNRGBA(image.Rect(0, 0, 600, 300))); err != nil {
		r.t.Fatal(err)
	}
	for i := range n {
		r.upload(v.ID, fmt.Sprintf("%d.json", i), fmt.Sprintf(`{"name": "Fox #%d", "attributes": [{"trait_type": "Eyes", "value": "%s"}]}`, i, []string{"Laser", "Bored"}[i%2]))
		r.upload(v.ID, fmt.Sprintf("%d.png", i), picture.String()+"<script>alert(1)</script>")
	}
	r.expect(204, "ours author", "POST", "/v1/drops/"+v.ID+"/import", `{"home": "none"}`, nil)
	return v.ID
}

type cardList struct {
	Total, Approved, Rejected int
	Cards                     []struct {
		Card            int
		Name            string
		Document_SHA256 string
		Picture         bool
		Verdict, Reason string
	}
}

func (r *rig) cards(id string) (list cardList) {
	r.t.Helper()
	if err := json.Unmarshal([]byte(r.expect(200, "ours curator", "GET", "/v1/drops/"+id+"/cards", "", nil).body), &list); err != nil {
		r.t.Fatal(err)
	}
	return list
}

// decision is the body of one.
func (l *cardList) decision(verdict, reason string, cards ...int) string {
	var list []string
	for _, n := range cards {
		list = append(list, fmt.Sprintf(`{"card": %d, "document_sha256": "%s"}`, n, l.Cards[n].Document_SHA256))
	}
	return fmt.Sprintf(`{"verdict": "%s", "reason": "%s", "cards": [%s]}`, verdict, reason, strings.Join(list, ","))
}

// A rejected card keeps a drop from being proven, and so does one that nobody has approved where people have
// to; a decision is about the document that was seen; who and why stays in the private part of the log.
func TestApprovals_ClearCards(t *testing.T) {
	const canary = "CANARY-looks-like-somebody"
	r := newRig(t, 100_000)
	id := r.imported(4, "people")
	drop := "/v1/drops/" + id
	list := r.cards(id)
	if list.Total != 4 || len(list.Cards) != 4 || list.Cards[2].Name != "Fox #2" || !list.Cards[2].Picture || list.Cards[2].Verdict != "none" {
		t.Fatalf("%+v", list)
	}
	r.expect(422, "ours curator", "POST", drop+"/approvals", list.decision("rejected", "", 1), nil)
	r.expect(201, "ours curator", "POST", drop+"/approvals", list.decision("rejected", canary, 1), nil)
	if got := r.expect(409, "ours author", "POST", drop+"/proofs", `{}`, nil).body; !strings.Contains(got, "1 cards are rejected") {
		t.Error(got)
	}
	other := strings.Replace(list.decision("approved", "", 2), list.Cards[2].Document_SHA256, list.Cards[3].Document_SHA256, 1)
	r.expect(409, "ours curator", "POST", drop+"/approvals", other, nil)
	r.expect(422, "ours curator", "POST", drop+"/approvals", list.decision("approved", "", 2, 2), nil)
	r.expect(201, "ours curator", "POST", drop+"/approvals", list.decision("approved", "", 0, 1, 2), nil)
	if got := r.expect(409, "ours author", "POST", drop+"/proofs", `{}`, nil).body; !strings.Contains(got, "1 cards are approved by nobody") {
		t.Error(got)
	}
	r.expect(201, "ours curator", "POST", drop+"/approvals", list.decision("approved", "", 3), nil)
	r.expect(202, "ours author", "POST", drop+"/proofs", `{}`, nil)
	if got := r.measurements("ours auditor", 200); !strings.Contains(got, `genproof_cards_cleared_total{by="people"} 4`) || !strings.Contains(got, "genproof_cards_cleared_by_people_share 1") {
		t.Errorf("measurements: %s", got)
	}
	for who, sees := range map[string]bool{"ours author": true, "ours curator": true, "ours auditor": false} {
		if got := r.expect(200, who, "GET", drop+"/approvals", "", nil).body; strings.Contains(got, canary) != sees || !strings.Contains(got, "rejected") {
			t.Errorf("%s sees %s", who, got)
		}
	}
	public := r.expect(200, "ours auditor", "GET", drop+"/log", "", nil).body
	for _, want := range []string{"the drop was begun", "4 cards were imported", "rejected by a person: cards 1", "approved by a person: cards 0-2", "4 cards approved by people, 0 by the rule"} {
		if !strings.Contains(public, want) {
			t.Errorf("the log has no %q: %s", want, public)
		}
	}
	if strings.Contains(public+r.log.String(), canary) {
		t.Error("a reason is public")
	}
	folder, err := files.OpenFolder(filepath.Join(r.dir, "drops", id, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	if s, err := log.Read(folder); err != nil || s.Unsigned() != 0 || len(s.Entries) != 6 {
		t.Errorf("%d entries, %v", len(s.Entries), err)
	}
}

// Who approves cards and who has the drop proven are two people, where tokens say whose they are.
func TestApprovals_TakeTwoPeople(t *testing.T) {
	r := newRig(t, 100_000)
	id := r.imported(2, "people")
	drop := "/v1/drops/" + id
	for name, g := range map[string]state.Grant{
		"ada's author": {Tenant: "ours", Scope: state.Author, Person: "Ada"}, "ada's curator": {Tenant: "ours", Scope: state.Curator, Person: "Ada"},
		"bob's author": {Tenant: "ours", Scope: state.Author, Person: "Bob"}, "bob's curator": {Tenant: "ours", Scope: state.Curator, Person: "Bob"},
	} {
		r.tokenOf(name, g)
	}
	list := r.cards(id)
	r.expect(201, "ada's curator", "POST", drop+"/approvals", list.decision("approved", "", 0, 1), nil)
	if got := r.expect(409, "ada's author", "POST", drop+"/proofs", `{}`, nil).body; !strings.Contains(got, "2 cards are approved by nobody else yet") {
		t.Error(got)
	}
	r.expect(201, "bob's curator", "POST", drop+"/approvals", list.decision("approved", "", 0), nil)
	if got := r.expect(409, "ada's author", "POST", drop+"/proofs", `{}`, nil).body; !strings.Contains(got, "1 cards are approved by nobody else yet") { // Bob's of card 0 counts
		t.Error(got)
	}
	r.expect(202, "bob's author", "POST", drop+"/proofs", `{}`, nil) // Ada has approved both
	if got := r.expect(200, "ours auditor", "GET", drop+"/log", "", nil).body; strings.Contains(got, "Ada") || strings.Contains(got, "Bob") {
		t.Errorf("the log names people: %s", got)
	}
}

// An approval does not undo another person's rejection for the one who has given it.
func TestApprovals_OfOneselfDoNotUndoARejection(t *testing.T) {
	r := newRig(t, 100_000)
	id := r.imported(1, "rule")
	drop := "/v1/drops/" + id
	r.tokenOf("ada's author", state.Grant{Tenant: "ours", Scope: state.Author, Person: "Ada"})
	r.tokenOf("ada's curator", state.Grant{Tenant: "ours", Scope: state.Curator, Person: "Ada"})
	list := r.cards(id)
	r.expect(201, "ours curator", "POST", drop+"/approvals", list.decision("rejected", "somebody's photograph", 0), nil)
	r.expect(201, "ada's curator", "POST", drop+"/approvals", list.decision("approved", "", 0), nil)
	if got := r.expect(409, "ada's author", "POST", drop+"/proofs", `{}`, nil).body; !strings.Contains(got, "1 cards are rejected") {
		t.Error(got)
	}
	r.expect(202, "ours author", "POST", drop+"/proofs", `{}`, nil)
}

// What was said of a card is about its document: another one is seen by nobody yet.
func TestApprovals_AreOfADocument(t *testing.T) {
	r := newRig(t, 100_000)
	id := r.imported(2, "rule")
	list := r.cards(id)
	r.expect(201, "ours curator", "POST", "/v1/drops/"+id+"/approvals", list.decision("approved", "", 0, 1), nil)
	path := filepath.Join(r.dir, "drops", id, "deck", "documents", "1.json")
	if err := os.WriteFile(path, []byte(`{"name": "Another", "attributes": [{"trait_type": "Eyes", "value": "Bored"}]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	r.expect(202, "ours author", "POST", "/v1/drops/"+id+"/proofs", `{}`, nil)
	if got := r.measurements("ours auditor", 200); !strings.Contains(got, `by="people"} 1`) || !strings.Contains(got, `by="rule"} 1`) {
		t.Errorf("measurements: %s", got)
	}
}

// A browser gets a PNG that the server has encoded, and no byte of what was uploaded.
func TestThumbnail_IsEncodedAnew(t *testing.T) {
	r := newRig(t, 100_000)
	id := r.imported(2, "rule")
	got := r.expect(200, "ours curator", "GET", "/v1/drops/"+id+"/cards/0/thumbnail", "", nil)
	m, err := png.Decode(strings.NewReader(got.body))
	if err != nil || m.Bounds().Dx() != 256 || m.Bounds().Dy() != 128 || strings.Contains(got.body, "script") || got.header.Get("Content-Type") != "image/png" {
		t.Errorf("%v, %v", got.header, err)
	}
	if policy := got.header.Get("Content-Security-Policy"); !strings.Contains(policy, "sandbox") || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers %v", got.header)
	}
	path := filepath.Join(r.dir, "drops", id, "deck", "images", "1.png")
	if err := os.WriteFile(path, []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), 0o644); err != nil {
		t.Fatal(err)
	}
	r.expect(422, "ours curator", "GET", "/v1/drops/"+id+"/cards/1/thumbnail", "", nil)
	r.expect(422, "ours curator", "GET", "/v1/drops/"+id+"/cards/7/thumbnail", "", nil)
}

// The page is of the server's own, and nothing of a drop is in it.
func TestPage_HasAPolicyOfItsOwn(t *testing.T) {
	r := newRig(t, 100)
	got := r.expect(200, "nobody", "GET", "/", "", nil)
	policy := got.header.Values("Content-Security-Policy")
	if len(policy) != 1 || !strings.Contains(policy[0], "script-src 'sha256-") || !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") || got.header.Get("Cross-Origin-Opener-Policy") != "same-origin" {
		t.Errorf("headers %v", got.header)
	}
}
