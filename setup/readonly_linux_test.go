package setup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Nobody, root included, can make files in these folders.
func TestStore_ReadOnlyFolderIsNamed(t *testing.T) {
	const dir = "/proc/self/fdinfo"
	s, err := OpenStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Groth16Keys(context.Background(), compilePower(t, "toy/power", 4), func(phase Phase, _, _ int64) {
		if phase == PhaseSetup {
			t.Error("the long work was begun")
		}
	})
	if err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "writable") {
		t.Errorf("got %v, want an error with %s and what to do", err, dir)
	}
	s, err = OpenStore("/proc/self/genproof")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Replace(context.Background(), compilePower(t, "toy/power", 4), nil); err == nil || !strings.Contains(err.Error(), s.Dir()) {
		t.Errorf("got %v, want an error with the folder", err)
	}
}

func TestOpenStore_RefusesAFolderOfEverybody(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenStore(dir); err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "chmod") {
		t.Errorf("got %v, want an error with the folder and what to do", err)
	}
	file := filepath.Join(t.TempDir(), "file")
	writeAll(t, file, nil)
	if _, err := OpenStore(file); err == nil {
		t.Error("a file is a key store")
	}
}

func TestStore_ReadingWritesNothing(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	if _, _, err := s.VerifyingKey(context.Background(), c); !errors.Is(err, ErrNoKeys) {
		t.Errorf("got %v, want ErrNoKeys", err)
	}
	if there, err := s.Has(c); there || err != nil {
		t.Errorf("has keys: %t, %v", there, err)
	}
	if _, err := os.Stat(s.Dir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
}
