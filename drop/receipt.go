package drop

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/eddsa"
)

// ReceiptsDir is the folder of receipts, one file ID.json for each token.
const ReceiptsDir = "receipts"

// ReceiptVersion is the version of the file. Signatures of version 1 sign other messages.
const ReceiptVersion = 2

// maxReceipt bounds the file, in bytes.
const maxReceipt = 1 << 18

// A Receipt is an authority's signature of one token's claims. It holds hidden
// values: it goes from the authority to the drop's owner and nowhere else.
type Receipt struct {
	hidden
	Token     uint64
	Claims    Claims
	Authority eddsa.PublicKey
	Signature eddsa.Signature
	scope     claim.Scope
	message   fr.Element // what is signed; set by SignReceipt
}

type receiptFile struct {
	Version   uint64         `json:"version"`
	Token     uint64         `json:"token"`
	Policy    fr.Element     `json:"policy"`
	Model     fr.Element     `json:"model"`
	Seeds     fr.Element     `json:"seeds"`
	Beacon    fr.Element     `json:"beacon"`
	Claims    []receiptClaim `json:"claims"` // the present ones, in the schema's order
	Image     *[32]byte      `json:"image,omitempty"`
	Authority [32]byte       `json:"authority"`
	Signature [64]byte       `json:"signature"`
}

type receiptClaim struct {
	Name  string `json:"name"`
	Value string `json:"value"` // as in a claims file
}

// SignReceipt signs a token's claims: the receipt is worth nothing with another
// policy, and so with other ids or another schema, nor with another model, seeds, beacon or token.
// Where the drop proves pictures, the claims must name the token's: see [Claims.WithPicture].
func SignReceipt(key *eddsa.PrivateKey, s *Schema, in claim.Scope, id uint64, c Claims) (*Receipt, error) {
	if len(c.slots) != len(s.Claims) {
		return nil, fmt.Errorf("signing a receipt: got %d claims, the schema has %d", len(c.slots), len(s.Claims))
	}
	if err := c.checkPicture(s); err != nil {
		return nil, fmt.Errorf("signing a receipt of token %d: %w", id, err)
	}
	message := messageOf(s, in, id, c)
	signature, err := claim.Sign(key, message)
	if err != nil {
		return nil, errors.New("signing a receipt: the key cannot sign")
	}
	return &Receipt{Token: id, Claims: c, Authority: key.Public(), Signature: signature, scope: in, message: message}, nil
}

// messageOf is what a receipt's signature covers: the claims, and the picture where one is proven.
func messageOf(s *Schema, in claim.Scope, id uint64, c Claims) fr.Element {
	slots := c.padded(s.Size.Claims)
	if c.picture != nil {
		slots = append(slots, attribute.OfDigest(*c.picture))
	}
	return claim.Message(in, id, slots)
}

// Encode writes the receipt's file.
func (r *Receipt) Encode(s *Schema) ([]byte, error) {
	f := receiptFile{Version: ReceiptVersion, Token: r.Token, Policy: r.scope.Policy, Model: r.scope.Model, Seeds: r.scope.Seeds, Beacon: r.scope.Beacon,
		Image: r.Claims.picture, Authority: r.Authority.Bytes(), Signature: r.Signature.Bytes()}
	for i, a := range s.Claims {
		if r.Claims.slots[i].Present {
			f.Claims = append(f.Claims, receiptClaim{a.Name, r.Claims.texts[i]})
		}
	}
	data, err := strictjson.Marshal(f)
	if err != nil {
		return nil, errors.New("writing a receipt: a claim cannot be written as JSON")
	}
	return data, nil
}

// Line is [Receipt.Encode] on one line, without its end: answers hold many receipts.
func (r *Receipt) Line(s *Schema) ([]byte, error) {
	data, err := r.Encode(s)
	if err != nil {
		return nil, err
	}
	return strictjson.OneLine(data), nil
}

