package drop

import (
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"github.com/genproof/genproof/circuits/attribute"
)

// SetDigest makes a token's claim of kind digest: the 32 bytes, in the order of SHA-256. The
// rest of the token's claims stays what it was. A claim that the table has already for this
// token, its own or the default's, is an error: two sources say what it is.
//
// Where the drop proves pictures, image is the token's picture, whether it has such a claim or not.
func (t *ClaimTable) SetDigest(s *Schema, id uint64, name string, digest [32]byte) error {
	if s.Size.IsArt() && name == pictureName {
		t.tokens[id] = t.For(id).WithPicture(&digest)
		return nil
	}
	at, err := s.digestClaim(name)
	if err != nil {
		return err
	}
	c := t.For(id).clone()
	if c.slots[at].Present {
		return fmt.Errorf("token %d has a claim %q in the claims file already", id, name)
	}
	c.texts[at], c.slots[at] = "0x"+hex.EncodeToString(digest[:]), attribute.OfDigest(digest)
	t.tokens[id] = c
	return nil
}

// pictureName is what a proven picture is called where files are named.
const pictureName = "image"

// WithPicture returns the claims about a token whose picture has this SHA-256; nil for none.
func (c Claims) WithPicture(digest *[32]byte) Claims {
	c = c.clone()
	c.picture = digest
	return c
}

// checkPicture wants a picture where the drop proves one, and none elsewhere.
func (c Claims) checkPicture(s *Schema) error {
	switch {
	case c.picture == nil && s.Size.IsArt():
		return errors.New("the drop proves pictures, and no picture is named: a receipt is for one (--files image=PATH)")
	case c.picture != nil && !s.Size.IsArt():
		return errors.New("it is for a picture, and the drop proves none")
	}
	return nil
}

// NoClaims is a table in which no token has a claim.
func NoClaims(s *Schema) *ClaimTable {
	return &ClaimTable{tokens: make(map[uint64]Claims), defaults: newClaims(len(s.Claims))}
}

// digestClaim returns the place of a claim of kind digest among the schema's claims.
func (s *Schema) digestClaim(name string) (int, error) {
	at := slices.IndexFunc(s.Claims, func(a Attribute) bool { return a.Name == name })
	switch {
	case at < 0:
		return 0, fmt.Errorf("%q is not a claim of the drop", name)
	case s.Claims[at].Type.Kind != attribute.Digest:
		return 0, fmt.Errorf("claim %q is of type %s, not a digest", name, s.Claims[at].Type)
	}
	return at, nil
}

// IsEmpty reports whether none of the claims is present.
func (c Claims) IsEmpty() bool {
	for _, s := range c.slots {
		if s.Present {
			return false
		}
	}
	return true
}

// Text is the claim at a place of the schema's claims as it was written. It reports false for
// an absent one. It is a hidden value: for whoever signs it, and nobody else.
func (c Claims) Text(at int) (string, bool) {
	return c.texts[at], c.slots[at].Present
}
