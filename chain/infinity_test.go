package chain_test

import (
	"crypto/sha256"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	fiatshamir "github.com/consensys/gnark-crypto/fiat-shamir"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/solidity/bindings"
	"github.com/genproof/genproof/verifier/plonk"
)

// knownTau is a secret that nobody may know: who does can open any commitment to any value.
const knownTau = 123456789

// challengesOf draws what a verifier asks.
func challengesOf(t *testing.T, vk *plonk.VerifyingKey, inputs []fr.Element, p *plonk.Proof) (gamma, beta, alpha, zeta fr.Element) {
	t.Helper()
	transcript := fiatshamir.NewTranscript(sha256.New(), "gamma", "beta", "alpha", "zeta")
	bind := func(name string, values ...interface{ Marshal() []byte }) {
		for _, v := range values {
			if err := transcript.Bind(name, v.Marshal()); err != nil {
				t.Fatal(err)
			}
		}
	}
	draw := func(name string) (e fr.Element) {
		b, err := transcript.ComputeChallenge(name)
		if err != nil {
			t.Fatal(err)
		}
		e.SetBytes(b)
		return e
	}
	bind("gamma", &vk.S[0], &vk.S[1], &vk.S[2], &vk.Ql, &vk.Qr, &vk.Qm, &vk.Qo, &vk.Qk)
	for i := range inputs {
		bind("gamma", &inputs[i])
	}
	bind("gamma", &p.L, &p.R, &p.O)
	gamma, beta = draw("gamma"), draw("beta")
	bind("alpha", &p.Z)
	alpha = draw("alpha")
	bind("zeta", &p.H[0], &p.H[1], &p.H[2])
	return gamma, beta, alpha, draw("zeta")
}

