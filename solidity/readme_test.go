package solidity

import (
	"encoding/json"
	"maps"
	"os"
	"strconv"
	"strings"
	"testing"
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestReadme_ExamplesAreTested holds the examples to be contracts that the tests deploy.
func TestReadme_ExamplesAreTested(t *testing.T) {
	readme := read(t, "README.md")
	for _, name := range []string{"test/Sale.sol", "test/Gallery.sol"} {
		if !strings.Contains(readme, "```solidity\n"+read(t, name)+"```\n") {
			t.Errorf("README.md does not show %s", name)
		}
	}
	if strings.Count(readme, "```solidity\n") != 2 {
		t.Error("README.md has an example that no test deploys")
	}
}

// numbers reads a file that the contracts' tests pin.
func numbers(t *testing.T, name string) map[string]int {
	t.Helper()
	var text map[string]string
	if err := json.Unmarshal([]byte(read(t, name)), &text); err != nil {
		t.Fatal(err)
	}
	values := make(map[string]int)
	for key, s := range text {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		values[key] = n
	}
	return values
}

// TestReadme_ShowsADecksGas holds the table of a deck's contract to have every number that the
// contracts' tests pin.
func TestReadme_ShowsADecksGas(t *testing.T) {
	readme, slots := read(t, "README.md"), numbers(t, "snapshots/deck-slots.json")
	for name, gas := range numbers(t, "snapshots/deck.json") {
		cell := "| " + thousands(gas) + " | |\n"
		if n, ok := slots[name]; ok {
			cell = "| " + thousands(gas) + " | " + strconv.Itoa(n) + " |\n"
		}
		if !strings.Contains(readme, cell) {
			t.Errorf("README.md lacks %s: %s", name, cell)
		}
	}
}

// TestReadme_ShowsTheGas holds the table to be what the contracts' tests pin.
func TestReadme_ShowsTheGas(t *testing.T) {
	gas := numbers(t, "snapshots/gas.json")
	maps.Copy(gas, numbers(t, "snapshots/beacon.json"))
	rows := map[string][]int{
		"`verify` of one proof":               {gas["verify"]},
		"`verifyBatch`, per proof of 10 / 50": {gas["verifyBatch of 10"] / 10, gas["verifyBatch of 50"] / 50},
		"`mint` / OpenZeppelin's `_safeMint` alone / difference": {
			gas["mint"], gas["mint without proof"], gas["mint"] - gas["mint without proof"]},
		"`mintBatch`, per token of 10 / 50": {gas["mintBatch of 10"] / 10, gas["mintBatch of 50"] / 50},
		"`updateMetadata`":                  {gas["updateMetadata"]},
		"`fold`":                            {gas["fold"]},
		"`open` / `openSigned` with evmnet": {gas["open"], gas["openSigned"]},
		"`setTemplate`":                     {gas["setTemplate"]},
		"`Evmnet.verify` of round 1 / 6390578; `Quicknet.verify` of round 1000": {
			gas["evmnet round 1"], gas["evmnet round 6390578"], gas["quicknet round 1000"]},
		"deploying an `Evmnet` / a `Quicknet`": {gas["deploy Evmnet"], gas["deploy Quicknet"]},
		"deploying a verifier / a drop":        {gas["deploy Groth16Verifier"], gas["deploy GenproofDrop"]},
	}
	readme := read(t, "README.md")
	for name, values := range rows {
		var cells []string
		for _, v := range values {
			cells = append(cells, thousands(v))
		}
		if row := "| " + name + " | " + strings.Join(cells, " / ") + " |\n"; !strings.Contains(readme, row) {
			t.Errorf("README.md lacks the row %s", row)
		}
	}
}

func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	s := strconv.Itoa(n % 1000)
	return thousands(n/1000) + "," + strings.Repeat("0", 3-len(s)) + s
}
