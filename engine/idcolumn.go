package engine

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// strongIDs are columns that hold tokens' ids, the likelier first. weakIDs may be so called for
// another reason: they do if their numbers have no gap. Both as [plainName] has them.
var (
	strongIDs = []string{"tokenid", "token", "edition", "id"}
	weakIDs   = []string{"#", "no", "number"}
)

// plainName is a column's name without what people write differently.
func plainName(column string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "", ".", "").Replace(strings.ToLower(column))
}

// An idPlace is where a row has its token's id.
type idPlace struct {
	id uint64
	at int
}

// order finds the column of ids and puts the rows into their order. Without one, or where asked
// names the first id and no column gives ids, the order of rows counts.
func (r *rows) order(asked *uint64) error {
	r.ids, r.first = -1, 1
	var places []idPlace
	var fault error
	for _, column := range namedColumns(r.columns, strongIDs) {
		found, err := r.places(column)
		if err != nil {
			fault = cmp.Or(fault, err)
			continue
		}
		if r.ids >= 0 && !slices.Equal(found, places) && plainName(r.columns[column]) != "edition" {
			return fmt.Errorf("columns %s and %s both name tokens and differ: remove or rename one", r.columns[r.ids], r.columns[column])
		}
		if r.ids < 0 {
			r.ids, places = column, found
		}
	}
	if r.ids < 0 && fault != nil && asked == nil {
		return fmt.Errorf("%w: mend it, %s", fault, asListedHint)
	}
	for _, column := range namedColumns(r.columns, weakIDs) {
		if found, err := r.places(column); r.ids < 0 && fault == nil && err == nil {
			r.ids, places = column, found
		}
	}
	switch {
	case r.ids >= 0 && asked != nil && *asked != places[0].id:
		return fmt.Errorf("column %s begins with token %d, and --first-id says %d: leave --first-id out, or rename the column", r.columns[r.ids], places[0].id, *asked)
	case r.ids >= 0:
		r.sort(places)
	case asked != nil:
		r.first = *asked
	}
	return nil
}

// namedColumns lists the columns of these names, in the order of names.
func namedColumns(columns, names []string) (list []int) {
	for _, name := range names {
		for i, c := range columns {
			if plainName(c) == name {
				list = append(list, i)
			}
		}
	}
	return list
}

// places reads a column of ids, and returns the rows in their order. They have no gap.
func (r *rows) places(column int) ([]idPlace, error) {
	places := make([]idPlace, len(r.cells))
	for i, row := range r.cells {
		id, err := strconv.ParseUint(r.cell(row, column).text, 10, 53)
		if err != nil {
			return nil, fmt.Errorf("line %d: column %s holds no token id", r.lines[i], r.columns[column])
		}
		places[i] = idPlace{id, i}
	}
	slices.SortStableFunc(places, func(a, b idPlace) int { return cmp.Compare(a.id, b.id) })
	for i := 1; i < len(places); i++ {
		if a, b := places[i-1].id, places[i].id; b != a+1 {
			return nil, fmt.Errorf("line %d: column %s: after token %d comes %d", r.lines[places[i].at], r.columns[column], a, b)
		}
	}
	return places, nil
}

func (r *rows) sort(places []idPlace) {
	cells, lines := make([][]cell, len(places)), make([]int, len(places))
	for i, p := range places {
		cells[i], lines[i] = r.cells[p.at], r.lines[p.at]
	}
	r.cells, r.lines, r.first = cells, lines, places[0].id
}
