package measure

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/scs"

	"github.com/genproof/genproof/bench/subject"
	"github.com/genproof/genproof/circuits/statement"
	prover "github.com/genproof/genproof/prover/plonk"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier/plonk"
)

// plonkBackend proves the product's PLONK circuits. Of gadgets it counts the gates.
type plonkBackend struct{}

func (plonkBackend) builder() frontend.NewBuilder { return scs.NewBuilder }

func (plonkBackend) constants() int { return 0 }

// domain counts a row for each public input, which is not a constraint of the system's.
func (plonkBackend) domain(system constraint.ConstraintSystem) uint64 {
	return ecc.NextPowerOfTwo(uint64(system.GetNbConstraints() + system.GetNbPublicVariables()))
}

func (plonkBackend) digest(name string, system constraint.ConstraintSystem) ([32]byte, error) {
	return digestOf(name, statement.Plonk, system)
}

func (plonkBackend) proves(s *subject.Subject) bool {
	id, err := circuitID(s.Name, statement.Plonk)
	return err == nil && slices.Contains(statement.CircuitsOf(statement.Plonk), id)
}

// plonkKeys have our verifying key only if they are the store's.
type plonkKeys struct {
	sparse    *cs.SparseR1CS
	proving   *gnark.ProvingKey
	verifying *plonk.VerifyingKey
}

func (plonkBackend) setupNote() string {
	return "from powers of tau, which serve every circuit; their Lagrange form included"
}

// setup draws powers of tau, whose secret nobody keeps.
func (b plonkBackend) setup(system constraint.ConstraintSystem) (func() (keys, error), error) {
	tau, err := rand.Int(rand.Reader, fr.Modulus())
	if err != nil {
		return nil, err
	}
	domain := b.domain(system)
	powers, err := kzg.NewSRS(domain+3, tau)
	if err != nil {
		return nil, fmt.Errorf("powers of tau: %w", err)
	}
	return func() (keys, error) {
		lagrange, err := kzg.ToLagrangeG1(powers.Pk.G1[:domain])
		if err != nil {
			return nil, err
		}
		sparse := system.(*cs.SparseR1CS)
		proving, _, err := gnark.Setup(sparse, *powers, kzg.SRS{Pk: kzg.ProvingKey{G1: lagrange}})
		return &plonkKeys{sparse, proving, nil}, err
	}, nil
}

func (plonkBackend) stored(ctx context.Context, store *setup.Store, subject string) (keys, error) {
	circuit, err := storedCircuit(ctx, store, subject, statement.Plonk)
	if err != nil {
		return nil, err
	}
	k, err := store.PlonkKeys(ctx, circuit, nil)
	if err != nil {
		return nil, err
	}
	return &plonkKeys{circuit.CS.(*cs.SparseR1CS), k.Proving, k.Verifying}, nil
}

func (plonkBackend) keyBytes(ctx context.Context, store *setup.Store, subject string) (proving, verifying int64, err error) {
	return keyBytesOf(ctx, store, subject, statement.Plonk)
}

var errNoGadgets = errors.New("gadgets are not proven with PLONK")

func (plonkBackend) read(string) (keys, error) { return nil, errNoGadgets }

func (k *plonkKeys) write(string) error { return errNoGadgets }

func (k *plonkKeys) system() constraint.ConstraintSystem { return k.sparse }

type plonkProof struct{ *plonk.Proof }

func (p plonkProof) bytes() []byte { return p.Bytes() }

// prove proves as the product does: the quotient's shards are blinded too.
func (k *plonkKeys) prove(w witness.Witness) (proof, error) {
	p, err := prover.New(k.sparse, k.proving)
	if err != nil {
		return nil, err
	}
	own, err := p.Prove(w)
	return plonkProof{own}, err
}

// verify decodes the proof too, as whoever gets one does.
func (k *plonkKeys) verify(public fr.Vector, p proof) error {
	own, err := plonk.ParseProof(p.bytes())
	if err != nil {
		return err
	}
	return k.verifying.Verify(public, own)
}

// parts are solving alone: gnark's PLONK prover is not made of pieces that can be done
// again with the values of one proof.
func (k *plonkKeys) parts(w witness.Witness) ([]part, error) {
	return []part{{"solve", "", func() error {
		if _, err := k.sparse.Solve(w); err != nil {
			return errNoProof
		}
		return nil
	}}}, nil
}
