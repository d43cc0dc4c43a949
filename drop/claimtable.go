package drop

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
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
func parseClaimTable(file string, data []byte, s *Schema, supply uint64) (*ClaimTable, error) {
	if !utf8.Valid(data) {
		return nil, fault(Place{File: file}, "save it as UTF-8", "the file is not UTF-8 text")
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.ReuseRecord = true
	p := &tableReader{file: file, csv: r, schema: s, supply: supply}
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
	schema  *Schema
	supply  uint64
	columns []int // of the schema's claims, behind the token
}

func (p *tableReader) empty() Claims {
	n := len(p.schema.Claims)
	return newClaims(n)
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
	if row[0] != "token" {
		return fault(p.place(0), "begin with a row like token,license,safety", "the first column is not the token")
	}
	p.columns = []int{}
	seen := map[int]bool{}
	for i, name := range row[1:] {
		slot, _, ok := p.schema.lookup(claimRoom, name)
		at := slot - p.schema.Size.Layers
		if !ok || seen[at] {
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
		if id, err = strconv.ParseUint(row[0], 10, 64); err != nil || !plainDigits(row[0]) || id < 1 || id > p.supply {
			return fault(p.place(0), fmt.Sprintf("write default, or a token id from 1 to %d", p.supply), "this is not a token of the drop")
		}
	}
	if seen[row[0]] {
		return fault(p.place(0), "keep one", "this token stands here a second time")
	}
	seen[row[0]] = true
	c := p.empty()
	for i, at := range p.columns {
		if row[i+1] == "" {
			continue
		}
		value, err := parseValue(p.schema.Claims[at].Type, row[i+1])
		if err != nil {
			return fault(p.place(i+1), valueRemedy(p.schema.Claims[at].Type), "%v", err)
		}
		c.texts[at], c.slots[at] = row[i+1], value
	}
	if isDefault {
		t.defaults = c
	} else {
		t.tokens[id] = c
	}
	return nil
}
