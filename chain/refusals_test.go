package chain

import (
	"bytes"
	"errors"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/solidity"
)

// signatures of our contracts' errors, with the number of their values.
func signatures() map[string]int {
	list := map[string]int{}
	for _, e := range errorsOf {
		list[e.Sig] = len(e.Inputs)
	}
	return list
}

// Every sentence is about an error that our contracts have, and about values that it has.
func TestRefusals_AreOurContracts(t *testing.T) {
	known := signatures()
	for signature, text := range refusals {
		n, ok := known[signature]
		if !ok {
			t.Errorf("no contract has the error %s", signature)
		}
		for _, place := range regexp.MustCompile(`\{(\d)[^}]*\}`).FindAllStringSubmatch(text, -1) {
			if i, _ := strconv.Atoi(place[1]); i < 1 || i > n {
				t.Errorf("%s has no value %d: %s", signature, i, text)
			}
		}
	}
}

// A deck's contract says nothing that is not told in words, but what ERC-721's standard has.
func TestRefusals_OfDecksAreTold(t *testing.T) {
	a, err := abi.JSON(bytes.NewReader(solidity.DeckDrop.ABI))
	if err != nil {
		t.Fatal(err)
	}
	standard := regexp.MustCompile(`^(Approval|Balance|Mint|Owner|Transfer|Token|Spot|Sequential|NotCompatible|Ownable|Ownership|ERC2981)`)
	for _, e := range a.Errors {
		if refusals[e.Sig] == "" && !standard.MatchString(e.Name) {
			t.Errorf("%s is not told", e.Sig)
		}
	}
}

func TestRevert_IsASentence(t *testing.T) {
	wei := func(gwei int64) *big.Int { return new(big.Int).Mul(big.NewInt(gwei), big.NewInt(1e9)) }
	for _, row := range []struct {
		name   string
		values []any
		want   string
	}{
		{"AboveLimit", []any{big.NewInt(4), big.NewInt(3)}, "the contract refuses: AboveLimit(4, 3): the account would have 4 tokens, and may have 3"},
		{"TooEarly", []any{big.NewInt(1754400000)}, "the contract refuses: TooEarly(1754400000): it is too early: wait until 2025-08-05T13:20:00Z"},
		{"TooEarly", []any{big.NewInt(74)}, "the contract refuses: TooEarly(74): it is too early: wait until block 74"},
		{"InvalidEnd", []any{new(big.Int).Lsh(big.NewInt(1), 200)}, "the sale would end at 1606938044258990275541962092341162602522202993782792835301376, and"},
		{"WrongPayment", []any{new(big.Int), wei(50_000_000)}, "0 ether was sent, and 0.05 ether is the price"},
		{"NotTheAuthor", []any{common.HexToAddress("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")}, "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359 is not the deck's author"},
		{"NotSelling", nil, "NotSelling(): nothing is on sale"},
		{"KeyOutsideSubgroup", nil, "the contract refuses: KeyOutsideSubgroup()"},
	} {
		i := -1
		for j, e := range errorsOf {
			if e.Name == row.name && len(e.Inputs) == len(row.values) {
				i = j
			}
		}
		if i < 0 {
			t.Fatalf("there is no %s", row.name)
		}
		packed, err := errorsOf[i].Inputs.Pack(row.values...)
		if err != nil {
			t.Fatal(err)
		}
		got := revertOf(append(errorsOf[i].ID.Bytes()[:4], packed...), errors.New("reverted"))
		if no, ok := got.(*Revert); !ok || no.Name != row.name || !strings.Contains(got.Error(), row.want) {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
	if no, ok := revertOf([]byte{0x0f, 0xfd, 0x11, 0xad}, errors.New("reverted")).(*Revert); !ok || no.Name != "InvalidSize" { // as DeckList.sol has it
		t.Errorf("a size: %v", no)
	}
	for name, raw := range map[string][]byte{"no reason": nil, "a half": {1, 2}, "another contract's": {1, 2, 3, 4, 5}, "values that are missing": append([]byte{}, errorsOf[0].ID.Bytes()[:4]...)} {
		if no, ok := revertOf(raw, errors.New("reverted")).(*Revert); !ok || no.Text == "" {
			t.Errorf("%s: %v", name, no)
		}
	}
}
