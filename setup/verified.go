package setup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/files"
)

// verifiedFile has the keys whose ceremonies the store's owner has verified, in the form of the
// circuits' file KEYS. Its third party is nobody: it is for this machine's verdicts alone.
const verifiedFile = "verified"

const maxVerifiedBytes = 1 << 20

// Verified returns the keys of ceremonies that the store's owner has verified from source code and
// powers of tau to the key: see [Store.AddVerified]. There are none without the file.
func (s *Store) Verified() ([]circuits.KeyPin, error) {
	data, err := files.Read(filepath.Join(s.dir, verifiedFile), maxVerifiedBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading verified keys: %w", err)
	}
	pins, err := circuits.ParseKeys(string(data))
	if err != nil {
		return nil, fmt.Errorf("reading verified keys: %s: %w", filepath.Join(s.dir, verifiedFile), err)
	}
	return pins, nil
}

// AddVerified remembers a key whose ceremony was verified on this machine. A key that is there
// already stays as it is.
func (s *Store) AddVerified(ctx context.Context, key circuits.KeyPin) error {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return fmt.Errorf("remembering a verified key: %w", err)
	}
	lock, err := files.WaitLock(ctx, filepath.Join(s.dir, "."+verifiedFile+".lock"), true, nil)
	if err != nil {
		return fmt.Errorf("remembering a verified key: %w", err)
	}
	defer lock.Unlock()
	pins, err := s.Verified()
	if err != nil || slices.Contains(pins, key) {
		return err
	}
	text := "# keys whose ceremonies were verified on this machine, by genproof ceremony verify\n"
	for _, p := range append(pins, key) {
		text += fmt.Sprintf("%s %x %x %s %s\n", p.Circuit, p.System, p.Key, p.Provenance, p.Transcript)
	}
	if err := files.Write(filepath.Join(s.dir, verifiedFile), []byte(text), files.Public); err != nil {
		return fmt.Errorf("remembering a verified key: %w", err)
	}
	return nil
}
