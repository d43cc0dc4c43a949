package setup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/genproof/genproof/circuits/statement"
)

func TestCompile_DigestIsDeterministic(t *testing.T) {
	id := statement.CircuitID{Binding: statement.Root, Size: statement.Small}
	first, err := Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	if first.Digest != second.Digest {
		t.Fatal("compiled twice, two digests")
	}
	if first.PublicInputs != statement.NbInputs || first.Commitments != 0 || first.ID != "root/small" {
		t.Errorf("%s: %d public inputs, %d commitments", first.ID, first.PublicInputs, first.Commitments)
	}
	if n := uint64(first.Constraints); first.Domain < n || first.Domain >= 2*n {
		t.Errorf("domain %d for %d constraints", first.Domain, first.Constraints)
	}
}

// The digest survives the way to the disk and back, so the cs file's SHA-256 is the digest.
func TestCircuit_DigestIsThatOfItsFile(t *testing.T) {
	c := compilePower(t, "toy/power", 4)
	var b bytes.Buffer
	if _, err := c.write(&b); err != nil {
		t.Fatal(err)
	}
	if sha256.Sum256(b.Bytes()) != c.Digest {
		t.Error("the digest is not that of the serialised form")
	}
	system := new(cs.R1CS)
	if _, err := system.ReadFrom(&b); err != nil {
		t.Fatal(err)
	}
	again, err := newCircuit("toy/power", system)
	if err != nil || again.Digest != c.Digest {
		t.Errorf("written and read: another digest, %v", err)
	}
	if other := compilePower(t, "toy/power", 5); other.Digest == c.Digest {
		t.Error("two circuits with one digest")
	}
}

// circuitOf asks for a toy circuit and says whether it was compiled.
func circuitOf(t *testing.T, s *Store, id string, n int) (*Circuit, bool) {
	t.Helper()
	compiled := false
	c, err := s.circuit(context.Background(), id, func() (*Circuit, error) {
		compiled = true
		return newPower(id, n)
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c, compiled
}

func TestCircuit_ComesFromTheStoreTheSecondTime(t *testing.T) {
	s := openStore(t)
	first, compiled := circuitOf(t, s, "toy/power", 4)
	if !compiled {
		t.Fatal("not compiled, from an empty store")
	}
	if _, compiled := circuitOf(t, s, "toy/power", 4); !compiled {
		t.Fatal("not compiled, and there are no keys yet")
	}
	keysOf(t, s, first)
	c, compiled := circuitOf(t, s, "toy/power", 4)
	if compiled != (runtime.GOOS != "linux") {
		t.Errorf("compiled %t on %s", compiled, runtime.GOOS)
	}
	if c.Digest != first.Digest || c.Constraints != first.Constraints || c.PublicInputs != 2 || c.Domain != first.Domain {
		t.Error("another circuit")
	}
	keys, phases := keysOf(t, s, c)
	if phases.has(PhaseSetup) {
		t.Error("its keys were made again")
	}
	assertProves(t, keys)
}

func TestCircuit_IsCompiledWhenInDoubt(t *testing.T) {
	s := openStore(t)
	c, _ := circuitOf(t, s, "toy/power", 4)
	keysOf(t, s, c)
	other, _ := circuitOf(t, s, "toy/other", 5)
	keysOf(t, s, other)
	note := s.memoryPath("toy/power")
	whole := string(readFile(t, note))
	folder := s.Path(c.Digest)
	program, err := programDigest()
	if err != nil {
		program = strings.Repeat("0", 64)
	}
	swap := func(old, new string) func() {
		return func() { writeAll(t, note, []byte(strings.Replace(whole, old, new, 1))) }
	}
	hexOf := func(c *Circuit) string { return filepath.Base(s.Path(c.Digest)) }
	for name, spoil := range map[string]func(){
		"another program":  swap(program, strings.Repeat("0", 64)),
		"another circuit":  swap("toy/power", "toy/other"),
		"another's digest": swap(hexOf(c), hexOf(other)),
		"no such digest":   swap(hexOf(c), strings.Repeat("0", 64)),
		"short digest":     swap(hexOf(c), "00"),
		"unknown key":      swap(`{"version"`, `{"x":1,"version"`),
		"no note":          func() { os.Remove(note) },
		"cs flipped": func() {
			writeAll(t, note, []byte(whole))
			b := readFile(t, filepath.Join(folder, "cs"))
			b[len(b)/2] ^= 1
			writeAll(t, filepath.Join(folder, "cs"), b)
		},
	} {
		t.Run(name, func(t *testing.T) {
			cs := readFile(t, filepath.Join(folder, "cs"))
			defer writeAll(t, filepath.Join(folder, "cs"), cs)
			spoil()
			again, compiled := circuitOf(t, s, "toy/power", 4)
			if !compiled || again.Digest != c.Digest {
				t.Errorf("compiled %t", compiled)
			}
		})
	}
}
