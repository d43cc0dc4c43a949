package claim

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/eddsa"
)

// goldenReceipt is testdata/receipt.json: integers in decimal, bytes in hex, elements as
// 32 big-endian bytes. ../testdata/golden.py computes the same.
type goldenReceipt struct {
	Comment    string `json:"comment"`
	PrivateKey string `json:"private_key"`
	Policy     string `json:"policy"`
	Model      string `json:"model"`
	Seeds      string `json:"seeds"`
	Beacon     string `json:"beacon"`
	ID         uint64 `json:"id"`
	Claims     []struct {
		Value   uint64 `json:"value"`
		Present bool   `json:"present"`
	} `json:"claims"`
	Expect struct {
		PublicKey string `json:"public_key"`
		Authority string `json:"authority"`
		Message   string `json:"message"`
		Signature string `json:"signature"`
	} `json:"expect"`
}

func TestReceipt_MatchesGolden(t *testing.T) {
	b, err := os.ReadFile("testdata/receipt.json")
	if err != nil {
		t.Fatal(err)
	}
	var g goldenReceipt
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	k, err := eddsa.ParsePrivateKey(unhex(t, g.PrivateKey))
	if err != nil {
		t.Fatal(err)
	}
	var claims []attribute.Slot
	for _, c := range g.Claims {
		slot := attribute.Slot{Present: c.Present}
		slot.Value.SetUint64(c.Value)
		claims = append(claims, slot)
	}
	var scope Scope
	scope.Policy.SetBytes(unhex(t, g.Policy))
	scope.Model.SetBytes(unhex(t, g.Model))
	scope.Seeds.SetBytes(unhex(t, g.Seeds))
	scope.Beacon.SetBytes(unhex(t, g.Beacon))
	msg := Message(scope, g.ID, claims)
	pk, sig, authority := k.Public().Bytes(), sign(t, k, msg).Bytes(), AuthorityCommitment(k.Public())

	got := g.Expect
	got.PublicKey = hex.EncodeToString(pk[:])
	got.Authority = hex.EncodeToString(authority.Marshal())
	got.Message = hex.EncodeToString(msg.Marshal())
	got.Signature = hex.EncodeToString(sig[:])
	if got != g.Expect {
		t.Errorf("got %+v, want %+v", got, g.Expect)
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
