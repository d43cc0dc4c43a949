package engine

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/table"
)

// A cell of a table, as text and as JSON; both are empty where it says nothing.
type cell struct{ text, json string }

// rows are a table whose rows become documents.
type rows struct {
	columns  []string
	cells    [][]cell // in the order of cards; a row may be shorter than columns
	lines    []int    // of each row in its file
	first    uint64
	ids      int       // the column of ids, -1 if there is none
	template *template // nil: every column that is no member is an attribute
}

// fromTable reads CSV. A column is of numbers, or of TRUE and FALSE, if it has nothing else;
// all others are of texts.
func fromTable(r io.Reader, name string, template []byte, firstID *uint64) (*Collection, error) {
	t, err := table.Read(name, r)
	if err != nil {
		return nil, err
	}
	out := &rows{columns: t.Columns}
	for _, row := range t.Rows {
		cells := make([]cell, len(row.Fields))
		for i, field := range row.Fields {
			cells[i].text = field
		}
		out.cells, out.lines = append(out.cells, cells), append(out.lines, row.Line)
	}
	var notes []string
	for i, column := range t.Columns {
		if typeColumn(out.cells, i) {
			notes = append(notes, fmt.Sprintf("column %s has numbers of more than %d digits, which many readers round: documents have them as texts", said(column), maxDigits))
		}
	}
	c, err := out.collection(name, template, firstID)
	if err == nil {
		c.Notes = notes
	}
	return c, err
}

// maxDigits is how many digits of a number all readers keep: beyond 2^53 many round it.
const maxDigits = 15

var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

// isLong reports whether a plain number has more digits than all readers keep.
func isLong(number string) bool {
	return len(strings.TrimLeft(strings.Replace(strings.TrimPrefix(number, "-"), ".", "", 1), "0")) > maxDigits
}

// typeColumn gives the cells of a column their JSON, and reports whether numbers become texts because
// one is long.
func typeColumn(all [][]cell, column int) (textual bool) {
	numbers, bools, long := true, true, false
	for _, row := range all {
		s := row[column].text
		numbers = numbers && (s == "" || plainNumber.MatchString(s) && !isLong(s))
		long = long || plainNumber.MatchString(s) && isLong(s)
		bools = bools && (s == "" || strings.EqualFold(s, "true") || strings.EqualFold(s, "false"))
	}
	for _, row := range all {
		c := &row[column]
		switch {
		case c.text == "":
		case numbers:
			c.json = c.text
		case bools:
			c.json = strings.ToLower(c.text)
		default:
			c.json = quote(c.text)
		}
	}
	return long
}

// collection puts rows into the order of their ids, or of the file from firstID on.
func (r *rows) collection(name string, text []byte, firstID *uint64) (*Collection, error) {
	if len(r.cells) == 0 {
		return nil, fmt.Errorf("reading %s: no rows", name)
	}
	err := r.order(firstID)
	if err == nil && text != nil {
		r.template, err = parseTemplate(string(files.WithoutMark(text)), r.columns)
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if err := r.checkLists(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	c := &Collection{Shape: shapeTable, FirstID: r.first, IDs: "counted from 1 in the order of rows, as no column has ids", n: len(r.cells), documents: r}
	if r.ids >= 0 {
		c.IDs = "by the column " + r.columns[r.ids]
	}
	return c, nil
}

func (r *rows) cell(row []cell, column int) cell {
	if column < len(row) {
		return row[column]
	}
	return cell{}
}

func (r *rows) document(i int) ([]byte, error) {
	id := r.first + uint64(i)
	var text string
	var err error
	if r.template == nil {
		text, err = composed(r.plain(r.cells[i], id))
	} else {
		text, err = r.template.render(r, r.cells[i], id)
	}
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", r.lines[i], err)
	}
	return []byte(text), nil
}
