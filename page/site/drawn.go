package site

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// OfDrop returns the site of a drawn drop that was judged.
func OfDrop(p *publication.Publication, v *verdict.Drawn, asked Asked) (*Site, error) {
	chain := asked.Chain
	s := newDropSite(p.Description)
	s.Level, s.Line, s.Meaning, s.Key, s.Rule = v.Verdict, lineOf(v.Line()), v.Meaning(), v.Key, v.Rule
	s.NotChecked, s.source = v.NotChecked, p.Source()
	s.attest(p, newAttested(nil, nil, v.Attestations, asked.Trust), v.Reservations)
	if v.CAR != "" {
		s.Rows = append(s.Rows, Row{"CAR", v.CAR})
	}
	seen, holding, pictures := map[uint64]bool{}, uint64(0), map[string]bool{}
	for i, t := range v.Tokens {
		if t.ID == nil || seen[*t.ID] {
			s.NotChecked = append(s.NotChecked, fmt.Sprintf("%.80q: %s", t.File, t.Reason))
			continue
		}
		seen[*t.ID] = true
		e := Entry{Number: *t.ID, Level: t.Verdict, Reason: t.Reason, Digest: Row{"CID", t.CID}, path: bundle.DocumentPath(t.CID)}
		if e.Holds() {
			holding++
			b, err := p.Bundles[i].Bundle()
			if err != nil {
				return nil, err
			}
			e.addDocument([]byte(b.Document))
		}
		if e.Picture = t.Picture; e.PictureHolds() {
			pictures[bundle.PicturePath(t.Picture.CID)] = true // tokens may share one
		}
		chain.tell(&e)
		s.Entries = append(s.Entries, e)
		s.publicationFile = append(s.publicationFile, t.File, e.path)
	}
	s.publicationFile = slices.AppendSeq(s.publicationFile, maps.Keys(pictures))
	s.Complete = holding == s.Supply && len(s.Entries) == len(v.Tokens)
	s.Counts = fmt.Sprintf("%d of %s are here, %d hold.", len(s.Entries), counted(s.Supply, "token"), holding)
	if s.Pictures = v.Pictures; v.Pictures != nil {
		s.Counts += " Pictures: " + v.Pictures.Said(v.Verdict) + "."
	}
	s.documentOf = s.published(bundle.MaxDocument)
	s.Steps = chain.dropSteps(p.Description, v, &s.Attested)
	s.ChainSource = chain.source()
	return s, nil
}

// newDropSite is what a description alone says.
func newDropSite(d *bundle.Description) *Site {
	s := &Site{Name: d.Name, Supply: d.Supply, Circuit: d.Circuit, AuthorsText: d.Policy}
	s.publicationFile = []string{bundle.DescriptionFile, bundle.KeyFile, bundle.PolicyFile}
	s.Hidden = append(bundle.HiddenNames(d.Traits), bundle.HiddenNames(d.Claims)...)
	s.HiddenFacts = bundle.HiddenNames(d.Facts)
	s.Pictures = verdict.PicturesOf(d)
	c := verdict.CommitmentsOf(&d.Commitments)
	s.Rows = []Row{{"Model", c.Model}, {"Policy", c.Policy}, {"Template", c.Template}, {"Authority", c.Authority}, {"Seeds", c.Seeds}}
	return s
}

// OfDrawnDraft returns the preview of a drawn drop, with the documents of some tokens by their ids:
// they are what would be published.
func OfDrawnDraft(d *bundle.Description, ids []uint64, documents map[uint64][]byte, images publication.Source) (*Site, error) {
	s := newDropSite(d)
	s.Preview, s.Level, s.Line, s.source, s.publicationFile = true, verifier.NotChecked, "a preview: nothing of this is published or proven yet", images, nil
	var err error
	if s.Rule, err = d.Program.Rule(d.Infos()); err != nil {
		return nil, err
	}
	for _, id := range ids {
		e := Entry{Number: id, Level: verifier.NotChecked, Digest: Row{"CID", document.CID(documents[id])}}
		e.addDocument(documents[id])
		s.Entries = append(s.Entries, e)
	}
	s.documentOf = func(e *Entry) ([]byte, error) { return documents[e.Number], nil }
	s.Steps = (*Chain)(nil).drawnDraftSteps(d)
	return s, nil
}

// element is anything that is 32 bytes in a statement.
type element interface{ Bytes() [32]byte }

func hexOf(e element) string {
	b := e.Bytes()
	return fmt.Sprintf("%#x", b[:])
}

func digestOf(data []byte) string {
	digest := sha256.Sum256(data)
	return fmt.Sprintf("%#x", digest[:])
}