// ParseReceipt reads a receipt's file for a drop of this schema. That the
// signature is right is VerifyReceipt's business. file names it in errors,
// which quote no value.
func ParseReceipt(file string, data []byte, s *Schema) (*Receipt, error) {
	var f receiptFile
	whole := Place{File: file}
	const remedy = "ask the authority for it again"
	if err := strictjson.Unmarshal(data, &f, maxReceipt); err != nil {
		path, _, _ := strings.Cut(err.Error(), ": ") // the rest may quote a claim
		return nil, fault(whole, remedy, "this is not a receipt, at %s", path)
	}
	if f.Version == 1 {
		return nil, fault(whole, remedy, "a receipt of version 1, whose signature this edition's circuits do not take; this program reads version %d", ReceiptVersion)
	}
	if f.Version != ReceiptVersion {
		return nil, fault(whole, "use the genproof that wrote it", "a receipt of version %d, this program reads %d", f.Version, ReceiptVersion)
	}
	r := &Receipt{Token: f.Token, scope: claim.Scope{Policy: f.Policy, Model: f.Model, Seeds: f.Seeds, Beacon: f.Beacon}}
	var err error
	if r.Authority, err = eddsa.ParsePublicKey(f.Authority[:]); err != nil {
		return nil, fault(whole, remedy, "the authority is not a public key")
	}
	if r.Signature, err = eddsa.ParseSignature(f.Signature[:]); err != nil {
		return nil, fault(whole, remedy, "the signature is malformed")
	}
	if r.Claims, err = readReceiptClaims(whole, f.Claims, s); err != nil {
		return nil, err
	}
	r.Claims.picture = f.Image
	if err := r.Claims.checkPicture(s); err != nil {
		return nil, fault(whole, remedy, "%v", err)
	}
	return r, nil
}

// readReceiptClaims takes the claims in the schema's order only, so that a
// receipt has one form.
func readReceiptClaims(at Place, list []receiptClaim, s *Schema) (Claims, error) {
	c := newClaims(len(s.Claims))
	next := 0
	for n, given := range list {
		for next < len(s.Claims) && s.Claims[next].Name != given.Name {
			next++
		}
		if next == len(s.Claims) {
			return Claims{}, fault(at, "write drop.yaml's claims in its order", "claim %d is unknown, twice or out of order", n+1)
		}
		slot, err := s.Claims[next].parse(given.Value)
		if err != nil {
			return Claims{}, fault(at, valueRemedy(s.Claims[next].Type), "claim %q: %v", s.Claims[next].Name, err)
		}
		c.texts[next], c.slots[next] = given.Value, slot
		next++
	}
	return c, nil
}

// VerifyReceipt says whether r is authority's word about its token in the drop
// of this schema and scope.
func VerifyReceipt(r *Receipt, s *Schema, in claim.Scope, authority eddsa.PublicKey) error {
	switch {
	case r.scope.Policy != in.Policy:
		return errors.New("receipt: made for another policy than this drop's, or for other ids, claims, traits or facts")
	case r.scope != in:
		return errors.New("receipt: made for another model, seeds or beacon than this drop's")
	case r.Authority != authority:
		return errors.New("receipt: signed by another authority than this drop's")
	case len(r.Claims.slots) != len(s.Claims):
		return errors.New("receipt: made for another number of claims")
	}
	if err := r.Claims.checkPicture(s); err != nil {
		return fmt.Errorf("receipt: %w", err)
	}
	message := messageOf(s, in, r.Token, r.Claims)
	if !claim.Verify(authority, message, r.Signature) {
		return errors.New("receipt: the signature is wrong")
	}
	return nil
}

// loadReceipt reads and verifies dir's receipt of a token, nil when there is none.
func loadReceipt(dir string, id uint64, s *Schema, in claim.Scope, authority eddsa.PublicKey) (*Receipt, error) {
	file := fmt.Sprintf("%s/%d.json", ReceiptsDir, id)
	data, err := readFile(dir, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r, err := ParseReceipt(file, data, s)
	if err != nil {
		return nil, err
	}
	if err := VerifyReceipt(r, s, in, authority); err != nil {
		return nil, fault(Place{File: file}, "ask the authority for it again", "%v", err)
	}
	if r.Token != id {
		return nil, fault(Place{File: file}, "name the file after its token", "this receipt is for token %d", r.Token)
	}
	return r, nil
}
