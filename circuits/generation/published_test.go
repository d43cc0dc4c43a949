package generation

import (
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/publicinputs"
	"github.com/genproof/genproof/circuits/statement"
)

// Contracts hold what [publicinputs] says of the inputs. Whoever enforces its ranges must not refuse a
// token that the circuit accepts: the first and the last id, for anyone and for the last address.
func TestPublished_RangesHoldTheCorners(t *testing.T) {
	inputs := publicinputs.Of(statement.Root).Inputs
	last := [20]byte{}
	for i := range last {
		last[i] = 0xff
	}
	for _, corner := range []struct {
		ids       policy.IDs
		id        uint64
		recipient [20]byte
	}{
		{policy.IDs{First: 0, Supply: 10000}, 0, [20]byte{}},
		{policy.IDs{First: policy.MaxID, Supply: 1}, policy.MaxID, last},
	} {
		token := unsigned(t, rootSmall, corner.id)
		token.IDs, token.Recipient, token.Template = corner.ids, corner.recipient, templateOf(t, rootSmall.Size, corner.ids)
		sign(t, token, key(t, 1))
		r, err := Generate(token)
		if err != nil {
			t.Fatal(err)
		}
		underTest(t, rootSmall).AssertAccepted(t, "a corner", r.Assignment)
		for i, v := range r.Statement.Vector() {
			if from, to := rangeOf(t, inputs[i].Range); v.BigInt(new(big.Int)).Cmp(from) < 0 || v.BigInt(new(big.Int)).Cmp(to) > 0 {
				t.Errorf("%s of token %d is %s, and published as %s", inputs[i].Name, corner.id, v.String(), inputs[i].Range)
			}
		}
	}
}

// rangeOf reads A to B, numbers, 2^N-1 or r-1.
func rangeOf(t *testing.T, text string) (from, to *big.Int) {
	t.Helper()
	a, b, ok := strings.Cut(text, " to ")
	from, good := new(big.Int).SetString(a, 10)
	to = fr.Modulus()
	if exponent, is := strings.CutPrefix(b, "2^"); is {
		n, isNumber := new(big.Int).SetString(strings.TrimSuffix(exponent, "-1"), 10)
		if !isNumber {
			t.Fatalf("the range %q", text)
		}
		to = new(big.Int).Lsh(big.NewInt(1), uint(n.Uint64()))
	} else if b != "r-1" {
		good = false
	}
	if !ok || !good {
		t.Fatalf("the range %q", text)
	}
	return from, to.Sub(to, big.NewInt(1))
}

// What an input is said to commit to changes it, and no other input that another token of the drop shares.
func TestPublished_InputsCommitToWhatTheyName(t *testing.T) {
	base := commitments(t, unsigned(t, rootSmall, 7))
	another, err := document.New(rootSmall.Size, document.Config{Image: "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/{id}.png", Name: "Wolves #{id}", First: 1, Supply: 10000})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		what, input, says string
		change            func(*Token)
	}{
		{"the supply", "policy", "the supply", func(k *Token) { k.IDs.Supply-- }},
		{"the first id", "policy", "the first token id", func(k *Token) { k.IDs.First-- }},
		{"a clause", "policy", "the compiled policy", func(k *Token) { k.Program.Clauses = k.Program.Clauses[1:] }},
		{"the schema", "policy", "the schema of attributes", func(k *Token) { k.Program.Schema = fr.NewElement(1) }},
		{"the template", "template", "the document's template", func(k *Token) { k.Template = another }},
		{"the seed", "seeds", "the secret seed", func(k *Token) { k.Seed = fr.NewElement(12) }},
		{"the other secret", "seeds", "hidden by another secret", func(k *Token) { k.Blind = fr.NewElement(23) }},
		{"the authority", "authority", "public key", func(k *Token) { k.Authority = key(t, 2).Public() }},
	} {
		token := unsigned(t, rootSmall, 7)
		row.change(token)
		for i, v := range commitments(t, token) {
			in := publicinputs.Of(statement.Root).Inputs[i]
			if changed := v != base[i]; changed != (in.Name == row.input) {
				t.Errorf("%s: %s changes: %v", row.what, in.Name, changed)
			}
			if in.Name == row.input && !strings.Contains(in.Meaning, row.says) {
				t.Errorf("%s: %s is said to be the %s", row.what, in.Name, in.Meaning)
			}
		}
	}
}

// commitments are a token's inputs that all tokens of its drop share, but for the beacon.
func commitments(t *testing.T, token *Token) []fr.Element {
	t.Helper()
	r := &Result{}
	for _, step := range []func(*Token, *Result) error{draw, paint, commit} {
		if err := step(token, r); err != nil {
			t.Fatal(err)
		}
	}
	v := r.Statement.Vector()
	return v[:5]
}
