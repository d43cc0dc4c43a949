//go:build js

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"syscall/js"

	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// maxPack bounds the bytes of a pack's files together: a page has no more room.
const maxPack = 1 << 30

// A packAnswer is what is found about a pack of evidence: the report of genproof evidence verify --json, and
// of its publication the level, empty if something contradicts before that is looked at.
type packAnswer struct {
	Report   *evidence.Report `json:"report"`
	Level    verifier.Level   `json:"level"`
	Attested []attestedLine   `json:"attested"` // of the report's attestations
	Approved []string         `json:"approved"`
}

// packOf returns the pack that a source is: whoever has a manifest is one. nil if it is none.
func packOf(in js.Value, from publication.Source) (evidence.Source, error) {
	switch from := from.(type) {
	case *publication.Archive:
		if slices.Contains(from.Paths(), evidence.ManifestFile) {
			return openPack(member(in, "car"), &progress{tell: js.Undefined()}) // its blocks were read and told of already
		}
	case folder:
		if from.files[evidence.ManifestFile] != nil {
			return packedFolder{from}, nil
		}
	}
	return nil, nil
}

func openPack(v js.Value, progress *progress) (evidence.Source, error) {
	f, err := fileOf("pack", v)
	if err != nil {
		return nil, err
	}
	from, err := evidence.Open(progress.reader(f), f.size)
	if errors.Is(err, evidence.ErrEncrypted) {
		err = fmt.Errorf("%w: genproof evidence verify --identity opens it on a machine", err)
	}
	return from, err
}

func judgeGivenPack(in, v js.Value) (string, error) {
	progress, err := progressOf(in)
	if err != nil {
		return "", err
	}
	from, err := openPack(v, progress)
	return judgePack(in, from, err)
}

// judgePack judges a pack that was opened, with the blocks that the caller knows.
func judgePack(in js.Value, from evidence.Source, err error) (string, error) {
	if err != nil {
		return "", err
	}
	known, err := checkpoints(in)
	if err != nil {
		return "", err
	}
	v, err := evidence.Verify(context.Background(), from, evidence.Reader{MostBytes: maxPack, Blocks: known})
	if err != nil {
		return "", err
	}
	a := packAnswer{Report: v.Report(), Attested: linesOf(v.Attestations), Approved: []string{}}
	switch {
	case v.Deck != nil:
		a.Level, a.Approved = v.Deck.Verdict, approvalsOf(v.Deck.Approvals)
	case v.Drawn != nil:
		a.Level = v.Drawn.Verdict
	}
	return textOf(a), nil
}

// A packedFolder is a pack's folder.
type packedFolder struct{ folder }

func (f packedFolder) Paths() (list []string, _ error) {
	for p := range f.files {
		list = append(list, p)
	}
	return list, nil
}

func (f packedFolder) Size(name string) int64 {
	if file := f.files[name]; file != nil {
		return file.size
	}
	return 0
}

func (f packedFolder) Open(name string) (io.ReadCloser, error) {
	file, there := f.files[name]
	if !there {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return io.NopCloser(io.NewSectionReader(f.progress.reader(file), 0, file.size)), nil
}
