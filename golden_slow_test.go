//go:build prover_checks

package genproof

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestSlowGolden_ValuesAreThoseOfTheScripts runs the scripts that compute pinned values from the
// specifications' texts: each of them stands in a test.
func TestSlowGolden_ValuesAreThoseOfTheScripts(t *testing.T) {
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/consensys/gnark-crypto").Output()
	if err != nil {
		t.Fatal(err)
	}
	var pinned string
	for _, name := range []string{
		"circuits/attribute/golden_test.go", "circuits/claim/testdata/receipt.json", "circuits/document/golden_test.go",
		"circuits/model/native_test.go", "circuits/policy/golden_test.go", "drop/golden_test.go",
	} {
		pinned += read(t, name)
	}
	for script, values := range map[string]int{"golden.py": 14, "golden_drop.py": 16} {
		run := exec.Command("python3", "-B", "circuits/testdata/"+script, strings.TrimSpace(string(module)))
		out, err := run.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", script, err, out)
		}
		found := regexp.MustCompile(`(?m)^(.*) ([0-9a-f]{60,})$`).FindAllStringSubmatch(string(out), -1)
		if len(found) != values {
			t.Errorf("%s: %d values, want %d", script, len(found), values)
		}
		for _, v := range found {
			if !strings.Contains(pinned, `"`+v[2]+`"`) {
				t.Errorf("%s: %s is %s, and no test says so", script, v[1], v[2])
			}
		}
	}
}
