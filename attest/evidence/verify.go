package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// A Verification is what is found about a pack.
type Verification struct {
	Manifest       *Manifest
	ManifestDigest [32]byte // who has it from elsewhere knows that nothing was exchanged
	Signer         string   // of the manifest; empty if nobody signed
	Faults         []string // what contradicts, the first one first
	Same           bool     // the report in the pack is, to the byte, what is found here, but for what NotChecked says of it
	Verdict        string   // of the publication, in one line
	Attestations   []verdict.Attestation
	Timeline       []Event
	NotChecked     []string
	Deck           *verdict.Deck
	Drawn          *verdict.Drawn

	inner *Inner
}

// A Reader is who verifies a pack.
type Reader struct {
	Compiler publication.Compiler // may be nil
	Blocks   Blocks               // nil: no block is known to be its chain's
	Verifier Verifier
	// MostBytes bounds what is read of a pack's files together; 0: as many as FORMAT allows.
	MostBytes uint64
}

// most is the bound on all of a pack.
func (r *Reader) most() uint64 {
	if r.MostBytes == 0 {
		return maxPack
	}
	return r.MostBytes
}

// Verify checks a pack whole, without a network: every file against the manifest, the publication and
// attestations as of the time at which it was made, facts of chains, the log. What contradicts is a fault
// in the answer; an error means that nothing could be looked at.
func Verify(ctx context.Context, from Source, reader Reader) (*Verification, error) {
	data, err := readAll(from, ManifestFile, min(maxManifest, int64(reader.most())))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("opening the pack: %w", errNoManifest)
	}
	if err != nil {
		return nil, fmt.Errorf("opening the pack: %w", err)
	}
	v := &Verification{ManifestDigest: sha256.Sum256(data), NotChecked: []string{}}
	if v.Manifest, err = ParseManifest(data); err != nil {
		v.fault("%v", err)
		return v, nil
	}
	if err := v.sign(from, data); err != nil {
		v.fault("%v", err)
	}
	paths, err := from.Paths()
	if err != nil {
		return nil, fmt.Errorf("opening the pack: %w", err)
	}
	if total := v.Manifest.bytes(); total > reader.most() {
		return nil, fmt.Errorf("opening the pack: %w: its files have %d bytes, and at most %d are read here", files.ErrTooLarge, total, reader.most())
	}
	if err := v.compare(ctx, from, paths); err != nil {
		return nil, err
	}
	if len(v.Faults) > 0 {
		return v, nil // what is in other files than were packed is nobody's evidence
	}
	return v, v.judge(ctx, from, paths, reader)
}

func (v *Verification) fault(format string, args ...any) {
	v.Faults = append(v.Faults, fmt.Sprintf(format, args...))
}

func (v *Verification) sign(from Source, manifest []byte) error {
	data, err := readAll(from, SignatureFile, maxLine)
	if errors.Is(err, fs.ErrNotExist) {
		v.NotChecked = append(v.NotChecked, "the manifest: nobody signed it; compare its SHA-256 with the one that its maker tells")
		return nil
	}
	if err == nil {
		v.Signer, err = signer(manifest, data)
	}
	return err
}

// compare holds the files that are there to the manifest.
func (v *Verification) compare(ctx context.Context, from Source, paths []string) error {
	there := map[string]bool{}
	for _, p := range paths {
		there[p] = true
	}
	delete(there, ManifestFile)
	delete(there, SignatureFile)
	for i := range v.Manifest.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		f := &v.Manifest.Files[i]
		if !there[f.Path] {
			v.fault("removed: %s", f.Path)
			continue
		}
		delete(there, f.Path)
		same, err := f.is(from)
		if err != nil {
			return fmt.Errorf("reading %s: %w", f.Path, err)
		}
		if !same {
			v.fault("replaced: %s has other bytes than the manifest says", f.Path)
		}
	}
	var added []string
	for p := range there {
		added = append(added, p)
	}
	slices.Sort(added)
	for _, p := range added {
		v.fault("added: %s is not in the manifest", p)
	}
	return nil
}

// is reports whether the file has the size and digest that the manifest says.
func (f *File) is(from Source) (bool, error) {
	if from.Size(f.Path) != int64(f.Size) || f.Size > maxFile {
		return false, nil
	}
	r, err := from.Open(f.Path)
	if err != nil {
		return false, err
	}
	defer r.Close() // only read
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(r, int64(f.Size)+1))
	return n == int64(f.Size) && [32]byte(sum.Sum(nil)) == f.SHA256, err
}

// judge judges the pack's content anew, first as its maker did, then with the blocks that the reader knows.
func (v *Verification) judge(ctx context.Context, from Source, paths []string, reader Reader) error {
	at, err := parseTime(v.Manifest.Head.MadeAt)
	if err != nil {
		return err
	}
	in, err := judgeAll(ctx, from, paths, at, reader.Compiler, nil)
	if err != nil {
		v.fault("%v", err)
		return nil
	}
	packed, err := readAll(from, ReportFile, maxFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	v.Faults = append(v.Faults, in.Faults...)
	v.Same = bytes.Equal(packed, in.Report)
	switch made := v.Manifest.Head.Verifier; {
	case v.Same:
	case in.isButForText(packed):
		v.Same = true
		v.NotChecked = append(v.NotChecked, "of the report in the pack, that its maker found the policy's text to be the rule that was proven: this program compares no texts")
	case made == reader.Verifier:
		v.fault("the report in the pack is another than the one that its files give")
	default:
		v.NotChecked = append(v.NotChecked, fmt.Sprintf("the report in the pack: it differs from the one that is found here, and another version made it, %s", made.Version))
	}
	if reader.Blocks != nil {
		if in, err = judgeAll(ctx, from, paths, at, reader.Compiler, reader.Blocks); err != nil {
			return err
		}
	}
	v.inner, v.Verdict, v.Attestations, v.Deck, v.Drawn = in, in.Line(), in.Attestations, in.Deck, in.Drawn
	v.NotChecked = append(v.NotChecked, in.notChecked()...)
	v.Timeline = in.timeline(v.Manifest, reader.Blocks)
	return nil
}

// isButForText reports whether a report is the one that a program would make which compiles policies and
// finds the text to be the rule: all of this one, but for the sentence that nobody compared them.
func (in *Inner) isButForText(report []byte) bool {
	if in.Drawn == nil {
		return false
	}
	compared := *in.Drawn
	compared.NotChecked = slices.DeleteFunc(slices.Clone(compared.NotChecked), func(x string) bool { return x == verifier.NotCheckedPolicy })
	return bytes.Equal(report, verdict.JSON(&compared))
}
