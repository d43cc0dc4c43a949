package circuits

import (
	"encoding/hex"
	"strings"
	"testing"
)

func TestKeys_AreReadable(t *testing.T) {
	for _, p := range Keys() {
		if system, known := Digest(p.Circuit); !known || system != p.System {
			t.Errorf("KEYS has a key of %s for a constraint system that this version has not", p.Circuit)
		}
	}
}

func TestIsPinned_NeedsCircuitSystemAndKey(t *testing.T) {
	system, _ := Digest("cid/small")
	other, _ := Digest("root/small")
	line := func(circuit string, system [32]byte, key byte) string {
		return circuit + " " + hex.EncodeToString(system[:]) + " " + strings.Repeat(hex.EncodeToString([]byte{key}), 32) + " unsafe-development bafy\n"
	}
	var key [32]byte
	for i := range key {
		key[i] = 7
	}
	for name, row := range map[string]struct {
		text string
		want bool
	}{
		"the key":           {line("cid/small", system, 7), true},
		"behind a comment":  {"# a comment\n\n" + line("cid/small", system, 7), true},
		"another key":       {line("cid/small", system, 8), false},
		"another circuit's": {line("root/small", other, 7), false},
		"an older system's": {line("cid/small", other, 7), false},
		"nothing":           {"", false},
		"commented out":     {"#" + line("cid/small", system, 7), false},
	} {
		pins, err := ParseKeys(row.text)
		if err != nil || IsPinned(pins, "cid/small", key) != row.want {
			t.Errorf("%s: pinned %v, want %v (%v)", name, !row.want, row.want, err)
		}
	}
	for _, bad := range []string{"cid/small\n", line("cid/small", system, 7)[1:20] + "\n", "a b c d e\n", "a b c d e f\n"} {
		if _, err := ParseKeys(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}
