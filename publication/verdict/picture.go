package verdict

import (
	"fmt"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier"
)

// A Picture is the verdict on a token's picture.
type Picture struct {
	Verdict verifier.Level `json:"verdict"`
	Reason  string         `json:"reason"`
	Digest  string         `json:"sha256"` // the one that the document shows
	CID     string         `json:"cid"`
}

// Pictures are the pictures of a drawn drop whose circuit proves them, of tokens whose proofs were
// accepted.
type Pictures struct {
	MadeBy   string `json:"made_by"` // sprites or network
	Holding  int    `json:"holding"`
	Rejected int    `json:"rejected"`
	NotHere  int    `json:"not_here"`
	// Visible names the traits that documents hide and pictures may show.
	Visible []string `json:"hidden_may_be_visible"`
}

// What makes pictures.
const (
	BySprites = "sprites"
	ByNetwork = "network"
)

// PicturesOf is what a description says of its pictures, none counted; nil if its circuit proves none.
func PicturesOf(d *bundle.Description) *Pictures {
	id, err := statement.ParseCircuitID(d.Circuit)
	if err != nil || !id.Size.IsArt() {
		return nil
	}
	p := &Pictures{MadeBy: BySprites, Visible: append([]string{}, verifier.MayBeVisible(d)...)}
	if id.Size.HasNetwork() {
		p.MadeBy = ByNetwork
	}
	return p
}

// HiddenMayBeVisible is what is said of a hidden trait where pictures are proven.
const HiddenMayBeVisible = "hidden in the document, may be visible in the picture"

func pictureOf(p verifier.Picture) *Picture {
	if p.Digest == "" {
		return nil
	}
	return &Picture{p.Verdict, p.Reason, p.Digest, p.CID}
}

func (d *Drawn) countPictures(of *bundle.Description) {
	if d.Pictures = PicturesOf(of); d.Pictures == nil {
		return
	}
	for _, t := range d.Tokens {
		switch {
		case t.Picture == nil:
		case t.Picture.Verdict.Holds():
			d.Pictures.Holding++
		case t.Picture.Verdict == verifier.Rejected:
			d.Pictures.Rejected++
		default:
			d.Pictures.NotHere++
		}
	}
}

// Said is the verdict on a picture in words: picture proven.
func (p *Picture) Said() string {
	if p.Verdict.Holds() {
		return "picture " + string(p.Verdict)
	}
	return "picture: " + p.Reason
}

// Said is how many pictures there are, and what of them holds at a level.
func (p *Pictures) Said(holds verifier.Level) string {
	words := []string{fmt.Sprintf("%d %s", p.Holding, holds)}
	if p.Rejected > 0 {
		words = append(words, fmt.Sprintf("%d rejected", p.Rejected))
	}
	if p.NotHere > 0 {
		words = append(words, fmt.Sprintf("%d not here, their digests are proven", p.NotHere))
	}
	return strings.Join(words, ", ")
}

// held follows the number of tokens that hold.
func (p *Pictures) held() string {
	if p == nil {
		return ""
	}
	return fmt.Sprintf(", %d of %d pictures", p.Holding, p.Holding+p.NotHere)
}

// Made is how a picture that is proven was made: it is, byte for byte, …
func (p *Pictures) Made() string {
	if p.MadeBy == ByNetwork {
		return "made by the committed function, of the circuit's shape, of the rows drawn and of the token's own randomness"
	}
	return "composed of the bitmaps that the model committed to for the rows drawn"
}

// Eyes is what a picture that is proven does not show.
func (p *Pictures) Eyes() string {
	if p.MadeBy == ByNetwork {
		return "What the function was trained on, and whether a picture looks like its texts, nothing here shows."
	}
	return "That a bitmap looks like its text is a matter for eyes."
}

func (p *Pictures) says() string {
	if p.Holding == 0 {
		return "Each document shows the digest of a picture; no picture was seen."
	}
	return "Each picture that was seen is, byte for byte, " + p.Made() + "."
}

func (p *Pictures) saysNot() string {
	if len(p.Visible) == 0 {
		return p.Eyes()
	}
	return p.Eyes() + " It does not say that a hidden trait paints nothing: what is hidden in the document may be visible in the picture."
}
