package prover

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/setup"
)

// rootKeys are the keys of root/small, made once.
var rootKeys = sync.OnceValues(func() (*setup.Groth16Keys, error) {
	dir, err := os.MkdirTemp("", "genproof-prover-test")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	store, err := setup.OpenStore(dir)
	if err != nil {
		return nil, err
	}
	circuit, err := setup.Compile(statement.CircuitID{Binding: statement.Root, Size: statement.Small})
	if err != nil {
		return nil, err
	}
	return store.Groth16Keys(context.Background(), circuit, nil)
})

// endless repeats one byte: secrets that a test can tell apart.
type endless byte

func (e endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(e) + byte(i)
	}
	return len(b), nil
}

// sample copies the sample drop, edits its files and loads it.
func sample(t *testing.T, edits map[string][2]string) *drop.Drop {
	t.Helper()
	return sampleIn(t, t.TempDir(), edits)
}

func sampleIn(t *testing.T, dir string, edits map[string][2]string) *drop.Drop {
	t.Helper()
	if err := os.CopyFS(dir, os.DirFS("../drop/templates/foxes")); err != nil {
		t.Fatal(err)
	}
	if edits == nil {
		edits = map[string][2]string{}
	}
	edits["drop.yaml"] = [2]string{"cid/small", "root/small"}
	for name, edit := range edits {
		path := filepath.Join(dir, name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(data, []byte(edit[0])) {
			t.Fatalf("%s does not contain %q", name, edit[0])
		}
		if err := os.WriteFile(path, bytes.Replace(data, []byte(edit[0]), []byte(edit[1]), 1), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := drop.CreateSecrets(dir, true, endless(7)); err != nil {
		t.Fatal(err)
	}
	d, err := drop.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newProver(t *testing.T, d *drop.Drop) *Prover {
	t.Helper()
	keys, err := rootKeys()
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(d, keys)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func run1to3(t *testing.T, p *Prover, dir string) *Summary {
	t.Helper()
	summary, err := p.Run(context.Background(), Job{Dir: dir, IDs: []uint64{3, 1, 2, 2}})
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

func TestRun_ProvesOnceAndContinues(t *testing.T) {
	p, dir := newProver(t, sample(t, nil)), t.TempDir()
	if s := run1to3(t, p, dir); s.Proven != 3 || s.Reused != 0 {
		t.Errorf("first run: %+v", s)
	}
	if err := os.Remove(filepath.Join(dir, bundle.BundlesDir, "2.json")); err != nil {
		t.Fatal(err)
	}
	if s := run1to3(t, p, dir); s.Proven != 1 || s.Reused != 2 {
		t.Errorf("second run: %+v", s)
	}
	for _, name := range []string{"1.json", "2.json", "3.json"} {
		data, err := os.ReadFile(filepath.Join(dir, bundle.BundlesDir, name))
		if err != nil {
			t.Fatal(err)
		}
		b, err := bundle.Unmarshal(data)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := os.ReadFile(filepath.Join(dir, bundle.DocumentsDir, b.CID))
		if err != nil || string(doc) != b.Document {
			t.Errorf("%s: its document is not under its CID: %v", name, err)
		}
	}
	if left, _ := os.ReadDir(filepath.Join(dir, partialDir)); len(left) != 0 {
		t.Errorf("partial files are left: %v", left)
	}
}

func TestRun_StopsBeforeProvingWhatBreaksThePolicy(t *testing.T) {
	p, dir := newProver(t, sample(t, map[string][2]string{"claims.yaml": {"tokens:", "tokens:\n  2: {license: stolen}"}})), t.TempDir()
	_, err := p.Run(context.Background(), Job{Dir: dir, IDs: []uint64{1, 2, 3}})
	var all *Refusals
	if !errors.As(err, &all) || all.Count() != 1 || all.Rules[0].IDs[0] != 2 || !strings.Contains(all.Rules[0].Rule, "license") {
		t.Fatalf("got %v, want the rule about the license", err)
	}
	if strings.Contains(err.Error(), "stolen") {
		t.Errorf("the error shows the hidden claim: %v", err)
	}
	if made, _ := os.ReadDir(dir); len(made) != 0 {
		t.Errorf("files were made: %v", made)
	}
}

// All that break the policy are named at once, by rule, and left out if that is asked for.
func TestRun_NamesAllRefusals(t *testing.T) {
	d := sample(t, map[string][2]string{"claims.yaml": {"tokens:", "tokens:\n  2: {license: stolen}\n  3: {safety: 0.1}\n  4: {license: stolen}"}})
	p, dir := newProver(t, d), t.TempDir()
	_, err := p.Run(context.Background(), Job{Dir: dir, IDs: []uint64{1, 2, 3, 4}})
	var all *Refusals
	if !errors.As(err, &all) || all.Tokens != 4 || all.Count() != 3 || len(all.Rules) != 2 {
		t.Fatalf("got %v", err)
	}
	if got := all.Rules[0].IDs; !slices.Equal(got, []uint64{2, 4}) {
		t.Errorf("the license's tokens are %v", got)
	}
	for _, want := range []string{"3 of 4 tokens", ": 2, 4", ": 3"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
	if checked, err := Check(context.Background(), d, []uint64{1, 2, 3, 4}, nil); err != nil || checked.Error() != all.Error() {
		t.Errorf("Check says %v, %v", checked, err)
	}

	s, err := p.Run(context.Background(), Job{Dir: dir, IDs: []uint64{1, 2, 3, 4}, SkipRefused: true})
	if err != nil || s.Proven != 1 || s.Reused != 0 || s.Refused.Count() != 3 {
		t.Errorf("leaving them out: %+v, %v", s, err)
	}
	s, err = p.Run(context.Background(), Job{Dir: dir, IDs: []uint64{1, 2}, SkipRefused: true})
	if err != nil || s.Proven != 0 || s.Reused != 1 || s.Refused.Count() != 1 {
		t.Errorf("once more: %+v, %v", s, err)
	}
	if _, err = p.Run(context.Background(), Job{Dir: dir, IDs: []uint64{2, 4}, SkipRefused: true}); !errors.As(err, &all) {
		t.Errorf("all left out: %v", err)
	}
}

func TestRun_TakesAFolderInWhichNothingWasProven(t *testing.T) {
	dir := t.TempDir()
	if err := newProver(t, sample(t, nil)).folder(dir).open(); err != nil {
		t.Fatal(err)
	}
	edited := newProver(t, sample(t, map[string][2]string{"model.yaml": {"Midnight: 60", "Midnight: 61"}}))
	if _, err := edited.Run(context.Background(), Job{Dir: dir, IDs: []uint64{1}}); err != nil {
		t.Error(err)
	}
}

func TestRun_NamesADamagedDocument(t *testing.T) {
	p, dir := newProver(t, sample(t, nil)), t.TempDir()
	run1to3(t, p, dir)
	documents, err := os.ReadDir(filepath.Join(dir, bundle.DocumentsDir))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, bundle.DocumentsDir, documents[0].Name()), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = p.Run(context.Background(), Job{Dir: dir, IDs: []uint64{1, 2, 3}})
	if err == nil || !strings.Contains(err.Error(), documents[0].Name()) || errors.Is(err, ErrForeign) {
		t.Errorf("got %v, want the damaged document's name", err)
	}
}

func TestRun_LeavesForeignFilesAlone(t *testing.T) {
	dir := t.TempDir()
	p := newProver(t, sample(t, nil))
	run1to3(t, p, dir)
	for name, job := range map[string]Job{
		"another recipient": {Dir: dir, IDs: []uint64{1}, Recipient: func(uint64) [20]byte { return [20]byte{1} }},
	} {
		if _, err := p.Run(context.Background(), job); !errors.Is(err, ErrForeign) {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := newProver(t, sample(t, map[string][2]string{"model.yaml": {"Midnight: 60", "Midnight: 61"}}))
	if _, err := other.Run(context.Background(), Job{Dir: dir, IDs: []uint64{1}}); !errors.Is(err, ErrForeign) {
		t.Errorf("another drop: %v", err)
	}
}

func TestRun_RefusesDamagedBundles(t *testing.T) {
	p, dir := newProver(t, sample(t, nil)), t.TempDir()
	run1to3(t, p, dir)
	path := filepath.Join(dir, bundle.BundlesDir, "1.json")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Unmarshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	b.Proof[255] ^= 1
	otherProof, err := b.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"cut": whole[:len(whole)/2], "empty": nil, "other proof": otherProof,
		"huge": bytes.Repeat([]byte(" "), bundle.MaxBytes+1)} {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Run(context.Background(), Job{Dir: dir, IDs: []uint64{1}}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestRun_StopsWithItsContext(t *testing.T) {
	p, dir := newProver(t, sample(t, nil)), t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	_, err := p.Run(ctx, Job{Dir: dir, IDs: []uint64{1, 2, 3, 4, 5, 6}, Workers: 1, Progress: func(e Event) {
		if e.Phase == PhaseProve {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want context.Canceled", err)
	}
	made, err := os.ReadDir(filepath.Join(dir, bundle.BundlesDir))
	if err != nil || len(made) == 0 || len(made) == 6 {
		t.Errorf("%d bundles, want some: %v", len(made), err)
	}
}

func TestRun_SweepsAbandonedFiles(t *testing.T) {
	p, dir := newProver(t, sample(t, nil)), t.TempDir()
	f := p.folder(dir)
	if err := f.open(); err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(dir, partialDir, "half")
	if err := os.WriteFile(half, []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := f.open(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(half); err == nil {
		t.Error("an abandoned file is still there")
	}
}

// Two jobs in one folder would prove everything twice.
func TestRun_IsAloneInItsFolder(t *testing.T) {
	p, dir := newProver(t, sample(t, nil)), filepath.Join(t.TempDir(), "out")
	job := Job{Dir: dir, IDs: []uint64{1}}
	finished := false
	first := job
	first.Finish = func(ctx context.Context) error {
		finished = true
		if _, err := p.Run(ctx, job); !errors.Is(err, files.ErrBusy) || !strings.Contains(err.Error(), "process ") {
			t.Errorf("a second job: %v, want files.ErrBusy and its holder", err)
		}
		return nil
	}
	if _, err := p.Run(context.Background(), first); err != nil || !finished {
		t.Fatalf("finished %t: %v", finished, err)
	}
	if s, err := p.Run(context.Background(), job); err != nil || s.Reused != 1 {
		t.Errorf("after it: %+v, %v", s, err)
	}
}

func TestProve_HidesGnarksReasons(t *testing.T) {
	d := sample(t, nil)
	keys, err := rootKeys()
	if err != nil {
		t.Fatal(err)
	}
	token, err := d.Token(1, [20]byte{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := generation.Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	circuit := r.Assignment.(*generation.RootCircuit)
	circuit.Token.Claims[1] = attribute.ValueOf(attribute.OfUint(918273645))
	_, err = Prove(keys, r.Statement, circuit)
	if !errors.Is(err, ErrNoProof) || err.Error() != ErrNoProof.Error() {
		t.Errorf("got %v", err)
	}
	circuit.Token.Seed = fr.NewElement(1)
	circuit.MetadataLow = fr.NewElement(1)
	if _, err = Prove(keys, r.Statement, circuit); err == nil || err.Error() != ErrNoProof.Error() {
		t.Errorf("got %v", err)
	}
}

func TestNew_RefusesOtherKeys(t *testing.T) {
	d := sample(t, nil)
	keys, err := rootKeys()
	if err != nil {
		t.Fatal(err)
	}
	d.Circuit.Binding = statement.CID
	if _, err := New(d, keys); err == nil {
		t.Error("keys of another circuit are taken")
	}
}
