package solidity

import (
	"strings"
	"testing"

	"github.com/genproof/genproof/verifier/groth16/keytest"
)

func TestStandardVerifier_RefusesDefectiveKeys(t *testing.T) {
	vk, _ := simulator()
	if _, err := StandardVerifier(vk); err != nil {
		t.Fatal(err)
	}
	for _, d := range keytest.Defects() {
		if _, err := StandardVerifier(d.Of(vk)); err == nil || !strings.Contains(err.Error(), d.Want) {
			t.Errorf("%s: got %v, want %q", d.Name, err, d.Want)
		}
	}
}
