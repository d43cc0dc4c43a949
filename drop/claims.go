package drop

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
)

// The file of the claims that an authority is going to sign: one or the other.
const (
	ClaimsFile      = "claims.yaml"
	ClaimsTableFile = "claims.csv" // for many tokens that differ
)

// Claims are the hidden claims of one token, one slot for each claim of the
// schema. Like [Secrets] they do not print.
type Claims struct {
	hidden
	texts []string // as written, "" when absent
	slots []attribute.Slot

	picture *[32]byte // the SHA-256 of the token's picture; nil where the drop proves none
}

// newClaims returns n absent claims.
func newClaims(n int) Claims {
	return Claims{texts: make([]string, n), slots: make([]attribute.Slot, n)}
}

func (c Claims) clone() Claims {
	return Claims{texts: slices.Clone(c.texts), slots: slices.Clone(c.slots), picture: c.picture}
}

// padded fills the slots up to what the circuit has.
func (c Claims) padded(n int) []attribute.Slot {
	return append(append([]attribute.Slot(nil), c.slots...), make([]attribute.Slot, n-len(c.slots))...)
}

// A ClaimTable is a claims file: what is true of every token, and what differs.
//
//	default: {license: CC0-1.0, safety: 0.97, consent: true}
//	tokens:
//	  7: {consent: false}
//	  9: {license: null}      # token 9 has no license at all
type ClaimTable struct {
	hidden
	defaults Claims
	tokens   map[uint64]Claims
}

// For returns the claims of a token.
func (t *ClaimTable) For(id uint64) Claims {
	if c, ok := t.tokens[id]; ok {
		return c
	}
	return t.defaults
}

// Tokens lists the tokens that differ from the default, in order.
func (t *ClaimTable) Tokens() []uint64 { return slices.Sorted(maps.Keys(t.tokens)) }

// ParseClaims reads a claims file for a drop of this schema and ids: a table
// when its name ends in .csv (see claimtable.go), YAML otherwise. file also
// names it in errors, which quote no value.
func ParseClaims(file string, data []byte, s *Schema, ids policy.IDs) (*ClaimTable, error) {
	if strings.HasSuffix(file, ".csv") {
		return parseClaimTable(file, data, s, ids)
	}
	root, err := parseYAML(file, data)
	if err != nil {
		return nil, err
	}
	f := fieldsOf(root, "a claims file", namesOf(claimsKeys)...)
	t := &ClaimTable{tokens: make(map[uint64]Claims)}
	empty := newClaims(len(s.Claims))
	if t.defaults, err = readClaims(f.get("default"), empty, s); err != nil {
		return nil, err
	}
	keys, values := f.pairs("tokens")
	for i, k := range keys {
		id, ok := k.uint(ids.First, ids.Last())
		if !ok {
			return nil, fault(k.place, fmt.Sprintf("write a token id from %d to %d", ids.First, ids.Last()), "this is not a token of the drop")
		}
		if t.tokens[id], err = readClaims(values[i], t.defaults, s); err != nil {
			return nil, err
		}
	}
	return t, f.err
}

// readClaims changes the claims that n names. An empty value takes one away.
func readClaims(n *node, from Claims, s *Schema) (Claims, error) {
	c := from.clone()
	if n == nil || n.kind == nullNode {
		return c, nil
	}
	names := make([]string, len(s.Claims))
	for i, a := range s.Claims {
		names[i] = a.Name
	}
	f := fieldsOf(n, "the claims of a token", names...)
	if f.err != nil {
		return Claims{}, f.err
	}
	for i, k := range f.keys {
		slot, _, _ := s.lookup(claimRoom, k.text)
		at := slot - s.Size.Layers
		if f.values[i].kind == nullNode {
			c.texts[at], c.slots[at] = "", attribute.Slot{}
			continue
		}
		value, err := readValue(f.values[i], s.Claims[at])
		if err != nil {
			return Claims{}, err
		}
		c.texts[at], c.slots[at] = f.values[i].text, value
	}
	return c, nil
}

// loadClaims reads dir's claims file. A drop without claims needs none.
func loadClaims(dir string, s *Schema, ids policy.IDs) (*ClaimTable, error) {
	data, err := readFile(dir, ClaimsFile)
	table, tableErr := readFile(dir, ClaimsTableFile)
	missing, tableMissing := errors.Is(err, fs.ErrNotExist), errors.Is(tableErr, fs.ErrNotExist)
	switch {
	case !missing && err != nil:
		return nil, err
	case !tableMissing && tableErr != nil:
		return nil, tableErr
	case !missing && !tableMissing:
		return nil, fault(Place{File: ClaimsTableFile}, "keep one", "there is also %s", ClaimsFile)
	case !missing:
		return ParseClaims(ClaimsFile, data, s, ids)
	case !tableMissing:
		return ParseClaims(ClaimsTableFile, table, s, ids)
	case len(s.Claims) == 0:
		return ParseClaims(ClaimsFile, []byte("{}"), s, ids)
	}
	return nil, fault(Place{File: ClaimsFile}, "write it: `default: {name: value}`, and `tokens:` for what differs", "the authority is self and there are no claims to sign")
}
