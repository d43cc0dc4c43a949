package evidence

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/fact"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// An Inner is what a pack holds beside its manifest, read and judged.
type Inner struct {
	Deck         *verdict.Deck  // nil for a drawn drop
	Drawn        *verdict.Drawn // nil for a deck
	Report       []byte         // the one of both as JSON
	Attestations []verdict.Attestation
	Log          *log.State // nil if there is none
	Facts        []PlacedFact
	Faults       []string // what contradicts

	deck  *bundle.Deck
	named []*attest.Attestation // those that are their signers'
}

// A PlacedFact is a fact and the file that it is in.
type PlacedFact struct {
	Path string
	*fact.Seen
}

// judgeAll reads and judges the parts of a pack, as of a time. compiler may be nil.
// anchored, which may be nil, says when an attestation was there at the latest.
func judgeAll(ctx context.Context, from Source, paths []string, now time.Time, compiler publication.Compiler, blocks Blocks) (*Inner, error) {
	in := &Inner{}
	slices.Sort(paths) // facts and attestations are told of in this order
	if err := in.readLog(from, paths); err != nil {
		return nil, err
	}
	if err := in.readFacts(from, paths); err != nil {
		return nil, err
	}
	t := publication.Trust{Compiler: compiler}
	o := attest.Options{Now: now}
	data, err := readAll(from, TrustFile, attest.MaxBytes)
	if err == nil {
		o.Trust, err = attest.ParseTrust(data)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", TrustFile, err)
	}
	if t.Attestations, err = in.attestations(from, paths); err != nil {
		return nil, err
	}
	if blocks != nil {
		o.Anchored = func(id [32]byte) (time.Time, bool) { return in.anchored(id, blocks) }
	}
	t.Attest = o
	return in, in.judge(ctx, partOf(from, PublicationDir, paths), t)
}

func (in *Inner) judge(ctx context.Context, from publication.Source, t publication.Trust) error {
	p, err := publication.Read(from, t)
	if err != nil {
		return fmt.Errorf("the publication: %w", err)
	}
	var report any
	var level verifier.Level
	if in.deck = p.Deck; p.Deck != nil {
		r, err := p.JudgeDeck(ctx, nil)
		if err != nil {
			return fmt.Errorf("the publication: %w", err)
		}
		in.Deck = verdict.OfDeck(p, r, verdict.KeyAlong)
		report, level, in.Attestations = in.Deck, in.Deck.Verdict, in.Deck.Attestations
	} else {
		r, err := p.Judge(ctx)
		if err != nil {
			return fmt.Errorf("the publication: %w", err)
		}
		in.Drawn = verdict.OfDrop(p, r, verdict.KeyAlong)
		report, level, in.Attestations = in.Drawn, in.Drawn.Verdict, in.Drawn.Attestations
	}
	if level == verifier.Rejected {
		in.Faults = append(in.Faults, "the publication is rejected: "+in.Line())
	}
	in.Report = verdict.JSON(report)
	for _, f := range p.Attestations {
		if a, err := attest.Parse(f.Data); err == nil && in.isSigned(a.ID) && a.Verify(ctx, nil) == nil {
			in.named = append(in.named, a)
		}
	}
	in.compareLogHeads()
	return nil
}

// isSigned reports whether an attestation is its signer's and about this, in force or not.
func (in *Inner) isSigned(id [32]byte) bool {
	return slices.ContainsFunc(in.Attestations, func(a verdict.Attestation) bool {
		return a.ID == hex.EncodeToString(id[:]) && a.Standing != attest.Refused && a.Standing != attest.NotChecked
	})
}

// Line is the publication's verdict in one line.
func (in *Inner) Line() string {
	if in.Deck != nil {
		return in.Deck.Line()
	}
	return in.Drawn.Line()
}

func (in *Inner) readLog(from Source, paths []string) (err error) {
	if !slices.Contains(paths, path.Join(LogDir, log.EntriesFile)) {
		return nil
	}
	if in.Log, err = log.Read(partOf(from, LogDir, paths)); err != nil {
		in.Faults = append(in.Faults, "the log: "+err.Error())
		in.Log = nil
	}
	return nil
}

func (in *Inner) readFacts(from Source, paths []string) error {
	for _, p := range paths {
		if path.Dir(p) != ChainDir {
			continue
		}
		data, err := readAll(from, p, fact.MaxBytes)
		if err != nil {
			return err
		}
		s, err := fact.Parse(data)
		if err != nil {
			in.Faults = append(in.Faults, p+": "+err.Error())
			continue
		}
		in.Facts = append(in.Facts, PlacedFact{p, s})
	}
	return nil
}

func (in *Inner) attestations(from Source, paths []string) (list []attest.File, err error) {
	for _, p := range paths {
		if path.Dir(p) != AttestationsDir {
			continue
		}
		data, err := readAll(from, p, attest.MaxBytes)
		if err != nil {
			return nil, err
		}
		list = append(list, attest.File{Name: p, Data: data})
	}
	return list, nil
}

// compareLogHeads sees that the log leads to the heads that attestations name.
func (in *Inner) compareLogHeads() {
	for _, a := range in.named {
		head := a.Statement.Predicate.LogHead
		if head == nil || in.Log == nil {
			continue
		}
		if err := in.Log.Holds(head.Sequence, digestOf(head.Hash)); err != nil && in.Log.Log == a.Statement.Predicate.Signer.Identity {
			in.Faults = append(in.Faults, fmt.Sprintf("the log does not lead to the head that attestation %x names: %v", a.ID, err))
		}
	}
}

// Blocks reports whether the reader knows that a block is its chain's.
type Blocks func(chainID, number uint64, hash [32]byte) bool

// An anchor is a transaction that dates something.
type anchor struct {
	fact *PlacedFact
	what string // by what: itself, or a head of the log
}

// anchors returns the transactions that date an attestation, or another digest: those that name it, or a head of the log at or behind
// its entry.
func (in *Inner) anchors(id [32]byte) (list []anchor) {
	for i := range in.Facts {
		f := &in.Facts[i]
		if f.Names(id) {
			list = append(list, anchor{f, "it"})
			continue
		}
		if n, ok := in.entryOf(id); ok {
			for m := n; m < len(in.Log.Hashes); m++ {
				if f.Names(in.Log.Hashes[m]) {
					list = append(list, anchor{f, fmt.Sprintf("the log's head %d", m)})
					break
				}
			}
		}
	}
	return list
}

// entryOf is the first entry of the log that is about something.
func (in *Inner) entryOf(id [32]byte) (int, bool) {
	if in.Log == nil {
		return 0, false
	}
	n := slices.IndexFunc(in.Log.Entries, func(e log.Entry) bool { return e.Digest == id })
	return n, n >= 0
}

// anchored is when something was there at the latest, by blocks that the reader knows.
func (in *Inner) anchored(id [32]byte, blocks Blocks) (at time.Time, ok bool) {
	for _, a := range in.anchors(id) {
		if blocks(a.fact.ChainID, a.fact.Block, a.fact.Hash) && (!ok || a.fact.Time.Before(at)) {
			at, ok = a.fact.Time, true
		}
	}
	return at, ok
}

// Dated returns what dates attestations, by facts and a log that a reader has, and blocks that the reader knows. l
// may be nil.
func Dated(facts []*fact.Seen, l *log.State, blocks Blocks) func(id [32]byte) (time.Time, bool) {
	in := &Inner{Log: l}
	for _, s := range facts {
		in.Facts = append(in.Facts, PlacedFact{Seen: s})
	}
	return func(id [32]byte) (time.Time, bool) { return in.anchored(id, blocks) }
}
