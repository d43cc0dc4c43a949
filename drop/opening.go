package drop

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"github.com/genproof/genproof/bundle/strictjson"
)

// An Opening is what a committed claim was taken over beside its content. A plain SHA-256 of
// something that can be guessed, as a prompt, tells whoever guesses it that he is right; this
// one is
//
//	digest = SHA-256(random ‖ content)     random: 32 bytes
//
// and says nothing before its opening is shown. Whoever has random and content sees that the
// token's claim was this content.
type Opening struct {
	hidden
	Token  uint64
	Claim  string
	Random [32]byte
	Digest [32]byte // of random and content
}

type openingFile struct {
	Version uint64   `json:"version"` // 1
	Token   uint64   `json:"token"`
	Claim   string   `json:"claim"`
	Random  [32]byte `json:"random"`
	Digest  [32]byte `json:"digest"`
}

// MaxOpening bounds an opening's file, in bytes.
const MaxOpening = 4096

// NewOpening commits to what content holds, under 32 new random bytes.
func NewOpening(token uint64, claim string, content io.Reader) (*Opening, error) {
	o := &Opening{Token: token, Claim: claim}
	if _, err := rand.Read(o.Random[:]); err != nil {
		return nil, fmt.Errorf("random bytes: %w", err)
	}
	var err error
	o.Digest, err = o.digest(content)
	return o, err
}

func (o *Opening) digest(content io.Reader) (d [32]byte, err error) {
	h := sha256.New()
	h.Write(o.Random[:])
	_, err = io.Copy(h, content)
	return [32]byte(h.Sum(nil)), err
}

// Opens reports whether content is what the opening's digest was taken over.
func (o *Opening) Opens(content io.Reader) (bool, error) {
	d, err := o.digest(content)
	return err == nil && d == o.Digest, err
}

// Encode writes the opening's file.
func (o *Opening) Encode() ([]byte, error) {
	data, err := strictjson.Marshal(openingFile{1, o.Token, o.Claim, o.Random, o.Digest})
	if err != nil {
		return nil, errors.New("writing an opening: the claim's name cannot be written as JSON")
	}
	return data, nil
}

// ParseOpening reads an opening's file. file names it in errors.
func ParseOpening(file string, data []byte) (*Opening, error) {
	var f openingFile
	if err := strictjson.Unmarshal(data, &f, MaxOpening); err != nil {
		return nil, fault(Place{File: file}, "genproof receipt sign --commit writes such files", "this is not an opening")
	}
	if f.Version != 1 {
		return nil, fault(Place{File: file}, "use the genproof that wrote it", "an opening of version %d, this program reads 1", f.Version)
	}
	return &Opening{Token: f.Token, Claim: f.Claim, Random: f.Random, Digest: f.Digest}, nil
}
