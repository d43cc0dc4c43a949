package files_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/genproof/genproof/files"
)

// holds compares a folder's files with the wanted ones: nothing temporary is left.
func holds(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if text, there := want[e.Name()]; err != nil || !there || text != string(data) {
			t.Errorf("%s holds %q, %v", e.Name(), data, err)
		}
	}
	if len(entries) != len(want) {
		t.Errorf("%d files, want %d", len(entries), len(want))
	}
}

func TestWrite_ReplacesWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	for _, text := range []string{"a longer one", "short"} {
		if err := files.Write(path, []byte(text), files.Secret); err != nil {
			t.Fatal(err)
		}
		holds(t, dir, map[string]string{"file": text})
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != files.Secret {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestCreate_ReplacesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	if err := files.Create(path, []byte("first"), files.Public); err != nil {
		t.Fatal(err)
	}
	if err := files.Create(path, []byte("second"), files.Public); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file that is there: %v", err)
	}
	holds(t, dir, map[string]string{"file": "first"})
}

func TestStream_LeavesNothingThatFailed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	put(t, path, "old")
	stop := errors.New("stop")
	err := files.Stream(path, files.Public, func(f *os.File) error {
		_, err := f.WriteString("half")
		return errors.Join(err, stop)
	})
	if !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
	holds(t, dir, map[string]string{"file": "old"})
	if err := files.Write(filepath.Join(dir, "none", "file"), nil, files.Public); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("into no folder: %v", err)
	}
}

func TestWriteVia_KeepsTheFolderClean(t *testing.T) {
	dir := t.TempDir()
	scratch, clean := filepath.Join(dir, "scratch"), filepath.Join(dir, "clean")
	if err := errors.Join(os.Mkdir(scratch, 0o755), os.Mkdir(clean, 0o755), os.Chmod(clean, 0o755)); err != nil {
		t.Fatal(err)
	}
	if err := files.WriteVia(scratch, filepath.Join(clean, "file"), []byte("text"), files.Public); err != nil {
		t.Fatal(err)
	}
	holds(t, clean, map[string]string{"file": "text"})
	holds(t, scratch, nil)
}

func TestWriteFolder_MakesANewOne(t *testing.T) {
	dir := t.TempDir()
	tmp, path := filepath.Join(dir, "tmp"), filepath.Join(dir, "folder")
	list := []files.Named{{Name: "a", Data: []byte("1")}, {Name: "b", Data: []byte("2")}}
	if err := files.WriteFolder(tmp, files.Public, list...); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(tmp); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := files.WriteFolder(tmp, files.Public); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a folder that is there: %v", err)
	}
	if err := files.Rename(tmp, path); err != nil {
		t.Fatal(err)
	}
	holds(t, path, map[string]string{"a": "1", "b": "2"})
	if err := files.WriteFolder(tmp, files.Secret); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(tmp); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestAppend_MendsATornLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	for _, line := range []string{"one\n", "tor", "two\n", "three\n"} {
		if err := files.Append(path, []byte(line), files.Public); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil || !slices.Equal(data, []byte("one\ntor\ntwo\nthree\n")) {
		t.Errorf("%q, %v", data, err)
	}
}

func TestSyncTree_ReachesEveryFile(t *testing.T) {
	dir := t.TempDir()
	for i := range 20 {
		sub := filepath.Join(dir, strconv.Itoa(i%3))
		if err := errors.Join(os.MkdirAll(sub, 0o755), os.WriteFile(filepath.Join(sub, strconv.Itoa(i)), []byte("x"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := files.SyncTree(dir); err != nil {
		t.Error(err)
	}
	if err := files.SyncTree(filepath.Join(dir, "no")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a tree that is not there: %v", err)
	}
}
