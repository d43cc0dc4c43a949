package drop

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/files"
)

// secretBytes are 248 bits: every such number is a field element of its own.
const secretBytes = 31

// CreateSecrets writes new secrets into dir, with an authority key when the
// drop signs its own claims. The file appears whole or not at all, and one that
// is there already is never touched: then the error is fs.ErrExist. random is
// crypto/rand.Reader outside of tests.
func CreateSecrets(dir string, self bool, random io.Reader) error {
	text, err := newSecrets(self, random)
	if err != nil {
		return fmt.Errorf("making secrets: %w", err)
	}
	path := filepath.Join(dir, SecretsFile)
	if err := files.Create(path, []byte(text), files.Secret); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("writing %s: it exists and is kept as it is: %w", path, fs.ErrExist)
		}
		return err
	}
	return nil
}

func newSecrets(self bool, random io.Reader) (string, error) {
	var b strings.Builder
	for line := range strings.Lines(SecretsNote) {
		b.WriteString(strings.TrimRight("# "+line, " \n") + "\n")
	}
	for _, key := range []string{"seed", "blind", "salt"} {
		var secret [secretBytes]byte
		if _, err := io.ReadFull(random, secret[:]); err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "%s: %q\n", key, hex.EncodeToString(secret[:]))
	}
	if self {
		key, err := eddsa.GenerateKey(random)
		if err != nil {
			return "", err
		}
		raw := key.Bytes()
		fmt.Fprintf(&b, "authority_key: %q\n", hex.EncodeToString(raw[:]))
	}
	return b.String(), nil
}

// loadSecrets reads the secrets of the drop in dir.
func loadSecrets(dir string, self bool) (*Secrets, error) {
	data, err := readSecret(dir, SecretsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault(Place{File: SecretsFile}, "restore it from your copy; for a new drop, init makes it", "the secrets are missing")
	}
	if err != nil {
		return nil, err
	}
	return parseSecrets(SecretsFile, data, self)
}

func parseSecrets(file string, data []byte, self bool) (*Secrets, error) {
	root, err := parseYAML(file, data)
	if err != nil {
		return nil, err
	}
	f := fieldsOf(root, "secrets.yaml", namesOf(secretsKeys)...)
	s := new(Secrets)
	for key, to := range map[string]*fr.Element{"seed": &s.seed, "blind": &s.blind, "salt": &s.salt} {
		to.SetBytes(f.needHex(key, secretBytes))
	}
	if self && f.need("authority_key") != nil {
		s.authority, err = eddsa.ParsePrivateKey(f.needHex("authority_key", 32))
		if err != nil && f.err == nil {
			f.err = fault(f.get("authority_key").place, "restore it from your copy", "this is not an authority key")
		}
	}
	if f.err != nil {
		return nil, f.err
	}
	if s.seed.IsZero() || s.blind.IsZero() || s.salt.IsZero() {
		return nil, fault(Place{File: file}, "restore it from your copy", "a secret is zero")
	}
	return s, nil
}
