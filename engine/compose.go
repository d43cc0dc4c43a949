package engine

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine/layers"
	"github.com/genproof/genproof/files"
)

// ComposeOptions say which tokens of a drawn drop are painted, from what, and where.
type ComposeOptions struct {
	Drop     *drop.Drop
	From     string // the folder of layers/ and layers.yaml
	IDs      []uint64
	To       string                // the folder of the images, ID.png
	Progress func(done, total int) // may be nil
}

// A Composed says what was painted.
type Composed struct {
	Written, Kept int        // images that are new, and that were there already, byte for byte
	Digests       [][32]byte // SHA-256 of each image, in the order of the ids
}

// Compose paints what the drop draws for its tokens: each layer's PNG of the text that the trait
// of the layer's name has, from the back to the front. An image that is there and is another one
// is an error: it may be somebody's work.
func Compose(ctx context.Context, o ComposeOptions) (*Composed, error) {
	set, _, err := openLayers(o.From)
	if err != nil {
		return nil, err
	}
	defer set.Close()
	plan, err := set.Plan()
	if err != nil {
		return nil, fmt.Errorf("reading layers for a drawn drop: %w", err)
	}
	if err := os.MkdirAll(o.To, 0o755); err != nil {
		return nil, err
	}
	out := &Composed{Digests: make([][32]byte, len(o.IDs))}
	kept := make([]bool, len(o.IDs))
	progress := func(done int) {
		if o.Progress != nil {
			o.Progress(done, len(o.IDs))
		}
	}
	err = each(ctx, len(o.IDs), progress, func(i int) error {
		image, err := paint(o.Drop, plan, o.IDs[i])
		if err != nil {
			return fmt.Errorf("token %d: %w", o.IDs[i], err)
		}
		out.Digests[i] = sha256.Sum256(image)
		kept[i], err = keepImage(filepath.Join(o.To, fmt.Sprintf("%d.png", o.IDs[i])), image)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, k := range kept {
		if k {
			out.Kept++
		} else {
			out.Written++
		}
	}
	return out, nil
}

// paint returns a token's image as PNG.
func paint(d *drop.Drop, plan *layers.Plan, id uint64) ([]byte, error) {
	drawn, err := d.Draw(id)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(plan.Layers))
	for i, layer := range plan.Layers {
		at := slices.IndexFunc(drawn, func(t drop.Drawn) bool { return t.Trait == layer.Trait })
		if at < 0 {
			return nil, fmt.Errorf("the drop has no trait %q, which is a layer of pictures", layer.Trait)
		}
		texts[i] = drawn[at].Text
	}
	var out bytes.Buffer
	err = plan.Compose(texts, &out)
	return out.Bytes(), err
}

// keepImage writes an image unless it is there.
func keepImage(path string, image []byte) (kept bool, err error) {
	old, err := files.Read(path, int64(len(image))+1)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, files.Write(path, image, files.Public)
	case err != nil && !errors.Is(err, files.ErrTooLarge):
		return false, err
	case !bytes.Equal(old, image):
		return false, fmt.Errorf("%s is another image than the layers give: delete it to have it painted anew", path)
	}
	return true, nil
}
