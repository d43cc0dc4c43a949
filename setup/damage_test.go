package setup

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/bundle/provenance"
)

// files of the keys, all of them.
var allFiles = []string{manifestFile, "cs", "pk", "vk"}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func writeAll(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// assertDamaged asks for the keys: they are refused with the file's name and what to do.
func assertDamaged(t *testing.T, s *Store, c *Circuit, path string) {
	t.Helper()
	start := time.Now()
	_, err := s.Groth16Keys(context.Background(), c, func(phase Phase, _, _ int64) {
		if phase == PhaseSetup {
			t.Error("damaged keys were made again silently")
		}
	})
	if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "genproof setup --force") {
		t.Errorf("got %v, want ErrDamaged, %s and what to do", err, path)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("refused after %v, want within a second", took)
	}
}

func TestKeys_RefusesDamage(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	keysOf(t, s, c)
	damages := map[string]func(b []byte) []byte{
		"truncated": func(b []byte) []byte { return b[:len(b)-1] },
		"emptied":   func([]byte) []byte { return nil },
		"extended":  func(b []byte) []byte { return append(bytes.Clone(b), '\n') },
	}
	for _, name := range allFiles {
		path := filepath.Join(s.Path(c.Digest), name)
		whole := readFile(t, path)
		for kind, damage := range damages {
			t.Run(name+" "+kind, func(t *testing.T) {
				writeAll(t, path, damage(whole))
				assertDamaged(t, s, c, path)
			})
		}
		t.Run(name+" flipped", func(t *testing.T) {
			for i := 0; i < len(whole); i += 1 + len(whole)/40 {
				flipped := bytes.Clone(whole)
				flipped[i] ^= 1 << (i % 8)
				writeAll(t, path, flipped)
				assertDamaged(t, s, c, path)
			}
		})
		t.Run(name+" gone", func(t *testing.T) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			assertDamaged(t, s, c, path)
		})
		t.Run(name+" a folder", func(t *testing.T) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
			defer os.Remove(path)
			_, err := s.Groth16Keys(context.Background(), c, nil)
			if err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("got %v, want an error with %s", err, path)
			}
		})
		writeAll(t, path, whole)
	}
	if _, phases := keysOf(t, s, c); phases.has(PhaseSetup) {
		t.Error("whole again, and still made again")
	}
}

func TestKeys_RefusesSwappedFiles(t *testing.T) {
	s := openStore(t)
	a, b := compilePower(t, "toy/power", 4), compilePower(t, "toy/power", 5)
	keysOf(t, s, a)
	keysOf(t, s, b)
	for _, name := range allFiles {
		from, to := filepath.Join(s.Path(a.Digest), name), filepath.Join(s.Path(b.Digest), name)
		mine, theirs := readFile(t, from), readFile(t, to)
		writeAll(t, from, theirs)
		writeAll(t, to, mine)
		assertDamaged(t, s, a, from)
		assertDamaged(t, s, b, to)
		writeAll(t, from, mine)
		writeAll(t, to, theirs)
	}
	// Both folders whole, in each other's place.
	aside := s.Path(a.Digest) + "x"
	for _, move := range [][2]string{{s.Path(a.Digest), aside}, {s.Path(b.Digest), s.Path(a.Digest)}, {aside, s.Path(b.Digest)}} {
		if err := os.Rename(move[0], move[1]); err != nil {
			t.Fatal(err)
		}
	}
	assertDamaged(t, s, a, filepath.Join(s.Path(a.Digest), manifestFile))
	assertDamaged(t, s, b, filepath.Join(s.Path(b.Digest), manifestFile))
}

