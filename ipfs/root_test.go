package ipfs

import (
	"bytes"
	"testing"

	"github.com/genproof/genproof/ipfs/car"
)

// The root is kubo's, see golden_test.go.
func TestRoot_IsWhatWouldBePublished(t *testing.T) {
	root, err := Root(t.Context(), withEmpty())
	if err != nil || root.String() != withEmptyRoot {
		t.Errorf("root %s, %v", root, err)
	}
	if _, err := Root(t.Context(), nil); err == nil {
		t.Error("a root of no files")
	}
}

func TestFileCID_OfOneBlockIsRaw(t *testing.T) {
	content := stream("a", chunkBytes)
	one, err := FileCID(t.Context(), bytes.NewReader(content))
	if err != nil || one != car.Raw(content) {
		t.Errorf("CID %s, %v", one, err)
	}
	two, err := FileCID(t.Context(), bytes.NewReader(append(content, 0)))
	if err != nil || two.IsRaw() {
		t.Errorf("CID %s of two blocks, %v", two, err)
	}
}
