// Package publication opens what was published of a drop and judges it, from public data
// alone. Two calls do:
//
//	p, err := publication.Open("out", publication.Trust{Compiler: drop.Compiler{}})
//	report, err := p.Judge(ctx)
//
// A publication is a folder, a CAR of the same tree, or a single bundle; FORMAT.md of package
// bundle, section 8, says what is where. All of it may be a stranger's: nothing is read but
// regular files, in bounded memory, and no link is followed. What is wrong with a token's
// files is the token's verdict, not an error: an error says that nothing could be judged.
//
// The package links no compiler of policies and no key store: see [Compiler] and [Keys].
package publication

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/genproof/genproof/attest/result"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/verifier"
	"github.com/genproof/genproof/verifier/key"
)

// A Compiler turns the text of a description's policy into the program that its commitment
// is of. [github.com/genproof/genproof/drop.Compiler] is one.
type Compiler interface {
	Compile(*bundle.Description) (*policy.Program, error)
}

// Keys knows where verifying keys come from. [github.com/genproof/genproof/setup.Store] is one.
type Keys interface {
	// KeyProvenance returns where the key with this digest comes from, a
	// provenance.Provenance as text, if it is known to be one of the circuit, and else "".
	KeyProvenance(ctx context.Context, circuit string, key [32]byte) string
}

// Trust is what its reader believes of a publication before it is opened.
type Trust struct {
	// Description is the drop that is expected. Nil: the one that is published along, which
	// says nothing about who published it.
	Description *bundle.Description
	Deck        *bundle.Deck // the deck that is expected, instead of a Description
	// Key is a verifying key of the circuit. Nil: the one that is published along, whose
	// maker could have made it to forge proofs.
	Key key.Verifying
	// Compiler compares the author's text of the policy with the rule that was proven. Nil:
	// nobody does, and reports say so.
	Compiler Compiler
	// Keys may be nil, and then knows none.
	Keys Keys
	// Pinned are the keys whose proofs need nobody's honesty. Nil: those that this version
	// knows, circuits.Keys. Nothing that a publication brings adds to them.
	Pinned []circuits.KeyPin
	// Attestations are files that the reader has, beside those that are published along.
	Attestations []result.File
	// Attest judges attestations: attest.Options, with the time and whose word the reader knows. Nil: none
	// is checked.
	Attest result.Judge
	// Verified are keys whose ceremonies the reader has verified, as
	// [github.com/genproof/genproof/setup.Store] remembers them.
	Verified []circuits.KeyPin
}

// A Publication is what was found: of a drawn drop its bundles, read and their proofs not yet
// verified; of a deck its description, while batches and cards are read when they are judged.
type Publication struct {
	Description *bundle.Description // nil for a deck
	Deck        *bundle.Deck        // nil for a drawn drop
	Key         key.Verifying
	Bundles     []verifier.File // in the order of their numbers
	// Attestations are the reader's, and then those that are published along, in the order of names.
	Attestations []result.File
	Root         string  // the CAR's CID, empty for a folder or bundle
	Card         *uint64 // of a card's bundle, the only card that it is about

	program    *policy.Program // nil without a compiler
	policyText []byte          // of its own file, nil if there is none
	keys       Keys
	pinned     []circuits.KeyPin
	verified   []circuits.KeyPin
	attest     result.Judge
	source     Source // nil for a single bundle
	picture    []byte // judged instead of what is published of the only token, see SetPicture
}

// What keeps a publication from being judged, besides errors of reading.
var (
	ErrNoDescription = errors.New("there is no description of a drop")
	ErrNoKey         = errors.New("there is no verifying key")
	ErrNoBundles     = errors.New("there are no bundles")
	ErrNoDeck        = errors.New("this is no deck")
	ErrLone          = errors.New("a bundle alone says nothing about its drop")
	ErrDocument      = errors.New("this is a token's document, not its bundle")
	ErrOtherDeck     = errors.New("the file is about a card of another deck than the one named")
	ErrPart          = errors.New("this is one file of a publication, which says nothing alone")
	ErrUnknown       = errors.New("this is neither a folder nor a CAR nor a bundle")
)

// Bounds of what a stranger's publication may cost.
const (
	MaxKeyBytes = 1 << 17
	maxBundles  = 1 << 29 // bytes of all of them
	maxFiles    = 1 << 18 // of them
)

// Read reads a publication from a source. The caller closes it, and with it the source.
func Read(from Source, t Trust) (*Publication, error) {
	p := &Publication{Description: t.Description, Deck: t.Deck, Key: t.Key, keys: t.Keys, pinned: t.pins(), verified: t.Verified, Attestations: t.Attestations, attest: t.Attest, source: from}
	if archive, ok := from.(*Archive); ok {
		p.Root = archive.Root().String()
	}
	for _, read := range []func() error{p.readDescription, p.readKey, p.readPolicy, p.readBundles, p.readAttestations} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return p, p.compile(t)
}

