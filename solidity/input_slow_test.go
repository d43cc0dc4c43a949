//go:build prover_checks

package solidity

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// TestSlowCompilerInput_CompilesToTheArtifacts: what an explorer is given makes, with the
// pinned compiler, the code that genproof deploys.
func TestSlowCompilerInput_CompilesToTheArtifacts(t *testing.T) {
	for _, a := range Artifacts() {
		input, err := a.CompilerInput()
		if err != nil {
			t.Fatal(err)
		}
		solc := exec.Command("node", "bin/solc", "--standard-json")
		solc.Stdin, solc.Stderr = bytes.NewReader(input), os.Stderr
		out, err := solc.Output()
		if err != nil {
			t.Fatalf("running the compiler: %v; run npm ci in solidity", err)
		}
		type code struct{ Object string }
		var answer struct {
			Errors    []struct{ Severity, FormattedMessage string }
			Contracts map[string]map[string]struct {
				EVM struct{ Bytecode, DeployedBytecode code }
			}
		}
		if err := json.Unmarshal(out, &answer); err != nil {
			t.Fatal(err)
		}
		for _, e := range answer.Errors {
			if e.Severity == "error" {
				t.Errorf("%s: %s", a.Contract, e.FormattedMessage)
			}
		}
		path, name, _ := strings.Cut(a.Source(), ":")
		made := answer.Contracts[path][name].EVM
		for what, code := range map[string][2]string{"creation": {made.Bytecode.Object, hexutil.Encode(a.Creation)}, "runtime": {made.DeployedBytecode.Object, hexutil.Encode(a.Runtime)}} {
			if "0x"+code[0] != code[1] {
				t.Errorf("%s: the %s code is another: %d digits, want %d", a.Contract, what, len(code[0]), len(code[1])-2)
			}
		}
	}
}
