package onnx

import (
	"encoding/json"
	"errors"
	"fmt"
)

// A Row is one of a trait's table. An empty text is the row of null: tokens without the trait.
type Row struct{ Trait, Text string }

// rowsKey is the property of a model that says which row each of the first inputs stands for, as
// JSON: [["Sky", "Night"], ["Moon", null]]. A name that stands beside the weights goes with them;
// a place in another file would not.
const rowsKey = "genproof.rows"

// parseRows reads the property of a network of so many inputs.
func parseRows(text []byte, inputs int) ([]Row, error) {
	var pairs [][]*string
	if err := json.Unmarshal(text, &pairs); err != nil {
		return nil, fmt.Errorf("its property %s is no list of [trait, text]", rowsKey)
	}
	if len(pairs) > inputs {
		return nil, fmt.Errorf("its property %s names %d rows, there are %d inputs", rowsKey, len(pairs), inputs)
	}
	rows, places := []Row{}, map[Row]int{}
	for i, p := range pairs {
		if len(p) != 2 || p[0] == nil || p[1] != nil && *p[1] == "" {
			return nil, fmt.Errorf("its property %s has no [trait, text] or [trait, null] for input %d", rowsKey, i+1)
		}
		row := Row{Trait: *p[0]}
		if p[1] != nil {
			row.Text = *p[1]
		}
		if first := places[row]; first > 0 {
			return nil, fmt.Errorf("its property %s names one row for inputs %d and %d", rowsKey, first, i+1)
		}
		rows, places[row] = append(rows, row), i+1
	}
	return rows, nil
}

// writeRows is the other direction of [parseRows].
func writeRows(rows []Row) ([]byte, error) {
	pairs := [][2]*string{}
	for i := range rows {
		p := [2]*string{&rows[i].Trait, nil}
		if rows[i].Text != "" {
			p[1] = &rows[i].Text
		}
		pairs = append(pairs, p)
	}
	return json.Marshal(pairs)
}

// maxRowsBytes bounds the property.
const maxRowsBytes = 1 << 20

// readProperty keeps the rows, if a property of the model names them.
func (g *graph) readProperty(v value) error {
	m, err := v.message()
	if err != nil {
		return err
	}
	var key, text []byte
	err = m.each(func(field int, v value) error {
		switch field {
		case propertyKey:
			key = v.bytes
		case propertyValue:
			text = v.bytes
		}
		return nil
	})
	switch {
	case err != nil || string(key) != rowsKey:
		return err
	case g.rows != nil:
		return errors.New("two properties " + rowsKey)
	case len(text) > maxRowsBytes:
		return fmt.Errorf("its property %s has %d bytes, at most %d", rowsKey, len(text), maxRowsBytes)
	}
	g.rows = append([]byte{}, text...)
	return nil
}
