package setup

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits"
)

// Lookup returns the manifest of the keys whose verifying key has the given digest, without
// knowing their circuit: it says where a published key came from, if it was from this
// store. Otherwise it is [ErrNoKeys]. Damaged keys are passed over.
func (s *Store) Lookup(ctx context.Context, key [32]byte) (*Manifest, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("looking for a key: %w", err)
	}
	want := hex.EncodeToString(key[:])
	for _, entry := range entries {
		folder := filepath.Join(s.dir, entry.Name())
		m, err := openManifest(folder)
		if err != nil || m.Files["vk"].SHA256 != want || m.Digest != entry.Name() {
			continue
		}
		if _, err := provenance.Parse(m.Provenance); err != nil {
			continue
		}
		if err := checkFile(ctx, filepath.Join(folder, "vk"), m.Files["vk"], nil); err != nil {
			continue
		}
		return m, ctx.Err()
	}
	return nil, fmt.Errorf("looking for key %s in %s: %w", want, s.dir, ErrNoKeys)
}

// KeyProvenance returns where the verifying key with this digest comes from, if the store
// has it as a key of this circuit of this version, and else "". Nothing is compiled: the
// circuit's digest is pinned.
func (s *Store) KeyProvenance(ctx context.Context, circuit string, key [32]byte) string {
	m, err := s.Lookup(ctx, key)
	if err != nil {
		return ""
	}
	if pinned, known := circuits.Digest(circuit); !known || m.Digest != hex.EncodeToString(pinned[:]) {
		return ""
	}
	return m.Provenance
}
