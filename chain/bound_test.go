package chain_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/solidity"
)

// What verifies mints is a copy that open made. A chain whose rules let code change, or a
// verifier that was another when it was copied, could leave any code there.
func TestCheck_ComparesTheCodeThatVerifiesMints(t *testing.T) {
	groth16 := opened(t)
	plonk := startPlonk(t)
	plonk.open(t)
	for backend, w := range map[string]*world{"groth16": groth16, "plonk": plonk.world} {
		at := solidity.BoundAddress(w.contract)
		good, err := w.evm.CodeAt(t.Context(), at, nil)
		if err != nil || len(good) == 0 {
			t.Fatalf("%s: no code at %s, %v", backend, at, err)
		}
		check := func(code []byte) *chain.CheckReport {
			client, err := chain.New(t.Context(), &tampered{Backend: w.evm, at: at, code: code}, nil)
			if err != nil {
				t.Fatal(err)
			}
			r, err := client.Check(t.Context(), w.contract, chain.CheckOptions{})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		if r := check(good); !r.OK() {
			t.Errorf("%s: the honest code: %v", backend, r.Faults)
		}
		const keyBytes = 1092 + 2 // and their number
		for name, place := range map[string]int{"code": 10, "beacon": len(good) - keyBytes - 1, "key": len(good) - keyBytes + 5, "folded point": len(good) - keyBytes + 4 + 64 + 3*128 + 31, "end": len(good) - 1} {
			other := bytes.Clone(good)
			other[place] ^= 1
			if r := check(other); len(r.Faults) != 1 || !strings.Contains(r.Faults[0], "which verifies mints") {
				t.Errorf("%s with another %s: %v", backend, name, r.Faults)
			}
		}
		for name, code := range map[string][]byte{"none": {}, "the verifier's own": append(bytes.Clone(good[:len(good)-keyBytes-32]), good[len(good)-keyBytes:]...)} {
			if r := check(code); len(r.Faults) != 1 {
				t.Errorf("%s with code %s: %v", backend, name, r.Faults)
			}
		}
	}
}
