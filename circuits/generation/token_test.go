package generation

import (
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// tokenCircuit is input 6 and the drop's ids alone.
type tokenCircuit struct {
	Public        frontend.Variable
	Recipient, ID frontend.Variable
	IDs           policy.IDsVar
}

func (c *tokenCircuit) Define(api frontend.API) error {
	t := TokenVar{Recipient: c.Recipient, ID: c.ID}
	t.assertToken(api, statement.StatementVar{Token: c.Public})
	c.IDs.AssertContains(api, t.ID)
	return nil
}

func TestAssertToken_HasOneReading(t *testing.T) {
	r, circuit := ecc.BN254.ScalarField(), circuittest.New(&tokenCircuit{})
	power := func(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }
	nine := big.NewInt(9)
	narrow := []string{"assertToken/Decompose"}
	early, late := []string{"AssertContains/Decompose"}, []string{"assertBelow/Decompose"}
	// The recipient that makes id 43 of the token (9, 42): the input is the same element.
	wrapped := new(big.Int).Sub(new(big.Int).Mul(nine, power(64)), big.NewInt(1))
	wrapped.Mul(wrapped, new(big.Int).ModInverse(power(64), r)).Mod(wrapped, r)
	for name, c := range map[string]struct {
		recipient, id *big.Int
		owners        []string // none where it holds
	}{
		"honest":             {nine, big.NewInt(42), nil},
		"widest":             {new(big.Int).Sub(power(160), big.NewInt(1)), big.NewInt(10000), nil},
		"recipient 2^160":    {power(160), big.NewInt(42), narrow},
		"wrapped recipient":  {wrapped, big.NewInt(43), narrow},
		"first id":           {nine, big.NewInt(7), nil},
		"id before it":       {nine, big.NewInt(6), early},
		"id 0":               {nine, big.NewInt(0), early},
		"id -1":              {nine, new(big.Int).Sub(r, big.NewInt(1)), slices.Concat(narrow, early)},
		"last id":            {nine, big.NewInt(10006), nil},
		"id behind it":       {nine, big.NewInt(10007), late},
		"id 2^64 + 42":       {big.NewInt(8), new(big.Int).Add(power(64), big.NewInt(42)), slices.Concat(narrow, early, late)},
		"id far below zero":  {nine, new(big.Int).Add(new(big.Int).Sub(r, power(64)), big.NewInt(10007)), slices.Concat(narrow, early)},
		"id of the next one": {big.NewInt(8), new(big.Int).Add(power(64), big.NewInt(10000)), slices.Concat(narrow, early, late)},
	} {
		public := new(big.Int).Add(new(big.Int).Mul(c.recipient, power(64)), c.id)
		assignment := &tokenCircuit{Public: public.Mod(public, r), Recipient: c.recipient, ID: c.id, IDs: policy.IDsVar{First: 7, Supply: 10000}}
		if len(c.owners) == 0 {
			circuit.AssertAccepted(t, name, assignment)
			continue
		}
		circuit.AssertRefused(t, name, assignment, c.owners)
	}
}

// TestCircuits_ClaimsAreSlots: an absent claim with a value, and presence bits that are
// none but add up to the receipt's mask.
func TestCircuits_ClaimsAreSlots(t *testing.T) {
	token := fox(t, rootSmall, 42)
	token.Program.Clauses = token.Program.Clauses[3:] // consent only
	token.Claims[0] = attribute.Slot{Value: fr.NewElement(7)}
	sign(t, token, key(t, 1))
	c := underTest(t, rootSmallPlonk)
	c.AssertRefused(t, "an absent claim with a value", forge(t, token).Assignment, []string{"AssertSlots/AssertProduct"})

	token.Claims[0], token.Claims[1] = attribute.Slot{}, attribute.OfUint(0)
	sign(t, token, key(t, 1))
	r := forge(t, token)
	c.AssertAccepted(t, "a claim of zero", r.Assignment)
	claims := tokenOf(r.Assignment).Claims
	claims[0].Present, claims[1].Present = 2, 0 // 2·2^0 + 0·2^1 is 0·2^0 + 1·2^1
	leaves := make([]fr.Element, len(r.Slots))
	for i := range leaves {
		leaves[i] = attribute.Leaf(r.Slots[i], r.Salts[i])
	}
	leaves[3] = poseidon.Hash(poseidon.Slot, fr.Element{}, fr.NewElement(2), r.Salts[3])
	leaves[4] = attribute.Leaf(attribute.Slot{}, r.Salts[4])
	root := attribute.Root(leaves)
	public := publicOf(r.Assignment)
	public.MetadataHigh, public.MetadataLow = limbsOf(root.Bytes())
	c.AssertRefused(t, "one receipt, another root", r.Assignment, []string{"AssertSlots/AssertIsBoolean"})
}

func limbsOf(b [32]byte) (high, low frontend.Variable) { return statement.Limbs(b) }

// TestRootCircuit_RootHasOneForm gives root + r as the metadata: another 256 bits of the
// same element. The smallest root that one finds by trying ids still has to fit 256 bits.
func TestRootCircuit_RootHasOneForm(t *testing.T) {
	r := forge(t, fox(t, rootSmall, 42))
	alias := new(big.Int).Add(r.Root.BigInt(new(big.Int)), ecc.BN254.ScalarField())
	if alias.BitLen() > 254 {
		// The circuit reads 254 bits: find a token whose root leaves room for r.
		for id := uint64(43); alias.BitLen() > 254; id++ {
			r = forge(t, fox(t, rootSmall, id))
			alias.Add(r.Root.BigInt(new(big.Int)), ecc.BN254.ScalarField())
		}
	}
	public := publicOf(r.Assignment)
	public.MetadataHigh, public.MetadataLow = limbsOf([32]byte(alias.FillBytes(make([]byte, 32))))
	hint := circuittest.HintNamed("bits.bitsHint")
	root := r.Root.BigInt(new(big.Int))
	lie := func(field *big.Int, in, out []*big.Int) error {
		if len(out) < 253 || in[0].Cmp(root) != 0 {
			return hint.Func(field, in, out)
		}
		for i := range out {
			out[i].SetUint64(uint64(alias.Bit(i)))
		}
		return nil
	}
	underTest(t, rootSmallPlonk).AssertRefused(t, "one root, another metadata hash", r.Assignment, slices.Repeat([]string{"bits.Canonical"}, 3), circuittest.Replace(hint, lie))
}

func TestGenerate_RefusesAnotherSizesTemplate(t *testing.T) {
	token := fox(t, rootSmall, 42)
	other, err := document.New(statement.Standard, document.Config{Name: "Fox #{id}", First: 1, Supply: 10000})
	if err != nil {
		t.Fatal(err)
	}
	token.Template = other
	if _, err := Generate(token); err == nil {
		t.Error("a template of another size is taken")
	}
}
