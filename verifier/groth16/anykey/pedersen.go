package anykey

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/internal/point"
)

// maxSigma bounds the secrets that are tried.
const maxSigma = 16

// faults lists what shows to be wrong with a commitment's key: its points are G and -σ·G,
// and who knows σ commits to what they like.
func (p *Pedersen) faults(name string) (faults []groth16.Fault) {
	var g, sigma bn254.G2Affine
	for _, at := range []struct {
		name  string
		words *[point.G2Bytes]byte
		p     *bn254.G2Affine
	}{{name + ": G", &p.G, &g}, {name + ": -σG", &p.SigmaNeg, &sigma}} {
		err := point.SetG2(at.p, at.words)
		if err == nil {
			err = point.CheckG2(at.p)
		}
		if err != nil {
			faults = append(faults, groth16.Fault{Points: []string{at.name}, Text: point.Named(at.name, err).Error()})
		}
	}
	if len(faults) > 0 {
		return faults
	}
	for k := int64(1); k <= maxSigma; k++ {
		var q bn254.G2Affine
		if q.ScalarMultiplication(&g, big.NewInt(k)); q.X.Equal(&sigma.X) {
			text := fmt.Sprintf("the secret of %s is %d up to sign: it is known", name, k)
			return []groth16.Fault{{Points: []string{name}, Text: text}}
		}
	}
	return nil
}
