package engine

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/table"
)

// ClaimsFile is the table of hidden attributes in a deck's folder, for its owner alone.
const ClaimsFile = "claims.csv"

// A hiddenTable is what an author says of cards and does not show. It prints as a table does.
type hiddenTable struct {
	*table.Table // its first column is card
	attributes   []Attribute
	byToken      bool     // the file's rows name tokens
	notes        []string // of names that are other ones now
}

// hiddenIDs are columns that hold tokens' ids in a table of hidden attributes, as [plainName] has
// them: an edition is one only where there is no other.
var hiddenIDs = []string{"tokenid", "token", "id", "#", "edition"}

// readHidden reads the table of hidden attributes of a deck. Its column card holds the card's
// number from 0, or its column token (token id, id, #, edition) the token's id; every other column is
// an attribute. Cards in no row have none. Rows come out in the order of cards.
func readHidden(path string, firstID uint64, cards int) (*hiddenTable, error) {
	t, err := table.Open(path)
	if err != nil {
		return nil, err
	}
	h, err := hiddenOf(t, firstID, cards)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return h, nil
}

func hiddenOf(t *table.Table, firstID uint64, cards int) (*hiddenTable, error) {
	key, first := t.Column("card"), uint64(0)
	if tokens := namedColumns(t.Columns, hiddenIDs); len(tokens) > 0 && key >= 0 {
		return nil, fmt.Errorf("line 1: columns %d and %d both name cards: keep one", key+1, tokens[0]+1)
	} else if len(tokens) > 0 {
		key, first = tokens[0], firstID
	}
	if key < 0 {
		return nil, fmt.Errorf("line 1: no column card, with the card's number from 0, and none called token, with the token's id")
	}
	if len(t.Columns)-1 > MaxAttributes {
		return nil, fmt.Errorf("line 1: %d hidden attributes, the largest circuit holds %d", len(t.Columns)-1, MaxAttributes)
	}
	out := &hiddenTable{Table: &table.Table{File: ClaimsFile, Columns: []string{"card"}}, byToken: t.Column("card") < 0}
	if err := out.nameColumns(t.Columns, key); err != nil {
		return nil, err
	}
	for _, row := range t.Rows {
		if err := out.addRow(row, key, first, cards); err != nil {
			return nil, err
		}
	}
	if err := out.finish(); err != nil {
		return nil, err
	}
	return out, nil
}

// nameRule says which names rules can write. Errors quote no name: the first row of a table
// without names is hidden values.
var nameRule = fmt.Sprintf("names of hidden attributes have letters a to z, digits, blanks and _ . - /, at most %d, so that rules can write them", maxName)

// nameColumns gives the attributes names that rules can write. A column that gets another name
// than it has is noted; two that would get the same are refused.
func (h *hiddenTable) nameColumns(columns []string, key int) error {
	from := map[string]int{}
	for i, column := range columns {
		if i == key {
			continue
		}
		name := spelling.Normal(column)
		written := ruleName(name)
		if nameOf(name) != name || spelling.Check(name) != nil || strings.EqualFold(name, "card") || written != name && written == "trait" {
			return fmt.Errorf("line 1: column %d: want another name: %s", i+1, nameRule)
		}
		if other, ok := from[spelling.Skeleton(written)]; ok && (written != name || ruleName(columns[other]) != columns[other]) {
			return fmt.Errorf("line 1: columns %d and %d would get one name: rename one: %s", other+1, i+1, nameRule)
		}
		from[spelling.Skeleton(written)] = i
		if written != name {
			h.notes = append(h.notes, fmt.Sprintf("the hidden attribute %s is called %s: %s", said(name), said(written), nameRule))
		}
		h.Columns = append(h.Columns, written)
	}
	return nil
}

// addRow takes a row, with the card's number in front.
func (h *hiddenTable) addRow(row table.Row, key int, first uint64, cards int) error {
	id, err := strconv.ParseUint(row.Fields[key], 10, 64)
	if err != nil || id < first || id-first >= uint64(cards) {
		what := "card, and cards count from 0: call the column token if it holds tokens' ids"
		if h.byToken {
			what = "token"
		}
		return fmt.Errorf("line %d: want a number from %d to %d for the %s", row.Line, first, first+uint64(cards)-1, what)
	}
	fields := []string{strconv.FormatUint(id-first, 10)}
	for i, field := range row.Fields {
		if i != key {
			fields = append(fields, spelling.Normal(field))
		}
	}
	h.Rows = append(h.Rows, table.Row{Line: row.Line, Fields: fields})
	return nil
}

// finish sorts rows, finds types, and writes booleans in one way.
func (h *hiddenTable) finish() error {
	slices.SortStableFunc(h.Rows, func(a, b table.Row) int {
		return cmp.Or(cmp.Compare(len(a.Fields[0]), len(b.Fields[0])), cmp.Compare(a.Fields[0], b.Fields[0]))
	})
	for i := 1; i < len(h.Rows); i++ {
		if h.Rows[i].Fields[0] == h.Rows[i-1].Fields[0] {
			return fmt.Errorf("lines %d and %d are about one card", h.Rows[i-1].Line, h.Rows[i].Line)
		}
	}
	for column := 1; column < len(h.Columns); column++ {
		a := Attribute{Claim: h.Columns[column], Type: h.typeOf(column)}
		h.attributes = append(h.attributes, a)
		for i := range h.Rows {
			field := &h.Rows[i].Fields[column]
			if a.Type == "bool" {
				*field = strings.ToLower(*field)
			}
			if err := spelling.Check(*field); a.Type == "text" && *field != "" && err != nil {
				return fmt.Errorf("line %d, column %d: a character that texts cannot have: remove it", h.Rows[i].Line, column+1)
			}
		}
	}
	return nil
}

// typeOf returns the narrowest type that holds all fields of a column. It is never an enum: a
// vocabulary is public, and these values are hidden.
func (h *hiddenTable) typeOf(column int) string {
	var n numbers
	bools, plain, times, digests, some := true, true, true, true, false
	for _, row := range h.Rows {
		s := row.Fields[column]
		if s == "" {
			continue
		}
		some = true
		bools = bools && (strings.EqualFold(s, "true") || strings.EqualFold(s, "false"))
		times = times && isTime(s)
		digests = digests && isDigest(s)
		if plain = plain && plainNumber.MatchString(s) && len(s) <= 40 && s != "-0"; plain {
			r, _ := new(big.Rat).SetString(s)
			n.add(r, false)
			if _, digits, ok := strings.Cut(s, "."); ok {
				n.scale = max(n.scale, len(digits)) // 0.90 is written with two
			}
		}
	}
	switch {
	case !some:
		return "text"
	case bools:
		return "bool"
	case times:
		return "time"
	case digests:
		return "digest"
	case plain && n.scale <= maxScale && n.typeName() != "":
		return n.typeName()
	}
	return "text"
}

var timeForm = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$`)

// isTime reports whether s is a day or a moment in UTC as drop reads it, from 1970 on.
func isTime(s string) bool {
	if !timeForm.MatchString(s) || s < "1970" {
		return false
	}
	if len(s) == len(time.DateOnly) {
		s += "T00:00:00Z"
	}
	_, err := time.Parse(time.RFC3339, s)
	return err == nil
}

func isDigest(s string) bool {
	digits, ok := strings.CutPrefix(s, "0x")
	raw, err := hex.DecodeString(digits)
	return ok && err == nil && len(raw) == 32 && hex.EncodeToString(raw) == digits
}
