package drop

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/table"
)

// parseClaimTable reads claims as a table, see package table. Its first row is "token" and the
// names of claims in any order; then there is one row a token, and at most one
// whose token is "default", for the tokens without a row. A row stands alone: an
// empty field is not a claim, whatever the default has, and so is a missing column.
//
//	token,license,safety,consent
//	default,CC0-1.0,0.97,true
//	7,CC-BY-4.0,0.91,
//
// TRUE and FALSE are true and false.
func parseClaimTable(file string, data []byte, s *Schema, ids policy.IDs) (*ClaimTable, error) {
	return parseClaims(file, data, claimColumns{key: "token", low: ids.First, high: ids.Last(), list: s.Claims, spelled: true})
}

// claimColumns is what a table of claims is about.
type claimColumns struct {
	key       string // the first column's name
	low, high uint64 // its numbers
	list      []Attribute
	spelled   bool // texts are refused that are not spelled as the attribute has it; a deck says so itself
}

// index returns the place of a claim, -1 for none.
func (c claimColumns) index(name string) int {
	return slices.IndexFunc(c.list, func(a Attribute) bool { return a.Name == name })
}

func parseClaims(file string, data []byte, columns claimColumns) (*ClaimTable, error) {
	rows, err := table.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, tableFault(file, err)
	}
	p := &claimReader{file: file, rows: rows, about: columns}
	if err := p.readHeader(rows.Columns()); err != nil {
		return nil, err
	}
	t := &ClaimTable{tokens: make(map[uint64]Claims), defaults: p.empty()}
	seen := map[string]bool{}
	for {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, tableFault(file, err)
		}
		if err := p.readRow(t, row.Fields, seen); err != nil {
			return nil, err
		}
	}
}

// tableFault gives an error of a table the file's name.
func tableFault(file string, err error) error {
	var bad *table.Error
	if errors.As(err, &bad) {
		return fault(Place{file, bad.Line, bad.Column}, "", "%v", bad.Cause)
	}
	return err
}

type claimReader struct {
	file    string
	rows    *table.Reader
	about   claimColumns
	columns []int // of the claims, behind the token
}

func (p *claimReader) empty() Claims {
	return newClaims(len(p.about.list))
}

func (p *claimReader) place(field int) Place {
	line, column := p.rows.Place(field)
	return Place{p.file, line, column}
}

func (p *claimReader) readHeader(row []string) error {
	if row[0] != p.about.key {
		return fault(p.place(0), "begin with a row like "+p.about.key+",license,safety; genproof import --hidden reads other tables", "the first column is not the %s", p.about.key)
	}
	for i, name := range row[1:] {
		at := p.about.index(name)
		if at < 0 {
			return fault(p.place(i+1), "use the names of claims in drop.yaml", "this column is not a claim")
		}
		p.columns = append(p.columns, at)
	}
	return nil
}

func (p *claimReader) readRow(t *ClaimTable, row []string, seen map[string]bool) error {
	id, isDefault := uint64(0), row[0] == "default"
	if !isDefault {
		var err error
		if id, err = strconv.ParseUint(row[0], 10, 64); err != nil || !plainDigits(row[0]) || id < p.about.low || id > p.about.high {
			return fault(p.place(0), fmt.Sprintf("write default, or a number from %d to %d", p.about.low, p.about.high), "this is not a %s of the drop", p.about.key)
		}
	}
	if seen[row[0]] {
		return fault(p.place(0), "keep one", "this %s stands here a second time", p.about.key)
	}
	seen[row[0]] = true
	c := p.empty()
	for i, at := range p.columns {
		if row[i+1] == "" {
			continue
		}
		text, value, err := p.about.list[at].read(row[i+1])
		if err == nil && p.about.spelled {
			err = p.about.list[at].checkSpelled(text, value)
		}
		if err != nil {
			return fault(p.place(i+1), valueRemedy(p.about.list[at].Type), "%v", err)
		}
		c.texts[at], c.slots[at] = text, value
	}
	if isDefault {
		t.defaults = c
	} else {
		t.tokens[id] = c
	}
	return nil
}

// checkSpelled is what parse asks for besides the value's form.
func (a Attribute) checkSpelled(text string, s attribute.Slot) error {
	if a.Type.Kind == attribute.Text {
		return a.checkText(text)
	}
	return a.checkShown(s)
}

// read reads a field of a table as a person writes it. Texts are kept as they are.
func (a Attribute) read(field string) (string, attribute.Slot, error) {
	if a.Type.Kind == attribute.Bool && (strings.EqualFold(field, "true") || strings.EqualFold(field, "false")) {
		field = strings.ToLower(field)
	}
	text, slot, err := readCardValue(value.Type{Type: a.Type, Words: a.Words}, field)
	return text, slot, err
}
