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

// An Error says why a table is not read, and where. It quotes no field.
type Error struct {
	Line, Column int // from 1, the column in bytes; both 0 for the table as a whole
	Cause        error
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Cause.Error()
	}
	return fmt.Sprintf("line %d, column %d: %v", e.Line, e.Column, e.Cause)
}

func (e *Error) Unwrap() error { return e.Cause }

// A Reader reads a table row by row, so that its memory does not grow with their number.
// What is wrong with a table is an *[Error].
type Reader struct {
	columns []string
	csv     *csv.Reader
	skipped int   // lines in front of the first row
	room    int64 // bytes that the row at hand may still take: encoding/csv bounds nothing
	from    io.Reader
	head    []byte // what was read for the first row
}

// NewReader reads the first row, which names the columns.
func NewReader(r io.Reader) (*Reader, error) {
	head, err := withoutMark(r)
	if err != nil {
		return nil, err
	}
	in := &Reader{from: head}
	in.csv = csv.NewReader(bounded{in})
	if in.csv.Comma, err = in.separator(head); err != nil {
		return nil, err
	}
	row, err := in.Next()
	if errors.Is(err, io.EOF) {
		return nil, whole("the table is empty: begin with a row that names the columns")
	}
	if err != nil {
		return nil, err
	}
	if err := in.name(row.Fields); err != nil {
		return nil, err
	}
	in.head = nil
	return in, nil
}

// Columns are the names in the first row, len(Columns) >= 1, each once.
func (in *Reader) Columns() []string { return in.columns }

// Place returns where a field of the row that was read last begins.
func (in *Reader) Place(field int) (line, column int) {
	line, column = in.csv.FieldPos(field)
	return line + in.skipped, column
}

// Next returns the next row that says anything, and behind the last one io.EOF.
func (in *Reader) Next() (Row, error) {
	for {
		in.room = maxRow
		fields, err := in.csv.Read()
		if err != nil {
			return Row{}, in.placed(err)
		}
		if err := in.check(fields); err != nil {
			return Row{}, err
		}
		if in.columns != nil {
			if fields, err = in.withoutUnnamed(fields); err != nil {
				return Row{}, err
			}
		}
		if strings.Join(fields, "") != "" {
			line, _ := in.Place(0)
			return Row{line, fields}, nil
		}
	}
}

// withoutUnnamed cuts off fields behind the last column with a name, which are empty.
func (in *Reader) withoutUnnamed(fields []string) ([]string, error) {
	for i := len(in.columns); i < len(fields); i++ {
		if fields[i] != "" {
			return nil, in.wrong(i, "column %d has no name in the first row, and a value here: name it, or remove the column", i+1)
		}
	}
	return fields[:len(in.columns)], nil
}

var errRow = whole("a row of more than %d bytes: is a quote not closed?", maxRow)

// withoutMark drops a byte order mark, and refuses files that are no text.
func withoutMark(r io.Reader) (*bufio.Reader, error) {
	head := bufio.NewReaderSize(r, maxFirst)
	first, err := head.Peek(len(files.Mark))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(first) == files.Mark {
		_, err := head.Discard(len(files.Mark))
		return head, err
	}
	if first, err = head.Peek(16); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if what := Foreign(first); what != "" {
		return nil, whole("%s", what)
	}
	return head, nil
}

// bounded is what encoding/csv reads from, 4096 bytes at a time.
type bounded struct{ *Reader }

func (in bounded) Read(b []byte) (int, error) {
	if in.room <= 0 {
		return 0, errRow
	}
	n, err := in.from.Read(b)
	in.room -= int64(n)
	if in.columns == nil {
		in.head = append(in.head, b[:n]...)
	}
	return n, err
}

// placed gives an error of encoding/csv a place of ours. None of them quotes anything.
func (in *Reader) placed(err error) error {
	var bad *csv.ParseError
	switch {
	case errors.Is(err, errRow):
		return errRow
	case !errors.As(err, &bad):
		return err
	case errors.Is(err, csv.ErrFieldCount):
		err = fmt.Errorf("%w: every row has as many as the first", csv.ErrFieldCount)
	case errors.Is(err, csv.ErrQuote), errors.Is(err, csv.ErrBareQuote):
		err = fmt.Errorf("%w: put the field in quotes, and double a quote in it", bad.Err)
	default:
		err = bad.Err
	}
	return &Error{bad.Line + in.skipped, max(bad.Column, 1), err}
}

