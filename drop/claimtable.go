package drop

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
)

// maxTable bounds claims.csv, in bytes: a million short rows.
const maxTable = 64 << 20

// parseClaimTable reads claims as a table. Its first row is "token" and the
// names of claims in any order; then there is one row a token, and at most one
// whose token is "default", for the tokens without a row. A row stands alone: an
// empty field is not a claim, whatever the default has, and so is a missing column.
//
//	token,license,safety,consent
//	default,CC0-1.0,0.97,true
//	7,CC-BY-4.0,0.91,
//
// A byte order mark, as spreadsheets write it, is dropped; TRUE and FALSE are true and false.
func parseClaimTable(file string, data []byte, s *Schema, supply uint64) (*ClaimTable, error) {
	return parseClaims(file, data, claimColumns{key: "token", low: 1, high: supply, list: s.Claims})
}

// claimColumns is what a table of claims is about.
type claimColumns struct {
	key       string // the first column's name
	low, high uint64 // its numbers
	list      []Attribute
}

// index returns the place of a claim, -1 for none.
func (c claimColumns) index(name string) int {
	return slices.IndexFunc(c.list, func(a Attribute) bool { return a.Name == name })
}

func parseClaims(file string, data []byte, columns claimColumns) (*ClaimTable, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		return nil, fault(Place{File: file}, "save it as UTF-8", "the file is not UTF-8 text")
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.ReuseRecord = true
	p := &tableReader{file: file, csv: r, about: columns}
	header, err := p.next()
	if err == nil {
		err = p.readHeader(header)
	}
	t := &ClaimTable{tokens: make(map[uint64]Claims), defaults: p.empty()}
	seen := map[string]bool{}
	for err == nil {
		var row []string
		if row, err = p.next(); err == nil {
			err = p.readRow(t, row, seen)
		}
	}
	if errors.Is(err, io.EOF) && p.columns != nil {
		return t, nil
	}
	if errors.Is(err, io.EOF) {
		err = fault(Place{File: file}, "write it, or remove the file", "the file is empty")
	}
	return nil, err
}

type tableReader struct {
	file    string
	csv     *csv.Reader
	about   claimColumns
	columns []int // of the claims, behind the token
}

func (p *tableReader) empty() Claims {
	return newClaims(len(p.about.list))
}

// next reads a row. encoding/csv's errors have a place and quote nothing.
func (p *tableReader) next() ([]string, error) {
	row, err := p.csv.Read()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return nil, fault(Place{p.file, bad.Line, max(bad.Column, 1)}, "write a row as token,value,value", "%v", bad.Err)
	}
	return row, err
}

func (p *tableReader) place(field int) Place {
	line, column := p.csv.FieldPos(field)
	return Place{p.file, line, column}
}

func (p *tableReader) readHeader(row []string) error {
	if row[0] != p.about.key {
		return fault(p.place(0), "begin with a row like "+p.about.key+",license,safety", "the first column is not the %s", p.about.key)
	}
	p.columns = []int{}
	seen := map[int]bool{}
	for i, name := range row[1:] {
		at := p.about.index(name)
		if at < 0 || seen[at] {
			return fault(p.place(i+1), "use each claim of drop.yaml once", "this column is not a claim, or there twice")
		}
		seen[at], p.columns = true, append(p.columns, at)
	}
	return nil
}

func (p *tableReader) readRow(t *ClaimTable, row []string, seen map[string]bool) error {
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

// read reads a field of a table as a person writes it. Texts are kept as they are.
func (a Attribute) read(field string) (string, attribute.Slot, error) {
	if a.Type.Kind == attribute.Bool && (strings.EqualFold(field, "true") || strings.EqualFold(field, "false")) {
		field = strings.ToLower(field)
	}
	text, slot, err := readCardValue(value.Type{Type: a.Type, Words: a.Words}, field)
	return text, slot, err
}
