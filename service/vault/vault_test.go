package vault_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/genproof/genproof/service/vault"
)

const canary = "CANARY-hidden-value"

var names = []string{"deck/secrets.yaml", "deck/claims.csv", "source/claims.csv"}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// holding are the files below dir that hold a text.
func holding(t *testing.T, dir, text string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), text) {
			list = append(list, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func open(t *testing.T, passphrase string, others ...age.Recipient) (*vault.Vault, []byte) {
	t.Helper()
	file, _, err := vault.NewIdentity(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(file, passphrase, others...)
	if err != nil {
		t.Fatal(err)
	}
	return v, file
}

// What is sealed is in no file in the clear, comes back as it was, and into files if somebody needs them;
// what came later is sealed beside it.
func TestSeal_HidesAndGivesBack(t *testing.T) {
	dir := t.TempDir()
	v, _ := open(t, "")
	put(t, dir, names[0], canary+" blind")
	put(t, dir, names[2], canary+" table")
	put(t, dir, "deck/drop.yaml", "public")
	if err := v.Seal(dir, names); err != nil {
		t.Fatal(err)
	}
	if list := holding(t, dir, canary); len(list) != 0 {
		t.Errorf("in the clear: %v", list)
	}
	put(t, dir, names[1], canary+" claims")
	if err := v.Seal(dir, names); err != nil {
		t.Fatal(err)
	}
	list, err := v.Read(dir)
	if err != nil || len(list) != 3 || string(list[names[0]]) != canary+" blind" || string(list[names[1]]) != canary+" claims" {
		t.Errorf("%d files, %v", len(list), err)
	}
	if err := v.Unseal(dir); err != nil {
		t.Fatal(err)
	}
	if list := holding(t, dir, canary); len(list) != 3 {
		t.Errorf("unsealed: %v", list)
	}
	put(t, dir, names[1], canary+" newer")
	if err := v.Seal(dir, names); err != nil {
		t.Fatal(err)
	}
	if list, err = v.Read(dir); err != nil || string(list[names[1]]) != canary+" newer" {
		t.Errorf("a newer file: %v", err)
	}
	if text := fmt.Sprintf("%v %+v %#v %s", v, v, v, *v); strings.Contains(text, "SECRET") {
		t.Error("a vault prints its identity")
	}
}

// age itself opens what is sealed, with the identity of another recipient.
func TestSeal_IsAge(t *testing.T) {
	offline, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	v, _ := open(t, "", offline.Recipient())
	put(t, dir, names[0], canary)
	if err := v.Seal(dir, names); err != nil {
		t.Fatal(err)
	}
	opened := func(name string, id age.Identity) string {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		r, err := age.Decrypt(bytes.NewReader(data), id)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	key, err := age.ParseX25519Identity(opened(vault.KeyFile, offline))
	if err != nil {
		t.Fatal(err)
	}
	if text := opened(vault.HiddenFile, key); !strings.Contains(text, names[0]) {
		t.Errorf("%s", text)
	}
}

// A passphrase is needed where there is one; another vault opens nothing; errors quote nothing.
func TestOpen_RefusesOthers(t *testing.T) {
	dir := t.TempDir()
	v, file := open(t, "correct horse")
	put(t, dir, names[0], canary)
	if err := v.Seal(dir, names); err != nil {
		t.Fatal(err)
	}
	for _, passphrase := range []string{"", "wrong horse"} {
		if _, err := vault.Open(file, passphrase); !errors.Is(err, vault.ErrPassphrase) {
			t.Errorf("with %q: %v", passphrase, err)
		}
	}
	other, _ := open(t, "")
	if _, err := other.Read(dir); err == nil || strings.Contains(err.Error(), canary) {
		t.Errorf("another vault: %v", err)
	}
	if _, err := vault.Open([]byte("AGE-SECRET-KEY-1"+canary), ""); err == nil || strings.Contains(err.Error(), canary) {
		t.Errorf("no identity: %v", err)
	}
}

// After forgetting, a copy that was made before cannot be read with the vault.
func TestForget_ErasesCopiesToo(t *testing.T) {
	dir, copied := t.TempDir(), t.TempDir()
	v, _ := open(t, "")
	put(t, dir, names[0], canary)
	if err := v.Seal(dir, names); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, vault.HiddenFile))
	if err != nil {
		t.Fatal(err)
	}
	put(t, copied, vault.HiddenFile, string(data)) // a backup without the keys
	put(t, dir, names[1], canary)                  // in the clear: an import was under way
	if err := vault.Forget(dir, names); err != nil {
		t.Fatal(err)
	}
	if list := holding(t, dir, ""); len(list) != 0 {
		t.Errorf("left: %v", list)
	}
	if _, err := v.Read(copied); err == nil {
		t.Error("a copy can be read")
	}
}
