package solidity

import (
	"encoding/json"
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

// TestReadme_ExampleIsTested holds the example to be the contract that the tests deploy.
func TestReadme_ExampleIsTested(t *testing.T) {
	if !strings.Contains(read(t, "README.md"), "```solidity\n"+read(t, "test/Sale.sol")+"```\n") {
		t.Error("README.md does not show test/Sale.sol")
	}
}

// TestReadme_ShowsTheGas holds the table to be what the contracts' tests pin.
func TestReadme_ShowsTheGas(t *testing.T) {
	var text map[string]string
	if err := json.Unmarshal([]byte(read(t, "snapshots/gas.json")), &text); err != nil {
		t.Fatal(err)
	}
	gas := make(map[string]int)
	for name, s := range text {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		gas[name] = n
	}
	rows := map[string][]int{
		"`verify` of one proof":               {gas["verify"]},
		"`verifyBatch`, per proof of 10 / 50": {gas["verifyBatch of 10"] / 10, gas["verifyBatch of 50"] / 50},
		"`mint` / OpenZeppelin's `_safeMint` alone / difference": {
			gas["mint"], gas["mint without proof"], gas["mint"] - gas["mint without proof"]},
		"`mintBatch`, per token of 10 / 50": {gas["mintBatch of 10"] / 10, gas["mintBatch of 50"] / 50},
		"`updateMetadata`":                  {gas["updateMetadata"]},
		"`fold`; `open`":                    {gas["fold"], gas["open"]},
		"deploying a verifier / a drop":     {gas["deploy Groth16Verifier"], gas["deploy GenproofDrop"]},
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
