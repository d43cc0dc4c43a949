package record_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/service/record"
)

const canary = "CANARY-Ada-Lovelace"

var ada = record.Actor{Token: canary + "-token", Scope: "curator", Label: canary}

// holds reports whether any file below dir holds a text.
func holds(t *testing.T, dir, text string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		// what is private is in base64 within JSON
		if strings.Contains(string(data), text) || strings.HasSuffix(filepath.Dir(path), log.PrivateDir) {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func cards(numbers ...int) (list []record.Card) {
	for _, n := range numbers {
		list = append(list, record.Card{Number: n, Document: sha256.Sum256(fmt.Append(nil, n))})
	}
	return list
}

func open(t *testing.T, dir string) *record.Book {
	t.Helper()
	key, err := record.LoadKey(filepath.Join(dir, "..", filepath.Base(dir)+".key"))
	if err != nil {
		t.Fatal(err)
	}
	b := record.Open(dir, key)
	t.Cleanup(b.Close)
	return b
}

// A decision is in the log with the digest that anybody computes from cards and documents, and names
// nobody there.
func TestDecide_IsLogged(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir)
	if _, err := b.Decide(record.Approved, cards(7, 1, 2, 3), ada, "fine"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Decide(record.Rejected, cards(2), ada, canary+" looks odd"); err != nil {
		t.Fatal(err)
	}
	b.Close()
	s, err := open(t, dir).Log()
	if err != nil || len(s.Entries) != 2 || s.Unsigned() != 0 {
		t.Fatalf("%+v, %v", s, err)
	}
	sum := sha256.New()
	for _, n := range []int{7, 1, 2, 3} {
		fmt.Fprintf(sum, "%d %x\n", n, sha256.Sum256(fmt.Append(nil, n)))
	}
	if e := s.Entries[0]; e.Kind != "looked" || e.Digest != [32]byte(sum.Sum(nil)) || e.Text != "approved by a person: cards 1-3, 7" || e.Private == [32]byte{} {
		t.Errorf("%+v", e)
	}
	for _, name := range []string{log.EntriesFile, log.HeadsFile} {
		data, err := os.ReadFile(filepath.Join(dir, record.LogDir, name))
		if err != nil || strings.Contains(string(data), canary) {
			t.Errorf("%s names a person: %v", name, err)
		}
	}
	list, err := record.Open(dir, nil).Decisions()
	if err != nil {
		t.Fatal(err)
	}
	words := record.Words(list)
	if words[2].Verdict != record.Rejected || words[1].Verdict != record.Approved || words[2].Digest != fmt.Sprintf("%x", sha256.Sum256([]byte("2"))) || len(words) != 4 {
		t.Errorf("%+v", words)
	}
}

// After forgetting no file has a person or a reason, the log still holds and can be written on.
func TestForget_ErasesPeople(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir)
	if _, err := b.Decide(record.Rejected, cards(0), ada, canary+" reason"); err != nil {
		t.Fatal(err)
	}
	if names := holds(t, dir, canary); len(names) != 2 {
		t.Fatalf("before, %v", names)
	}
	if n, err := b.Forget(); err != nil || n != 1 {
		t.Fatalf("%d, %v", n, err)
	}
	if names := holds(t, dir, canary); len(names) != 0 {
		t.Errorf("after, %v", names)
	}
	if _, err := b.Write(record.Action{Kind: "note", Text: "forgotten"}); err != nil {
		t.Error(err)
	}
	if s, err := b.Log(); err != nil || len(s.Entries) != 2 {
		t.Errorf("%v", err)
	}
}

func TestWrite_RefusesAChangedLog(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir)
	for range 2 {
		if _, err := b.Write(record.Action{Kind: "note", Text: "as it was"}); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, record.LogDir, log.EntriesFile)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(data), "as it was", "as it is!", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Write(record.Action{Kind: "note", Text: "more"}); err == nil {
		t.Error("a changed log is written on")
	}
	if _, err := b.Decide(record.Approved, nil, ada, ""); err == nil {
		t.Error("a decision about nothing is taken")
	}
}
