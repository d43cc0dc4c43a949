package groth16_test

import (
	"strings"
	"testing"

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
		if err := s.Key.Lint(); err == nil || !strings.Contains(err.Error(), row.want) {
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
	if none.Lint() == nil || none.Verify(nil, nil) == nil {
		t.Error("a missing key is accepted")
	}
}

func TestLint_AcceptsGammaAtTheGenerator(t *testing.T) {
	s := simulator.New(10, 9)
	s.Key.Gamma = simulator.G2(fr.One())
	if err := s.Key.Lint(); err != nil {
		t.Errorf("a ceremony's key is refused: %v", err)
	}
}
