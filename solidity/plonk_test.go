package solidity

import (
	"bytes"
	"encoding/binary"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/genproof/genproof/verifier/plonk"
)

// plonkKey is a key of no circuit: its points are multiples of the generators.
func plonkKey(n int64) *plonk.VerifyingKey {
	_, _, g1, g2 := bn254.Generators()
	vk := &plonk.VerifyingKey{Size: 1 << 16, Inputs: statementInputs}
	for _, p := range keyPoints(vk) {
		n += 7
		p.ScalarMultiplication(&g1, big.NewInt(n))
	}
	vk.Tau.ScalarMultiplication(&g2, big.NewInt(n+7))
	return vk
}

func TestPlonkTemplate_IsWhatIsCompiled(t *testing.T) {
	want, err := PlonkTemplate()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("src/gnark/PlonkVerifier.sol")
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("src/gnark/PlonkVerifier.sol is not what gnark exports: %v", err)
	}
	for i, l := range literals(placeholders()) {
		for name, code := range map[string][]byte{"runtime": PlonkVerifier.Runtime, "creation": PlonkVerifier.Creation} {
			if !bytes.Contains(code, l) {
				t.Errorf("number %d of a key is not in the %s code", i, name)
			}
		}
	}
}

func TestPlonkCode_HoldsTheKeyAndNothingElse(t *testing.T) {
	vk := plonkKey(1000)
	creation, runtime, err := PlonkCode(vk)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasSuffix(creation, runtime) || len(runtime) != len(PlonkVerifier.Runtime) {
		t.Error("the creation code does not leave the runtime code")
	}
	for i, l := range literals(placeholders()) {
		if bytes.Contains(creation, l[1:]) {
			t.Errorf("placeholder %d is left", i)
		}
	}
	back, err := PlonkKeyOf(runtime)
	if err != nil || *back != *vk {
		t.Errorf("the key reads back as %v, %v", back, err)
	}
	_, other, err := PlonkCode(plonkKey(2000))
	if err != nil || bytes.Equal(other, runtime) {
		t.Errorf("two keys have one code: %v", err)
	}
}

func TestPlonkKeyOf_RefusesOtherCode(t *testing.T) {
	_, runtime, err := PlonkCode(plonkKey(1000))
	if err != nil {
		t.Fatal(err)
	}
	edit := func(at int) []byte {
		c := bytes.Clone(runtime)
		c[at] ^= 1
		return c
	}
	size := bytes.Index(runtime, push8(1<<16))
	more := bytes.Clone(runtime)
	binary.BigEndian.PutUint64(more[size+1:], 1<<17)
	for name, code := range map[string][]byte{
		"nothing": nil, "shorter": runtime[1:], "longer": append(bytes.Clone(runtime), 0), "first byte": edit(0),
		"last byte": edit(len(runtime) - 1), "another size once": more, "a size that is none": edit(size + 8), "placeholders": PlonkVerifier.Runtime,
	} {
		if vk, err := PlonkKeyOf(code); err == nil {
			t.Errorf("%s: it has key %v", name, vk)
		}
	}
}

func TestPlonk_RefusesDegenerateKeys(t *testing.T) {
	for name, spoil := range map[string]func(vk *plonk.VerifyingKey){
		"infinity": func(vk *plonk.VerifyingKey) { vk.Ql = bn254.G1Affine{} },
		"inputs":   func(vk *plonk.VerifyingKey) { vk.Inputs = 8 },
		"size":     func(vk *plonk.VerifyingKey) { vk.Size = 3 },
		"S equal":  func(vk *plonk.VerifyingKey) { vk.S[0] = vk.S[1] },
	} {
		vk := plonkKey(1000)
		spoil(vk)
		if _, err := StandardPlonkVerifier(vk); err == nil {
			t.Errorf("%s: exported", name)
		}
		if _, _, err := PlonkCode(vk); err == nil {
			t.Errorf("%s: it has code", name)
		}
	}
}

func TestStandardPlonkVerifier_HoldsTheKey(t *testing.T) {
	vk := plonkKey(1000)
	source, err := StandardPlonkVerifier(vk)
	if err != nil {
		t.Fatal(err)
	}
	text := func(e interface{ BigInt(*big.Int) *big.Int }) string { return e.BigInt(new(big.Int)).String() }
	for _, want := range []string{"pragma solidity ^0.8.20;", "VK_NB_PUBLIC_INPUTS = 9;", "VK_DOMAIN_SIZE = 65536;", text(&vk.Ql.X), text(&vk.S[2].Y), text(&vk.Tau.X.A1)} {
		if !strings.Contains(string(source), want) {
			t.Errorf("the source lacks %q", want)
		}
	}
}

func TestAdaptedPlonk_ReadsItsOwnCodeOnly(t *testing.T) {
	at, digest := [20]byte{1, 19: 2}, [32]byte{3, 31: 4}
	code := PlonkAdapterCode(at, digest)
	gotAt, gotDigest, ok := AdaptedPlonk(code)
	if !ok || gotAt != at || gotDigest != digest {
		t.Errorf("got %x, %x, %v", gotAt, gotDigest, ok)
	}
	n := len(PlonkAdapter.Runtime)
	for _, i := range []int{0, n - 1, n, n + 11, n + 64, len(code) - 1} {
		other := bytes.Clone(code)
		other[i] ^= 1
		if _, _, ok := AdaptedPlonk(other); ok {
			t.Errorf("with byte %d changed it is an adapter", i)
		}
	}
	for _, other := range [][]byte{nil, code[1:], append(bytes.Clone(code), 0), VerifierCode(make([]byte, tailBytes))} {
		if _, _, ok := AdaptedPlonk(other); ok {
			t.Errorf("%d bytes are an adapter", len(other))
		}
	}
}
