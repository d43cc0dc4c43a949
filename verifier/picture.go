package verifier

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/picture"
)

// Pictures reads the picture of a token by the CID that its document shows: at most limit bytes. One
// that is not there is [fs.ErrNotExist].
type Pictures func(cid string, limit int64) ([]byte, error)

// A Picture is the outcome for the picture of a token whose circuit proves one. The token's proof
// says that the digest is the one of a file that the circuit makes of the rows drawn; see
// [CheckPicture] for what only the file shows.
type Picture struct {
	Verdict Level  // the token's if the file was seen, NotChecked if it is not here
	Reason  string // why it is not checked or rejected
	Digest  string // the SHA-256 that the document shows, in hex; empty of a token without a picture
	CID     string // of the file
}

// PictureNotHere is why a picture was not checked.
const PictureNotHere = "not here, its digest is proven"

// CheckPicture reports whether a file is the picture of a token whose proof was accepted: of the
// circuit's frame, with the digest that the document shows, and in every byte as its own colours and
// pixels make it. A circuit never sees a file's head: without the last, another picture could stand
// in it, and viewers would show that one.
func CheckPicture(frame picture.Frame, digest [sha256.Size]byte, file []byte) error {
	got, _, _, err := picture.Decode(file)
	switch {
	case err != nil:
		return err
	case got != frame:
		return fmt.Errorf("it has %d×%d pixels of %d bits, those of the circuit %d×%d of %d",
			got.Side, got.Side, got.Depth, frame.Side, frame.Side, frame.Depth)
	case sha256.Sum256(file) != digest:
		return errors.New("its SHA-256 is not the one that the document shows")
	}
	return nil
}

// checkPictures judges the pictures of the tokens that hold so far. A token whose picture is refused
// is rejected.
func (d *drop) checkPictures(ctx context.Context, entries []entry, read Pictures, holds Level) error {
	if !d.circuit.Size.IsArt() {
		return nil
	}
	for i := range entries {
		e := &entries[i]
		if e.reason != "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("verifying: %w", err)
		}
		if e.picture = d.judgePicture(e, read, holds); e.picture.Verdict == Rejected {
			e.reason = "picture: " + e.picture.Reason
		}
	}
	return nil
}

func (d *drop) judgePicture(e *entry, read Pictures, holds Level) Picture {
	size := d.circuit.Size
	digest := e.parsed.Values[size.ImageSlot()].Digest
	p := Picture{Verdict: holds, Digest: hexOf(digest[:]), CID: document.DigestCID(digest)}
	if read == nil {
		p.Verdict, p.Reason = NotChecked, PictureNotHere
		return p
	}
	file, err := read(p.CID, int64(size.Frame.FileBytes()))
	if err == nil {
		err = CheckPicture(size.Frame, digest, file)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Verdict, p.Reason = NotChecked, PictureNotHere
	case err != nil:
		p.Verdict, p.Reason = Rejected, reasonOf(err)
	}
	return p
}

// reservePictures tells how many pictures nobody saw.
func (r *Report) reservePictures() {
	missing, all := 0, 0
	for i := range r.Tokens {
		if p := &r.Tokens[i].Picture; p.Digest != "" {
			all++
			if p.Verdict == NotChecked {
				missing++
			}
		}
	}
	if missing > 0 {
		(*reservations)(&r.Reservations).say("picture", "Of %d pictures %d are not here: their digests are proven, and no file with them was seen.", all, missing)
	}
}

// MayBeVisible names the traits that documents hide and pictures may show: a proof does not say that
// a hidden trait paints nothing. Of a drop without proven pictures there are none.
func MayBeVisible(d *bundle.Description) []string {
	if !d.ProvesPictures() {
		return nil
	}
	return bundle.HiddenNames(d.Traits)
}
