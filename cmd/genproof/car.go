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

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/publication/outgoing"
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
	if !slices.ContainsFunc(names, outgoing.IsPicture) { // proven pictures are in the CAR
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
	list = slices.DeleteFunc(list, func(f ipfs.File) bool { return files.IsSystems(path.Base(f.Path)) })
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

// publicFiles names what an output folder publishes, images aside.
func publicFiles(dir string) ([]string, error) {
	folder, err := files.OpenFolder(dir)
	if err != nil {
		return nil, fmt.Errorf("output folder %s: %w", dir, err)
	}
	defer folder.Close()
	names, err := outgoing.Names(folder)
	var broken *outgoing.BundleError
	switch {
	case errors.As(err, &broken):
		return nil, console.Hint(fmt.Errorf("%s: %w", filepath.Join(dir, broken.Name), broken.Err), "delete it and run genproof prove again")
	case errors.Is(err, outgoing.ErrAttestations):
		return nil, console.Hint(err, "a publication has at most 256 attestations")
	case err != nil:
		return nil, fmt.Errorf("output folder %s: %w", dir, err)
	}
	return names, nil
}
