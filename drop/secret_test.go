package drop

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

func TestCreateSecrets_WritesOnceAndForTheOwner(t *testing.T) {
	dir := t.TempDir()
	if err := CreateSecrets(dir, true, seeded(1)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, SecretsFile)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := CreateSecrets(dir, true, seeded(2)); !errors.Is(err, fs.ErrExist) {
		t.Fatalf("a second time: got %v", err)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Fatal("the secrets have changed")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d files are left", len(entries))
	}
}

func TestCreateSecrets_LeavesNothingWithoutRandomness(t *testing.T) {
	dir := t.TempDir()
	for n := range 4 * secretBytes {
		if err := CreateSecrets(dir, true, io.LimitReader(seeded(1), int64(n))); err == nil {
			t.Fatalf("secrets of %d random bytes", n)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 0 {
		t.Fatalf("%d files are left", len(entries))
	}
}

func TestLoadSecrets_RestoresACopy(t *testing.T) {
	dir := sample(t, "foxes")
	before, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, SecretsFile)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "restore it from your copy") {
		t.Fatalf("without secrets: got %v", err)
	}
	write(t, dir, SecretsFile, string(data)) // mode 0644
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Fatalf("readable by all: got %v", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	after, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if before.Commitments != after.Commitments {
		t.Fatal("the restored drop has other commitments")
	}
}

func TestLoadSecrets_RefusesBadModes(t *testing.T) {
	dir := sample(t, "foxes")
	for _, mode := range []fs.FileMode{0o640, 0o604, 0o620, 0o602, 0o660, 0o666, 0o611} {
		if err := os.Chmod(filepath.Join(dir, SecretsFile), mode); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("mode %o: got %v", mode, err)
		}
	}
}

func TestParseSecrets_RefusesDamage(t *testing.T) {
	good, err := newSecrets(true, seeded(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parseSecrets(SecretsFile, []byte(good), true); err != nil {
		t.Fatal(err)
	}
	zero := `"` + strings.Repeat("00", secretBytes) + `"`
	for _, key := range []string{"seed", "blind", "salt", "authority_key"} {
		line := good[strings.Index(good, "\n"+key+":")+1:]
		line = line[:strings.Index(line, "\n")+1]
		for name, text := range map[string]string{
			"missing":     "",
			"twice":       line + line,
			"shorter":     strings.Replace(line, `"`, `"`, 1)[:len(line)-4] + "\"\n",
			"longer":      strings.Replace(line, "\"\n", "00\"\n", 1),
			"no hex":      key + ": \"" + strings.Repeat("zz", secretBytes) + "\"\n",
			"zero":        key + ": " + zero + "\n",
			"renamed":     "x" + line,
			"empty":       key + ":\n",
			"of 32 bytes": key + ": \"" + strings.Repeat("ff", 33) + "\"\n",
		} {
			if _, err := parseSecrets(SecretsFile, []byte(strings.Replace(good, line, text, 1)), true); err == nil {
				t.Errorf("%s %s: no error", key, name)
			}
		}
	}
}

// canaries are hidden texts and numbers that a drop is filled with.
const (
	canaryTrait  = "Quixotic"
	canaryFact   = "zephyrine-license"
	canaryClaim  = "brontide-prompt"
	canaryNumber = "7041776.31"
)

// canaryDrop is a drop of canaries with its secrets in every notation.
func canaryDrop(t *testing.T) (dir string, hidden []string) {
	t.Helper()
	dir = sample(t, "foxes")
	edit(t, dir, ModelFile, "Arctic: 50", canaryTrait+": 50")
	edit(t, dir, ModelFile, "value: CC0-1.0", "value: "+canaryFact)
	edit(t, dir, ClaimsFile, "default: {license: CC0-1.0, safety: 0.97", "default: {license: "+canaryClaim+", safety: "+canaryNumber)
	data, err := os.ReadFile(filepath.Join(dir, SecretsFile))
	if err != nil {
		t.Fatal(err)
	}
	hidden = []string{canaryTrait, canaryFact, canaryClaim, canaryNumber, "704177631"}
	f, err := parseYAML(SecretsFile, data)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range f.values {
		raw, err := hex.DecodeString(n.text)
		if err != nil {
			t.Fatal(err)
		}
		hidden = append(hidden, n.text, n.text[:16], strings.ToUpper(n.text), new(big.Int).SetBytes(raw).String(),
			base64.StdEncoding.EncodeToString(raw)[:16], base64.URLEncoding.EncodeToString(raw)[:16], strings.Trim(fmt.Sprint(raw), "[]"))
	}
	return dir, hidden
}

func assertNone(t *testing.T, what, text string, hidden []string) {
	t.Helper()
	for _, h := range hidden {
		if strings.Contains(text, h) {
			t.Errorf("%s shows %q", what, h)
		}
	}
}

func TestDrop_PrintsNothingHidden(t *testing.T) {
	dir, hidden := canaryDrop(t)
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := d.Receipt(3)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]any{
		"drop": d, "secrets": d.secrets, "secrets by value": *d.secrets, "receipt": receipt, "receipt by value": *receipt,
		"claims": receipt.Claims, "table": d.claims, "table by value": *d.claims, "in a struct": struct{ D *Drop }{d}, "in a slice": []any{*d.secrets, receipt.Claims},
	} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T"} {
			assertNone(t, name+" "+verb, fmt.Sprintf(verb, v), hidden)
		}
		asJSON, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		assertNone(t, name+" as JSON", string(asJSON), hidden)
		asYAML, err := yaml.Marshal(v)
		if err == nil {
			assertNone(t, name+" as YAML", string(asYAML), hidden)
		}
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "v", v)
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "v", v)
		assertNone(t, name+" in a log", log.String(), hidden)
	}
}

