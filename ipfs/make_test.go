package ipfs

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/genproof/genproof/ipfs/car"
)

// What readers in a browser compute without boxo is what boxo computes.
func TestMake_ComputesBoxosCIDs(t *testing.T) {
	random := rand.NewChaCha8([32]byte{1})
	for _, sizes := range [][]int{
		{0}, {1, chunkBytes, chunkBytes + 1}, {3*chunkBytes + 5, 7}, {20*chunkBytes - 3}, make([]int, 300),
	} {
		var list []File
		var entries []car.Entry
		for i, n := range sizes {
			data, name := make([]byte, n), fmt.Sprintf("%d.png", len(sizes)-i) // not in the order of names
			random.Read(data)
			list = append(list, File{name, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }})
			e, ok, err := car.MakeFile(name, bytes.NewReader(data))
			if err != nil || !ok {
				t.Fatalf("%d bytes: %v", n, err)
			}
			if want, err := FileCID(t.Context(), bytes.NewReader(data)); err != nil || e.CID != want {
				t.Errorf("%d bytes: got %s, want %s (%v)", n, e.CID, want, err)
			}
			entries = append(entries, e)
		}
		got, ok := car.MakeFolder("", entries)
		if want, err := Root(t.Context(), list); err != nil || !ok || got.CID != want {
			t.Errorf("a folder of %d files: got %s, want %s (%v)", len(sizes), got.CID, want, err)
		}
	}
}

// Where boxo begins to shard, nothing is computed.
func TestMake_LeavesShardsAlone(t *testing.T) {
	for _, row := range []struct {
		files int
		ok    bool
	}{{5900, true}, {6100, false}} {
		var list []File
		var entries []car.Entry
		for i := range row.files {
			name := fmt.Sprintf("%04d.png", i)
			list = append(list, File{name, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(nil)), nil }})
			e, _, err := car.MakeFile(name, bytes.NewReader(nil))
			if err != nil {
				t.Fatal(err)
			}
			entries = append(entries, e)
		}
		got, ok := car.MakeFolder("", entries)
		if want, err := Root(t.Context(), list); err != nil || ok != row.ok || (got.CID == want) != ok {
			t.Errorf("%d files: %t, got %s, want %s (%v)", row.files, ok, got.CID, want, err)
		}
	}
	if _, ok, err := car.MakeFile("", io.LimitReader(zeros{}, 175*chunkBytes)); ok || err != nil {
		t.Errorf("a file of two levels: %t, %v", ok, err)
	}
}
