package ipfs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"github.com/genproof/genproof/ipfs/car"
)

// stream is SHA-256 in counter mode: content that another language makes as easily.
func stream(seed string, n int) []byte {
	var out []byte
	for i := 0; len(out) < n; i++ {
		h := sha256.Sum256(fmt.Appendf(nil, "%s/%d", seed, i))
		out = append(out, h[:]...)
	}
	return out[:n]
}

func file(path string, content []byte) File {
	return File{path, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

// numbered returns files 00001.json to count in a folder.
func numbered(folder string, count, size int) []File {
	var files []File
	for i := 1; i <= count; i++ {
		path := fmt.Sprintf("%s/%05d.json", folder, i)
		files = append(files, file(path, stream(path, size)))
	}
	return files
}

func sized(sizes map[string]int) []File {
	var files []File
	for path, n := range sizes {
		files = append(files, file(path, stream(path, n)))
	}
	return files
}

// withEmpty is also what testdata/kubo-0.39.0-export.car holds, written by `ipfs dag export`.
func withEmpty() []File {
	return sized(map[string]int{
		"drop.json": 300, "policy.cel": 100, "key.vk": 1092, "documents/1.json": 500, "documents/2.json": 500,
		"bundles/1.json": 2000, "bundles/2.json": 2000, "empty": 0,
	})
}

const withEmptyRoot = "bafybeihqgfzrjjxf6cxhgv6jzux2jx6uvbcjmorf3poqdaa6oz4cmqyeci"

// The roots are those of the npm package ipfs-unixfs-importer 17.1.1, which shares no code
// with boxo: cidVersion 1, rawLeaves, fixedSize 1 MiB, balanced with 174 children,
// shardSplitThresholdBytes 262144 counted in names and CIDs. Those of kubo are what
// `ipfs add --cid-version=1 -r` of version 0.39.0 prints.
func TestWriteCAR_RootIsThatOfOtherTools(t *testing.T) {
	small := sized(map[string]int{
		"drop.json": 300, "policy.cel": 100, "key.vk": 1092, "documents/1.json": 500, "documents/2.json": 500,
		"bundles/1.json": 2000, "bundles/2.json": 2000,
	})
	chunks := sized(map[string]int{"one": 1 << 20, "two": 1<<20 + 1, "many": 3<<20 + 5})
	for _, tc := range []struct {
		name  string
		files []File
		root  string
	}{
		{"small", small, "bafybeidsjnuk2t7qmkwe463v22aasbuhqn4n6ca6wb5h43h4rjth535mue"},
		{"one empty file", sized(map[string]int{"a": 0}), "bafybeihwqttitc7rssowlfhx3edhljr3kb5ax5l52pt7r3zdtbg5na7bhu"},
		{"files of several chunks", chunks, "bafybeigp6eu3c2l7vuf7c4rl2qtlfjqnz4oc5ewzhg5rsvubdl3lduwibm"},
		{"a folder just not sharded", numbered("documents", 5600, 40), "bafybeihdgyejnmf4hg54p2tpugwxg4gwbjlqxuzcfwtq2lwlsq3dw4bgbu"},
		{"a sharded folder", numbered("documents", 6000, 40), "bafybeigm7klqwxbai5ocixunw5taupei5twxy3prqhsx66eyarakdziikm"},
		{"a drop of 10,000", append(numbered("documents", 10000, 40), numbered("bundles", 10000, 50)...), "bafybeidzxfmsz4gbfjlscxp37qaxmbqzrzkltbe4glfn5fancyxrexz7ry"},
		{"kubo: small", withEmpty(), withEmptyRoot},
		{"kubo: a sharded folder and another", append(numbered("documents", 10000, 40), numbered("bundles", 5600, 50)...), "bafybeibpfrm7tay7bu4gvvd6j6qswqndut5rzswpiq4ncy5xpkqjjbpgke"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			root, err := WriteCAR(context.Background(), filepath.Join(t.TempDir(), "out.car"), tc.files)
			if err != nil {
				t.Fatal(err)
			}
			if root.String() != tc.root {
				t.Errorf("root %s, want %s", root, tc.root)
			}
		})
	}
}

func TestReadCAR_ReadsKubosExport(t *testing.T) {
	a, err := car.Open("testdata/kubo-0.39.0-export.car", car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if a.Root().String() != withEmptyRoot || len(a.Paths()) != len(withEmpty()) {
		t.Fatalf("root %s, %d files", a.Root(), len(a.Paths()))
	}
	for _, f := range withEmpty() {
		r, _ := f.Open()
		want, _ := io.ReadAll(r)
		if got, err := a.ReadFile(f.Path); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: other content, %v", f.Path, err)
		}
	}
}
