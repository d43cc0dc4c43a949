package ceremony

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/setup"
)

func TestMain(m *testing.M) {
	logger.Disable() // gnark logs to standard output
	os.Exit(m.Run())
}

var ctx = context.Background()

// A toy is a small circuit with coefficients and terms of every kind: I know X with
// X^N = Y, and Z is a combination. Lost is in no constraint.
type toy struct {
	X, Lost frontend.Variable
	Y, Z    frontend.Variable `gnark:",public"`

	n int
}

func (c *toy) Define(api frontend.API) error {
	y := c.X
	for i := range c.n - 1 {
		y = api.Mul(y, api.Add(c.X, 0))
		api.AssertIsEqual(api.Mul(api.Add(api.Mul(c.X, i+3), api.Neg(y), 7), api.Sub(api.Mul(y, 1<<i), c.X, 5)),
			api.Mul(api.Add(api.Mul(c.X, i+3), api.Neg(y), 7), api.Sub(api.Mul(y, 1<<i), c.X, 5)))
	}
	api.AssertIsEqual(c.Y, y)
	api.AssertIsEqual(api.Mul(c.Z, 1), api.Add(c.X, c.X, toyOffset))
	return nil
}

// compileToy compiles a toy. Different n are different circuits.
func compileToy(t testing.TB, n int) *setup.Circuit { return compiled(t, "toy/power", &toy{n: n}) }

// compiled compiles any circuit.
func compiled(t testing.TB, id string, circuit frontend.Circuit) *setup.Circuit {
	t.Helper()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, circuit)
	if err != nil {
		t.Fatal(err)
	}
	system := compiled.(*cs.R1CS)
	h := sha256.New()
	if _, err := system.WriteTo(h); err != nil {
		t.Fatal(err)
	}
	return &setup.Circuit{
		ID: id, CS: system, Digest: [32]byte(h.Sum(nil)), Constraints: system.GetNbConstraints(),
		PublicInputs: system.GetNbPublicVariables() - 1, Domain: ecc.NextPowerOfTwo(uint64(system.GetNbConstraints())),
	}
}

// toySRS are powers of tau that nobody knows, as gnark makes them.
func toySRS(t testing.TB, c *setup.Circuit) *SRS {
	t.Helper()
	p := mpcsetup.NewPhase1(c.Domain)
	p.Contribute()
	commons := p.Seal([]byte("test"))
	return &SRS{Source: Source{SourcePtau, sha256.Sum256([]byte("a file")), powerOf(c.Domain)}, Commons: &commons}
}

const (
	block     = "ethereum:1:22000000"
	blockHash = "0123456789abcdef0123456789abcdef"
)

func contributor(name string) Contributor {
	seed := sha256.Sum256([]byte(name))
	return Contributor{name, ed25519.NewKeyFromSeed(seed[:])}
}

// A world is a ceremony with contributions by alice, bob and carol.
type world struct {
	circuit *setup.Circuit
	srs     *SRS
	dir     string // open
	sealed  string // with its beacon
	final   string
}

// theWorld is made once: tests copy its folders.
var theWorld = sync.OnceValues(func() (*world, error) {
	t := new(testing.T) // its Fatal would end the goroutine: toys always compile
	dir, err := os.MkdirTemp("", "ceremony")
	if err != nil {
		return nil, err
	}
	w := &world{circuit: compileToy(t, 3), dir: filepath.Join(dir, "open"), sealed: filepath.Join(dir, "sealed"), final: filepath.Join(dir, "final")}
	w.srs = toySRS(t, w.circuit)
	f, err := InitCircuit(ctx, w.dir, w.circuit, w.srs, block, nil)
	if err != nil {
		return nil, err
	}
	p, err := f.Phase(w.circuit)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"alice", "bob", "carol"} {
		if _, err := f.Contribute(ctx, p, contributor(name), nil); err != nil {
			return nil, err
		}
	}
	if err := os.CopyFS(w.sealed, os.DirFS(w.dir)); err != nil {
		return nil, err
	}
	f.dir = w.sealed
	if _, err := f.ApplyBeacon(ctx, p, []byte(blockHash), nil); err != nil {
		return nil, err
	}
	if err := os.CopyFS(w.final, os.DirFS(w.sealed)); err != nil {
		return nil, err
	}
	f.dir = w.final
	_, err = f.Finalize(ctx, p, w.srs, nil)
	return w, err
})

func newWorld(t testing.TB) *world {
	t.Helper()
	w, err := theWorld()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// copyOf copies a folder for a test to spoil.
func copyOf(t testing.TB, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "ceremony")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

func (w *world) open(t testing.TB, dir string) (*Folder, *Phase) {
	t.Helper()
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.Phase(w.circuit)
	if err != nil {
		t.Fatal(err)
	}
	return f, p
}

// verify verifies a folder from its definition on.
func (w *world) verify(dir string) (*Result, error) {
	f, err := Open(dir)
	if err != nil {
		return nil, err
	}
	p, err := f.Phase(w.circuit)
	if err != nil {
		return nil, err
	}
	return f.Verify(ctx, p, w.srs, nil)
}

// snapshot is every file of a folder.
func snapshot(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == lockFile { // that names its last holder
			return err
		}
		b, err := os.ReadFile(path)
		files[strings.TrimPrefix(path, dir)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func readFile(t testing.TB, path ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sum is sha256.Sum256: tests hash as anybody would.
func sum(b []byte) [32]byte { return sha256.Sum256(b) }

func overwrite(t testing.TB, data []byte, path ...string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(path...), data, 0o644); err != nil {
		t.Fatal(err)
	}
}
