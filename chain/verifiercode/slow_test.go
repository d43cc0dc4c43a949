//go:build prover_checks

package verifiercode_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	gnark "github.com/consensys/gnark/backend/groth16/bn254"

	"github.com/genproof/genproof/chain/verifiercode"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/groth16/keytest"
)

// A spoiledKey is a key and what is to be said of it, nothing if it is sound.
type spoiledKey struct {
	vk   *groth16.VerifyingKey
	want []string
}

func spoiledKeys(t *testing.T) map[string]spoiledKey {
	sound := &key(t, "testdata/gnark.key").Points
	keys := map[string]spoiledKey{"sound": {sound, nil}}
	for _, d := range keytest.Defects() {
		if !strings.Contains(d.Want, "public inputs") {
			keys[d.Name] = spoiledKey{d.Of(sound), []string{d.Want}}
		}
	}
	return keys
}

func gnarkSource(t *testing.T, vk *groth16.VerifyingKey) string {
	k := new(gnark.VerifyingKey)
	k.G1.Alpha, k.G1.K = vk.Alpha, vk.K
	k.G2.Beta, k.G2.Gamma, k.G2.Delta = vk.Beta, vk.Gamma, vk.Delta
	if err := k.Precompute(); err != nil {
		t.Fatal(err)
	}
	var source bytes.Buffer
	if err := k.ExportSolidity(&source); err != nil {
		t.Fatal(err)
	}
	return source.String()
}

// snarkjsKey is what snarkjs's template takes of a key.
func snarkjsKey(vk *groth16.VerifyingKey) map[string]any {
	n := func(e *fp.Element) string { return e.BigInt(new(big.Int)).String() }
	g1 := func(p *bn254.G1Affine) []string { return []string{n(&p.X), n(&p.Y)} }
	g2 := func(p *bn254.G2Affine) [][]string {
		return [][]string{{n(&p.X.A0), n(&p.X.A1)}, {n(&p.Y.A0), n(&p.Y.A1)}}
	}
	var list [][]string
	for i := range vk.K {
		list = append(list, g1(&vk.K[i]))
	}
	return map[string]any{
		"nPublic": len(vk.K) - 1, "IC": list, "vk_alpha_1": g1(&vk.Alpha), "vk_beta_2": g2(&vk.Beta), "vk_gamma_2": g2(&vk.Gamma), "vk_delta_2": g2(&vk.Delta),
	}
}

// node runs a program with JSON for its input and returns what it says.
func node(t *testing.T, dir string, input any, answer any, arguments ...string) {
	t.Helper()
	request, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("node", arguments...)
	c.Dir, c.Stdin, c.Stderr = dir, bytes.NewReader(request), os.Stderr
	out, err := c.Output()
	if err == nil {
		err = json.Unmarshal(out, answer)
	}
	if err != nil {
		t.Fatalf("node %s: %v", arguments[0], err)
	}
}

const render = `const {ejs, template, keys} = JSON.parse(require("fs").readFileSync(0));
const text = require("fs").readFileSync(template, "utf8"), out = {};
for (const name in keys) out[name] = require(ejs).render(text, keys[name]);
console.log(JSON.stringify(out))`

// snarkjsSources are what snarkjs's template makes of keys. It needs npm.
func snarkjsSources(t *testing.T, keys map[string]spoiledKey) (sources map[string]string) {
	tools := t.TempDir()
	if err := os.CopyFS(tools, os.DirFS("../../testdata/snarkjs")); err != nil {
		t.Fatal(err)
	}
	npm := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	npm.Dir = tools
	if out, err := npm.CombinedOutput(); err != nil {
		t.Fatalf("npm: %v\n%s", err, out)
	}
	modules, values := filepath.Join(tools, "node_modules"), map[string]any{}
	for name, k := range keys {
		values[name] = snarkjsKey(k.vk)
	}
	node(t, ".", map[string]any{"ejs": filepath.Join(modules, "ejs"), "template": filepath.Join(modules, "snarkjs", "templates", "verifier_groth16.sol.ejs"), "keys": values}, &sources, "-e", render)
	return sources
}

// compile returns the runtime code of each source's contract.
func compile(t *testing.T, sources map[string]string, contract string, settings map[string]any) map[string][]byte {
	t.Helper()
	input := map[string]any{}
	for name, text := range sources {
		input[name] = map[string]string{"content": text}
	}
	settings["outputSelection"] = map[string]any{"*": map[string]any{contract: []string{"evm.deployedBytecode.object"}}}
	var answer struct {
		Contracts map[string]map[string]struct {
			EVM struct{ DeployedBytecode struct{ Object string } }
		}
	}
	node(t, "../../solidity", map[string]any{"language": "Solidity", "sources": input, "settings": settings}, &answer, "bin/solc", "--standard-json")
	code := map[string][]byte{}
	for name := range sources {
		b, err := hex.DecodeString(answer.Contracts[name][contract].EVM.DeployedBytecode.Object)
		if err != nil || len(b) == 0 {
			t.Fatalf("%s: no code of %s: run npm ci in solidity", name, contract)
		}
		code[name] = b
	}
	return code
}

// TestSlowRead_FindsEveryDefectInCompiledVerifiers: what snarkjs and gnark write of a sound key
// and of keys with a fault each, compiled in three ways.
func TestSlowRead_FindsEveryDefectInCompiledVerifiers(t *testing.T) {
	keys, own := spoiledKeys(t), map[string]string{}
	for name, k := range keys {
		own[name] = gnarkSource(t, k.vk)
	}
	optimizer := func(runs int) map[string]any { return map[string]any{"enabled": true, "runs": runs} }
	checked := 0
	for tool, row := range map[string]struct {
		contract string
		sources  map[string]string
	}{"snarkjs": {"Groth16Verifier", snarkjsSources(t, keys)}, "gnark": {"Verifier", own}} {
		for way, settings := range map[string]map[string]any{
			"plain": {}, "optimized": {"optimizer": optimizer(2000)}, "by way of Yul": {"viaIR": true, "optimizer": optimizer(200)},
		} {
			for name, code := range compile(t, row.sources, row.contract, settings) {
				at := fmt.Sprintf("%s, %s, %s", tool, way, name)
				v, err := verifiercode.Read(code)
				if err != nil || v.Key.NbInputs() != 3 || !strings.Contains(v.Key.Form, tool) {
					t.Errorf("%s: %+v, %v", at, v, err)
					continue
				}
				checked++
				lists(t, at, v.Key.Faults(), keys[name].want...)
				lists(t, at, v.Faults)
				if !bytes.Equal(upToSign(&v.Key.Points), upToSign(keys[name].vk)) {
					t.Errorf("%s: another key", at)
				}
			}
		}
	}
	if checked != 6*len(keys) {
		t.Errorf("%d of %d verifiers were read", checked, 6*len(keys))
	}
}
