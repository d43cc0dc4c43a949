package drop

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/provenance"
)

// seeded is a repeatable source of bytes.
func seeded(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

// sample writes a sample drop with repeatable secrets into a new folder.
func sample(t testing.TB, template string) string {
	t.Helper()
	dir := t.TempDir()
	files, err := templateFiles(template)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		write(t, dir, name, string(data))
	}
	if err := CreateSecrets(dir, true, seeded(1)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// edit replaces a text that is there exactly once.
func edit(t testing.TB, dir, name, before, after string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), before); n != 1 {
		t.Fatalf("%s has %d times %q", name, n, before)
	}
	write(t, dir, name, strings.Replace(string(data), before, after, 1))
}

func TestLoad_ReadsTheSamples(t *testing.T) {
	for template, literals := range map[string]int{"foxes": 7, "nebula": 27} {
		d, err := Load(sample(t, template))
		if err != nil {
			t.Fatalf("%s: %v", template, err)
		}
		n := 0
		for _, c := range d.Policy.Program.Clauses {
			n += len(c)
		}
		if n != literals {
			t.Errorf("%s: the policy has %d literals, want %d", template, n, literals)
		}
		if n >= d.Circuit.Size.Literals {
			t.Errorf("%s: the sample's policy leaves an author no room in %s", template, d.Circuit)
		}
		if !d.SelfAsserted || d.Beacon.Source != bundle.BeaconSelfChosen || d.Beacon.Value != d.Beacon.Derive() {
			t.Errorf("%s: beacon or authority of a drop that names none", template)
		}
	}
}

