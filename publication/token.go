package publication

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/verifier"
)

// ErrUndrawn says that only a deck's contract tells which card a token shows.
var ErrUndrawn = errors.New("which card the token shows its contract draws after the sale: its tokenURI tells")

// An OtherURI is a tokenURI that is not the one of the published token.
type OtherURI struct{ Got, Want string }

func (e *OtherURI) Error() string {
	return fmt.Sprintf("the contract's tokenURI is %.200q, and the token's document is %s", e.Got, e.Want)
}

// Narrow leaves of a publication what is about one token. uri is what its contract says of it, ""
// if nobody was asked. Of a deck it returns the card that the token shows, and [ErrUndrawn] if
// nothing here tells; a uri that names no document of the publication is an error, of a token whose
// document is known an *OtherURI.
func (p *Publication) Narrow(id uint64, uri string) (card *uint64, err error) {
	if p.Deck != nil {
		return p.narrowDeck(id, uri)
	}
	var own []verifier.File
	for _, f := range p.Bundles {
		b, err := f.Bundle()
		if err == nil && b.Statement.ID == id {
			if want := "ipfs://" + document.CID([]byte(b.Document)); uri != "" && uri != want {
				return nil, &OtherURI{uri, want}
			}
			own = append(own, f)
		}
	}
	if len(own) == 0 {
		return nil, fmt.Errorf("there is no bundle of token %d: %w", id, fs.ErrNotExist)
	}
	p.Bundles = own
	return nil, nil
}

func (p *Publication) narrowDeck(id uint64, uri string) (card *uint64, err error) {
	d := p.Deck
	if id < d.FirstID || id-d.FirstID >= d.Cards {
		return nil, fmt.Errorf("token %d: the deck has tokens %d to %d", id, d.FirstID, d.FirstID+d.Cards-1)
	}
	n := id - d.FirstID
	switch {
	case uri == "" && d.Assignment != bundle.Fixed:
		return nil, ErrUndrawn
	case uri != "":
		at, _, err := p.addressed(uri)
		if err != nil {
			return nil, err
		}
		if d.Assignment == bundle.Fixed && at != n {
			return nil, &OtherURI{uri, bundle.CardName(n, d.Cards) + ".json"}
		}
		n = at
	}
	if p.Card != nil && *p.Card != n {
		return nil, fmt.Errorf("token %d shows card %d, and the file holds card %d", id, n, *p.Card)
	}
	return &n, nil
}

// addressed returns the card that a tokenURI of the deck names: the directory must be the one that
// the group's batches give.
func (p *Publication) addressed(uri string) (card uint64, g *group, err error) {
	address, ok := strings.CutPrefix(uri, "ipfs://")
	directory, name, _ := strings.Cut(address, "/")
	card, err = strconv.ParseUint(strings.TrimSuffix(name, ".json"), 10, 64)
	if !ok || err != nil || card >= p.Deck.Cards || name != bundle.CardName(card, p.Deck.Cards)+".json" {
		return 0, nil, fmt.Errorf("%.200q is no address of a card of this deck", uri)
	}
	if g, err = p.groupOf(card); err != nil {
		return 0, nil, err
	}
	if got := bundle.DirectoryCID(bundle.DirectoryDigest(g.first, p.Deck.Cards, g.digests, g.sizes)); got != directory {
		return 0, nil, fmt.Errorf("%.200q is in another directory than card %d of this deck: %s", uri, card, got)
	}
	return card, g, nil
}

// Replace has a document judged that somebody else has, a marketplace say, instead of the published
// one: of the card, or of the only token that is left.
func (p *Publication) Replace(card *uint64, data []byte) error {
	var where string
	switch {
	case card != nil:
		size, err := p.Deck.Size()
		if err != nil {
			return err
		}
		where = bundle.CardDocumentPath(*card, p.Deck.Cards, size.Cards)
	case p.Deck == nil && len(p.Bundles) == 1:
		b, err := p.Bundles[0].Bundle()
		if err != nil {
			return nil // its verdict says so
		}
		where = bundle.DocumentPath(document.CID([]byte(b.Document)))
	default:
		return errors.New("a document beside a whole publication is the document of no token")
	}
	if p.source = (overlay{p.source, where, data}); p.source.(overlay).Source == nil {
		p.source = Files{where: data}
	}
	return nil
}

// Shown returns the document that is judged of a card.
func (p *Publication) Shown(card uint64) ([]byte, error) { return deckFiles{p}.Document(card) }

// An overlay is a source with one file replaced.
type overlay struct {
	Source
	path string
	data []byte
}

// Read implements [Source].
func (o overlay) Read(name string, limit int64) ([]byte, error) {
	if name != o.path {
		return o.Source.Read(name, limit)
	}
	return Files{o.path: o.data}.Read(name, limit)
}

// What can be said of an image.
const (
	ImageNamed      = "named"       // the document names these very bytes
	ImageOther      = "other"       // it names other bytes
	ImageNotChecked = "not checked" // it names a folder of which nothing is known here
	ImageCanChange  = "can change"  // it names no bytes, but an address that anybody can change
	ImageNone       = "none"        // it names none
)

// JudgeImage compares an image with what a document, whose bytes are proven, names as its image: by
// the CID of a file, or of a folder that the publication holds.
func (p *Publication) JudgeImage(doc, image []byte) (state, address string, err error) {
	parsed, err := metadata.Parse(doc)
	if err != nil {
		return ImageNone, "", nil
	}
	for _, a := range parsed.Addresses {
		if a.Member != "image" {
			continue
		}
		if !metadata.IsFixed(a.Text) {
			return ImageCanChange, a.Text, nil
		}
		state, err := p.compareImage(a.Text, image)
		return state, a.Text, err
	}
	return ImageNone, "", nil
}

func (p *Publication) compareImage(address string, image []byte) (string, error) {
	e, ok, err := car.MakeFile("", bytes.NewReader(image))
	if err != nil || !ok {
		return ImageNotChecked, err
	}
	own, raw := e.CID.String(), car.Raw(image).String()
	cid, _, below := strings.Cut(strings.TrimPrefix(address, "ipfs://"), "/")
	switch {
	case !strings.HasPrefix(address, "ipfs://"):
		return ImageNotChecked, nil
	case !below && (cid == own || cid == raw):
		return ImageNamed, nil
	case !below && strings.HasPrefix(cid, "bafkrei"): // a raw block: the file has no other CID
		return ImageOther, nil
	}
	found, err := p.images(address)
	if err != nil {
		return "", err
	}
	switch x, there := found[address]; {
	case !there:
		return ImageNotChecked, nil
	case x.CID == own || x.CID == raw:
		return ImageNamed, nil
	}
	return ImageOther, nil
}

// images finds files of the publication by an address.
func (p *Publication) images(address string) (map[string]Image, error) {
	from := p.source
	for {
		o, ok := from.(overlay)
		if !ok {
			break
		}
		from = o.Source
	}
	switch from := from.(type) {
	case nil:
		return nil, nil
	case *Archive:
		return from.Images([]string{address}), nil
	default:
		return FindImages(from, []string{address})
	}
}
