package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
)

// writeCAR writes one CAR of what is public in an output folder and nothing else.
func (p *program) writeCAR(ctx context.Context, dir, car string) (string, error) {
	spinner := p.Bars.Spin("writing the CAR")
	defer spinner.End()
	names, err := publicFiles(dir)
	if err != nil {
		return "", err
	}
	list, err := ipfs.FilesOf(os.DirFS(dir), names...)
	if err != nil {
		return "", fmt.Errorf("output folder %s: %w", dir, err)
	}
	root, err := ipfs.WriteCAR(ctx, car, list)
	if err != nil {
		return "", err
	}
	p.Log.Info().Str("file", car).Stringer("root", root).Int("files", len(list)).Msg("CAR")
	return root.String(), nil
}

// publicFiles names what an output folder publishes. Whatever else somebody has put there
// stays there: what is published once cannot be taken back.
func publicFiles(dir string) ([]string, error) {
	folder, err := files.OpenFolder(dir)
	if err != nil {
		return nil, fmt.Errorf("output folder %s: %w", dir, err)
	}
	defer folder.Close()
	if data, err := folder.Read(bundle.DescriptionFile, bundle.MaxBytes); err == nil && bundle.IsDeck(data) {
		return publicDeckFiles(folder, data)
	}
	entries, err := folder.Names(bundle.BundlesDir, maxPublished)
	if err != nil {
		return nil, fmt.Errorf("output folder %s: %w", dir, err)
	}
	names := []string{bundle.DescriptionFile, bundle.PolicyFile, bundle.KeyFile}
	slices.Sort(entries)
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
	}
	return names, nil
}

// maxPublished bounds the bundles of an output folder.
const maxPublished = 1 << 18
