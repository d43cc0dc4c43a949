// Package outgoing names what a drop's output folder publishes, and nothing else that lies in it: what
// is published once cannot be taken back.
package outgoing

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/ipfs/car"
)

// Bounds of an output folder.
const (
	maxPublished = 1 << 18 // bundles
	maxDeckFiles = 1 << 20 // files in a folder of a deck
)

// A BundleError says which bundle cannot be read.
type BundleError struct {
	Name string // in the folder
	Err  error
}

func (e *BundleError) Error() string { return e.Name + ": " + e.Err.Error() }
func (e *BundleError) Unwrap() error { return e.Err }

// ErrAttestations says that there are more attestations than a publication has.
var ErrAttestations = errors.New("too many attestations")

// Names lists the files that an output folder publishes: pictures that are proven, but no other images.
func Names(folder *files.Folder) ([]string, error) {
	signed, err := attestations(folder)
	if err != nil {
		return nil, err
	}
	if data, err := folder.Read(bundle.DescriptionFile, bundle.MaxBytes); err == nil && bundle.IsDeck(data) {
		names, err := ofDeck(folder, data)
		return append(names, signed...), err
	}
	entries, err := folder.Names(bundle.BundlesDir, maxPublished)
	if err != nil {
		return nil, err
	}
	names := append([]string{bundle.DescriptionFile, bundle.PolicyFile, bundle.KeyFile}, signed...)
	slices.Sort(entries)
	pictures := map[string]bool{} // tokens may share one
	for _, e := range entries {
		name := path.Join(bundle.BundlesDir, e)
		if _, isBundle := bundle.BundleID(name); !isBundle {
			continue
		}
		data, err := folder.Read(name, bundle.MaxBytes)
		if err != nil {
			return nil, err
		}
		b, err := bundle.Unmarshal(data)
		if err != nil {
			return nil, &BundleError{name, err}
		}
		names = append(names, name, bundle.DocumentPath(document.CID([]byte(b.Document))))
		if picture := PictureOf(b); picture != "" && !pictures[picture] {
			pictures[picture] = true
			names = append(names, picture)
		}
	}
	return names, nil
}

// PictureOf returns where the picture of a token is, "" if its circuit proves none.
func PictureOf(b *bundle.Bundle) string {
	if id, err := statement.ParseCircuitID(b.Circuit); err != nil || !id.Size.IsArt() {
		return ""
	}
	parsed, err := metadata.Parse([]byte(b.Document))
	if err != nil {
		return ""
	}
	for _, a := range parsed.Addresses {
		cid, isIPFS := strings.CutPrefix(a.Text, "ipfs://")
		if name := bundle.PicturePath(cid); a.Member == "image" && isIPFS && IsPicture(name) {
			return name
		}
	}
	return ""
}

// IsPicture reports whether a path is one of a proven picture: the CID of a raw block and .png.
func IsPicture(name string) bool {
	cid, isPNG := strings.CutSuffix(path.Base(name), ".png")
	c, err := car.DecodeCID(cid)
	return isPNG && err == nil && c.IsRaw() && name == bundle.PicturePath(cid)
}

// attestations names those of an output folder that can be read.
func attestations(folder *files.Folder) (names []string, err error) {
	entries, err := folder.Names(bundle.AttestationsDir, attest.MaxFiles)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAttestations, err)
	}
	slices.Sort(entries)
	for _, e := range slices.DeleteFunc(entries, files.IsSystems) {
		name := path.Join(bundle.AttestationsDir, e)
		data, err := folder.Read(name, attest.MaxBytes)
		if err != nil {
			return nil, err
		}
		if _, err := attest.Parse(data); err == nil || errors.Is(err, attest.ErrOpaque) {
			names = append(names, name)
		}
	}
	return names, nil
}

// ofDeck names what the output folder of a deck publishes, images aside: files of the
// names that a deck has, and no others.
func ofDeck(folder *files.Folder, description []byte) ([]string, error) {
	d, err := bundle.UnmarshalDeck(description)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", bundle.DescriptionFile, err)
	}
	size, err := d.Size()
	if err != nil {
		return nil, err
	}
	names := []string{bundle.DescriptionFile, bundle.PolicyFile, bundle.KeyFile}
	there := map[string]bool{}
	for group := range d.Groups(size) {
		there, err = addNames(folder, there, path.Join(bundle.DocumentsDir, fmt.Sprint(group)))
		if err != nil {
			return nil, err
		}
	}
	for _, dir := range []string{bundle.BatchesDir, bundle.CardsDir} {
		if there, err = addNames(folder, there, dir); err != nil {
			return nil, err
		}
	}
	for n := range d.Cards {
		batch := bundle.BatchPath(n / uint64(size.Cards))
		for _, name := range []string{batch, bundle.CardPath(n), bundle.CardDocumentPath(n, d.Cards, size.Cards)} {
			if there[name] {
				names = append(names, name)
				delete(there, name)
			}
		}
	}
	slices.Sort(names[3:])
	return names, nil
}

func addNames(folder *files.Folder, to map[string]bool, dir string) (map[string]bool, error) {
	entries, err := folder.Names(dir, maxDeckFiles)
	if errors.Is(err, files.ErrTooLarge) {
		return nil, fmt.Errorf("%s has more than %d files", dir, maxDeckFiles)
	}
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		to[path.Join(dir, e)] = true
	}
	return to, nil
}
