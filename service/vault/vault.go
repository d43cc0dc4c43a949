// Package vault keeps the hidden files of drops encrypted while nobody works with them.
//
//	hidden.age   the hidden files of one drop, encrypted with age to the drop's own key
//	key.age      the drop's own key, encrypted to the vault's recipients
//
// A drop's key is nowhere else: without key.age nobody can read hidden.age, wherever copies of it are. That
// is what forgetting a drop is. Files in the clear are there while an import is under way, and in memory
// while a drop is loaded.
package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"github.com/genproof/genproof/files"
)

// Names in a drop's folder.
const (
	HiddenFile = "hidden.age"
	KeyFile    = "key.age"
)

// Bounds, in bytes.
const (
	maxFile   = 256 << 20
	maxSealed = 1 << 30
	maxKey    = 1 << 16
)

// A Vault opens and seals drops. It prints as a vault.
type Vault struct {
	identities []age.Identity
	recipients []age.Recipient
}

func (v *Vault) String() string             { return "vault" }
func (v *Vault) GoString() string           { return v.String() }
func (v *Vault) Format(s fmt.State, _ rune) { fmt.Fprint(s, v.String()) }

// ErrPassphrase says that an identity cannot be read without its passphrase.
var ErrPassphrase = errors.New("the passphrase is missing, or another one")

// NewIdentity draws a vault's identity. With a passphrase, what is returned is encrypted with it.
func NewIdentity(passphrase string) (file []byte, recipient string, err error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, "", fmt.Errorf("drawing a vault's identity: %w", err)
	}
	text := []byte(id.String() + "\n")
	if passphrase == "" {
		return text, id.Recipient().String(), nil
	}
	lock, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, "", fmt.Errorf("drawing a vault's identity: %w", err)
	}
	file, err = encrypt(text, lock)
	return file, id.Recipient().String(), err
}

// Open returns the vault of an identity's file, which may be encrypted with a passphrase. Drops can be
// opened with any of the other recipients' identities too, one that is kept elsewhere, say.
func Open(identity []byte, passphrase string, others ...age.Recipient) (*Vault, error) {
	if bytes.HasPrefix(identity, []byte("age-encryption.org/")) {
		if passphrase == "" {
			return nil, fmt.Errorf("opening the vault: %w", ErrPassphrase)
		}
		lock, err := age.NewScryptIdentity(passphrase)
		if err != nil {
			return nil, fmt.Errorf("opening the vault: %w", err)
		}
		if identity, err = decrypt(identity, maxKey, lock); err != nil {
			return nil, fmt.Errorf("opening the vault: %w", ErrPassphrase)
		}
	}
	ids, err := age.ParseIdentities(bytes.NewReader(identity))
	if err != nil {
		return nil, errors.New("opening the vault: that is no age identity") // the cause may quote it
	}
	v := &Vault{identities: ids, recipients: others}
	for _, id := range ids {
		own, ok := id.(*age.X25519Identity)
		if !ok {
			return nil, errors.New("opening the vault: want an identity of the kind AGE-SECRET-KEY-1")
		}
		v.recipients = append(v.recipients, own.Recipient())
	}
	return v, nil
}

// Seal encrypts those of the named files that are in a drop's folder, and removes them there. What was
// sealed before and is not there stays sealed.
func (v *Vault) Seal(dir string, names []string) error {
	list, err := v.Read(dir)
	if errors.Is(err, fs.ErrNotExist) {
		list, err = map[string][]byte{}, nil
	}
	if err != nil {
		return err
	}
	var found []string
	for _, name := range names {
		data, err := files.Read(filepath.Join(dir, filepath.FromSlash(name)), maxFile)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("sealing a drop: %w", err)
		}
		list[name], found = data, append(found, name)
	}
	if len(found) == 0 {
		return nil
	}
	key, err := v.key(dir, true)
	if err != nil {
		return err
	}
	text, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("sealing a drop: %w", err)
	}
	sealed, err := encrypt(text, key.Recipient())
	if err == nil {
		err = files.Write(filepath.Join(dir, HiddenFile), sealed, files.Secret)
	}
	if err != nil {
		return fmt.Errorf("sealing a drop: %w", err)
	}
	return remove(dir, found)
}

