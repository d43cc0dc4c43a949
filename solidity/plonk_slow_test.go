//go:build prover_checks

package solidity

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os/exec"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/plonk"
)

// TestSlowPlonkCode_IsTheCompilersOfTheKeysOwnExport compiles what gnark exports for keys and
// finds what PlonkCode made without a compiler, byte for byte. But for the domain's size: the
// compiler writes so small a number shorter, which moves all that follows.
func TestSlowPlonkCode_IsTheCompilersOfTheKeysOwnExport(t *testing.T) {
	from, _, _ := placeholders()
	compared := 0
	for n := int64(0); n < 100 && compared < 2; n++ {
		vk := plonkKey(1000 * n)
		vk.Size = 1 << (15 + n%10) // some sizes' numbers have leading zeros, too
		if !whole(vk) {
			continue
		}
		compared++
		source, err := StandardPlonkVerifier(vk)
		if err != nil {
			t.Fatal(err)
		}
		size := func(n uint64) []byte { return fmt.Appendf(nil, "VK_DOMAIN_SIZE = %d;", n) }
		if !bytes.Contains(source, size(vk.Size)) {
			t.Fatal("the export has no size")
		}
		wantCreation, wantRuntime := compilePlonk(t, bytes.Replace(source, size(vk.Size), size(from.Size), 1))
		put := func(code []byte) []byte { return bytes.ReplaceAll(code, push8(from.Size), push8(vk.Size)) }
		creation, runtime, err := PlonkCode(vk)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(creation, put(wantCreation)) || !bytes.Equal(runtime, put(wantRuntime)) {
			t.Errorf("key %d: the compiler makes other code", n)
		}
	}
	if compared != 2 {
		t.Errorf("%d keys have numbers of full length", compared)
	}
}

// whole reports whether none of a key's numbers has a leading zero byte.
func whole(vk *plonk.VerifyingKey) bool {
	omega, err := fr.Generator(vk.Size)
	if err != nil {
		return false
	}
	size := fr.NewElement(vk.Size)
	var inverse fr.Element
	for _, l := range literals(vk, omega, *inverse.Inverse(&size))[1:] {
		if l[1] == 0 {
			return false
		}
	}
	return true
}

// compilePlonk runs the compiler as foundry.toml has it.
func compilePlonk(t *testing.T, source []byte) (creation, runtime []byte) {
	t.Helper()
	request, err := json.Marshal(map[string]any{
		"language": "Solidity",
		"sources":  map[string]any{"PlonkVerifier.sol": map[string]any{"content": string(source)}},
		"settings": map[string]any{
			"optimizer": map[string]any{"enabled": true, "runs": 2000}, "evmVersion": "prague",
			"metadata":        map[string]any{"bytecodeHash": "none", "appendCBOR": false},
			"outputSelection": map[string]any{"*": map[string]any{"*": []string{"evm.bytecode.object", "evm.deployedBytecode.object"}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "bin/solc", "--standard-json")
	cmd.Stdin = bytes.NewReader(request)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("bin/solc: %v; run npm ci", err)
	}
	var answer struct {
		Errors    []struct{ Severity, FormattedMessage string }
		Contracts map[string]map[string]struct {
			EVM struct{ Bytecode, DeployedBytecode object }
		}
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		t.Fatal(err)
	}
	c := answer.Contracts["PlonkVerifier.sol"]["PlonkVerifier"].EVM
	if c.Bytecode.Object == "" {
		t.Fatalf("the compiler refuses: %v", answer.Errors)
	}
	return unhexed(t, c.Bytecode), unhexed(t, c.DeployedBytecode)
}

// An object is code in the compiler's answer.
type object struct {
	Object string `json:"object"`
}

func unhexed(t *testing.T, o object) []byte {
	t.Helper()
	b, err := hex.DecodeString(o.Object)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