// One returns the publication of a single bundle, of a drop and with a key that are trusted.
// Its document is in it.
func One(name string, data []byte, t Trust) (*Publication, error) {
	if kind := bundle.Kind(data); kind == bundle.KindClaim || kind == bundle.KindDisclosure {
		return nil, ErrShown
	}
	if isCardBundle(data) {
		return oneCard(data, t)
	}
	if bundle.IsDeck(data) {
		return nil, ErrPart
	}
	if _, err := bundle.UnmarshalDescription(data); err == nil {
		return nil, ErrPart
	}
	if isPart(data) {
		return nil, ErrPart
	}
	if isDocument(data) {
		return nil, ErrDocument
	}
	if t.Description == nil {
		return nil, ErrLone
	}
	if t.Key == nil {
		return nil, ErrNoKey
	}
	p := &Publication{Description: t.Description, Key: t.Key, keys: t.Keys, pinned: t.pins(), verified: t.Verified, Attestations: t.Attestations, attest: t.Attest, Bundles: []verifier.File{{Name: name, Data: data}}}
	return p, p.compile(t)
}

// Close closes what the publication was read from.
func (p *Publication) Close() error {
	if p.source == nil {
		return nil
	}
	return p.source.Close()
}

// Source returns where the files are, to read what nothing here judges, such as images: nil for
// a token's bundle. It is the publication's to close.
func (p *Publication) Source() Source { return p.source }

func (p *Publication) readDescription() error {
	if p.Description != nil || p.Deck != nil {
		return nil
	}
	var t Trust
	if err := t.DescribeFrom(p.source); err != nil {
		return err
	}
	p.Description, p.Deck = t.Description, t.Deck
	return nil
}

func (p *Publication) readKey() error {
	if p.Key != nil {
		return nil
	}
	data, err := p.source.Read(bundle.KeyFile, MaxKeyBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: no %s", ErrNoKey, bundle.KeyFile)
	}
	if err != nil {
		return err
	}
	if p.Key, err = verifier.ParseKey(data); err != nil {
		return fmt.Errorf("%s: %w", bundle.KeyFile, err)
	}
	return nil
}

func (p *Publication) readPolicy() (err error) {
	p.policyText, err = p.source.Read(bundle.PolicyFile, bundle.MaxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// readBundles reads every file among the bundles. One that cannot be read has its verdict
// like one that cannot be understood: it hides no other.
func (p *Publication) readBundles() error {
	if p.Deck != nil {
		return nil
	}
	names, err := p.source.Names(bundle.BundlesDir, maxFiles)
	if err != nil {
		return err
	}
	total := 0
	for _, name := range slices.DeleteFunc(names, files.IsSystems) {
		name = path.Join(bundle.BundlesDir, name)
		data, err := p.source.Read(name, bundle.MaxBytes)
		if total += len(data); total > maxBundles {
			return fmt.Errorf("the bundles have more than %d bytes together: split them", maxBundles)
		}
		p.Bundles = append(p.Bundles, verifier.File{Name: name, Data: data, Err: err})
	}
	sort.Slice(p.Bundles, func(i, j int) bool { return isBefore(p.Bundles[i].Name, p.Bundles[j].Name) })
	if len(p.Bundles) == 0 {
		return ErrNoBundles
	}
	return nil
}

// isBefore puts 2.json before 10.json.
func isBefore(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }

func (p *Publication) compile(t Trust) (err error) {
	if p.Deck != nil || t.Compiler == nil {
		return nil
	}
	if p.program, err = t.Compiler.Compile(p.Description); err != nil {
		return fmt.Errorf("the drop's description: %w", err)
	}
	return nil
}

// Only returns the only bundle there is.
func (p *Publication) Only() (*bundle.Bundle, error) {
	if len(p.Bundles) != 1 {
		return nil, fmt.Errorf("there are %d tokens, and none is named", len(p.Bundles))
	}
	b, err := p.Bundles[0].Bundle()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.Bundles[0].Name, err)
	}
	return b, nil
}

// Token returns the bundle of a token.
func (p *Publication) Token(id uint64) (*bundle.Bundle, error) {
	var broken error
	for _, f := range p.Bundles {
		b, err := f.Bundle()
		switch {
		case err != nil:
			broken = fmt.Errorf("%s: %w", f.Name, err)
		case b.Statement.ID == id:
			return b, nil
		}
	}
	if broken != nil {
		return nil, broken
	}
	return nil, fmt.Errorf("there is no bundle of token %d: %w", id, fs.ErrNotExist)
}

// Document returns a token's document as it was published on its own, not as its bundle
// quotes it. It has the bytes that its CID says, or there is an error.
func (p *Publication) Document(cid string) ([]byte, error) {
	if p.source == nil {
		return nil, fmt.Errorf("document %s: %w", cid, fs.ErrNotExist)
	}
	data, err := p.source.Read(bundle.DocumentPath(cid), bundle.MaxDocument)
	if err != nil {
		return nil, err
	}
	if document.CID(data) != cid {
		return nil, fmt.Errorf("document %s: %w", cid, errOtherBytes)
	}
	return data, nil
}

var errOtherBytes = errors.New("its file has other bytes")

// isPart reports whether JSON looks like a deck's batch or card.
func isPart(data []byte) bool {
	head := string(data[:min(len(data), 4096)])
	return strings.Contains(head, `"version"`) && (strings.Contains(head, `"list"`) && strings.Contains(head, `"proof"`) || strings.Contains(head, `"card"`) && strings.Contains(head, `"shown"`))
}

// isDocument reports whether JSON looks like a token's metadata and not like a bundle.
func isDocument(data []byte) bool {
	if _, err := bundle.Unmarshal(data); err == nil {
		return false
	}
	text := string(data)
	return strings.Contains(text, `"attributes"`) && !strings.Contains(text, `"proof"`)
}

var _ io.Closer = (*Publication)(nil)
