package drop

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/eddsa"
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
	if err := writeNew(path, []byte(text)); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("writing %s: it exists and is kept as it is: %w", path, fs.ErrExist)
		}
		return fmt.Errorf("writing %s: %w", path, err)
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

// writeNew writes data under a temporary name and links it to path, which
// fails when path exists.
func writeNew(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes a new name survive a power cut, where the system can.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// loadSecrets reads the secrets of the drop in dir.
func loadSecrets(dir string, self bool) (*Secrets, error) {
	data, err := readFile(dir, SecretsFile, ownerOnly)
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
	f := fieldsOf(root, "secrets.yaml", "seed", "blind", "salt", "authority_key")
	s := new(Secrets)
	for key, to := range map[string]*fr.Element{"seed": &s.seed, "blind": &s.blind, "salt": &s.salt} {
		to.SetBytes(f.needHex(key, secretBytes))
	}
	if self && f.need("authority_key") != nil {
		s.authority, err = eddsa.ParsePrivateKey(f.needHex("authority_key", 32))
		if err != nil && f.err == nil {
			f.err = fault(f.get("authority_key").place, "restore it from your copy", "this is no authority key")
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

type readRule bool

const ownerOnly, anyMode readRule = true, false

// readFile reads a regular file of the drop up to the size limit. The mode is
// that of the opened file, so that it cannot change in between.
func readFile(dir, name string, rule readRule) ([]byte, error) {
	place := Place{File: name}
	path := filepath.Join(dir, filepath.FromSlash(name))
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // opening a pipe would wait for a writer
		return nil, fault(place, "put a file there", "this is no regular file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the drop: %w", err)
	}
	defer f.Close() // only read
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("reading the drop: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fault(place, "put a file there", "this is no regular file")
	}
	if rule == ownerOnly && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, fault(place, "run chmod 600 "+name, "others can read the secrets (mode %04o)", info.Mode().Perm())
	}
	most := int64(maxYAML)
	if name == ClaimsTableFile {
		most = maxTable
	}
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, fmt.Errorf("reading the drop: %w", err)
	}
	if int64(len(data)) > most {
		return nil, fault(place, "split or shorten it", "the file is larger than %d bytes", most)
	}
	return data, nil
}
