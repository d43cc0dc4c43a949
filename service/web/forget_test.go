package web_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/service/vault"
)

// holding are the files below dir that hold one of the texts.
func holding(t *testing.T, dir string, texts ...string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, text := range texts {
			if strings.Contains(string(data), text) {
				list = append(list, path)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func newVault(t *testing.T) *vault.Vault {
	t.Helper()
	file, _, err := vault.NewIdentity("")
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(file, "")
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// hide uploads a collection that hides something, and imports it.
func (r *rig) hide(canary string) string {
	r.t.Helper()
	id := r.begin()
	claims := "card,licence\n"
	for i := range 8 {
		r.upload(id, fmt.Sprintf("%d.json", i), fmt.Sprintf(`{"name": "Fox #%d", "attributes": [{"trait_type": "Eyes", "value": "Laser"}]}`, i))
		claims += fmt.Sprintf("%d,%s-%d\n", i, canary, i)
	}
	r.upload(id, "claims.csv", claims)
	r.expect(204, "ours author", "POST", "/v1/drops/"+id+"/import", `{"home": "none"}`, nil)
	return id
}

func (r *rig) proven(id string) {
	r.t.Helper()
	r.expect(202, "ours author", "POST", "/v1/drops/"+id+"/proofs", `{}`, nil)
	if got := r.expect(200, "ours author", "GET", "/v1/drops/"+id+"/progress", "", nil).body; !strings.Contains(got, `"status":"done"`) {
		r.t.Fatalf("%s\n%s", got, r.log)
	}
}

// With a vault no hidden value is in a file in the clear, at any time that a stopped server would leave. What
// is forgotten is nowhere; what was published holds as before, and the pack of evidence has the log.
func TestForget_LeavesWhatWasPublished(t *testing.T) {
	const canary = "CANARY-c0ffee-licence"
	r := newRigWith(t, 100_000, newVault(t))
	r.prover()
	id := r.hide(canary)
	drops, dir := "/v1/drops/"+id, filepath.Join(r.dir, "drops", id)
	if list := holding(t, r.dir, canary, "blind:"); len(list) != 0 {
		t.Errorf("in the clear: %v", list)
	}
	r.expect(409, "ours author", "POST", drops+"/forget", `{"name": "Foxes"}`, nil)
	r.expect(200, "ours curator", "GET", drops+"/check", "", nil)
	r.expect(204, "ours author", "POST", drops+"/import", `{"home": "none"}`, nil) // again: it changes nothing
	list := r.cards(id)
	r.expect(201, "ours curator", "POST", drops+"/approvals", list.decision("approved", canary, 0), nil)
	r.proven(id)
	if list := holding(t, r.dir, "blind:"); len(list) != 0 {
		t.Errorf("in the clear: %v", list)
	}
	// a server that died while an import was under way has left files
	if err := os.WriteFile(filepath.Join(dir, "deck", "claims.csv"), []byte("card,licence\n0,"+canary+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.again()
	r.expect(422, "ours author", "POST", drops+"/forget", `{"name": "Wolves"}`, nil)
	r.expect(200, "ours auditor", "PUT", drops+"/hold", `{"hold": true}`, nil)
	r.expect(409, "ours author", "POST", drops+"/forget", `{"name": "Foxes"}`, nil)
	r.expect(200, "ours auditor", "PUT", drops+"/hold", `{"hold": false}`, nil)
	got := r.expect(200, "ours author", "POST", drops+"/forget", `{"name": "Foxes", "people": true}`, nil).body
	for _, want := range []string{"every proof, document and image", "1 workers were given hidden values", "public for ever", "a new claim"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not tell of %q: %s", want, got)
		}
	}
	if list := holding(t, r.dir, canary, "blind:"); len(list) != 0 {
		t.Errorf("after forgetting: %v", list)
	}
	for _, name := range []string{vault.KeyFile, vault.HiddenFile} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
	if got := r.expect(410, "ours curator", "GET", drops+"/check", "", nil).body; !strings.Contains(got, "forgotten") {
		t.Error(got)
	}
	// a server that died while it forgot has left a file
	left := filepath.Join(dir, "deck", "claims.csv")
	if err := os.WriteFile(left, []byte("card,licence\n0,"+canary+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.again()
	for _, path := range []string{left, filepath.Join(dir, vault.KeyFile)} {
		if _, err := os.Lstat(path); err == nil {
			t.Errorf("%s is there again", path)
		}
	}
	r.holds(id, 8)
}

// holds judges the CAR and the evidence that the server gives.
func (r *rig) holds(id string, cards int) {
	t := r.t
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"car", "evidence"} {
		if err := os.WriteFile(filepath.Join(dir, name+".car"), []byte(r.expect(200, "ours auditor", "GET", "/v1/drops/"+id+"/"+name, "", nil).body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p, err := publication.Open(filepath.Join(dir, "car.car"), publication.Trust{Compiler: drop.Compiler{}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	verdict, err := p.JudgeDeck(t.Context(), nil)
	if err != nil || !verdict.Counts.Complete || int(verdict.Counts.Holding) != cards {
		t.Errorf("%+v, %v", verdict, err)
	}
	archive, err := car.Open(filepath.Join(dir, "evidence.car"), car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	v, err := evidence.Verify(t.Context(), evidence.CAR{Archive: archive}, evidence.Reader{Compiler: drop.Compiler{}})
	if err != nil {
		t.Fatal(err)
	}
	if report := v.Report(); report.Verdict != "holds" || len(report.Faults) > 0 || report.Signer == "" || !strings.Contains(fmt.Sprint(report.Timeline), "every batch is proven") {
		t.Errorf("the evidence: %+v", report)
	}
}
