// Package table reads the tables that people keep in spreadsheets: genproof's one form of CSV.
//
//	card,licence,safety,consent
//	0,CC0-1.0,0.97,TRUE
//	1,"CC-BY-4.0, by hand",0.91,
//
// The file is UTF-8; a byte order mark in front, as spreadsheets write it, is dropped. Fields
// are parted by commas (RFC 4180), or all by semicolons or all by tabs, as the first row says: a
// field with that mark, a quote or an end of line stands in quotes, and a quote in it is doubled.
// Lines end with LF or CRLF. The first row names the columns, each once; spaces around a name do
// not count. A name with any of the three marks stands in quotes: without them nobody could tell
// what parts the fields, and the table is refused. Every row has as many fields as the
// first. Columns without a name and without a value behind the others are left out, and so is a first
// line that is sep= and the mark. Empty lines and rows of empty fields are skipped. An empty field says nothing: the
// attribute is absent. TRUE and FALSE, in any case, are booleans where a column has nothing else.
//
// A field may begin with = + - or @. Nothing is evaluated here, and nothing is put in front of
// such a field when a table is written: it would be another value. A spreadsheet may evaluate
// it, so whoever writes a table tells how many there are ([IsFormula]).
//
// Tables may hold what is hidden: errors name a line and a column and never quote a field, and
// a table prints as its size.
package table

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/genproof/genproof/files"
)

// Bounds of a table.
const (
	MaxBytes   = 256 << 20
	MaxRows    = 8 * 65536 // of a Table: one for each card of the largest deck, the header not counted
	MaxColumns = 256
	MaxField   = 1 << 16 // bytes
	maxRow     = 1 << 20 // bytes
)

// A Table is what a file says, row by row.
type Table struct {
	File    string   // its name, for errors
	Columns []string // len(Columns) >= 1, different also when case is ignored
	Rows    []Row
}

// A Row has a field for each column, and the line of the file that it begins on, from 1.
type Row struct {
	Line   int
	Fields []string
}

// Format writes the table's size, whatever the verb: its fields may be hidden.
func (t *Table) Format(s fmt.State, _ rune) {
	fmt.Fprintf(s, "table of %d columns and %d rows", len(t.Columns), len(t.Rows))
}

// Format writes that there is a row.
func (Row) Format(s fmt.State, _ rune) { fmt.Fprint(s, "row of a table") }

// Open reads the table in the regular file at path.
func Open(path string) (*Table, error) {
	f, info, err := files.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read
	if info.Size() > MaxBytes {
		return nil, fmt.Errorf("reading %s: %w: it has more than %d bytes", path, files.ErrTooLarge, MaxBytes)
	}
	return Read(path, f)
}

// Read reads a whole table; file names it in errors.
func Read(file string, r io.Reader) (*Table, error) {
	t, err := read(file, r)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	return t, nil
}

func read(file string, r io.Reader) (*Table, error) {
	in, err := NewReader(r)
	if err == nil {
		err = in.different(Fold) // as Column looks for them
	}
	if err != nil {
		return nil, err
	}
	t := &Table{File: file, Columns: in.Columns()}
	for {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		if len(t.Rows) == MaxRows {
			return nil, in.wrong(0, "more than %d rows", MaxRows)
		}
		t.Rows = append(t.Rows, row)
	}
}

// Column returns the place of the first of these names that is a column's, -1 for none. Case
// is ignored.
func (t *Table) Column(names ...string) int {
	for _, name := range names {
		for i, c := range t.Columns {
			if strings.EqualFold(c, name) {
				return i
			}
		}
	}
	return -1
}

// IsFormula reports whether a spreadsheet may evaluate a field: it begins as a formula does and
// is no number.
func IsFormula(field string) bool {
	if field == "" || !strings.Contains("=+-@\t\r", field[:1]) {
		return false
	}
	return strings.Trim(field[1:], "0123456789.") != "" || len(field) == 1 || strings.Contains("=@\t\r", field[:1])
}

// Fold returns a name as columns are told apart: two that differ in case alone are one.
func Fold(name string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}, name)
}
