// Package setup makes and keeps the keys of the circuits.
//
// A [Store] is a folder of one folder per constraint system, named by its digest:
//
//	DIGEST/manifest.json   what the keys are and the SHA-256 of each file
//	DIGEST/cs              the constraint system; its SHA-256 is DIGEST
//	DIGEST/pk              the proving key, as gnark dumps it
//	DIGEST/vk              the verifying key, as verifier/groth16 writes it
//	DIGEST.lock            held while the keys are made (exclusive) or read (shared)
//	DIGEST.tmp             keys being made; renamed to DIGEST when they are whole
//	CIRCUIT.compiled.json  the digest that one program compiled a circuit to
//
// Files are checked against the manifest before anything decodes them, which finds damage
// and mix-ups. It does not find a forger: whoever can write to the store can replace keys
// and manifest together, so the store is as trusted as the program and belongs to its user.
//
// gnark logs compiling and setup to standard output unless its logger is disabled, which
// is for the program to do.
//
// The setup here draws its secrets on one machine. Who runs it could keep them and forge
// proofs, so its keys are marked [provenance.UnsafeDevelopment] wherever they show. Keys
// made elsewhere, by a ceremony or on another machine, come in through [Store.InstallGroth16].
package setup

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// ErrNoKeys says that the store has no keys of this constraint system.
var ErrNoKeys = errors.New("no keys in the store")

// ErrHasKeys says that the store has keys of this constraint system already.
var ErrHasKeys = errors.New("the store has keys of this circuit")

// ErrDamaged says that the store's keys are not what its manifest says. They are never
// replaced silently: a key that changes makes every proof of the old one worthless.
var ErrDamaged = errors.New("damaged keys: run `genproof setup --force` or delete the folder")

// A Store is a folder of keys. Any number of processes may use it at once.
type Store struct{ dir string }

// DefaultDir returns the folder genproof/keys in the user's cache directory.
func DefaultDir() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding the folder for keys: %w; name one with --keys", err)
	}
	return filepath.Join(cache, "genproof", "keys"), nil
}

// OpenStore opens the key store in dir. It is created when keys are: reading writes nothing.
// A folder that everybody may write to is refused: a proving key of somebody else's making
// can give away what its proofs hide.
func OpenStore(dir string) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the key store: %w", err)
	}
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Store{dir: dir}, nil
	case err != nil:
		return nil, fmt.Errorf("opening the key store: %w", err)
	case !info.IsDir():
		return nil, fmt.Errorf("opening the key store: %s is not a folder", dir)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o002 != 0:
		return nil, fmt.Errorf("opening the key store: everybody may write to %s; run `chmod o-w` on it or name another folder with --keys", dir)
	}
	return &Store{dir: dir}, nil
}

// Dir returns the store's folder.
func (s *Store) Dir() string { return s.dir }

// Path returns the folder of a constraint system's keys, present or not.
func (s *Store) Path(digest [32]byte) string {
	return filepath.Join(s.dir, hex.EncodeToString(digest[:]))
}

// Has reports whether there are keys of c, whole or damaged.
func (s *Store) Has(c *Circuit) (bool, error) {
	_, err := os.Lstat(s.Path(c.Digest))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("looking for keys of %s: %w", c.ID, err)
	}
	return true, nil
}