// TestFault_QuotesNothingHidden damages the hidden files byte by byte and looks
// for canaries in every error.
func TestFault_QuotesNothingHidden(t *testing.T) {
	dir, hidden := canaryDrop(t)
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := d.Receipt(3)
	if err != nil {
		t.Fatal(err)
	}
	asFile, err := receipt.Encode(&d.Schema)
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	nbErrors := 0
	for name, c := range map[string]struct {
		data  []byte
		parse func([]byte) error
	}{
		ModelFile:   {read(ModelFile), func(b []byte) error { _, err := loadCanary(b, d); return err }},
		ClaimsFile:  {read(ClaimsFile), func(b []byte) error { _, err := ParseClaims(ClaimsFile, b, &d.Schema, tenIDs); return err }},
		SecretsFile: {read(SecretsFile), func(b []byte) error { _, err := parseSecrets(SecretsFile, b, true); return err }},
		"receipt":   {asFile, func(b []byte) error { _, err := ParseReceipt("receipts/3.json", b, &d.Schema); return err }},
		ClaimsTableFile: {[]byte("token,license,safety\ndefault," + canaryClaim + "," + canaryNumber + "\n3," + canaryClaim + ",0.5\n"),
			func(b []byte) error { _, err := ParseClaims(ClaimsTableFile, b, &d.Schema, tenIDs); return err }},
	} {
		for i := range c.data {
			for _, damaged := range [][]byte{
				c.data[:i],
				append(append(bytes.Clone(c.data[:i]), '"'), c.data[i:]...),
				append(append(bytes.Clone(c.data[:i]), ": "...), c.data[i+1:]...),
				append(append(bytes.Clone(c.data[:i]), '['), c.data[i+1:]...),
				append(append(bytes.Clone(c.data[:i]), 'x'), c.data[i+1:]...),
			} {
				if err := c.parse(damaged); err != nil {
					nbErrors++
					assertNone(t, name, err.Error(), hidden)
				}
			}
		}
	}
	if nbErrors < 1000 {
		t.Fatalf("%d errors: the test shows too little", nbErrors)
	}
}

// loadCanary reads a model file as Load does.
func loadCanary(data []byte, d *Drop) (any, error) {
	m, err := readModel(ModelFile, data, d.definition)
	if err != nil {
		return nil, err
	}
	definition := *d.definition
	other := &Drop{definition: &definition, Circuit: d.Circuit, Schema: definition.schema(m.facts)}
	if err := other.loadTemplate(m); err != nil {
		return nil, err
	}
	if _, err := digestArtifact(d.dir, m.artifact); err != nil {
		return nil, err
	}
	return m.arrange()
}