func TestLoad_IsRepeatable(t *testing.T) {
	a, err := Load(sample(t, "foxes"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Load(sample(t, "foxes"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Commitments != b.Commitments || a.Beacon != b.Beacon {
		t.Fatal("two loads of the same files differ")
	}
}

func TestLoad_CommitsToEveryFile(t *testing.T) {
	base, err := Load(sample(t, "foxes"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file, before, after string
		moved               func(a, b bundle.Commitments) bool
	}{
		{ModelFile, "Void: 10", "Void: 11", func(a, b bundle.Commitments) bool { return a.Model != b.Model }},
		{ModelFile, "value: 3.5", "value: 3.6", func(a, b bundle.Commitments) bool { return a.Model != b.Model }},
		{"weights.safetensors", "stand-in", "stand in", func(a, b bundle.Commitments) bool { return a.Model != b.Model }},
		{PolicyFile, "0.80", "0.81", func(a, b bundle.Commitments) bool { return a.Policy != b.Policy }},
		{DefinitionFile, "type: decimal(2)", "type: decimal(3)", func(a, b bundle.Commitments) bool { return a.Policy != b.Policy }},
		{DefinitionFile, "supply: 10000", "supply: 10000\nfirst_id: 0", func(a, b bundle.Commitments) bool { return a.Policy != b.Policy }},
		{DefinitionFile, "name: Eyes", "name: Eyes\n    label: eyes", func(a, b bundle.Commitments) bool { return a.Policy != b.Policy }},
		{DefinitionFile, "visibility: hidden", "visibility: shown", func(a, b bundle.Commitments) bool { return a.Policy != b.Policy }},
		{DefinitionFile, "Foxes drawn", "Foxes, drawn", func(a, b bundle.Commitments) bool { return a.Template != b.Template }},
		{DefinitionFile, "supply: 10000", "supply: 10001", func(a, b bundle.Commitments) bool { return a.Policy != b.Policy && a.Template == b.Template }},
	} {
		dir := sample(t, "foxes")
		edit(t, dir, c.file, c.before, c.after)
		d, err := Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		if !c.moved(base.Commitments, d.Commitments) {
			t.Errorf("%s: %q to %q changes no commitment", c.file, c.before, c.after)
		}
		isTemplate := c.after == "Foxes, drawn" // which may be made when the draws are known
		if (d.Beacon.Value == base.Beacon.Value) != isTemplate {
			t.Errorf("%s: %q to %q and the beacon", c.file, c.before, c.after)
		}
	}
}

// A byte order mark, which some editors write, is no part of a file.
func TestLoad_TakesFilesBehindAMark(t *testing.T) {
	base, err := Load(sample(t, "foxes"))
	if err != nil {
		t.Fatal(err)
	}
	dir := sample(t, "foxes")
	for _, name := range []string{DefinitionFile, ModelFile, PolicyFile, ClaimsFile, SecretsFile} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, dir, name, "\uFEFF"+string(data))
	}
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if d.Commitments != base.Commitments || d.Policy.Text != base.Policy.Text {
		t.Error("a mark changes what is committed to")
	}
	if _, err := CircuitOf(dir); err != nil {
		t.Error(err)
	}
	write(t, dir, DefinitionFile, "\uFEFF\uFEFFname: x\n")
	var bad *Fault
	if _, err := Load(dir); !errors.As(err, &bad) || bad.Place != (Place{DefinitionFile, 1, 1}) {
		t.Errorf("two marks: %v", err)
	}
}

func TestLoad_ReadsTheDrawingOrderFromTheDefinition(t *testing.T) {
	dir := sample(t, "foxes")
	edit(t, dir, DefinitionFile, "  - name: Background\n  - name: Eyes\n", "  - name: Eyes\n  - name: Background\n")
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if first := d.model.Layers[0].Tables[0][0].Text; first != "Round" {
		t.Fatalf("the first layer starts with %q", first)
	}
}

func TestLoad_TakesABeacon(t *testing.T) {
	dir := sample(t, "foxes")
	contract, entropy := strings.Repeat("0b", 20), strings.Repeat("c3", 32)
	edit(t, dir, DefinitionFile, "authority: self", fmt.Sprintf("beacon: {chain_id: 1, contract: '0x%s', entropy: '%s'}\nauthority: self", contract, entropy))
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := bundle.DeriveBeacon(1, [20]byte([]byte(strings.Repeat("\x0b", 20))), [32]byte([]byte(strings.Repeat("\xc3", 32))))
	if d.Beacon.Value != want || d.Beacon.Source == bundle.BeaconSelfChosen {
		t.Fatal("the beacon is not the one of drop.yaml")
	}
}

func TestLoad_NamesMissingFiles(t *testing.T) {
	for _, name := range []string{DefinitionFile, ModelFile, PolicyFile, SecretsFile, ClaimsFile, "weights.safetensors"} {
		dir := sample(t, "foxes")
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		_, err := Load(dir)
		var f *Fault
		if !errors.As(err, &f) || f.Remedy == "" {
			t.Errorf("%s: got %v", name, err)
		}
		want := name
		if name == "weights.safetensors" {
			want = ModelFile + ":2:11"
		}
		if err != nil && !strings.HasPrefix(err.Error(), want+": ") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestLoad_RefusesFilesThatAreNone(t *testing.T) {
	dir := sample(t, "foxes")
	if err := os.Remove(filepath.Join(dir, "weights.safetensors")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "weights.safetensors"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Fatalf("got %v", err)
	}
}

func TestLoad_RefusesEndlessFiles(t *testing.T) {
	for _, name := range []string{DefinitionFile, ModelFile, PolicyFile, SecretsFile, ClaimsFile, "weights.safetensors"} {
		dir := sample(t, "foxes")
		path := filepath.Join(dir, name)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("/dev/zero", path); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "not a regular file") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestDescription_ComesBack(t *testing.T) {
	for _, template := range Templates() {
		d, err := Load(sample(t, template))
		if err != nil {
			t.Fatal(err)
		}
		data, err := d.Description(bundle.Key{Provenance: provenance.UnsafeDevelopment}).Marshal()
		if err != nil {
			t.Fatal(err)
		}
		back, err := bundle.UnmarshalDescription(data)
		if err != nil {
			t.Fatal(err)
		}
		s, err := SchemaOf(back)
		if err != nil {
			t.Fatal(err)
		}
		p, err := CompilePolicy("drop.json", back.Policy, s)
		if err != nil {
			t.Fatal(err)
		}
		commitment, err := p.Program.Drawn(s.Size, back.IDs())
		if err != nil {
			t.Fatal(err)
		}
		if commitment != back.Commitments.Policy || back.Schema() != s.Digest() {
			t.Fatalf("%s: the policy of the description has another commitment", template)
		}
	}
}

func TestInit_WritesADropThatLoads(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "drop")
	if err := Init(dir, "foxes"); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, SecretsFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("secrets: %v, %v", info.Mode(), err)
	}
	if err := Init(dir, "foxes"); !errors.Is(err, fs.ErrExist) {
		t.Fatalf("a second init: got %v", err)
	}
	if _, err := Load(dir); err != nil {
		t.Fatalf("after a second init: %v", err)
	}
}

func TestInit_LeavesNothingAfterAnError(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, SecretsFile, "mine")
	if err := Init(dir, "foxes"); !errors.Is(err, fs.ErrExist) {
		t.Fatalf("got %v", err)
	}
	if err := Init(dir, "../templates"); err == nil {
		t.Fatal("there is no such template")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d files are left, %v", len(entries), err)
	}
	data, err := os.ReadFile(filepath.Join(dir, SecretsFile))
	if err != nil || string(data) != "mine" {
		t.Fatal("secrets that were there have changed")
	}
}

// Folders that were there stay, whatever they hold; those that were made go, the drop's and those above it too.
func TestInit_LeavesNoFolderAfterAnError(t *testing.T) {
	parent := t.TempDir()
	there := filepath.Join(parent, "there")
	if err := os.MkdirAll(filepath.Join(there, "sprites"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, there, SecretsFile, "mine")
	for _, template := range Templates() { // pixels and dreams have folders and other files of their own
		if err := Init(there, template); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: got %v", template, err)
		}
		folder := filepath.Join(parent, "in", "a", "new", template)
		refusal := errors.New("not like this")
		texts, err := templateFiles(template)
		if err != nil {
			t.Fatal(err)
		}
		if err := Create(folder, texts, func() error { _, err := Load(folder); return errors.Join(refusal, err) }); err == nil || err.Error() != refusal.Error() {
			t.Errorf("%s: got %v", template, err)
		}
	}
	var left []string
	if err := filepath.WalkDir(parent, func(path string, _ fs.DirEntry, err error) error {
		left = append(left, strings.TrimPrefix(path, parent))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"", "/there", "/there/" + SecretsFile, "/there/sprites"}; !slices.Equal(left, want) {
		t.Errorf("left %q", left)
	}
}
