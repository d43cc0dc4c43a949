package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/prover"
)

// writeCAR writes one CAR of what is public in an output folder and nothing else.
func (p *program) writeCAR(ctx context.Context, dir, car string) (string, error) {
	spinner := p.Bars.Spin("writing the CAR")
	defer spinner.End()
	names, err := publicFiles(dir)
	if err != nil {
		return "", err
	}
	files, err := ipfs.FilesOf(os.DirFS(dir), names...)
	if err != nil {
		return "", fmt.Errorf("output folder %s: %w", dir, err)
	}
	root, err := ipfs.WriteCAR(ctx, car, files)
	if err != nil {
		return "", err
	}
	p.Log.Info().Str("file", car).Stringer("root", root).Int("files", len(files)).Msg("CAR")
	return root.String(), nil
}

// publicFiles names what an output folder publishes. Whatever else somebody has put there
// stays there: what is published once cannot be taken back.
func publicFiles(dir string) ([]string, error) {
	names := []string{bundle.DescriptionFile, drop.PolicyFile, prover.KeyFile}
	entries, err := os.ReadDir(filepath.Join(dir, prover.BundlesDir))
	if err != nil {
		return nil, fmt.Errorf("output folder %s: %w", dir, err)
	}
	for _, e := range entries {
		id, isBundle := strings.CutSuffix(e.Name(), ".json")
		if _, err := strconv.ParseUint(id, 10, 64); err != nil || !isBundle {
			continue
		}
		name := path.Join(prover.BundlesDir, e.Name())
		data, err := folderSource{dir}.read(name, bundle.MaxBytes)
		if err != nil {
			return nil, err
		}
		b, err := bundle.Unmarshal(data)
		if err != nil {
			return nil, console.Hint(fmt.Errorf("%s: %w", filepath.Join(dir, name), err), "delete it and run genproof prove again")
		}
		names = append(names, name, path.Join(prover.DocumentsDir, documentCID([]byte(b.Document))))
	}
	return names, nil
}
