package engine

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
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
	template *template // nil: every column that is no member is an attribute
}

// idColumns name the column with the token's id.
var idColumns = []string{"token", "id", "token_id", "tokenId", "edition"}

// fromTable reads CSV. A column is of numbers, or of TRUE and FALSE, if it has nothing else;
// all others are of texts.
func fromTable(r io.Reader, name string, template []byte) (*Collection, error) {
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
	for i := range t.Columns {
		typeColumn(out.cells, i)
	}
	return out.collection(name, template)
}

var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

func typeColumn(all [][]cell, column int) {
	numbers, bools := true, true
	for _, row := range all {
		s := row[column].text
		numbers = numbers && (s == "" || plainNumber.MatchString(s))
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
}

// collection puts rows into the order of their ids.
func (r *rows) collection(name string, text []byte) (*Collection, error) {
	if len(r.cells) == 0 {
		return nil, fmt.Errorf("reading %s: no rows", name)
	}
	err := r.order()
	if err == nil && text != nil {
		r.template, err = parseTemplate(string(files.WithoutMark(text)), r.columns)
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return &Collection{Shape: shapeTable, FirstID: r.first, n: len(r.cells), documents: r}, nil
}

func (r *rows) order() error {
	column := r.idColumn()
	r.first = 1
	if column < 0 {
		return nil
	}
	type place struct {
		id uint64
		at int
	}
	places := make([]place, len(r.cells))
	for i, row := range r.cells {
		c := r.cell(row, column)
		id, err := strconv.ParseUint(c.text, 10, 53)
		if err != nil {
			return fmt.Errorf("line %d: column %s holds no token id", r.lines[i], r.columns[column])
		}
		places[i] = place{id, i}
	}
	slices.SortStableFunc(places, func(a, b place) int { return int(int64(a.id) - int64(b.id)) })
	cells, lines := make([][]cell, len(places)), make([]int, len(places))
	for i, p := range places {
		cells[i], lines[i] = r.cells[p.at], r.lines[p.at]
		if i > 0 && p.id != places[i-1].id+1 {
			return fmt.Errorf("line %d: after token %d comes %d", lines[i], places[i-1].id, p.id)
		}
	}
	r.cells, r.lines, r.first = cells, lines, places[0].id
	return nil
}

func (r *rows) idColumn() int {
	for _, name := range idColumns {
		for i, c := range r.columns {
			if strings.EqualFold(c, name) {
				return i
			}
		}
	}
	return -1
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
