package bundle

import (
	"strings"
	"testing"
)

func TestIsDeck_LooksAtTheCircuit(t *testing.T) {
	for text, want := range map[string]bool{
		`{"version": 1, "circuit": "deck/small"}`:                       true,
		"{\"circuit\"\r\n\t :\n \"deck/large\"}":                        true,
		`{"name": "\"circuit\": \"x", "circuit": "deck/small"}`:         true,
		`{"circuit": "cid/small"}`:                                      false,
		`{"name": "\"circuit\": \"deck/small", "circuit": "cid/small"}`: false,
		`{"circuit": ["deck/small"]}`:                                   false,
		`{"circuit" "deck/small"}`:                                      false,
		`{"circuit":`:                                                   false,
		`deck/small`:                                                    false,
		``:                                                              false,
	} {
		if got := IsDeck([]byte(text)); got != want {
			t.Errorf("%s: got %t", text, got)
		}
	}
}

func TestKind_LooksAtTheStart(t *testing.T) {
	for text, want := range map[string]string{
		"{\n  \"version\": 2,\n  \"kind\": \"claim\",":                  KindClaim,
		"{\n  \"version\": 2,\n  \"kind\": \"disclosure\"\n}":           KindDisclosure,
		`{"kind": "claims"}`:                                            "",
		`{"name": "\"kind\": \"claim\""}`:                               "",
		`{"name": "` + strings.Repeat("x", 200) + `", "kind": "claim"}`: "",
		``: "",
	} {
		if got := Kind([]byte(text)); got != want {
			t.Errorf("%s: got %q", text, got)
		}
	}
}
