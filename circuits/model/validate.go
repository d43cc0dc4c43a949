package model

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// Validate reports the first thing for which m does not fit size or cannot be drawn from.
// Every table must be drawable, reachable or not, and every row must lead to a table.
func (m *Model) Validate(size statement.Size) error {
	if len(m.Layers) > size.Layers {
		return fmt.Errorf("model has %d layers, size %s has room for %d", len(m.Layers), size.Name, size.Layers)
	}
	if len(m.Facts) > size.Facts {
		return fmt.Errorf("model has %d facts, size %s has room for %d", len(m.Facts), size.Name, size.Facts)
	}
	for i, f := range m.Facts {
		if !f.Present && !f.Value.IsZero() {
			return fmt.Errorf("model fact %d: absent, but has a value, want zero", i)
		}
	}
	for i, layer := range m.Layers {
		states := 1 // after the last layer there is state 0 only
		if i+1 < len(m.Layers) {
			states = len(m.Layers[i+1].Tables)
		}
		if err := layer.validate(size, states); err != nil {
			return fmt.Errorf("model layer %d: %w", i, err)
		}
	}
	return m.validateOrder()
}

// validateOrder holds the order to name each layer once, so that no trait is lost.
func (m *Model) validateOrder() error {
	if m.Order == nil {
		return nil
	}
	seen := make([]bool, len(m.Layers))
	for i, layer := range m.Order {
		if layer < 0 || layer >= len(seen) || seen[layer] {
			return fmt.Errorf("model order: trait %d shows layer %d, which is not there or shown before", i, layer)
		}
		seen[layer] = true
	}
	if len(m.Order) != len(m.Layers) {
		return fmt.Errorf("model order: %d traits for %d layers", len(m.Order), len(m.Layers))
	}
	return nil
}

func (l Layer) validate(size statement.Size, states int) error {
	if n := len(l.Tables); n < 1 || n > MaxStates {
		return fmt.Errorf("has %d tables, want 1 to %d", n, MaxStates)
	}
	for i, table := range l.Tables {
		if err := validateTable(table, size, states); err != nil {
			return fmt.Errorf("table %d: %w", i, err)
		}
	}
	return nil
}

func validateTable(rows []Row, size statement.Size, states int) error {
	if len(rows) > MaxRows {
		return fmt.Errorf("has %d rows, at most %d fit", len(rows), MaxRows)
	}
	for i, r := range rows {
		if err := r.validate(size, states); err != nil {
			return fmt.Errorf("row %d: %w", i, err)
		}
	}
	if weightOf(rows) == 0 {
		return errors.New("has no row with a weight, so nothing can be drawn")
	}
	return nil
}

func (r Row) validate(size statement.Size, states int) error {
	switch {
	case r.Weight > MaxWeight:
		return fmt.Errorf("weight is above %d: divide all of the table by one number", MaxWeight)
	case int(r.Next) >= states:
		return fmt.Errorf("next state does not exist, the following layer has %d", states)
	case len(r.Text) > attribute.MaxText:
		return fmt.Errorf("text has %d bytes, at most %d fit", len(r.Text), attribute.MaxText)
	case !utf8.ValidString(r.Text):
		return errors.New("text is not valid UTF-8")
	case r.Payload != nil && len(r.Payload) != size.Payload():
		return fmt.Errorf("paints with %d elements, size %s has %d", len(r.Payload), size.Name, size.Payload())
	}
	return nil
}
