package engine

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/genproof/genproof/bundle/metadata"
)

// quote writes a JSON string, with nothing escaped that need not be.
func quote(s string) string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic("engine: encoding a string: " + err.Error())
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// attributeText is one attribute of a document.
func attributeText(trait, json string) string {
	return fmt.Sprintf(`{"trait_type": %s, "value": %s}`, quote(trait), json)
}

// A record is a document's members, in order, with their JSON.
type record [][2]string

func (r record) has(member string) bool {
	return slices.ContainsFunc(r, func(m [2]string) bool { return m[0] == member })
}

// text writes the document with its attributes.
func (r record) text(attributes []string) string {
	var b strings.Builder
	b.WriteString("{\n")
	for _, m := range r {
		fmt.Fprintf(&b, "  %s: %s,\n", quote(m[0]), m[1])
	}
	b.WriteString("  \"attributes\": ")
	b.WriteString(attributeList(attributes))
	b.WriteString("\n}\n")
	return b.String()
}

func attributeList(attributes []string) string {
	if len(attributes) == 0 {
		return "[]"
	}
	return "[\n    " + strings.Join(attributes, ",\n    ") + "\n  ]"
}

// fileColumns hold a card's file where a table has no column image, as marketplaces' tables do; as
// [plainName] has them.
var fileColumns = []string{"filename", "file", "media"}

// traitColumn is how marketplaces' tables name a trait's column.
var traitColumn = regexp.MustCompile(`(?i)^(?:attributes?|traits?)\s*[\[|](.+?)\]?$`)

// traitOf is the trait that a column holds.
func traitOf(column string) string {
	if m := traitColumn.FindStringSubmatch(column); m != nil {
		return strings.TrimSpace(m[1])
	}
	return column
}

// checkLists refuses a column of lists or objects of JSON: a document would show them as a text.
func (r *rows) checkLists() error {
	for i, column := range r.columns {
		if !slices.Contains([]string{"attributes", "traits", "properties", "metadata"}, plainName(column)) {
			continue
		}
		for n, row := range r.cells {
			if text := strings.TrimSpace(r.cell(row, i).text); text != "" && (text[0] == '[' || text[0] == '{') {
				return fmt.Errorf("line %d: column %s holds JSON, and a row's traits are columns of their own, such as Fur: write them so, or each document into a file, 1.json, 2.json and so on", r.lines[n], column)
			}
		}
	}
	return nil
}

// memberOf is the member of documents that a column is, and empty if it is none.
func (r *rows) memberOf(column string) string {
	for _, m := range members {
		if strings.EqualFold(m, column) {
			return m
		}
	}
	if files := namedColumns(r.columns, append([]string{"image"}, fileColumns...)); len(files) > 0 && column == r.columns[files[0]] {
		return "image"
	}
	return ""
}

// hasImages reports whether a column names each card's image.
func (r *rows) hasImages() bool {
	return slices.ContainsFunc(r.columns, func(c string) bool { return r.memberOf(c) == "image" })
}

// members are the columns of a table that are members of its documents, and no attributes.
var members = []string{"name", "description", "image", "animation_url", "external_url", "background_color"}

// plain is the document of a row without a template, in OpenSea's shape.
func (r *rows) plain(row []cell, id uint64) string {
	var out record
	for _, member := range members {
		for i, column := range r.columns {
			if c := r.cell(row, i); r.memberOf(column) == member && c.text != "" && !out.has(member) {
				out = append(out, [2]string{member, quote(c.text)})
			}
		}
	}
	if len(out) == 0 || out[0][0] != "name" {
		out = slices.Insert(out, 0, [2]string{"name", quote("#" + strconv.FormatUint(id, 10))})
	}
	return out.text(r.attributes(row))
}

// attributes are the columns that say something and are no members or ids.
func (r *rows) attributes(row []cell) []string {
	var out []string
	for i, column := range r.columns {
		if c := r.cell(row, i); c.json != "" && i != r.ids && r.memberOf(column) == "" {
			out = append(out, attributeText(traitOf(column), c.json))
		}
	}
	return out
}

