package measure

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	gnark "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/bench/subject"
	"github.com/genproof/genproof/circuits/statement"
	prover "github.com/genproof/genproof/prover/groth16"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier/groth16"
)

var field = ecc.BN254.ScalarField()

// errNoProof hides gnark's error, which quotes the witness.
var errNoProof = errors.New("the assignment does not satisfy the circuit")

type groth16Backend struct{}

func (groth16Backend) builder() frontend.NewBuilder { return r1cs.NewBuilder }

func (groth16Backend) constants() int { return 1 }

func (groth16Backend) domain(system constraint.ConstraintSystem) uint64 {
	return ecc.NextPowerOfTwo(uint64(system.GetNbConstraints()))
}

func (groth16Backend) proves(*subject.Subject) bool { return true }

func (groth16Backend) digest(name string, system constraint.ConstraintSystem) ([32]byte, error) {
	return digestOf(name, statement.Groth16, system)
}

// digestOf returns a circuit's digest as the key store has it, or that of a gadget.
func digestOf(name string, b statement.Backend, system constraint.ConstraintSystem) (d [32]byte, err error) {
	if id, err := circuitID(name, b); err == nil {
		c, err := setup.Compile(id)
		if err != nil {
			return d, err
		}
		return c.Digest, nil
	}
	h := sha256.New()
	_, err = system.WriteTo(h)
	return [32]byte(h.Sum(nil)), err
}

// circuitID is the circuit that a subject is with a backend. The subject's own name has none.
func circuitID(name string, b statement.Backend) (statement.CircuitID, error) {
	id, err := statement.ParseCircuitID(name)
	id.Backend = b
	return id, err
}

// groth16Keys are gnark's proving key and our verifying key, with the product's prover.
type groth16Keys struct {
	r1cs      *cs.R1CS
	proving   *gnark.ProvingKey
	verifying *groth16.VerifyingKey
	prover    *prover.Prover // nil until keys are read
}

// ready adds the prover.
func (k *groth16Keys) ready() (_ *groth16Keys, err error) {
	k.prover, err = prover.New(k.r1cs, k.proving)
	return k, err
}

type groth16Proof struct{ *groth16.Proof }

func (p groth16Proof) bytes() []byte {
	b := p.Bytes()
	return b[:]
}

func (groth16Backend) setup(system constraint.ConstraintSystem) (func() (keys, error), error) {
	return func() (keys, error) { return freshGroth16(system) }, nil
}

func (groth16Backend) setupNote() string { return "" }

func freshGroth16(system constraint.ConstraintSystem) (*groth16Keys, error) {
	k := &groth16Keys{r1cs: system.(*cs.R1CS), proving: new(gnark.ProvingKey)}
	var vk gnark.VerifyingKey
	if err := gnark.Setup(k.r1cs, k.proving, &vk); err != nil {
		return nil, fmt.Errorf("setup: %w", err)
	}
	k.verifying = &groth16.VerifyingKey{
		Alpha: vk.G1.Alpha, Beta: vk.G2.Beta, Gamma: vk.G2.Gamma, Delta: vk.G2.Delta,
		K: append(vk.G1.K[:0:0], vk.G1.K...),
	}
	return k, nil
}

func storedCircuit(ctx context.Context, store *setup.Store, subject string, b statement.Backend) (*setup.Circuit, error) {
	id, err := circuitID(subject, b)
	if err != nil {
		return nil, err
	}
	return store.Circuit(ctx, id, nil)
}

func (groth16Backend) stored(ctx context.Context, store *setup.Store, subject string) (keys, error) {
	circuit, err := storedCircuit(ctx, store, subject, statement.Groth16)
	if err != nil {
		return nil, err
	}
	k, err := store.Groth16Keys(ctx, circuit, nil)
	if err != nil {
		return nil, err
	}
	return (&groth16Keys{r1cs: circuit.CS.(*cs.R1CS), proving: k.Proving, verifying: k.Verifying}).ready()
}

func (groth16Backend) keyBytes(ctx context.Context, store *setup.Store, subject string) (proving, verifying int64, err error) {
	return keyBytesOf(ctx, store, subject, statement.Groth16)
}

func keyBytesOf(ctx context.Context, store *setup.Store, subject string, b statement.Backend) (proving, verifying int64, err error) {
	circuit, err := storedCircuit(ctx, store, subject, b)
	if err != nil {
		return 0, 0, err
	}
	return fileBytes(filepath.Join(store.Path(circuit.Digest), "pk"), filepath.Join(store.Path(circuit.Digest), "vk"))
}

func fileBytes(proving, verifying string) (int64, int64, error) {
	p, err := os.Stat(proving)
	if err != nil {
		return 0, 0, err
	}
	v, err := os.Stat(verifying)
	if err != nil {
		return 0, 0, err
	}
	return p.Size(), v.Size(), nil
}

func (k *groth16Keys) system() constraint.ConstraintSystem { return k.r1cs }

// write writes three files: no name of one can be that of another subject's.
func (k *groth16Keys) write(file string) error {
	for suffix, write := range map[string]func(io.Writer) error{
		".cs": func(w io.Writer) error { _, err := k.r1cs.WriteTo(w); return err },
		".pk": k.proving.WriteDump,
		".vk": func(w io.Writer) error { _, err := w.Write(k.verifying.Bytes()); return err },
	} {
		if err := writeFile(file+suffix, write); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 1<<20)
	return errors.Join(write(b), b.Flush(), f.Close())
}

// read trusts the files: this run has written them, into a folder of its own.
func (groth16Backend) read(file string) (keys, error) {
	k := &groth16Keys{r1cs: new(cs.R1CS), proving: new(gnark.ProvingKey)}
	for suffix, read := range map[string]func(io.Reader) error{
		".cs": func(r io.Reader) error { _, err := k.r1cs.ReadFrom(r); return err },
		".pk": k.proving.ReadDump,
		".vk": func(r io.Reader) error {
			b, err := io.ReadAll(r)
			if err == nil {
				k.verifying, err = groth16.ParseVerifyingKey(b)
			}
			return err
		},
	} {
		f, err := os.Open(file + suffix)
		if err != nil {
			return nil, fmt.Errorf("the gadget's keys, which setup makes: %w", err)
		}
		err = read(bufio.NewReaderSize(f, 1<<20))
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", file+suffix, err)
		}
	}
	return k.ready()
}

func (k *groth16Keys) prove(w witness.Witness) (proof, error) {
	p, err := k.prover.Prove(w)
	if err != nil {
		return nil, errNoProof
	}
	return groth16Proof{p}, nil
}

// verify decodes the proof too, as whoever gets one does.
func (k *groth16Keys) verify(public fr.Vector, p proof) error {
	own, err := groth16.ParseProof(bytes.Clone(p.bytes()))
	if err != nil {
		return err
	}
	return k.verifying.Verify(public, own)
}
