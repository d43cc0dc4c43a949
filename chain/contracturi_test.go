package chain

import (
	"strings"
	"testing"
	"time"
)

func TestDescriptionIn_ReadsNothingOfOtherForm(t *testing.T) {
	const named = `{"name":"x","genproof":{"description":"ipfs://a","publication":"ipfs://b"},"image":"ipfs://c"}`
	for uri, want := range map[string]string{
		dataURI([]byte(named)):             "ipfs://a",
		"data:application/json," + named:   "ipfs://a", // as some write it
		"data:application/json,%":          "",
		"data:application/json,%7B":        "",
		"data:application/json,[]":         "",
		"data:application/json;base64,e30": "",
		"ipfs://a":                         "",
		"":                                 "",
		dataURI([]byte(`{"genproof":{"description":1}}`)):  "",
		dataURI([]byte(named + strings.Repeat(" ", 4096))): "",
	} {
		if got := pointerIn(uri).Description; got != want {
			t.Errorf("%.60s names %q, want %q", uri, got, want)
		}
	}
}

// A contract can answer with anything.
func TestDescriptionIn_IsBounded(t *testing.T) {
	start := time.Now()
	if got := pointerIn(jsonURI + strings.Repeat("[", 64<<20)).Description; got != "" || time.Since(start) > time.Second {
		t.Errorf("%q after %s", got, time.Since(start))
	}
}

func TestDataURI_IsReadBack(t *testing.T) {
	document := "{\"a\":\"\\u00e9 ü 100 % #?&+,;/\x7f\"}"
	uri := dataURI([]byte(document))
	if back, err := documentIn(uri); err != nil || string(back) != document {
		t.Errorf("read back as %q: %v", back, err)
	}
	if i := strings.IndexFunc(uri, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"<>\^{}|#`+"`", r) }); i >= 0 {
		t.Errorf("%q has no place in a URI", uri[i])
	}
}
