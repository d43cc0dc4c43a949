package ipfs

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/genproof/genproof/ipfs/car"
)

// FuzzReadCAR: whatever the bytes, there is an error or a tree whose files can be read and
// written again to a CAR with the same files.
func FuzzReadCAR(f *testing.F) {
	for _, files := range [][]File{
		numbered("documents", 3, 50),
		sized(map[string]int{"a/b/c": 10, "d": 0}),
	} {
		seed, err := os.ReadFile(written(f, files))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed)
		f.Add(seed[:len(seed)-1])
		f.Add(slices.Concat(seed, seed[len(car.Header(car.CID{})):]))
		f.Add(slices.Concat(seed, car.Section(car.Raw([]byte("more")), []byte("more"))))
		f.Add(append(seed[:len(seed):len(seed)], 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f))
	}
	f.Add([]byte(nil))
	f.Add([]byte("\x0a\xa1gversion\x02"))
	var forged forgery
	f.Add(forged.car(forged.folder(link{"a", forged.file([]uint64{1 << 62, 1}, forged.raw("x"), forged.raw("y"))})))

	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "fuzz.car")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := car.Open(path, car.Limits{Bytes: 4 << 20, Blocks: 1000, Entries: 1000, FileBytes: 2 << 20})
		if err != nil {
			return
		}
		defer a.Close()
		for _, p := range a.Paths() {
			if !car.ValidPath(p) {
				t.Errorf("path %q", p)
			}
			if _, err := a.ReadFile(p); err != nil {
				t.Error(err)
			}
		}
		again := slices.Concat(b, b[len(car.Header(a.Root())):])
		twice, err := car.New(bytes.NewReader(again), int64(len(again)), car.Limits{Bytes: 8 << 20, Blocks: 1000, Entries: 1000, FileBytes: 2 << 20})
		if err != nil || !slices.Equal(twice.Paths(), a.Paths()) {
			t.Errorf("with all blocks twice: %v", err)
		}
	})
}

// The blocks' hashes keep a fuzzer out of the tree: this one makes the hashes right.
func FuzzReadCAR_RightHashes(f *testing.F) {
	var seeds forgery
	x := seeds.raw("x")
	for _, n := range []interface{ RawData() []byte }{
		x, seeds.folder(link{"a", x}), seeds.folder(), seeds.file([]uint64{1}, x), seeds.node([]byte{8, 5}, link{"00a", x}),
	} {
		f.Add(n.RawData())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var forged forgery
		x := forged.raw("x")
		inner := forged.rightHash(b)
		whole := forged.car(forged.folder(link{"a", inner}, link{"x", x}))
		path := filepath.Join(t.TempDir(), "fuzz.car")
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := car.Open(path, car.Limits{Bytes: 4 << 20, Blocks: 1000, Entries: 1000, FileBytes: 2 << 20})
		if err != nil {
			return
		}
		defer a.Close()
		for _, p := range a.Paths() {
			if _, err := a.ReadFile(p); err != nil {
				t.Error(err)
			}
		}
	})
}
