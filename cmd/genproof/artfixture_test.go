package main

import (
	"bytes"
	"errors"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
)

var update = flag.Bool("update", false, "write testdata/art anew")

// artPublished is the drop of pictures that other rooms' tests open: three tokens of art/small.
const artPublished = "../../testdata/art"

// TestArt_TestdataIsWhatIsProven: what other tests open is what this version publishes of the drop. All of it
// is the same but the proofs, their key and the CAR.
func TestArt_TestdataIsWhatIsProven(t *testing.T) {
	out := filepath.Join(artDrop(t), "out")
	if *update {
		if err := os.RemoveAll(artPublished); err != nil {
			t.Fatal(err)
		}
		for name, data := range everythingIn(t, out) {
			to := filepath.Join(artPublished, name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o755), os.WriteFile(to, data, 0o644)); err != nil {
				t.Fatal(err)
			}
		}
	}
	want, got := everythingIn(t, out), everythingIn(t, artPublished)
	if names := slices.Sorted(maps.Keys(got)); !slices.Equal(names, slices.Sorted(maps.Keys(want))) {
		t.Fatalf("testdata/art has %q", names)
	}
	for name := range want {
		switch {
		case name == bundle.DescriptionFile:
			want[name], got[name] = withoutKey(t, want[name]), withoutKey(t, got[name])
		case name == bundle.KeyFile, name == "drop.car", strings.HasPrefix(name, "bundles/"):
			continue
		}
		if !bytes.Equal(want[name], got[name]) {
			t.Errorf("%s is another one: go test ./cmd/genproof -run TestdataIsWhatIsProven -update writes it", name)
		}
	}
	for _, where := range []string{artPublished, filepath.Join(artPublished, "drop.car")} {
		if r := decode[verifyReport](t, succeed(t, "verify", where, "--json")); r.Verdict != "amber" || r.Pictures == nil || r.Pictures.Holding != 3 {
			t.Errorf("%s: %+v", where, r.Pictures)
		}
	}
}

// everythingIn are the files of an output folder that are published, and its CAR.
func everythingIn(t *testing.T, out string) map[string][]byte {
	t.Helper()
	list := publicIn(t, out)
	maps.DeleteFunc(list, func(name string, _ []byte) bool { return strings.HasPrefix(name, ".") })
	list["drop.car"] = read(t, out, "drop.car")
	return list
}

// withoutKey is a description as if its proofs were under a key that all have.
func withoutKey(t *testing.T, description []byte) []byte {
	t.Helper()
	d, err := bundle.UnmarshalDescription(description)
	if err != nil {
		t.Fatal(err)
	}
	d.Key.Digest = [32]byte{}
	data, err := d.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	return data
}
