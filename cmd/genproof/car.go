package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/ipfs/car"
)

// A carReport says what was written of an output folder.
type carReport struct {
	CAR       string   `json:"car"`
	Root      string   `json:"car_root"`
	Images    []string `json:"image_cars,omitempty"` // of a deck with images
	ImageRoot string   `json:"image_root,omitempty"` // the CID of the folder of images
}

func (r *carReport) rows() [][]string {
	rows := [][]string{{"  CAR", r.CAR}, {"  root CID", r.Root}}
	if len(r.Images) > 0 {
		text := r.Images[0]
		if n := len(r.Images); n > 1 {
			text += " … " + filepath.Base(r.Images[n-1])
		}
		rows = append(rows, []string{"  images", text}, []string{"  images' CID", r.ImageRoot})
	}
	return rows
}

// maxImagesCAR is where a CAR of images ends, in bytes: many services take no larger ones.
const maxImagesCAR = 1 << 30

// writeCAR writes one CAR of what is public in an output folder and nothing else, and beside it
// those of a deck's images, as large as they need to be.
func (p *program) writeCAR(ctx context.Context, dir, to string) (r carReport, err error) {
	spinner := p.Bars.Spin("writing the CAR")
	defer spinner.End()
	names, err := publicFiles(dir)
	if err != nil {
		return r, err
	}
	list, err := ipfs.FilesOf(os.DirFS(dir), names...)
	if err != nil {
		return r, fmt.Errorf("output folder %s: %w", dir, err)
	}
	root, err := ipfs.WriteCAR(ctx, to, list)
	if err != nil {
		return r, err
	}
	r = carReport{CAR: to, Root: root.String()}
	p.Log.Info().Str("file", to).Stringer("root", root).Int("files", len(list)).Msg("CAR")
	if !slices.ContainsFunc(names, isPicture) { // proven pictures are in the CAR
		err = r.addImages(ctx, dir, filepath.Dir(to), maxImagesCAR)
	}
	return r, err
}

// addImages writes the CARs of the folder of images, if there is one, and removes those that an
// earlier run has left behind the last one.
func (r *carReport) addImages(ctx context.Context, dir, to string, size int64) error {
	list, err := ipfs.FilesOf(os.DirFS(dir), bundle.ImagesDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("output folder %s: %w", dir, err)
	}
	name := func(n int) string { return filepath.Join(to, bundle.ImagesCAR(n)) }
	if len(list) > 0 {
		for i := range list {
			list[i].Path = strings.TrimPrefix(list[i].Path, bundle.ImagesDir+"/")
		}
		root, n, err := ipfs.WriteCARs(ctx, name, list, size)
		if err != nil {
			return err
		}
		for i := range n {
			r.Images = append(r.Images, name(i+1))
		}
		r.ImageRoot = root.String()
	}
	for n := len(r.Images) + 1; os.Remove(name(n)) == nil; n++ {
	}
	return nil
}

// publicFiles names what an output folder publishes. Whatever else somebody has put there
// stays there: what is published once cannot be taken back.
func publicFiles(dir string) ([]string, error) {
	folder, err := files.OpenFolder(dir)
	if err != nil {
		return nil, fmt.Errorf("output folder %s: %w", dir, err)
	}
	defer folder.Close()
	signed, err := publicAttestations(folder)
	if err != nil {
		return nil, err
	}
	if data, err := folder.Read(bundle.DescriptionFile, bundle.MaxBytes); err == nil && bundle.IsDeck(data) {
		names, err := publicDeckFiles(folder, data)
		return append(names, signed...), err
	}
	entries, err := folder.Names(bundle.BundlesDir, maxPublished)
	if err != nil {
		return nil, fmt.Errorf("output folder %s: %w", dir, err)
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
			return nil, console.Hint(fmt.Errorf("%s: %w", filepath.Join(dir, name), err), "delete it and run genproof prove again")
		}
		names = append(names, name, bundle.DocumentPath(document.CID([]byte(b.Document))))
		if picture := pictureOf(b); picture != "" && !pictures[picture] {
			pictures[picture] = true
			names = append(names, picture)
		}
	}
	return names, nil
}

// pictureOf returns where the picture of a token is, "" if its circuit proves none.
func pictureOf(b *bundle.Bundle) string {
	if id, err := statement.ParseCircuitID(b.Circuit); err != nil || !id.Size.IsArt() {
		return ""
	}
	parsed, err := metadata.Parse([]byte(b.Document))
	if err != nil {
		return ""
	}
	for _, a := range parsed.Addresses {
		cid, isIPFS := strings.CutPrefix(a.Text, "ipfs://")
		if name := bundle.PicturePath(cid); a.Member == "image" && isIPFS && isPicture(name) {
			return name
		}
	}
	return ""
}

// isPicture reports whether a path is one of a proven picture: the CID of a raw block and .png.
func isPicture(name string) bool {
	cid, isPNG := strings.CutSuffix(path.Base(name), ".png")
	c, err := car.DecodeCID(cid)
	return isPNG && err == nil && c.IsRaw() && name == bundle.PicturePath(cid)
}

// publicAttestations names the attestations of an output folder: those that can be read. Whatever
// else lies there stays there.
func publicAttestations(folder *files.Folder) (names []string, err error) {
	entries, err := folder.Names(bundle.AttestationsDir, attest.MaxFiles)
	if err != nil {
		return nil, console.Hint(err, "a publication has at most 256 attestations")
	}
	slices.Sort(entries)
	for _, e := range entries {
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

// maxPublished bounds the bundles of an output folder.
const maxPublished = 1 << 18
