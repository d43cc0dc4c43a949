package contract

import (
	"encoding/hex"
	"testing"
)

// Contracts in few bytes: what they do whatever they are called with, or by the first word.
const (
	answersTrue  = "60015f5260205ff3"
	answersFalse = "60205ff3"
	reverts      = "5f5ffd"
	stops        = "00"
	trueIfOne    = "5f355f5260205ff3" // answers the first word of its call
	revertsIfOne = "5f35600614600a57005b5f5ffd"
)

func TestAccepts_ProofsAndNothingElse(t *testing.T) {
	for _, c := range []struct {
		name, code  string
		call, wrong int
		want        []byte
		ok          bool
	}{
		{"answers true for one", trueIfOne, 1, 0, True(), true},
		{"answers false", answersFalse, 1, 0, True(), false},
		{"answers true for all", answersTrue, 1, 0, True(), false},
		{"reverts", reverts, 1, 0, True(), false},
		{"answers nothing instead of true", stops, 1, 0, True(), false},
		{"reverts for the wrong one", revertsIfOne, 5, 6, nil, true},
		{"reverts for the right one", revertsIfOne, 6, 5, nil, false},
		{"stops for all", stops, 1, 0, nil, false},
	} {
		chain := New()
		code, err := hex.DecodeString(c.code)
		if err != nil {
			t.Fatal(err)
		}
		gas, err := chain.Accepts(chain.Place(code), Word(c.call), Word(c.wrong), c.want)
		if (err == nil) != c.ok || c.ok != (gas > 0) {
			t.Errorf("%s: %d gas, %v", c.name, gas, err)
		}
	}
}

func TestDeploy_RunsTheConstructor(t *testing.T) {
	creation, err := hex.DecodeString("600880600a5f395ff3" + "00" + answersTrue)
	if err != nil {
		t.Fatal(err)
	}
	chain := New()
	at, err := chain.Deploy(creation)
	if err != nil {
		t.Fatal(err)
	}
	if answer, _, err := chain.Call(at, nil); err != nil || len(answer) != 32 || answer[31] != 1 {
		t.Errorf("%x, %v", answer, err)
	}
	if _, err := chain.Deploy([]byte{0xfe}); err == nil {
		t.Error("a constructor that fails deploys")
	}
}

func TestSelector_IsTheABIs(t *testing.T) {
	if got := hex.EncodeToString(Selector("transfer(address,uint256)")); got != "a9059cbb" { // ERC-20's
		t.Error(got)
	}
}
