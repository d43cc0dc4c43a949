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

// timesG1 and timesG2 are k·p.
func timesG1(k int64, p g1) (q g1) {
	q.ScalarMultiplication(&p, big.NewInt(k))
	return q
}

func timesG2(k int64, p bn254.G2Affine) (q bn254.G2Affine) {
	q.ScalarMultiplication(&p, big.NewInt(k))
	return q
}

// TestLint_FindsSmallRatios: no two points of a setup are small multiples of one.
func TestLint_FindsSmallRatios(t *testing.T) {
	secret := simulator.New(20, 1).Scalar()
	rows := []struct {
		name, want string
		break_     func(*groth16.VerifyingKey)
	}{
		{"delta = 2 gamma", "the secret of delta is 2 times that of gamma up to sign: anybody", func(k *groth16.VerifyingKey) { k.Delta = timesG2(2, k.Gamma) }},
		{"delta = -16 gamma", "the secret of delta is 16 times that of gamma up to sign: anybody", func(k *groth16.VerifyingKey) { k.Delta = timesG2(-16, k.Gamma) }},
		{"2 delta = 3 gamma", "the secret of delta is 3/2 times that of gamma up to sign: anybody", func(k *groth16.VerifyingKey) { k.Gamma, k.Delta = timesG2(2, k.Gamma), timesG2(3, k.Gamma) }},
		{"gamma = beta/5", "the secret of gamma is 1/5 times that of beta up to sign: anybody", func(k *groth16.VerifyingKey) { k.Beta = timesG2(5, k.Gamma) }},
		{"alpha = beta", "the secret of beta is 1 times that of alpha up to sign: a setup", func(k *groth16.VerifyingKey) { k.Alpha, k.Beta = simulator.G1(secret), simulator.G2(secret) }},
		{"delta = 7 alpha", "the secret of delta is 7 times that of alpha up to sign: a setup", func(k *groth16.VerifyingKey) {
			k.Alpha, k.Delta = simulator.G1(secret), timesG2(7, simulator.G2(secret))
		}},
		{"alpha is 6", "the secret of alpha is 6 up to sign: it is known", func(k *groth16.VerifyingKey) { k.Alpha = simulator.G1(fr.NewElement(6)) }},
		{"delta is -2", "the secret of delta is 2 up to sign: it is known", func(k *groth16.VerifyingKey) { k.Delta = timesG2(-2, simulator.G2(fr.One())) }},
		{"delta is 9/4", "the secret of delta is 9/4 up to sign: it is known", func(k *groth16.VerifyingKey) {
			e := fr.NewElement(4)
			e.Inverse(&e)
			k.Delta = timesG2(9, simulator.G2(e))
		}},
		{"K[4] = 12 K[1]", "point K[4] is 12 times K[1] up to sign: their inputs", func(k *groth16.VerifyingKey) { k.K[4] = timesG1(12, k.K[1]) }},
		{"K[0] = -3/2 K[9]", "point K[9] is 2/3 times K[0] up to sign: their inputs", func(k *groth16.VerifyingKey) { k.K[0], k.K[9] = timesG1(-3, k.K[0]), timesG1(2, k.K[0]) }},
		{"K[7] is one", "point K[7] is 1 times the generator up to sign: nothing secret", func(k *groth16.VerifyingKey) { k.K[7] = simulator.G1(fr.One()) }},
	}
	for _, row := range rows {
		vk := simulator.New(9, 9).Key
		row.break_(vk)
		if faults := vk.Faults(); len(faults) != 1 || !strings.Contains(faults[0].Text, row.want) {
			t.Errorf("%s: got %v, want %q alone", row.name, faults, row.want)
		}
		if err := vk.Lint(9); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: linting got %v, want %q", row.name, err, row.want)
		}
		if _, err := groth16.ParseVerifyingKey(vk.Bytes()); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: parsing got %v, want %q", row.name, err, row.want)
		}
	}
}

func TestLint_AcceptsLargeRatios(t *testing.T) {
	vk := simulator.New(9, 9).Key
	vk.Delta, vk.K[3] = timesG2(17, vk.Gamma), timesG1(17, vk.K[2])
	if faults := vk.Faults(); faults != nil {
		t.Errorf("got %v: what the comment of maxMultiple says is not so", faults)
	}
}

// TestFaults_NamesAll: one fault hides no other, and a point that is none causes no second fault.
func TestFaults_NamesAll(t *testing.T) {
	vk := simulator.New(9, 9).Key
	vk.Alpha.SetInfinity()
	vk.Beta.X.A0.SetUint64(5)
	vk.Delta = vk.Gamma
	vk.K[0].SetInfinity()
	vk.K[1].SetInfinity()
	vk.K[5], vk.K[6] = vk.K[4], vk.K[4]
	want := []string{"alpha: ", "beta: ", "K[0]: ", "K[1]: ", "gamma equals delta", "K[4] equals K[5]", "K[4] equals K[6]"}
	faults := vk.Faults()
	for i := range max(len(want), len(faults)) {
		if len(faults) != len(want) || !strings.Contains(faults[i].Text, want[i]) || len(faults[i].Points) == 0 {
			t.Fatalf("got %v, want %q", faults, want)
		}
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
		"delta = 2 gamma": {
			func(k *groth16.VerifyingKey) { k.Delta = timesG2(2, k.Gamma) },
			func(vk *groth16.VerifyingKey, x g1) groth16.Proof {
				half := fr.NewElement(2)
				half.Inverse(&half)
				x.ScalarMultiplication(&x, half.BigInt(new(big.Int)))
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
		if vk.Lint(len(inputs)) == nil {
			t.Errorf("%s: the key is accepted", name)
		}
		if name == "delta = 2 gamma" {
			continue // a ratio: too dear for every verification, which is why keys are linted where they come in
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
