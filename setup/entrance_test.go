package setup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	vgroth16 "github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/groth16/keytest"
)

// swapKey puts other bytes in the place of the verifying key, with a manifest that says so.
func swapKey(t *testing.T, s *Store, c *Circuit, key []byte) {
	t.Helper()
	folder := s.Path(c.Digest)
	m, err := decodeManifest(readFile(t, filepath.Join(folder, manifestFile)))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(key)
	m.Files["vk"] = File{int64(len(key)), hex.EncodeToString(sum[:])}
	sealed, err := m.encode()
	if err != nil {
		t.Fatal(err)
	}
	writeAll(t, filepath.Join(folder, manifestFile), sealed)
	writeAll(t, filepath.Join(folder, "vk"), key)
}

// Every way into and out of the store, with every defect.
func TestStore_RefusesDefectiveVerifyingKeys(t *testing.T) {
	c, ctx := compilePower(t, "toy/power", 4), context.Background()
	s := openStore(t)
	k, _ := keysOf(t, s, c)
	refuses := func(name, want string, key []byte) {
		swapKey(t, s, c, key)
		_, whole := s.Groth16Keys(ctx, c, nil)
		_, _, alone := s.VerifyingKey(ctx, c)
		for entrance, err := range map[string]error{"Keys": whole, "VerifyingKey": alone} {
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), want) {
				t.Errorf("%s, %s: got %v, want %q", entrance, name, err, want)
			}
		}
	}
	for _, d := range keytest.Defects() {
		broken := d.Of(k.Verifying)
		refuses(d.Name, d.Want, broken.Bytes())
		if _, err := Audit(ctx, c, k.Proving, broken, ceremony, nil); err == nil || !strings.Contains(err.Error(), d.Want) {
			t.Errorf("Install, %s: got %v, want %q", d.Name, err, d.Want)
		}
	}
	for name, key := range keytest.Encodings(k.Verifying.Bytes()) {
		refuses(name, "", key)
	}
	swapKey(t, s, c, k.Verifying.Bytes())
	if _, err := s.Groth16Keys(ctx, c, nil); err != nil {
		t.Error(err)
	}
	var none *vgroth16.VerifyingKey
	if none.Lint(2) == nil {
		t.Error("no key at all passes")
	}
}