// A template is the text of a document with places for what differs:
//
//	"name": "Fox #{id}"     in a string: the text, escaped
//	"value": {Level}        elsewhere: a number, true or false of the table; a string for texts;
//	                        null where the row says nothing
//	"attributes": {attributes}   all columns that say something and are no members
//
// {id} is the token's id, {NAME} a column, by its exact name. In a string {{ is a brace.
type template struct{ parts []part }

type part struct {
	text     string // literal, if column is none
	column   int
	inString bool
}

const (
	columnNone = -1 - iota
	columnID
	columnAttributes
)

func parseTemplate(s string, columns []string) (*template, error) {
	t := &template{}
	literal, inString := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && inString:
			i++
		case c == '"':
			inString = !inString
		case c == '{' && inString && strings.HasPrefix(s[i:], "{{"):
			t.literal(s[literal : i+1])
			i++
			literal = i + 1
		case c == '{':
			name, column, err := placeIn(s[i+1:], inString, columns)
			if err != nil {
				return nil, fmt.Errorf("the template's line %d: %w", 1+strings.Count(s[:i], "\n"), err)
			}
			if column == columnNone {
				continue // JSON's own brace
			}
			t.literal(s[literal:i])
			t.parts = append(t.parts, part{column: column, inString: inString})
			i += len(name) + 1
			literal = i + 1
		}
	}
	if inString {
		return nil, errors.New("the template ends in a string")
	}
	t.literal(s[min(literal, len(s)):])
	return t, nil
}

// placeIn reads a place behind its brace. The column is none for a brace of JSON's own.
func placeIn(s string, inString bool, columns []string) (name string, column int, err error) {
	name, _, closed := strings.Cut(s, "}")
	column, known := columnOf(name, columns)
	known = known && name != "" // {} is JSON's own, whatever a line calls a column
	next := strings.TrimLeft(s, " \t\r\n")
	switch {
	case closed && known && inString && column == columnAttributes:
		return "", 0, errors.New("{attributes} is a list: write it outside of quotes, as in \"attributes\": {attributes}")
	case closed && known:
		return name, column, nil
	case inString:
		return "", 0, fmt.Errorf("the table has no column %.40q; write {{ for a brace", name)
	case next != "" && next[0] != '"' && next[0] != '}': // no object of JSON goes on like this
		return "", 0, fmt.Errorf("the table has no column %.40q", name)
	}
	return "", columnNone, nil
}

func (t *template) literal(s string) {
	if s != "" {
		t.parts = append(t.parts, part{text: s, column: columnNone})
	}
}

func columnOf(name string, columns []string) (int, bool) {
	if i := slices.Index(columns, name); i >= 0 {
		return i, true
	}
	switch name {
	case "id":
		return columnID, true
	case "attributes":
		return columnAttributes, true
	}
	return 0, false
}

// composed returns a document that was written here, once it is one that can be proven.
func composed(text string) (string, error) {
	_, err := metadata.Parse([]byte(text))
	return text, err
}

func (t *template) render(r *rows, row []cell, id uint64) (string, error) {
	var b strings.Builder
	for _, p := range t.parts {
		b.WriteString(p.render(r, row, id))
		if b.Len() > MaxDocument {
			return "", fmt.Errorf("the document has more than %d bytes", MaxDocument)
		}
	}
	text, err := composed(b.String())
	if err != nil {
		return "", fmt.Errorf("the template gives no document that can be proven: %w", err)
	}
	return text, nil
}

func (p part) render(r *rows, row []cell, id uint64) string {
	var c cell
	switch p.column {
	case columnNone:
		return p.text
	case columnAttributes:
		return attributeList(r.attributes(row))
	case columnID:
		c.text = strconv.FormatUint(id, 10)
		c.json = c.text
	default:
		c = r.cell(row, p.column)
	}
	switch {
	case p.inString:
		quoted := quote(c.text)
		return quoted[1 : len(quoted)-1]
	case c.json == "":
		return "null"
	}
	return c.json
}
