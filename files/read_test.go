package files_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/files"
)

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestRead_IsBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	put(t, path, "12345")
	if data, err := files.Read(path, 5); err != nil || string(data) != "12345" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := files.Read(path, 4); !errors.Is(err, files.ErrTooLarge) {
		t.Errorf("a longer file: %v", err)
	}
	if _, err := files.ReadFrom(strings.NewReader("12345"), "input", 4); !errors.Is(err, files.ErrTooLarge) {
		t.Errorf("a longer stream: %v", err)
	}
	if _, err := files.Read(path+"x", 5); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestRead_RefusesWhatIsNotRegular(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{dir, pipe(t, dir), os.DevNull} {
		if _, err := files.Read(path, 5); !errors.Is(err, files.ErrNotRegular) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestReadSecret_IsForItsOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret")
	put(t, path, "s")
	if _, err := files.ReadSecret(path, 5); err != nil {
		t.Error(err)
	}
	for _, mode := range []fs.FileMode{0o640, 0o604, 0o620, 0o644} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := files.ReadSecret(path, 5); !errors.Is(err, files.ErrExposed) {
			t.Errorf("mode %o: %v", mode, err)
		}
	}
}

func TestFolder_ReadsItsOwnFilesOnly(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "outside"), "secret")
	own := filepath.Join(dir, "own")
	put(t, filepath.Join(own, "a", "file"), "text")
	for name, to := range map[string]string{"link": "a/file", "out": "../outside", "folder": "a", "a/up": "../../outside"} {
		if err := os.Symlink(to, filepath.Join(own, name)); err != nil {
			t.Fatal(err)
		}
	}
	pipe(t, own)
	f, err := files.OpenFolder(own)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, err := f.Read("a/file", 4); err != nil || string(data) != "text" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := f.Read("a/file", 3); !errors.Is(err, files.ErrTooLarge) {
		t.Errorf("a longer file: %v", err)
	}
	if _, err := f.Read("a/none", 3); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	for _, name := range []string{"link", "out", "folder/file", "folder", "a/up", "../outside", "/etc/passwd", "pipe", ".", "", "a", "a/../a/file"} {
		if _, err := f.Read(name, 100); !errors.Is(err, files.ErrNotRegular) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestFolder_NamesAreBounded(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "a", "1"), "")
	put(t, filepath.Join(dir, "a", "2"), "")
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "empty"), 0o755), os.Symlink("a", filepath.Join(dir, "link"))); err != nil {
		t.Fatal(err)
	}
	f, err := files.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if names, err := f.Names("a", 2); err != nil || len(names) != 2 {
		t.Errorf("%q, %v", names, err)
	}
	if _, err := f.Names("a", 1); !errors.Is(err, files.ErrTooLarge) {
		t.Errorf("more names: %v", err)
	}
	for _, none := range []string{"empty", "missing"} {
		if names, err := f.Names(none, 1); err != nil || len(names) != 0 {
			t.Errorf("%s: %q, %v", none, names, err)
		}
	}
	if _, err := f.Names("link", 2); err == nil {
		t.Error("names of a folder behind a link")
	}
}
