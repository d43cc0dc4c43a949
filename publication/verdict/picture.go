package verdict

import (
	"fmt"
	"strings"

	"github.com/genproof/genproof/bundle"
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
	Holding  int `json:"holding"`
	Rejected int `json:"rejected"`
	NotHere  int `json:"not_here"`
	// Visible names the traits that documents hide and pictures may show.
	Visible []string `json:"hidden_may_be_visible"`
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
	if !of.ProvesPictures() {
		return
	}
	d.Pictures = &Pictures{Visible: append([]string{}, verifier.MayBeVisible(of)...)}
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

func (p *Pictures) says() string {
	if p.Holding == 0 {
		return "Each document shows the digest of a picture that was composed of the bitmaps committed for the rows drawn; no picture was seen."
	}
	return "Each picture that was seen is, byte for byte, composed of the bitmaps that the model committed to for the rows drawn."
}

func (p *Pictures) saysNot() string {
	const eyes = "That a bitmap looks like its text is a matter for eyes."
	if len(p.Visible) == 0 {
		return eyes
	}
	return eyes + " It does not say that a hidden trait paints nothing: what is hidden in the document may be visible in the picture."
}
