package web

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

// What the console says of gas is what the contracts' tests have measured last.
func TestCost_IsTheContractsOwnMeasurement(t *testing.T) {
	for _, x := range []struct {
		file, name string
		gas        int
	}{
		{"gas.json", "deploy Groth16Verifier", gasVerifier}, {"deck.json", "deploy DeckDrop", gasDeckDrop},
		{"deck.json", "admit a group of 512", gasGroup}, {"deck.json", "admit 4 small proofs", gasFourSmall},
		{"deck.json", "openSale", gasOpenSale}, {"deck.json", "reveal without the beacon's check", gasReveal},
		{"deck.json", "mint 1", gasMint}, {"beacon.json", "quicknet round 1000", gasBeacon},
	} {
		data, err := os.ReadFile(filepath.Join("../../solidity/snapshots", x.file))
		if err != nil {
			t.Fatal(err)
		}
		var measured map[string]string
		if err := json.Unmarshal(data, &measured); err != nil {
			t.Fatal(err)
		}
		if measured[x.name] != strconv.Itoa(x.gas) {
			t.Errorf("%s: the console says %d, %s has %q", x.name, x.gas, x.file, measured[x.name])
		}
	}
}

// Steps cover every card: 512 in each full group, the rest by its proofs.
func TestStepsOf_CoverEveryCard(t *testing.T) {
	for _, size := range []statement.Size{statement.DeckSmall, statement.DeckStandard} {
		for _, cards := range []int{1, size.Cards, size.Cards + 1, 511, 512, 513, 10_000} {
			covered, gas := 0, 0
			for _, s := range stepsOf(cards, size) {
				switch s.What {
				case "admit 512 cards":
					covered += 512 * s.Times
				case "admit the cards of one proof, about":
					covered += size.Cards * s.Times
				}
				if s.Payer == "author" {
					gas += s.Gas * s.Times
				}
			}
			if covered < cards || covered >= cards+size.Cards || gas < gasVerifier+gasDeckDrop+gasOpenSale+gasReveal+gasBeacon {
				t.Errorf("%d cards of %d: %d are admitted, for %d gas", cards, size.Cards, covered, gas)
			}
		}
	}
}