// Read decrypts what is sealed of a drop, into memory. Of a drop of which nothing is, it is
// [fs.ErrNotExist].
func (v *Vault) Read(dir string) (map[string][]byte, error) {
	sealed, err := files.Read(filepath.Join(dir, HiddenFile), maxSealed)
	if err != nil {
		return nil, err
	}
	key, err := v.key(dir, false)
	if err != nil {
		return nil, err
	}
	text, err := decrypt(sealed, maxSealed, key)
	if err != nil {
		return nil, errors.New("opening a drop: its hidden files are not encrypted to its key")
	}
	list := map[string][]byte{}
	if json.Unmarshal(text, &list) != nil {
		return nil, errors.New("opening a drop: its hidden files cannot be read") // the cause may quote them
	}
	return list, nil
}

// Unseal writes what is sealed into the drop's folder, for who needs files. Seal ends that.
func (v *Vault) Unseal(dir string) error {
	list, err := v.Read(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for name, data := range list {
		if !fs.ValidPath(name) {
			return errors.New("opening a drop: its hidden files have odd names")
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return fmt.Errorf("opening a drop: %w", err)
		}
		if err := files.Write(path, data, files.Secret); err != nil {
			return err
		}
	}
	return nil
}

// Rewrap encrypts a drop's own key anew, to the vault's recipients as they are now. A drop without a key is
// left alone. It reports whether there was one. Nobody may work with the drop meanwhile.
func (v *Vault) Rewrap(dir string) (bool, error) {
	key, err := v.key(dir, false)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	sealed, err := encrypt([]byte(key.String()), v.recipients...)
	if err == nil {
		err = files.Write(filepath.Join(dir, KeyFile), sealed, files.Secret)
	}
	return err == nil, err
}

// Forget removes a drop's key and what it opens, and the named files. Copies of what was sealed can be read
// by nobody who has no copy of the key.
func Forget(dir string, names []string) error {
	return remove(dir, append([]string{KeyFile, HiddenFile}, names...))
}

// remove removes files, and has that on disk.
func remove(dir string, names []string) error {
	for _, name := range names {
		path := filepath.Join(dir, filepath.FromSlash(name))
		err := os.Remove(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = files.SyncFolder(filepath.Dir(path))
		}
		if err != nil {
			return fmt.Errorf("removing what is hidden: %w", err)
		}
	}
	return nil
}

// key returns a drop's own key, which is drawn if asked for.
func (v *Vault) key(dir string, draw bool) (*age.X25519Identity, error) {
	path := filepath.Join(dir, KeyFile)
	sealed, err := files.Read(path, maxKey)
	if errors.Is(err, fs.ErrNotExist) && draw {
		id, err := age.GenerateX25519Identity()
		if err != nil {
			return nil, fmt.Errorf("drawing a drop's key: %w", err)
		}
		if sealed, err = encrypt([]byte(id.String()), v.recipients...); err == nil {
			err = files.Create(path, sealed, files.Secret)
		}
		return id, err
	}
	if err != nil {
		return nil, fmt.Errorf("opening a drop: %w", err)
	}
	text, err := decrypt(sealed, maxKey, v.identities...)
	if err != nil {
		return nil, errors.New("opening a drop: its key is for another vault")
	}
	id, err := age.ParseX25519Identity(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, errors.New("opening a drop: its key cannot be read")
	}
	return id, nil
}

func encrypt(text []byte, to ...age.Recipient) ([]byte, error) {
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to...)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

func decrypt(sealed []byte, limit int64, ids ...age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(sealed), ids...)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, limit))
}
