package verdict

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// A Question is what a marketplace asks of one token of a publication.
type Question struct {
	Token    uint64
	URI      string // what the token's contract says, "" if nobody was asked
	ChainID  uint64 // where the contract is, with Contract
	Contract string // 0x and 40 hex digits, "" if nobody was asked
	Document []byte // judged instead of the published one; nil for none
	Image    []byte // compared with the address that the document names; nil for none
	Source   string // where the verifying key was taken from, as in [OfDrop]
}

// An Answer is the verdict on one token.
type Answer struct {
	Level    verifier.Level
	Reason   string  // why it is rejected, or not checked
	Card     *uint64 // of a deck, that the token shows
	Document string  // of a deck its SHA-256 in hex, of a drawn drop its CID
	Image    string  // one of publication's states; empty if none was given
	Address  string  // of the image in the document
	Deck     *Deck   // all that was judged, if it is a deck
	Drawn    *Drawn  // or a drawn drop; both are nil if nothing was judged
}

// JudgeToken judges one token of a publication, of which it leaves nothing else. An error says that
// nothing could be judged.
func JudgeToken(ctx context.Context, p *publication.Publication, q Question) (*Answer, error) {
	card, err := p.Narrow(q.Token, q.URI)
	var other *publication.OtherURI
	if errors.As(err, &other) {
		return &Answer{Level: verifier.Rejected, Reason: err.Error()}, nil
	}
	if err != nil {
		return nil, err
	}
	if why := q.otherContract(p); why != "" {
		return &Answer{Level: verifier.Rejected, Reason: why}, nil
	}
	if q.Document != nil {
		if err := p.Replace(card, q.Document); err != nil {
			return nil, err
		}
	}
	if q.Image != nil {
		p.SetPicture(q.Image)
	}
	a := &Answer{Card: card}
	document, err := a.judge(ctx, p, q.Source)
	if err != nil || q.Image == nil || !a.Level.Holds() && !a.refusesPicture() {
		return a, err
	}
	if a.Image, a.Address, err = p.JudgeImage(document, q.Image); err != nil {
		return nil, err
	}
	if a.Image == publication.ImageOther && a.Level.Holds() {
		a.Level, a.Reason = verifier.Rejected, "the image is another one than the document names"
	}
	return a, nil
}

// otherContract says why a drawn drop is of another contract than the one that was asked, or "".
func (q Question) otherContract(p *publication.Publication) string {
	if q.Contract == "" || p.Description == nil || p.Description.Beacon.SelfChosen() {
		return ""
	}
	b := &p.Description.Beacon
	if own := fmt.Sprintf("%#x", b.Contract[:]); b.ChainID != q.ChainID || !strings.EqualFold(own, q.Contract) {
		return fmt.Sprintf("the drop is of another contract: %s on chain %d", own, b.ChainID)
	}
	return ""
}

// judge judges what is left of the publication, and returns the document if it holds.
func (a *Answer) judge(ctx context.Context, p *publication.Publication, source string) ([]byte, error) {
	if a.Card == nil {
		r, err := p.Judge(ctx)
		if err != nil {
			return nil, err
		}
		v := OfDrop(p, r, source)
		a.Drawn, a.Level, a.Reason, a.Document = v, v.Verdict, v.Reason, v.Tokens[0].CID
		if a.Reason == "" {
			a.Reason = v.Tokens[0].Reason
		}
		if !a.Level.Holds() && !a.refusesPicture() {
			return nil, nil
		}
		b, err := p.Bundles[0].Bundle()
		if err != nil {
			return nil, err
		}
		return []byte(b.Document), nil
	}
	r, err := p.JudgeDeck(ctx, []uint64{*a.Card})
	if err != nil {
		return nil, err
	}
	v := OfDeck(p, r, source)
	a.Deck, a.Level, a.Reason = v, v.Verdict, v.Reason
	if len(v.Cards) == 1 {
		a.Document = v.Cards[0].Digest
		if a.Reason == "" {
			a.Reason = v.Cards[0].Reason
		}
	}
	if !a.Level.Holds() {
		return nil, nil
	}
	return p.Shown(*a.Card)
}

// refusesPicture reports whether the token is rejected for its picture alone.
func (a *Answer) refusesPicture() bool {
	return a.Drawn != nil && a.Drawn.Pictures != nil && a.Drawn.Pictures.Rejected > 0
}

// Number is the card in decimal, or "".
func (a *Answer) Number() string {
	if a.Card == nil {
		return ""
	}
	return strconv.FormatUint(*a.Card, 10)
}
