package circuits

import (
	"strings"
	"testing"
)

// Every Groth16 circuit has a proof, of the constraint system that this version has.
func TestProofs_AreOfTheseCircuits(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Proofs() {
		if digest, known := Digest(p.Circuit); !known || digest != p.System {
			t.Errorf("%s: the proof is of another system", p.Circuit)
		}
		seen[p.Circuit] = true
	}
	for _, pin := range Pins() {
		if isPlonk := strings.HasSuffix(pin.ID, "/plonk"); seen[pin.ID] == isPlonk {
			t.Errorf("%s: there is a proof: %t", pin.ID, seen[pin.ID])
		}
	}
}

func TestParseProofs_Refuses(t *testing.T) {
	good := "a/b " + strings.Repeat("0f", 32) + " 5 9 3 4 1 1 0 5 2 2 1 1 1 1 1"
	if list, err := ParseProofs("# words\n\n" + good + "\n"); err != nil || len(list) != 1 || list[0].Proven != 4 || list[0].Free != 1 || list[0].Survivors != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	for name, text := range map[string]string{
		"a field less":            strings.TrimSuffix(good, " 1"),
		"a short digest":          strings.Replace(good, "0f", "", 1),
		"a minus":                 strings.Replace(good, " 5", " -5", 1),
		"another sum":             strings.Replace(good, " 9", " 8", 1),
		"another sum of rows":     strings.Replace(good, " 5 2", " 4 2", 1),
		"rows that are not there": strings.Replace(good, " 5 9", " 4 9", 1),
		"more forged than tried":  strings.Replace(good, " 2 1 1", " 2 1 2", 1),
		"two spaces":              strings.Replace(good, " 5", "  5", 1),
		"a number above 2^31":     strings.Replace(good, " 5", " 2147483648", 1),
	} {
		if _, err := ParseProofs(text); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
