package drop

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/files"
)

// TakesDigests returns an error for a claim of which [Drop.WriteDigests] cannot write digests.
func (d *Drop) TakesDigests(claim string) error {
	if d.claims == nil {
		return errors.New("the claims of this drop are signed by somebody else, from a table of his own")
	}
	if _, err := os.Lstat(filepath.Join(d.dir, ClaimsFile)); !errors.Is(err, fs.ErrNotExist) {
		return fault(Place{File: ClaimsFile}, "move what it says into "+ClaimsTableFile, "the claims stand here, and digests of many tokens belong into a table")
	}
	_, err := d.Schema.digestClaim(claim)
	return err
}

// WriteDigests puts a digest of each token into the claims table, claims.csv, of a drop that
// signs its own claims. What else the table says stays. A digest that is there already, of the
// same token and another value, is replaced: the table is what its author last wrote.
func (d *Drop) WriteDigests(claim string, ids []uint64, digests [][32]byte) error {
	if err := d.TakesDigests(claim); err != nil {
		return err
	}
	at, err := d.Schema.digestClaim(claim)
	if err != nil {
		return err
	}
	t := &ClaimTable{defaults: d.claims.defaults, tokens: make(map[uint64]Claims, len(d.claims.tokens)+len(ids))}
	for id, c := range d.claims.tokens {
		t.tokens[id] = c
	}
	for i, id := range ids {
		c := t.For(id).clone()
		c.texts[at], c.slots[at] = "", attribute.Slot{}
		t.tokens[id] = c
		if err := t.SetDigest(&d.Schema, id, claim, digests[i]); err != nil {
			return err
		}
	}
	data, err := t.encode(&d.Schema)
	if err != nil {
		return err
	}
	if err := files.Write(filepath.Join(d.dir, ClaimsTableFile), data, files.Secret); err != nil {
		return err
	}
	d.claims = t
	return nil
}

// encode writes the table as [ParseClaims] reads it.
func (t *ClaimTable) encode(s *Schema) ([]byte, error) {
	head := []string{"token"}
	for _, a := range s.Claims {
		head = append(head, a.Name)
	}
	rows := [][]string{head}
	if !t.defaults.IsEmpty() {
		rows = append(rows, append([]string{"default"}, t.defaults.texts...))
	}
	for _, id := range t.Tokens() {
		rows = append(rows, append([]string{fmt.Sprint(id)}, slices.Clone(t.tokens[id].texts)...))
	}
	var out bytes.Buffer
	err := csv.NewWriter(&out).WriteAll(rows) // it flushes
	return out.Bytes(), err
}
