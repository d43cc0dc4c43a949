package statement

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
)

func TestStatement_TokenIsRecipientThenID(t *testing.T) {
	s := Statement{ID: 0xfedcba9876543210}
	for i := range s.Recipient {
		s.Recipient[i] = 0xff
	}
	want, _ := new(big.Int).SetString("fffffffffffffffffffffffffffffffffffffffffedcba9876543210", 16)
	token := s.Token()
	if got := token.BigInt(new(big.Int)); got.Cmp(want) != 0 {
		t.Errorf("token is %x, want %x", got, want)
	}
}

func TestLimbs_HoldTheHash(t *testing.T) {
	var hash [32]byte
	for i := range hash {
		hash[i] = byte(0xff - i)
	}
	high, low := Limbs(hash)
	whole := new(big.Int).Lsh(high.BigInt(new(big.Int)), 128)
	whole.Or(whole, low.BigInt(new(big.Int)))
	if whole.Cmp(new(big.Int).SetBytes(hash[:])) != 0 {
		t.Error("the limbs are not the hash")
	}
}

type publicOnly struct{ StatementVar }

func (publicOnly) Define(frontend.API) error { return nil }

func TestStatementVar_HasTheVectorsOrder(t *testing.T) {
	s := Statement{Recipient: [20]byte{1}, ID: 7, Metadata: [32]byte{2, 16: 3}}
	for i, e := range []*fr.Element{&s.Model, &s.Policy, &s.Template, &s.Authority, &s.Seeds, &s.Beacon} {
		e.SetUint64(uint64(100 + i))
	}
	w, err := frontend.NewWitness(&publicOnly{ValueOf(s)}, ecc.BN254.ScalarField(), frontend.PublicOnly())
	if err != nil {
		t.Fatal(err)
	}
	got := w.Vector().(fr.Vector)
	want := s.Vector()
	if len(got) != NbInputs {
		t.Fatalf("%d public inputs, want %d", len(got), NbInputs)
	}
	for i := range want {
		if !got[i].Equal(&want[i]) {
			t.Errorf("input %d differs", i)
		}
	}
}

func TestParseCircuitID_ReadsEveryID(t *testing.T) {
	for _, id := range Circuits() {
		got, err := ParseCircuitID(id.String())
		if err != nil || got != id {
			t.Errorf("%s: got %v, %v", id, got, err)
		}
	}
	for _, bad := range []string{"", "cid", "cid/", "CID/small", "cid/small/", "cid/huge"} {
		if _, err := ParseCircuitID(bad); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}
