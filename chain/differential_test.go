package chain_test

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/solidity/bindings"
	"github.com/genproof/genproof/verifier/groth16"
)

// A judged is a statement and a proof, as bytes that nobody has looked at.
type judged struct {
	inputs [statement.NbInputs][]byte
	proof  []byte
}

func (j judged) clone() judged {
	c := judged{proof: slices.Clone(j.proof)}
	for i := range j.inputs {
		c.inputs[i] = slices.Clone(j.inputs[i])
	}
	return c
}

// A judge asks Go and the contract.
type judge struct {
	*chain.Client
	vk       *groth16.VerifyingKey
	verifier common.Address
	real     []judged
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s[2:])
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// newJudge deploys the key of the contracts' own test file, whose proofs a circuit made.
func newJudge(t *testing.T) *judge {
	t.Helper()
	data, err := os.ReadFile("../solidity/testdata/drop.json")
	if err != nil {
		t.Fatal(err)
	}
	type token struct {
		Statement []string `json:"statement"`
		Proof     string   `json:"proof"`
	}
	var f struct {
		Key             string `json:"key"`
		Minted, Updated []token
	}
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	j := new(judge)
	if j.vk, err = groth16.ParseVerifyingKey(unhex(t, f.Key)); err != nil {
		t.Fatal(err)
	}
	for _, tk := range slices.Concat(f.Minted, f.Updated) {
		one := judged{proof: unhex(t, tk.Proof)}
		for i := range one.inputs {
			one.inputs[i] = unhex(t, tk.Statement[i])
		}
		j.real = append(j.real, one)
	}
	owner := account(t, "1")
	e := evm.Start(evm.DefaultID, owner.Address)
	t.Cleanup(func() { e.Close() })
	if j.Client, err = chain.New(t.Context(), e, owner); err != nil {
		t.Fatal(err)
	}
	d, err := j.DeployVerifier(t.Context(), j.vk)
	if err != nil {
		t.Fatal(err)
	}
	j.verifier = d.Address
	return j
}

// native is Go's verdict.
func (j *judge) native(list ...judged) bool {
	var inputs [][]fr.Element
	var proofs []*groth16.Proof
	for _, one := range list {
		v, err := groth16.ParseInputs(slices.Concat(one.inputs[:]...))
		if err != nil {
			return false
		}
		p, err := groth16.ParseProof(one.proof)
		if err != nil {
			return false
		}
		inputs, proofs = append(inputs, v), append(proofs, p)
	}
	if len(list) == 1 {
		return j.vk.Verify(inputs[0], proofs[0]) == nil
	}
	return j.vk.VerifyBatch(inputs, proofs) == nil
}

var verifierABI = bindings.NewGroth16Verifier()

// contract is the contract's verdict: fold, then verify or, for several, verifyBatch.
func (j *judge) contract(t *testing.T, list ...judged) bool {
	t.Helper()
	var drop [6]*big.Int
	for i := range drop {
		drop[i] = new(big.Int).SetBytes(list[0].inputs[i])
	}
	out, err := j.Call(t.Context(), j.verifier, verifierABI.PackFold(drop[:]))
	if refused(t, err) {
		return false
	}
	folded, err := verifierABI.UnpackFold(out)
	if err != nil {
		t.Fatal(err)
	}
	var tokens [][3]*big.Int
	var proofs []byte
	for _, one := range list {
		var own [3]*big.Int
		for i := range own {
			own[i] = new(big.Int).SetBytes(one.inputs[6+i])
		}
		tokens, proofs = append(tokens, own), append(proofs, one.proof...)
	}
	call := verifierABI.PackVerifyBatch(folded, tokens, proofs)
	if len(list) == 1 {
		call = verifierABI.PackVerify(folded, tokens[0], proofs)
	}
	_, err = j.Call(t.Context(), j.verifier, call)
	return !refused(t, err)
}

// refused tells a contract's no; any other error fails the test.
func refused(t *testing.T, err error) bool {
	t.Helper()
	var no *chain.Revert
	if err != nil && !errors.As(err, &no) {
		t.Fatal(err)
	}
	return err != nil
}

