package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/publication"
)

// An Input is a file that goes into a pack.
type Input struct {
	Path   string // in the pack
	Role   string
	Source string // where it is from, in words
	Open   func() (io.ReadCloser, error)
}

// Bytes is an input that is in memory.
func Bytes(path, role, source string, data []byte) Input {
	return Input{path, role, source, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
}

// A Packing is all that goes into a pack.
type Packing struct {
	Head     Head // what its maker says; files are counted here
	Inputs   []Input
	Key      *attest.Key // signs the manifest; nil: nobody
	Compiler publication.Compiler
}

// Pack judges what goes in, and adds report, summary and manifest. The result is the pack's files, the
// manifest first. A publication that is rejected is packed too: the report says so.
func Pack(ctx context.Context, p Packing) ([]Input, error) {
	from := inputs{}
	m := &Manifest{Head: p.Head}
	for _, x := range p.Inputs {
		if _, twice := from[x.Path]; twice || !isPath(x.Path) {
			return nil, fmt.Errorf("packing: %s is no path of a pack, or is there twice", x.Path)
		}
		from[x.Path] = x
		f, err := fileOf(x, &p.Head)
		if err != nil {
			return nil, fmt.Errorf("packing: %w", err)
		}
		m.Files = append(m.Files, *f)
	}
	paths, _ := from.Paths()
	now, err := parseTime(p.Head.MadeAt)
	if err != nil {
		return nil, fmt.Errorf("packing: %w", err)
	}
	in, err := judgeAll(ctx, from, paths, now, p.Compiler, nil)
	if err != nil {
		return nil, fmt.Errorf("packing: %w", err)
	}
	m.Head.NotChecked = in.notChecked()
	for _, x := range []Input{
		Bytes(ReportFile, "report", "what genproof says of it, as of "+p.Head.MadeAt, in.Report),
		Bytes(SummaryFile, "summary", "the same in plain language", in.summary(&m.Head)),
	} {
		f, err := fileOf(x, &p.Head)
		if err != nil {
			return nil, err
		}
		m.Files, p.Inputs = append(m.Files, *f), append(p.Inputs, x)
	}
	manifest, err := m.Marshal()
	if err != nil {
		return nil, fmt.Errorf("packing: %w", err)
	}
	out := []Input{Bytes(ManifestFile, "", "", manifest)}
	if p.Key != nil {
		signature, err := SignManifest(p.Key, manifest)
		if err != nil {
			return nil, fmt.Errorf("packing: %w", err)
		}
		out = append(out, Bytes(SignatureFile, "", "", signature))
	}
	return append(out, p.Inputs...), nil
}

// fileOf is an input's line of the manifest.
func fileOf(x Input, h *Head) (*File, error) {
	r, err := x.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close() // only read
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(r, maxFile+1))
	if err == nil && n > maxFile {
		err = fmt.Errorf("%s: more than %d bytes", x.Path, maxFile)
	}
	return &File{x.Path, uint64(n), [32]byte(sum.Sum(nil)), x.Role, x.Source, h.By.Name, h.MadeAt}, err
}

// inputs is a source of what is not packed yet.
type inputs map[string]Input

func (i inputs) Paths() (list []string, _ error) {
	for p := range i {
		list = append(list, p)
	}
	return list, nil
}

func (i inputs) Size(string) int64 { return 0 }

func (i inputs) Open(p string) (io.ReadCloser, error) {
	x, there := i[p]
	if !there {
		return nil, &fs.PathError{Op: "open", Path: p, Err: fs.ErrNotExist}
	}
	return x.Open()
}

// Leave commits to a file that stays out of a pack: its salt is the maker's to keep.
func Leave(name string, salt [32]byte, data []byte) LeftOut {
	return LeftOut{name, sha256.Sum256(append(salt[:], data...))}
}

// notChecked is what nobody looked at, of the publication and of the pack.
func (in *Inner) notChecked() []string {
	list := []string{}
	if in.Deck != nil {
		list = append(list, in.Deck.NotChecked...)
	} else {
		list = append(list, in.Drawn.NotChecked...)
	}
	if len(in.Facts) > 0 {
		list = append(list, "blocks: whether those that the chain's facts are in are the chain's own; compare their hashes with two nodes, or name them with --checkpoint")
	}
	if in.Log != nil && len(in.Facts) == 0 {
		list = append(list, "the log: nothing here dates it but its holder's clock")
	}
	return list
}

var errNoManifest = errors.New("there is no manifest")

// digestOf reads 64 hex digits that were checked before.
func digestOf(s string) (d [32]byte) {
	if raw, err := hex.DecodeString(s); err == nil && len(raw) == len(d) {
		d = [32]byte(raw)
	}
	return d
}
