package ipfs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	gocar "github.com/ipld/go-car/v2"

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

// Several CARs have one root and, together, the blocks of one.
func TestWriteCARs_AreOneTogether(t *testing.T) {
	dir := t.TempDir()
	var list []File
	for i := range 40 {
		content := bytes.Repeat([]byte{byte(i)}, 1000*i+1)
		list = append(list, File{Path: fmt.Sprintf("%d.png", i), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }})
	}
	want, err := WriteCAR(t.Context(), filepath.Join(dir, "one.car"), list)
	if err != nil {
		t.Fatal(err)
	}
	blocks := func(path string) (out []string) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r, err := gocar.NewBlockReader(bytes.NewReader(data))
		if err != nil || len(r.Roots) != 1 || r.Roots[0].String() != want.String() {
			t.Fatalf("%s: roots %v, %v", path, r.Roots, err)
		}
		for {
			b, err := r.Next()
			if err == io.EOF {
				return out
			}
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, b.Cid().String())
		}
	}
	whole := blocks(filepath.Join(dir, "one.car"))
	slices.Sort(whole)
	for size, parts := range map[int64]int{1: 40, 100_000: 7, 1 << 30: 1} {
		name := func(n int) string { return filepath.Join(dir, fmt.Sprintf("%d-%d.car", size, n)) }
		root, n, err := WriteCARs(t.Context(), name, list, size)
		if err != nil || root != want || n != parts {
			t.Fatalf("size %d: %d CARs, want %d, root %s, %v", size, n, parts, root, err)
		}
		var together []string
		for i := range n {
			together = append(together, blocks(name(i+1))...)
		}
		slices.Sort(together)
		if !slices.Equal(together, whole) {
			t.Errorf("size %d: %d blocks, want %d", size, len(together), len(whole))
		}
	}
}