// TestVerdicts_EachInputChangedAlone changes every public input alone, in the ways that fit.
func TestVerdicts_EachInputChangedAlone(t *testing.T) {
	j := newJudge(t)
	for _, one := range j.real {
		if !j.native(one) || !j.contract(t, one) {
			t.Fatal("an honest proof is refused")
		}
	}
	for i := range statement.NbInputs {
		x := new(big.Int).SetBytes(j.real[0].inputs[i])
		for name, v := range map[string]*big.Int{
			"+1": new(big.Int).Add(x, big.NewInt(1)), "zero": new(big.Int), "r-1": new(big.Int).Sub(fr.Modulus(), big.NewInt(1)),
			"+r": new(big.Int).Add(x, fr.Modulus()), "r": fr.Modulus(), "2^256-1": new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1)),
		} {
			c := j.real[0].clone()
			if v.Cmp(x) == 0 || v.BitLen() > 256 {
				continue
			}
			v.FillBytes(c.inputs[i])
			if j.native(c) || j.contract(t, c) {
				t.Errorf("input %d %s: Go says %v, the contract %v", i, name, j.native(c), j.contract(t, c))
			}
		}
	}
}

// mutate changes a proof or statement in one of the ways that parsers get wrong.
func mutate(r *rand.Rand, all []judged) judged {
	c := all[r.IntN(len(all))].clone()
	word := r.IntN(8) * 32
	element := new(big.Int).SetBytes(c.proof[word : word+32])
	set := func(v *big.Int) {
		if v.Sign() >= 0 && v.BitLen() <= 256 {
			v.FillBytes(c.proof[word : word+32])
		}
	}
	switch r.IntN(10) {
	case 0: // honest
	case 1:
		c.proof[r.IntN(len(c.proof))] ^= 1 << r.IntN(8)
	case 2:
		input := c.inputs[r.IntN(len(c.inputs))]
		input[r.IntN(len(input))] ^= 1 << r.IntN(8)
	case 3: // another's point, still on its curve
		other := all[r.IntN(len(all))]
		part := [][2]int{{0, 64}, {64, 192}, {192, 256}}[r.IntN(3)]
		copy(c.proof[part[0]:part[1]], other.proof[part[0]:part[1]])
	case 4: // an alias of a coordinate
		set(element.Add(element, fp.Modulus()))
	case 5: // -A, -B: another proof of the same statement
		for _, word = range []int{32, 128, 160} {
			set(new(big.Int).Sub(fp.Modulus(), new(big.Int).SetBytes(c.proof[word:word+32])))
		}
	case 6: // -A alone, or one of the others
		word = []int{32, 224}[r.IntN(2)]
		set(new(big.Int).Sub(fp.Modulus(), new(big.Int).SetBytes(c.proof[word:word+32])))
	case 7: // a point at infinity
		part := [][2]int{{0, 64}, {64, 192}, {192, 256}}[r.IntN(3)]
		clear(c.proof[part[0]:part[1]])
	case 8:
		set(new(big.Int).Set(fp.Modulus()))
	case 9: // halves of B's coordinates exchanged: the order of other tools
		for _, at := range []int{64, 128} {
			var half [32]byte
			copy(half[:], c.proof[at:at+32])
			copy(c.proof[at:at+32], c.proof[at+32:at+64])
			copy(c.proof[at+32:at+64], half[:])
		}
	}
	return c
}

func TestVerdicts_GoAndContractAgree(t *testing.T) {
	j := newJudge(t)
	r := rand.New(rand.NewPCG(7, 7))
	accepted := 0
	for range 3000 {
		c := mutate(r, j.real)
		native, contract := j.native(c), j.contract(t, c)
		if native != contract {
			t.Fatalf("Go says %v, the contract %v: inputs %x, proof %x", native, contract, c.inputs, c.proof)
		}
		if native {
			accepted++
		}
	}
	if accepted < 300 || accepted > 1400 {
		t.Errorf("%d of 3000 were accepted: the mutations no longer test both answers", accepted)
	}
}

// TestVerdicts_BatchAgreesOnEverySubset replaces each subset of four proofs by bad ones.
func TestVerdicts_BatchAgreesOnEverySubset(t *testing.T) {
	j := newJudge(t)
	good := j.real[:4] // of one drop
	bad := make([]judged, len(good))
	for i := range bad {
		bad[i] = good[i].clone()
		bad[i].proof = slices.Clone(good[(i+1)%len(good)].proof)
	}
	for mask := range 1 << len(good) {
		list := make([]judged, len(good))
		for i := range list {
			if list[i] = good[i]; mask>>i&1 == 1 {
				list[i] = bad[i]
			}
		}
		each := true
		for _, one := range list {
			each = each && j.contract(t, one)
		}
		if native, contract := j.native(list...), j.contract(t, list...); native != contract || contract != each || each != (mask == 0) {
			t.Errorf("subset %04b: Go %v, verifyBatch %v, verify of each %v", mask, native, contract, each)
		}
	}
}
