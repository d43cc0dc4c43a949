package groth16_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/internal/simulator"
)

func TestLint_RefusesDegenerateKey(t *testing.T) {
	one := fr.One()
	rows := []struct {
		name, want string
		break_     func(*groth16.VerifyingKey)
	}{
		{"gamma = delta", "gamma equals delta", func(k *groth16.VerifyingKey) { k.Delta = k.Gamma }},
		{"gamma = -delta", "gamma equals delta", func(k *groth16.VerifyingKey) { k.Gamma = negG2(k.Delta) }},
		{"beta = gamma", "beta equals gamma", func(k *groth16.VerifyingKey) { k.Gamma = k.Beta }},
		{"beta = delta", "beta equals delta", func(k *groth16.VerifyingKey) { k.Beta = k.Delta }},
		{"alpha = 1", "alpha is the generator", func(k *groth16.VerifyingKey) { k.Alpha = simulator.G1(one) }},
		{"beta = 1", "beta is the generator", func(k *groth16.VerifyingKey) { k.Beta = simulator.G2(one) }},
		{"delta = -1", "delta is the generator", func(k *groth16.VerifyingKey) { k.Delta = negG2(simulator.G2(one)) }},
		{"alpha = 0", "alpha: the point is at infinity", func(k *groth16.VerifyingKey) { k.Alpha.SetInfinity() }},
		{"beta = 0", "beta: the point is at infinity", func(k *groth16.VerifyingKey) { k.Beta.SetInfinity() }},
		{"gamma = 0", "gamma: the point is at infinity", func(k *groth16.VerifyingKey) { k.Gamma.SetInfinity() }},
		{"delta = 0", "delta: the point is at infinity", func(k *groth16.VerifyingKey) { k.Delta.SetInfinity() }},
		{"K[0] = 0", "K[0]: the point is at infinity", func(k *groth16.VerifyingKey) { k.K[0].SetInfinity() }},
		{"K[9] = 0", "K[9]: the point is at infinity", func(k *groth16.VerifyingKey) { k.K[9].SetInfinity() }},
		{"K[2] = K[5]", "K[2] equals K[5]", func(k *groth16.VerifyingKey) { k.K[5] = k.K[2] }},
		{"K[2] = -K[5]", "K[2] equals K[5]", func(k *groth16.VerifyingKey) { k.K[5] = negG1(k.K[2]) }},
		{"alpha off curve", "alpha: the point is not on the curve", func(k *groth16.VerifyingKey) { k.Alpha.X.SetUint64(5) }},
		{"gamma off curve", "gamma: the point is not on the curve", func(k *groth16.VerifyingKey) { k.Gamma.Y.A1.SetUint64(5) }},
		{"K[3] off curve", "K[3]: the point is not on the curve", func(k *groth16.VerifyingKey) { k.K[3].Y.SetUint64(5) }},
		{"delta outside", "delta: the point is not in the prime-order subgroup", func(k *groth16.VerifyingKey) { k.Delta = outsideSubgroup() }},
		{"no inputs", "1 K points", func(k *groth16.VerifyingKey) { k.K = k.K[:1] }},
		{"too many inputs", "300 K points", func(k *groth16.VerifyingKey) { k.K = append(k.K, make([]g1, 290)...) }},
	}
	for _, row := range rows {
		s := simulator.New(9, 9)
		inputs := make([]fr.Element, 9)
		proof := s.Prove(inputs...)
		row.break_(s.Key)
		if err := s.Key.Lint(9); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", row.name, err, row.want)
		}
		if _, err := groth16.ParseVerifyingKey(s.Key.Bytes()); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: parsing got %v, want %q", row.name, err, row.want)
		}
		if s.Key.Verify(inputs, proof) == nil {
			t.Errorf("%s: the key verifies", row.name)
		}
	}
	var none *groth16.VerifyingKey
	if none.Lint(0) == nil || none.Verify(nil, nil) == nil {
		t.Error("a missing key is accepted")
	}
}

func TestLint_AcceptsGammaAtTheGenerator(t *testing.T) {
	s := simulator.New(10, 9)
	s.Key.Gamma = simulator.G2(fr.One())
	if err := s.Key.Lint(9); err != nil {
		t.Errorf("a ceremony's key is refused: %v", err)
	}
}

// TestLint_RefusesKeysAnybodyForges shows why β, γ and δ must differ: a proof of
// any statement is made here from the key's points alone. The equation is
// checked bare, as a verifier without a lint does.
func TestLint_RefusesKeysAnybodyForges(t *testing.T) {
	inputs := []fr.Element{fr.NewElement(1), fr.NewElement(2), fr.NewElement(3)}
	rows := map[string]struct {
		degrade func(*groth16.VerifyingKey)
		forge   func(vk *groth16.VerifyingKey, x g1) groth16.Proof
	}{
		"gamma = delta": {
			func(k *groth16.VerifyingKey) { k.Gamma = k.Delta },
			func(vk *groth16.VerifyingKey, x g1) groth16.Proof {
				return groth16.Proof{Ar: vk.Alpha, Bs: vk.Beta, Krs: negG1(x)}
			},
		},
		"beta = delta": {
			func(k *groth16.VerifyingKey) { k.Beta = k.Delta },
			func(vk *groth16.VerifyingKey, x g1) groth16.Proof {
				return groth16.Proof{Ar: x, Bs: vk.Gamma, Krs: negG1(vk.Alpha)}
			},
		},
		"beta = gamma": {
			func(k *groth16.VerifyingKey) { k.Gamma = k.Beta },
			func(vk *groth16.VerifyingKey, x g1) groth16.Proof {
				a := addG1(vk.Alpha, x)
				return groth16.Proof{Ar: a, Bs: addG2(vk.Beta, vk.Delta), Krs: a}
			},
		},
	}
	for name, row := range rows {
		vk := simulator.New(12, 3).Key
		row.degrade(vk)
		forged := row.forge(vk, combined(vk, inputs))
		if !equationHolds(vk, inputs, &forged) {
			t.Errorf("%s: the forgery fails, so the row shows nothing", name)
		}
		if vk.Verify(inputs, &forged) == nil || vk.VerifyBatch([][]fr.Element{inputs}, []*groth16.Proof{&forged}) == nil {
			t.Errorf("%s: the forgery is accepted", name)
		}
	}
}

// combined is K_0 + Σ x_i·K_i, term by term.
func combined(vk *groth16.VerifyingKey, inputs []fr.Element) g1 {
	sum := vk.K[0]
	for i := range inputs {
		var term g1
		term.ScalarMultiplication(&vk.K[i+1], inputs[i].BigInt(new(big.Int)))
		sum = addG1(sum, term)
	}
	return sum
}

func equationHolds(vk *groth16.VerifyingKey, inputs []fr.Element, p *groth16.Proof) bool {
	ok, err := bn254.PairingCheck(
		[]g1{p.Ar, negG1(vk.Alpha), negG1(combined(vk, inputs)), negG1(p.Krs)},
		[]bn254.G2Affine{p.Bs, vk.Beta, vk.Gamma, vk.Delta},
	)
	return ok && err == nil
}
