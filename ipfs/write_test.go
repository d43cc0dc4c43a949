package ipfs

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/genproof/genproof/ipfs/car"
)

// handMade is the CID of a block, with none of the libraries that the package uses.
func handMade(document []byte) string {
	hash := sha256.Sum256(document)
	digits := base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
	return "b" + digits.EncodeToString(append([]byte{1, 0x55, 0x12, 0x20}, hash[:]...))
}

func assertEmpty(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		t.Errorf("%s was left", entry.Name())
	}
}

func TestWriteCAR_FailureLeavesNothing(t *testing.T) {
	cause := errors.New("disk on fire")
	broken := File{"b", func() (io.ReadCloser, error) { return io.NopCloser(iotest.ErrReader(cause)), nil }}
	absent := File{"b", func() (io.ReadCloser, error) { return nil, cause }}
	for name, bad := range map[string]File{"reading": broken, "opening": absent} {
		dir := t.TempDir()
		_, err := WriteCAR(context.Background(), filepath.Join(dir, "out.car"), []File{file("a", []byte("x")), bad})
		if !errors.Is(err, cause) || !strings.Contains(err.Error(), "b: ") {
			t.Errorf("%s: got %v, want the cause and the path", name, err)
		}
		assertEmpty(t, dir)
	}
}

func TestWriteCAR_CancelLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	stopper := File{"b", func() (io.ReadCloser, error) { cancel(); return io.NopCloser(strings.NewReader("x")), nil }}
	_, err := WriteCAR(ctx, filepath.Join(dir, "out.car"), []File{file("a", []byte("x")), stopper, file("c", []byte("x"))})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	assertEmpty(t, dir)
}

func TestWriteCAR_FailureKeepsTheOldFile(t *testing.T) {
	path := written(t, []File{file("a", []byte("old"))})
	before, _ := os.ReadFile(path)
	if _, err := WriteCAR(context.Background(), path, []File{file("../a", nil)}); err == nil {
		t.Fatal("accepted a path upwards")
	}
	after, err := os.ReadFile(path)
	if err != nil || string(after) != string(before) {
		t.Errorf("the old CAR changed: %v", err)
	}
	if _, err := WriteCAR(context.Background(), path, []File{file("a", []byte("new"))}); err != nil {
		t.Fatal(err)
	}
	if a, err := car.Open(path, car.DefaultLimits); err != nil {
		t.Error(err)
	} else if b, err := a.ReadFile("a"); string(b) != "new" || err != nil {
		t.Errorf("got %q %v, want the new file", b, err)
	}
}

func TestWriteCAR_RefusesPaths(t *testing.T) {
	x := []byte("x")
	for name, files := range map[string][]File{
		"none":             nil,
		"empty":            {file("", x)},
		"absolute":         {file("/a", x)},
		"upwards":          {file("a/../b", x)},
		"a dot":            {file(".", x)},
		"backslash":        {file(`a\b`, x)},
		"control":          {file("a\nb", x)},
		"not UTF-8":        {file("a\xff", x)},
		"long name":        {file(strings.Repeat("a", 256), x)},
		"long path":        {file(strings.Repeat("aaaaaaaaa/", 14)+strings.Repeat("b", 250)+"/"+strings.Repeat("b", 250), x)},
		"deep":             {file(strings.Repeat("a/", 16)+"a", x)},
		"twice":            {file("a", x), file("b", x), file("a", x)},
		"file and folder":  {file("a/b", x), file("a", x)},
		"folder, a-, file": {file("a/b", x), file("a-", x), file("a", x)},
	} {
		if _, err := WriteCAR(context.Background(), filepath.Join(t.TempDir(), "out.car"), files); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestFilesOf_ListsRegularFilesInOrder(t *testing.T) {
	fsys := fstest.MapFS{
		"drop.json": {Data: []byte("d")}, "documents/2.json": {Data: []byte("2")}, "documents/1.json": {Data: []byte("1")},
		"secrets.yaml": {Data: []byte("never")}, "links/away": {Mode: os.ModeSymlink},
	}
	files, err := FilesOf(fsys, "drop.json", "documents")
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, f := range files {
		paths = append(paths, f.Path)
	}
	if got := strings.Join(paths, " "); got != "drop.json documents/1.json documents/2.json" {
		t.Errorf("got %s", got)
	}
	for _, root := range []string{"links", "absent"} {
		if _, err := FilesOf(fsys, root); err == nil {
			t.Errorf("%s: accepted", root)
		}
	}
}
