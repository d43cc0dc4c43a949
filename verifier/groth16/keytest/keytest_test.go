package keytest_test

import (
	"strings"
	"testing"

	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/groth16/keytest"
	"github.com/genproof/genproof/verifier/internal/simulator"
)

func TestLint_FindsEveryDefect(t *testing.T) {
	vk := simulator.New(1, 9).Key
	if err := vk.Lint(9); err != nil {
		t.Fatal(err)
	}
	for _, d := range keytest.Defects() {
		if err := d.Of(vk).Lint(9); err == nil || !strings.Contains(err.Error(), d.Want) {
			t.Errorf("%s: got %v, want %q", d.Name, err, d.Want)
		}
	}
	for name, data := range keytest.Encodings(vk.Bytes()) {
		if _, err := groth16.ParseVerifyingKey(data); err == nil {
			t.Errorf("%s: parsed", name)
		}
	}
	if err := vk.Lint(9); err != nil {
		t.Errorf("the key itself was changed: %v", err)
	}
}
