// Package anykey reads Groth16 verifying keys over BN254 as various tools write them,
// sound or not, so that their faults can be told. Keys that are to verify anything come in
// by [groth16.ParseVerifyingKey] and nowhere else.
package anykey

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/internal/point"
)

// Bounds of what is read.
const (
	MaxBytes  = 4 << 20
	MaxPoints = 4097 // K points
)

// ErrUnknown says that bytes are a key in no form that is known here.
var ErrUnknown = errors.New("it is no verifying key in a form that is known here")

// Words are a key's points as the EVM's precompiles take them: coordinates of 32 bytes,
// big-endian, an extension field element A1 first, zeros for the point at infinity. No word
// need be below the field's modulus, no point on its curve.
type Words struct {
	Alpha              [point.G1Bytes]byte
	Beta, Gamma, Delta [point.G2Bytes]byte
	K                  [][point.G1Bytes]byte // that of one, the public inputs', the commitments'
	Pedersen           []Pedersen
}

// A Pedersen is the key of a commitment in gnark's extension of Groth16.
type Pedersen struct{ G, SigmaNeg [point.G2Bytes]byte }

// A Key is a key as it was read.
type Key struct {
	Form        string // what it was read from, in words
	Declared    int    // the number of public inputs that the form tells apart from the K points, or -1
	Commitments int    // of gnark's extension: so many K points belong to no public input
	Unseen      string // what reading this form leaves open, if anything
	Points      groth16.VerifyingKey
	unread      []groth16.Fault // points with a coordinate that is none; in Points they are at infinity
	pedersen    []Pedersen
}

// New returns the key of a form's words.
func New(form string, declared, commitments int, w *Words) (*Key, error) {
	if len(w.K) < 1 || len(w.K) > MaxPoints {
		return nil, fmt.Errorf("%s: %d K points, want 1 to %d", form, len(w.K), MaxPoints)
	}
	if commitments > len(w.K)-1 {
		return nil, fmt.Errorf("%s: %d commitments with %d K points", form, commitments, len(w.K))
	}
	k := &Key{Form: form, Declared: declared, Commitments: commitments, pedersen: w.Pedersen}
	k.Points.K = make([]bn254.G1Affine, len(w.K))
	k.g1("alpha", &w.Alpha, &k.Points.Alpha)
	k.g2("beta", &w.Beta, &k.Points.Beta)
	k.g2("gamma", &w.Gamma, &k.Points.Gamma)
	k.g2("delta", &w.Delta, &k.Points.Delta)
	for i := range w.K {
		k.g1(fmt.Sprintf("K[%d]", i), &w.K[i], &k.Points.K[i])
	}
	return k, nil
}

// NbInputs is the number of public inputs that there are K points for.
func (k *Key) NbInputs() int { return len(k.Points.K) - 1 - k.Commitments }

// Digest is [groth16.VerifyingKey.Digest]; false of a key that has no such form: with a
// coordinate that is not below the modulus, or with commitments.
func (k *Key) Digest() ([32]byte, bool) {
	return k.Points.Digest(), len(k.unread) == 0 && k.Commitments == 0
}

func (k *Key) g1(name string, words *[point.G1Bytes]byte, p *bn254.G1Affine) {
	if err := point.SetG1(p, words); err != nil {
		p.SetInfinity()
		k.unreadable(name, err)
	}
}

func (k *Key) g2(name string, words *[point.G2Bytes]byte, p *bn254.G2Affine) {
	if err := point.SetG2(p, words); err != nil {
		p.SetInfinity()
		k.unreadable(name, err)
	}
}

func (k *Key) unreadable(name string, err error) {
	k.unread = append(k.unread, groth16.Fault{Points: []string{name}, Text: point.Named(name, err).Error()})
}

// Faults lists all that shows to be wrong with the key: what [groth16.VerifyingKey.Faults]
// lists, coordinates that are not below the field's modulus, another number of public inputs
// than the form declares, commitment keys whose secret shows.
func (k *Key) Faults() []groth16.Fault {
	faults := append([]groth16.Fault(nil), k.unread...)
	skip := map[string]bool{}
	for _, f := range k.unread {
		skip[f.Points[0]] = true
	}
	for _, f := range k.Points.Faults() {
		if !skip[f.Points[0]] { // it was put at infinity, where it has no relations
			faults = append(faults, f)
		}
	}
	if k.Declared >= 0 && k.Declared != k.NbInputs() {
		faults = append(faults, groth16.Fault{Text: fmt.Sprintf("it has K points for %d public inputs and declares %d", k.NbInputs(), k.Declared)})
	}
	for i := range k.pedersen {
		faults = append(faults, k.pedersen[i].faults(fmt.Sprintf("commitment key %d", i))...)
	}
	return faults
}