func whole(format string, args ...any) *Error { return &Error{Cause: fmt.Errorf(format, args...)} }

func (in *Reader) wrong(field int, format string, args ...any) *Error {
	line, column := in.Place(field)
	return &Error{line, column, fmt.Errorf(format, args...)}
}

func (in *Reader) check(fields []string) error {
	for i, field := range fields {
		switch {
		case !utf8.ValidString(field):
			return in.wrong(i, "not UTF-8: save the table as CSV UTF-8")
		case strings.ContainsRune(field, 0):
			return in.wrong(i, "a zero byte, which no text has: save the table as CSV UTF-8")
		case len(field) > MaxField:
			return in.wrong(i, "%d bytes, a field has at most %d", len(field), MaxField)
		}
	}
	return nil
}

// name takes the names in the first row. Spreadsheets leave empty ones behind the last.
func (in *Reader) name(fields []string) error {
	for len(fields) > 1 && strings.TrimSpace(fields[len(fields)-1]) == "" {
		fields = fields[:len(fields)-1]
	}
	if len(fields) > MaxColumns {
		return in.wrong(0, "%d columns, at most %d are read", len(fields), MaxColumns)
	}
	in.columns = make([]string, len(fields))
	for i, field := range fields {
		if strings.ContainsAny(field, separators) && !in.isQuoted(i) {
			return in.wrong(i, "a column's name with a comma, a semicolon or a tab, and fields are parted by another of them: put the name in quotes")
		}
		if in.columns[i] = strings.TrimSpace(field); in.columns[i] == "" {
			return in.wrong(i, "column %d has no name: name it (token, if it holds tokens' ids), or remove the column", i+1)
		}
	}
	return in.different(func(name string) string { return name })
}

// separators are the characters that tools put between fields: spreadsheets write semicolons where the
// decimal point is a comma.
const separators = ",;\t"

// maxFirst is how much of the first row is looked at for its separator, in bytes.
const maxFirst = 1 << 16

// separator returns what parts the fields of the first row: what stands in it outside of quotes first. A name with
// another one is refused later. A line sep=; in front, which Excel takes for itself, says it too.
func (in *Reader) separator(r *bufio.Reader) (rune, error) {
	first, err := r.Peek(maxFirst)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	line, _, ends := bytes.Cut(first, []byte("\n"))
	if !ends && bytes.IndexByte(first, '\r') >= 0 {
		return 0, whole("lines end with CR alone: save the table as CSV UTF-8")
	}
	if said, ok := bytes.CutPrefix(bytes.TrimRight(line, "\r"), []byte("sep=")); ok && ends && len(said) == 1 && strings.IndexByte(separators, said[0]) >= 0 {
		in.skipped = 1
		_, err := r.Discard(len(line) + 1)
		return rune(said[0]), err
	}
	quoted := false
	for _, b := range bytes.TrimLeft(first, "\r\n") {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n':
			return ',', nil
		case strings.IndexByte(separators, b) >= 0:
			return rune(b), nil
		}
	}
	return ',', nil
}

// isQuoted reports whether a field of the first row begins with a quote.
func (in *Reader) isQuoted(field int) bool {
	line, column := in.csv.FieldPos(field)
	lines := bytes.Split(in.head, []byte("\n"))
	return line <= len(lines) && column <= len(lines[line-1]) && lines[line-1][column-1] == '"'
}

// different sees that no two columns have one name, as names are told apart.
func (in *Reader) different(apart func(name string) string) error {
	seen := map[string]int{}
	for i, name := range in.columns {
		if first, ok := seen[apart(name)]; ok {
			return in.wrong(i, "columns %d and %d have the same name", first, i+1)
		}
		seen[apart(name)] = i + 1
	}
	return nil
}
