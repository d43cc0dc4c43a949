package setup

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/genproof/genproof/circuits"
)

func TestStore_RemembersVerifiedKeys(t *testing.T) {
	s, err := OpenStore(filepath.Join(t.TempDir(), "keys"))
	if err != nil {
		t.Fatal(err)
	}
	if pins, err := s.Verified(); err != nil || len(pins) != 0 {
		t.Errorf("a new store: %v, %v", pins, err)
	}
	a := circuits.KeyPin{Circuit: "cid/small", System: [32]byte{1}, Key: [32]byte{2}, Provenance: "ceremony:x", Transcript: "ab"}
	b := a
	b.Key[0] = 3
	for _, p := range []circuits.KeyPin{a, b, a} {
		if err := s.AddVerified(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	if pins, err := s.Verified(); err != nil || len(pins) != 2 || pins[0] != a || pins[1] != b {
		t.Errorf("got %+v, %v", pins, err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir(), verifiedFile), []byte("cid/small zz\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if pins, err := s.Verified(); err == nil {
		t.Errorf("a damaged list is read as %v", pins)
	}
}
