package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/table"
)

// maxPairs bounds the rows of a table of pairs, so that one that is too long is an error and not
// a full memory.
const maxPairs = 1_000_000

// A pairReader reads a table of two columns, such as tokens and their recipients.
type pairReader struct {
	file string
	rows *table.Reader
	at   [2]int // where the two columns are
}

// eachPair hands every row of the table in a file to take: its fields under the two names,
// whatever their order in the file. An error of take's for a field is made by wrong, with the place.
func eachPair(path string, names [2]string, take func(r *pairReader, fields [2]string) error) error {
	f, info, err := files.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() // only read
	if info.Size() > table.MaxBytes {
		return fmt.Errorf("reading %s: %w: it has more than %d bytes", path, files.ErrTooLarge, table.MaxBytes)
	}
	r := &pairReader{file: path}
	if r.rows, err = table.NewReader(f); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := r.find(names); err != nil {
		return err
	}
	for n := 0; ; n++ {
		row, err := r.rows.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%s: %w", path, err)
		case n == maxPairs:
			return r.wrong(0, "more than %d rows", maxPairs)
		}
		if err := take(r, [2]string{row.Fields[r.at[0]], row.Fields[r.at[1]]}); err != nil {
			return err
		}
	}
}

// find looks for the two columns; there are no others.
func (r *pairReader) find(names [2]string) error {
	columns := r.rows.Columns()
	switch {
	case len(columns) == 2 && columns[0] == names[0] && columns[1] == names[1]:
		r.at = [2]int{0, 1}
	case len(columns) == 2 && columns[0] == names[1] && columns[1] == names[0]:
		r.at = [2]int{1, 0}
	default:
		return r.wrong(0, "begin with the row %s,%s: the table has these two columns", names[0], names[1])
	}
	return nil
}

// wrong is an error about the first or the second of the pair in the row at hand.
func (r *pairReader) wrong(which int, format string, args ...any) error {
	line, column := r.rows.Place(r.at[which])
	return fmt.Errorf("%s: %w", r.file, &table.Error{Line: line, Column: column, Cause: fmt.Errorf(format, args...)})
}

// count reads a number of the pair in decimal: at least 1, at most high.
func (r *pairReader) count(which int, field string, high uint64) (uint64, error) {
	return r.number(which, field, 1, high)
}

// number reads one of low to high.
func (r *pairReader) number(which int, field string, low, high uint64) (uint64, error) {
	n, err := strconv.ParseUint(field, 10, 64)
	if err != nil || strconv.FormatUint(n, 10) != field || n < low || n > high {
		return 0, r.wrong(which, "%.40q is not a number from %d to %d", field, low, high)
	}
	return n, nil
}

// account reads an address of the pair, by its check digits. It is not zero, which is nobody's.
func (r *pairReader) account(which int, field string) (a [20]byte, err error) {
	if a, err = contractAddress(field); err != nil {
		return a, r.wrong(which, "%w", err)
	}
	if a == [20]byte{} {
		return a, r.wrong(which, "the zero address is nobody's")
	}
	return a, nil
}
