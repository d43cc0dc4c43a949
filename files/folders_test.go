package files_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/genproof/genproof/files"
)

func TestFolders_RemoveWhatTheyMade(t *testing.T) {
	parent := t.TempDir()
	there := filepath.Join(parent, "there")
	if err := os.Mkdir(there, 0o755); err != nil {
		t.Fatal(err)
	}
	var f files.Folders
	for _, dir := range []string{there, filepath.Join(there, "a", "b"), filepath.Join(there, "a", "c") + "/", filepath.Join(parent, "full", "empty")} {
		if err := f.Make(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			t.Errorf("%s: %v", dir, err)
		}
	}
	kept := filepath.Join(parent, "full", "somebody's")
	if err := os.WriteFile(kept, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := f.Make(filepath.Join(kept, "below a file"), 0o755); err == nil {
		t.Error("a folder below a file was made")
	}
	f.Remove()
	for path, want := range map[string]bool{"there": true, "there/a": false, "full": true, "full/empty": false, "full/somebody's": true} {
		if _, err := os.Lstat(filepath.Join(parent, path)); errors.Is(err, fs.ErrNotExist) == want {
			t.Errorf("%s: %v", path, err)
		}
	}
}
