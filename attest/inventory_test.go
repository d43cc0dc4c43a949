package attest_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/genproof/genproof/attest"
)

// The roots of the first one to eight leaves of Certificate Transparency's own test vectors.
func TestRoot_IsThatOfRFC6962(t *testing.T) {
	inputs := []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	want := []string{
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	var leaves [][32]byte
	for i, in := range inputs {
		raw, err := hex.DecodeString(in)
		if err != nil {
			t.Fatal(err)
		}
		leaves = append(leaves, attest.Leaf(raw))
		if got := attest.Root(leaves); hex.EncodeToString(got[:]) != want[i] {
			t.Errorf("%d leaves: %x, want %s", i+1, got, want[i])
		}
	}
}

func entries(n int) (list []attest.Entry) {
	for i := range n {
		list = append(list, attest.Entry{Salt: [32]byte{byte(i), 1}, Item: fmt.Sprint("picture ", i), Licence: "CC-BY-4.0", Holder: fmt.Sprint("CANARY-holder-", i)})
	}
	return list
}

// One entry is shown with what leads to the root, and nothing of the others.
func TestShowEntry_OpensOneEntry(t *testing.T) {
	for _, n := range []int{1, 2, 3, 7, 8, 9} {
		list := entries(n)
		_, root, err := attest.InventoryRoot(list)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			data, err := attest.ShowEntry(list, i)
			if err != nil {
				t.Fatal(err)
			}
			s, err := attest.ParseEntry(data)
			if err != nil || s.Root != hex.EncodeToString(root[:]) || s.Entry.Holder != list[i].Holder {
				t.Errorf("%d of %d: %v", i, n, err)
			}
			if strings.Count(string(data), "CANARY") != 1 {
				t.Errorf("%d of %d shows %s", i, n, data)
			}
			for what, change := range map[string][2]string{
				"another holder": {"CANARY-holder-", "CANARY-Holder-"},
				"another salt":   {`"salt": "0x`, `"salt": "0xff`},
				"another place":  {`"index": `, `"index": 1`},
				"another form":   {"\n}", "\n }"},
				"another root":   {`"root": "` + s.Root[:2], `"root": "` + string(flip(s.Root[:2]))},
			} {
				if _, err := attest.ParseEntry(bytes.Replace(data, []byte(change[0]), []byte(change[1]), 1)); err == nil {
					t.Errorf("%d of %d: %s is taken", i, n, what)
				}
			}
		}
	}
	if _, err := attest.ShowEntry(entries(3), 3); err == nil {
		t.Error("an entry beyond the list is shown")
	}
}

func flip(s string) []byte {
	if s == "00" {
		return []byte("11")
	}
	return []byte("00")
}

// Trust files are read strictly.
func TestParseTrust_IsStrict(t *testing.T) {
	good := `{"version": 1, "kind": "trust", "keys": [{"name": "Museum", "identity": "` + key(t, 1).String() + `", "roles": ["museum"], "from": "", "until": "2027-01-01T00:00:00Z", "published": "https://example.org/.well-known/key"}], "withdrawn": []}`
	if _, err := attest.ParseTrust([]byte(good)); err != nil {
		t.Fatal(err)
	}
	one := good[strings.Index(good, `{"name"`) : strings.Index(good, "}")+1]
	for name, change := range map[string][2]string{
		"a key twice":             {one, one + "," + one},
		"no role":                 {`["museum"]`, `[]`},
		"no name":                 {`"Museum"`, `""`},
		"a time in words":         {"2027-01-01T00:00:00Z", "next year"},
		"another kind":            {`"trust"`, `"distrust"`},
		"another version":         {`"version": 1`, `"version": 2`},
		"an unknown member":       {`"keys"`, `"all": true, "keys"`},
		"an identity of none":     {"ed25519:", "rsa:"},
		"a withdrawal of nothing": {`"withdrawn": []`, `"withdrawn": [{"attestation": "", "reason": "", "at": "2027-01-01T00:00:00Z"}]`},
	} {
		if !strings.Contains(good, change[0]) {
			t.Fatalf("no %s", change[0])
		}
		if _, err := attest.ParseTrust([]byte(strings.Replace(good, change[0], change[1], 1))); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// A secret key prints as its identity, and its file reads back; errors quote nothing of it.
func TestKey_KeepsItsSecret(t *testing.T) {
	k := key(t, 7)
	secret := strings.Repeat("07", 32)
	for _, text := range []string{fmt.Sprint(k), fmt.Sprintf("%v %+v %#v %s %x", k, k, k, k, k)} {
		if strings.Contains(text, secret) || strings.Contains(text, "7 7 7") {
			t.Errorf("it prints as %s", text)
		}
	}
	again, err := attest.ParseKey(k.Secret())
	if err != nil || again.Identity() != k.Identity() || !strings.Contains(string(k.Secret()), secret) {
		t.Errorf("it reads back as %v: %v", again, err)
	}
	if _, err := attest.ParseKey([]byte(secret + "\n")); err == nil || strings.Contains(err.Error(), secret) {
		t.Errorf("digits alone: %v", err)
	}
}
