package bundle

import (
	"os"
	"strings"
	"testing"
)

// Identities have one spelling, and one key stands once in an entry of attesters.
func TestDeck_AttestersAreDistinctKeys(t *testing.T) {
	data, err := os.ReadFile("../testdata/deck/drop.json")
	if err != nil {
		t.Fatal(err)
	}
	d, err := UnmarshalDeck(data)
	if err != nil {
		t.Fatal(err)
	}
	key, address := "ed25519:"+strings.Repeat("ab", 32), "0x"+strings.Repeat("cd", 20)
	for name, row := range map[string]struct {
		identities []string
		threshold  uint64
		want       string
	}{
		"a key and an account":        {[]string{key, "eip155:1:" + address}, 2, ""},
		"one key twice":               {[]string{key, key}, 2, "one key is given twice"},
		"an address on two chains":    {[]string{"eip155:1:" + address, "eip155:10:" + address}, 2, "one key is given twice"},
		"an address with capitals":    {[]string{"eip155:1:0x" + strings.Repeat("CD", 20)}, 1, "lower case"},
		"an address without 0x":       {[]string{"eip155:1:" + address[2:]}, 1, "want ed25519"},
		"chain 0":                     {[]string{"eip155:0:" + address}, 1, "want ed25519"},
		"a chain with a leading zero": {[]string{"eip155:01:" + address}, 1, "want ed25519"},
		"a key that is too short":     {[]string{key[:len(key)-2]}, 1, "want ed25519"},
		"another kind":                {[]string{"did:key:z6Mk"}, 1, "want ed25519"},
		"more than there are":         {[]string{key}, 2, "threshold"},
		"none at all":                 {[]string{key}, 0, "threshold"},
	} {
		d.Attesters = []Attester{{Role: "museum", Threshold: row.threshold, Identities: row.identities}}
		err := d.Validate()
		if (err == nil) != (row.want == "") || err != nil && !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{key, "eip155:1:" + address, "eip155:18446744073709551615:" + address} {
		if id, err := ParseIdentity(text); err != nil || id.String() != text {
			t.Errorf("%s reads as %s: %v", text, id, err)
		}
	}
}
