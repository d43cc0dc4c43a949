// Package table reads the tables that people keep in spreadsheets: genproof's one form of CSV.
//
//	card,licence,safety,consent
//	0,CC0-1.0,0.97,TRUE
//	1,"CC-BY-4.0, by hand",0.91,
//
// The file is UTF-8; a byte order mark in front, as spreadsheets write it, is dropped. Fields
// are parted by commas (RFC 4180): a field with a comma, a quote or an end of line stands in
// quotes, and a quote in it is doubled. Lines end with LF or CRLF. The first row names the
// columns, each once; spaces around a name do not count. Every row has as many fields as the
// first. Empty lines and rows of empty fields are skipped. An empty field says nothing: the
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
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/genproof/genproof/files"
)

// Bounds of a table.
const (
	MaxBytes   = 256 << 20
	MaxRows    = 8 * 65536 // one for each card of the largest deck, the header not counted
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

// Read reads a table; file names it in errors.
func Read(file string, r io.Reader) (*Table, error) {
	t, err := read(file, r)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	return t, nil
}

func read(file string, r io.Reader) (*Table, error) {
	in, err := newReader(r)
	if err != nil {
		return nil, err
	}
	header, err := in.next()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the table is empty: begin with a row that names the columns")
	}
	if err != nil {
		return nil, err
	}
	t := &Table{File: file}
	if t.Columns, err = columns(header.Fields); err != nil {
		return nil, err
	}
	for {
		row, err := in.next()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		if len(t.Rows) == MaxRows {
			return nil, fmt.Errorf("line %d: more than %d rows", row.Line, MaxRows)
		}
		t.Rows = append(t.Rows, row)
	}
}

// columns checks the names in the first row.
func columns(fields []string) ([]string, error) {
	if len(fields) > MaxColumns {
		return nil, fmt.Errorf("line 1: %d columns, at most %d are read", len(fields), MaxColumns)
	}
	if len(fields) == 1 && strings.Contains(fields[0], ";") {
		return nil, errors.New("line 1: one column with semicolons in it: part the fields by commas")
	}
	names, seen := make([]string, len(fields)), map[string]int{}
	for i, field := range fields {
		names[i] = strings.TrimSpace(field)
		folded := strings.ToLower(names[i])
		if names[i] == "" {
			return nil, fmt.Errorf("line 1: column %d has no name", i+1)
		}
		if first, ok := seen[folded]; ok {
			return nil, fmt.Errorf("line 1: columns %d and %d have the same name", first, i+1)
		}
		seen[folded] = i + 1
	}
	return names, nil
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

// A reader bounds what encoding/csv may keep of one row.
type reader struct {
	csv  *csv.Reader
	room int64 // bytes that the row at hand may still take
	from io.Reader
}

var mark = []byte("\uFEFF")

func newReader(r io.Reader) (*reader, error) {
	head := bufio.NewReader(r)
	first, err := head.Peek(len(mark))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.Equal(first, mark):
		if _, err := head.Discard(len(mark)); err != nil {
			return nil, err
		}
	case bytes.HasPrefix(first, []byte{0xff, 0xfe}), bytes.HasPrefix(first, []byte{0xfe, 0xff}):
		return nil, errors.New("the table is UTF-16: save it as CSV UTF-8")
	}
	in := &reader{from: head}
	in.csv = csv.NewReader(in)
	return in, nil
}

var errRow = fmt.Errorf("a row of more than %d bytes: is a quote not closed?", maxRow)

// Read is for encoding/csv, which asks for 4096 bytes at a time.
func (in *reader) Read(b []byte) (int, error) {
	if in.room <= 0 {
		return 0, errRow
	}
	n, err := in.from.Read(b)
	in.room -= int64(n)
	return n, err
}

// next returns the next row that says anything.
func (in *reader) next() (Row, error) {
	for {
		in.room = maxRow
		fields, err := in.csv.Read()
		var bad *csv.ParseError
		if errors.As(err, &bad) && !errors.Is(err, errRow) {
			return Row{}, fmt.Errorf("line %d, column %d: %w", bad.Line, max(bad.Column, 1), bad.Err)
		}
		if err != nil {
			return Row{}, err
		}
		line, _ := in.csv.FieldPos(0)
		if err := in.check(fields); err != nil {
			return Row{}, err
		}
		if strings.Join(fields, "") != "" {
			return Row{line, fields}, nil
		}
	}
}

func (in *reader) check(fields []string) error {
	for i, field := range fields {
		line, column := in.csv.FieldPos(i)
		switch {
		case !utf8.ValidString(field):
			return fmt.Errorf("line %d, column %d: not UTF-8: save the table as CSV UTF-8", line, column)
		case len(field) > MaxField:
			return fmt.Errorf("line %d, column %d: %d bytes, a field has at most %d", line, column, len(field), MaxField)
		}
	}
	return nil
}