// A manifest that lies, with a checksum that is right.
func TestKeys_RefusesLyingManifest(t *testing.T) {
	s := openStore(t)
	a, b := compilePower(t, "toy/power", 4), compilePower(t, "toy/power", 5)
	keysOf(t, s, a)
	keysOf(t, s, b)
	folder := s.Path(a.Digest)
	path := filepath.Join(folder, manifestFile)
	whole := readFile(t, path)
	other, err := decodeManifest(readFile(t, filepath.Join(s.Path(b.Digest), manifestFile)))
	if err != nil {
		t.Fatal(err)
	}
	file := func(name string, f File) func(*Manifest) { return func(m *Manifest) { m.Files[name] = f } }
	short := func(name string) func(*Manifest) {
		return func(m *Manifest) { m.Files[name] = File{m.Files[name].Size - 1, m.Files[name].SHA256} }
	}
	for _, tc := range []struct {
		name  string
		lie   func(m *Manifest)
		named string
	}{
		{"version", func(m *Manifest) { m.Version = 2 }, manifestFile},
		{"circuit", func(m *Manifest) { m.Circuit = "toy/other" }, manifestFile},
		{"digest", func(m *Manifest) { m.Digest = other.Digest }, manifestFile},
		{"constraints", func(m *Manifest) { m.Constraints++ }, manifestFile},
		{"public inputs", func(m *Manifest) { m.PublicInputs-- }, manifestFile},
		{"domain", func(m *Manifest) { m.Domain *= 2 }, manifestFile},
		{"provenance", func(m *Manifest) { m.Provenance = "ceremony" }, manifestFile},
		{"a file more", file("../../x", File{1, "00"}), manifestFile},
		{"a file less", func(m *Manifest) { delete(m.Files, "pk") }, manifestFile},
		{"cs of another", file("cs", other.Files["cs"]), manifestFile},
		{"pk of another", file("pk", other.Files["pk"]), "pk"},
		{"vk of another", file("vk", other.Files["vk"]), "vk"},
		{"negative size", file("pk", File{-1, "00"}), "pk"},
		{"largest size", file("pk", File{1<<63 - 1, "00"}), "pk"},
		{"size of cs", short("cs"), "cs"},
		{"size of pk", short("pk"), "pk"},
		{"size of vk", short("vk"), "vk"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m, err := decodeManifest(whole)
			if err != nil {
				t.Fatal(err)
			}
			tc.lie(m)
			sealed, err := m.encode()
			if err != nil {
				t.Fatal(err)
			}
			writeAll(t, path, sealed)
			assertDamaged(t, s, a, filepath.Join(folder, tc.named))
		})
	}
	// Manifest and key agree with each other and not with the circuit.
	for _, name := range []string{"pk", "vk"} {
		m, err := decodeManifest(whole)
		if err != nil {
			t.Fatal(err)
		}
		m.Files[name] = other.Files[name]
		sealed, err := m.encode()
		if err != nil {
			t.Fatal(err)
		}
		mine := readFile(t, filepath.Join(folder, name))
		writeAll(t, path, sealed)
		writeAll(t, filepath.Join(folder, name), readFile(t, filepath.Join(s.Path(b.Digest), name)))
		assertDamaged(t, s, a, folder)
		writeAll(t, filepath.Join(folder, name), mine)
	}
}

func TestKeys_RefusesHostileManifest(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	keysOf(t, s, c)
	path := filepath.Join(s.Path(c.Digest), manifestFile)
	whole := string(readFile(t, path))
	for name, text := range map[string]string{
		"no JSON":       "version: 1",
		"duplicate key": strings.Replace(whole, `"version": 1,`, `"version": 2, "version": 1,`, 1),
		"unknown key":   strings.Replace(whole, `"version": 1,`, `"version": 1, "extra": 1,`, 1),
		"other case":    strings.Replace(whole, `"version"`, `"VERSION"`, 1),
		"other spaces":  strings.Replace(whole, `"version": 1`, `"version":1`, 1),
		"trailing":      whole + "{}",
		"deep":          strings.Repeat(`{"files":`, 5000),
		"long":          whole + strings.Repeat(" ", maxManifestBytes),
		"huge number":   strings.Replace(whole, `"version": 1,`, `"version": 1e400,`, 1),
		"null":          "null",
	} {
		t.Run(name, func(t *testing.T) {
			writeAll(t, path, []byte(text))
			assertDamaged(t, s, c, path)
		})
	}
}

func FuzzManifest(f *testing.F) {
	c := &Circuit{ID: "toy/power"}
	m := newManifest(c, provenance.UnsafeDevelopment, map[string]File{"cs": {1, "00"}, "pk": {2, "01"}, "vk": {3, "02"}})
	sealed, err := m.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed)
	f.Add([]byte("{}"))
	f.Add([]byte(`{"files":{"pk":{"size":9223372036854775807}}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := decodeManifest(b)
		if err != nil {
			return
		}
		again, err := m.encode()
		if err != nil || !bytes.Equal(again, b) {
			t.Error("one manifest with two spellings")
		}
	})
}