// forge proves a statement without a witness: commitments and values are what p has, whatever
// they are, and the openings are made with the secret.
func forge(t *testing.T, vk *plonk.VerifyingKey, inputs []fr.Element, p *plonk.Proof) {
	t.Helper()
	gamma, beta, alpha, zeta := challengesOf(t, vk, inputs, p)
	one, n, five := fr.One(), fr.NewElement(vk.Size), fr.NewElement(5)
	omega, err := fr.Generator(vk.Size)
	if err != nil {
		t.Fatal(err)
	}
	vanishing := minus(raised(zeta, vk.Size), one)
	lagrange := func(i int) fr.Element { // L_i(ζ)
		w := raised(omega, uint64(i))
		below := times(n, minus(zeta, w))
		return times(w, vanishing, *below.Inverse(&below))
	}
	first := times(alpha, alpha, lagrange(0))
	value := first
	for i := range inputs {
		value = minus(value, times(inputs[i], lagrange(i)))
	}
	both := times(plus(p.AtL, times(beta, p.AtS1), gamma), plus(p.AtR, times(beta, p.AtS2), gamma), alpha, p.AtZ)
	value = minus(value, times(plus(p.AtO, gamma), both))
	ofZ := minus(first, times(alpha, plus(p.AtL, times(beta, zeta), gamma), plus(p.AtR, times(beta, zeta, five), gamma), plus(p.AtO, times(beta, zeta, five, five), gamma)))
	shift, minusVanishing := raised(zeta, vk.Size+2), minus(fr.Element{}, vanishing)

	var linearised bn254.G1Affine
	if _, err := linearised.MultiExp(
		[]bn254.G1Affine{vk.Ql, vk.Qr, vk.Qm, vk.Qo, vk.Qk, vk.S[2], p.Z, p.H[0], p.H[1], p.H[2]},
		[]fr.Element{p.AtL, p.AtR, times(p.AtL, p.AtR), p.AtO, one, times(both, beta), ofZ, minusVanishing, times(minusVanishing, shift), times(minusVanishing, shift, shift)},
		ecc.MultiExpConfig{}); err != nil {
		t.Fatal(err)
	}
	opening, folded, err := kzg.FoldProof([]kzg.Digest{linearised, p.L, p.R, p.O, vk.S[0], vk.S[1]},
		&kzg.BatchOpeningProof{ClaimedValues: []fr.Element{value, p.AtL, p.AtR, p.AtO, p.AtS1, p.AtS2}}, zeta, sha256.New(), p.AtZ.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	p.AtZeta = openedAt(folded, opening.ClaimedValue, zeta)
	p.AtZetaOmega = openedAt(p.Z, p.AtZ, times(zeta, omega))
}

// openedAt is (C − y)/(τ − x).
func openedAt(c bn254.G1Affine, y, x fr.Element) bn254.G1Affine {
	var claimed bn254.G1Affine
	claimed.ScalarMultiplicationBase(y.BigInt(new(big.Int)))
	c.Sub(&c, &claimed)
	below := minus(fr.NewElement(knownTau), x)
	below.Inverse(&below)
	c.ScalarMultiplication(&c, below.BigInt(new(big.Int)))
	return c
}

func times(x fr.Element, rest ...fr.Element) fr.Element {
	for i := range rest {
		x.Mul(&x, &rest[i])
	}
	return x
}

func plus(x fr.Element, rest ...fr.Element) fr.Element {
	for i := range rest {
		x.Add(&x, &rest[i])
	}
	return x
}

func minus(x, y fr.Element) fr.Element {
	x.Sub(&x, &y)
	return x
}

func raised(x fr.Element, n uint64) fr.Element {
	x.Exp(x, new(big.Int).SetUint64(n))
	return x
}

// gnark's contract takes points at infinity for what they are. No other verifier takes any,
// and the chain must not have tokens that nobody else believes.
func TestPlonk_TakesNoPointAtInfinity(t *testing.T) {
	srs, err := kzg.NewSRS(1<<8, big.NewInt(knownTau))
	if err != nil {
		t.Fatal(err)
	}
	w := startPlonkOf(t, plonkKeys(t, &setup.Powers{G1: srs.Pk.G1, Tau: srs.Vk.G2[1], Provenance: provenance.Provenance{Kind: provenance.Development}}))
	w.open(t)
	token := w.tokens([20]byte{}, 7)[0].Bundle.Statement
	inputs := token.Vector()
	var words []*big.Int
	for i := range inputs {
		words = append(words, inputs[i].BigInt(new(big.Int)))
	}
	mint := bindings.Mint{To: w.owner.Address, TokenId: new(big.Int).SetUint64(token.ID), Digest: token.Metadata}
	_, _, g1, _ := bn254.Generators()
	for name, change := range map[string]func(p *plonk.Proof){
		"none":  func(*plonk.Proof) {},
		"L":     func(p *plonk.Proof) { p.L = bn254.G1Affine{} },
		"R":     func(p *plonk.Proof) { p.R = bn254.G1Affine{} },
		"O":     func(p *plonk.Proof) { p.O = bn254.G1Affine{} },
		"H0":    func(p *plonk.Proof) { p.H[0] = bn254.G1Affine{} },
		"H1":    func(p *plonk.Proof) { p.H[1] = bn254.G1Affine{} },
		"H2":    func(p *plonk.Proof) { p.H[2] = bn254.G1Affine{} },
		"H1 H2": func(p *plonk.Proof) { p.H[1], p.H[2] = bn254.G1Affine{}, bn254.G1Affine{} },
		"Z":     func(p *plonk.Proof) { p.Z = bn254.G1Affine{} },
		// A commitment to 1 is 1 everywhere: nothing is left to divide.
		"the opening at zeta omega": func(p *plonk.Proof) { p.AtZ.SetOne() },
	} {
		one, two := fr.One(), fr.NewElement(2)
		p := &plonk.Proof{L: g1, R: g1, O: g1, H: [3]bn254.G1Affine{g1, g1, g1}, Z: g1, AtL: one, AtR: one, AtO: one, AtS1: one, AtS2: one, AtZ: two}
		change(p)
		forge(t, w.keys.Verifying, inputs[:], p)
		if good, _ := w.gnarksVerdict(t, p.Bytes(), words); !good {
			t.Errorf("%s: gnark's contract refuses it already, so this shows nothing", name)
		}
		inGo := w.keys.Verifying.Check(inputs[:], p.Bytes())
		onChain := w.TryMint(t.Context(), w.owner.Address, w.contract, mint, p.Bytes())
		var revert *chain.Revert
		if name == "none" {
			if inGo != nil || onChain != nil {
				t.Errorf("without one: in Go %v, on chain %v", inGo, onChain)
			}
			continue
		}
		if inGo == nil || !errors.As(onChain, &revert) || !strings.Contains(onChain.Error(), "InvalidProof") {
			t.Errorf("%s: in Go %v, on chain %v", name, inGo, onChain)
		}
	}
}
