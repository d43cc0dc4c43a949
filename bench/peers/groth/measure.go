package groth

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	"github.com/consensys/gnark/backend/groth16"
	groth16bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/bench/host"
	own "github.com/genproof/genproof/prover/groth16"
)

// The files of a setup.
const (
	systemFile  = "system"
	provingFile = "proving.key"
	keyFile     = "verifying.key"
	proofFile   = "proof"
	inputsFile  = "inputs"
)

// A Setup tells of the making of keys.
type Setup struct {
	Constraints, Inputs          int
	CompileSeconds, SetupSeconds float64
	ProvingKeyBytes, VKeyBytes   int64
}

// Setup compiles the circuit, draws keys and writes everything into dir.
func (c *Case) Setup(dir string) (*Setup, error) {
	start := time.Now()
	compiled, err := c.Compile()
	if err != nil {
		return nil, err
	}
	system := compiled.(*cs.R1CS)
	s := &Setup{Constraints: system.GetNbConstraints(), Inputs: system.GetNbPublicVariables() - 1, CompileSeconds: time.Since(start).Seconds()}
	start = time.Now()
	var pk groth16bn254.ProvingKey
	var vk groth16bn254.VerifyingKey
	if err := groth16bn254.Setup(system, &pk, &vk); err != nil {
		return nil, err
	}
	s.SetupSeconds = time.Since(start).Seconds()
	if _, err := save(dir, systemFile, func(f *os.File) error { _, err := system.WriteTo(f); return err }); err != nil {
		return nil, err
	}
	if s.ProvingKeyBytes, err = save(dir, provingFile, func(f *os.File) error { return pk.WriteDump(f) }); err != nil {
		return nil, err
	}
	s.VKeyBytes, err = save(dir, keyFile, func(f *os.File) error { _, err := vk.WriteRawTo(f); return err })
	return s, err
}

// A Prove is what proving and verifying took.
type Prove struct {
	ProveSeconds, ProveCPU, VerifySeconds []float64
	ProofBytes                            int
}

// Prove proves the case warmup+runs times with the keys in dir, and verifies each proof. A
// proof that is refused, or accepted for other inputs, is an error.
func (c *Case) Prove(dir string, warmup, runs int) (*Prove, error) {
	k, err := load(dir)
	if err != nil {
		return nil, err
	}
	full, err := frontend.NewWitness(c.Assignment, ecc.BN254.ScalarField())
	if err != nil {
		return nil, err
	}
	public, err := full.Public()
	if err != nil {
		return nil, err
	}
	wrong, err := changed(public)
	if err != nil {
		return nil, err
	}
	prove, err := c.prover(k)
	if err != nil {
		return nil, err
	}
	out := new(Prove)
	verify := solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16)
	var proof groth16.Proof
	for i := range warmup + runs {
		start, used := time.Now(), host.Used()
		if proof, err = prove(full); err != nil {
			return nil, errors.New("the assignment does not satisfy the circuit") // gnark quotes it
		}
		took, cpu := time.Since(start).Seconds(), (host.Used() - used).Seconds()
		start = time.Now()
		if err := groth16.Verify(proof, &k.verifying, public, verify); err != nil {
			return nil, fmt.Errorf("the proof is refused: %w", err)
		}
		if i >= warmup {
			out.ProveSeconds, out.ProveCPU = append(out.ProveSeconds, took), append(out.ProveCPU, cpu)
			out.VerifySeconds = append(out.VerifySeconds, time.Since(start).Seconds())
		}
	}
	if groth16.Verify(proof, &k.verifying, wrong, verify) == nil {
		return nil, errors.New("the proof is accepted for other public inputs")
	}
	return out, out.keep(dir, proof.(*groth16bn254.Proof), public)
}

// prover returns gnark's, or genproof's own.
func (c *Case) prover(k *keys) (func(witness.Witness) (groth16.Proof, error), error) {
	if !c.Own {
		target := solidity.WithProverTargetSolidityVerifier(backend.GROTH16)
		return func(w witness.Witness) (groth16.Proof, error) { return groth16.Prove(k.system, &k.proving, w, target) }, nil
	}
	p, err := own.New(k.system, &k.proving)
	if err != nil {
		return nil, err
	}
	return func(w witness.Witness) (groth16.Proof, error) {
		proof, err := p.Prove(w)
		if err != nil {
			return nil, err
		}
		return &groth16bn254.Proof{Ar: proof.Ar, Bs: proof.Bs, Krs: proof.Krs}, nil
	}, nil
}

// keep writes proof and inputs as Solidity verifiers take them.
func (p *Prove) keep(dir string, proof *groth16bn254.Proof, public witness.Witness) error {
	data := proof.MarshalSolidity()
	p.ProofBytes = len(data)
	var inputs []byte
	for _, e := range public.Vector().(fr.Vector) {
		b := e.Bytes()
		inputs = append(inputs, b[:]...)
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, proofFile), data, 0o600),
		os.WriteFile(filepath.Join(dir, inputsFile), inputs, 0o600),
	)
}

// changed returns the public inputs with the last one another number.
func changed(public witness.Witness) (witness.Witness, error) {
	vector := append(fr.Vector{}, public.Vector().(fr.Vector)...)
	one := fr.One()
	last := &vector[len(vector)-1]
	last.Add(last, &one)
	values := make(chan any, len(vector))
	for _, e := range vector {
		values <- e
	}
	close(values)
	out, err := witness.New(ecc.BN254.ScalarField())
	if err != nil {
		return nil, err
	}
	return out, out.Fill(len(vector), 0, values)
}

type keys struct {
	system    *cs.R1CS
	proving   groth16bn254.ProvingKey
	verifying groth16bn254.VerifyingKey
}

func load(dir string) (*keys, error) {
	k := &keys{system: new(cs.R1CS)}
	err := errors.Join(
		open(dir, systemFile, func(f *os.File) error { _, err := k.system.ReadFrom(f); return err }),
		open(dir, provingFile, func(f *os.File) error { return k.proving.ReadDump(f) }),
		open(dir, keyFile, func(f *os.File) error { _, err := k.verifying.UnsafeReadFrom(f); return err }),
	)
	if err != nil {
		return nil, fmt.Errorf("reading the setup: %w", err)
	}
	return k, nil
}

func save(dir, name string, write func(*os.File) error) (size int64, err error) {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return 0, err
	}
	err = write(f)
	if info, e := f.Stat(); e == nil {
		size = info.Size()
	}
	return size, errors.Join(err, f.Close())
}

func open(dir, name string, read func(*os.File) error) error {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	defer f.Close()
	return read(f)
}
