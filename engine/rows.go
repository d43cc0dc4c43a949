package engine

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
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

// fromLines reads JSON Lines: an object of texts, numbers and booleans a line.
func fromLines(f *os.File, info os.FileInfo, name string, template []byte) (*Collection, error) {
	if info.Size() > table.MaxBytes {
		return nil, fmt.Errorf("reading %s: %w: it has more than %d bytes", name, files.ErrTooLarge, table.MaxBytes)
	}
	scanner := bufio.NewScanner(io.LimitReader(f, table.MaxBytes))
	scanner.Buffer(make([]byte, 1<<16), MaxDocument)
	out := &rows{}
	at := map[string]int{}
	for line := 1; scanner.Scan(); line++ {
		text := bytes.TrimSpace(bytes.TrimPrefix(scanner.Bytes(), []byte("\uFEFF")))
		if len(text) == 0 {
			continue
		}
		if len(out.cells) == MaxCards {
			return nil, fmt.Errorf("reading %s: more than %d rows", name, MaxCards)
		}
		cells, err := out.parseLine(text, at)
		if err != nil {
			return nil, fmt.Errorf("reading %s: line %d: %w", name, line, err)
		}
		out.cells, out.lines = append(out.cells, cells), append(out.lines, line)
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("reading %s: line %d: %w", name, len(out.cells)+1, err)
	}
	return out.collection(name, template)
}

// parseLine reads one object; at says where each column is, and gets new ones.
func (r *rows) parseLine(text []byte, at map[string]int) ([]cell, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("want an object")
	}
	cells, seen := make([]cell, len(r.columns)), map[string]bool{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, withoutSource(err)
		}
		name, _ := key.(string)
		if seen[name] {
			return nil, errors.New("a key stands twice")
		}
		seen[name] = true
		c, err := parseCell(dec)
		if err != nil {
			return nil, err
		}
		i, ok := at[name]
		if !ok {
			if i = len(r.columns); i == table.MaxColumns {
				return nil, fmt.Errorf("more than %d different keys", table.MaxColumns)
			}
			at[name], r.columns, cells = i, append(r.columns, name), append(cells, cell{})
		}
		cells[i] = c
	}
	if _, err := dec.Token(); err != nil {
		return nil, withoutSource(err)
	}
	if dec.More() {
		return nil, errors.New("something stands behind the object")
	}
	return cells, nil
}

func parseCell(dec *json.Decoder) (cell, error) {
	t, err := dec.Token()
	if err != nil {
		return cell{}, withoutSource(err)
	}
	switch v := t.(type) {
	case nil:
		return cell{}, nil
	case string:
		return cell{v, quote(v)}, nil
	case bool:
		return cell{strconv.FormatBool(v), strconv.FormatBool(v)}, nil
	case json.Number:
		return cell{v.String(), v.String()}, nil
	}
	return cell{}, errors.New("a value is a text, a number, true, false or null")
}

// collection puts rows into the order of their ids.
func (r *rows) collection(name string, text []byte) (*Collection, error) {
	if len(r.cells) == 0 {
		return nil, fmt.Errorf("reading %s: no rows", name)
	}
	err := r.order()
	if err == nil && text != nil {
		r.template, err = parseTemplate(string(text), r.columns)
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
	if r.template == nil {
		return []byte(r.plain(r.cells[i], id)), nil
	}
	text, err := r.template.render(r, r.cells[i], id)
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", r.lines[i], err)
	}
	return []byte(text), nil
}
