package table

import (
	"encoding/csv"
	"io"
)

// Write writes the table: UTF-8 without a byte order mark, LF at the end of lines, quotes only
// where they are needed. Equal tables give equal bytes. It returns how many fields a
// spreadsheet may take for a formula; they are written as they are.
func (t *Table) Write(w io.Writer) (formulas int, err error) {
	out := csv.NewWriter(w)
	if err := out.Write(t.Columns); err != nil {
		return 0, err
	}
	for _, row := range t.Rows {
		for _, field := range row.Fields {
			if IsFormula(field) {
				formulas++
			}
		}
		if err := out.Write(row.Fields); err != nil {
			return formulas, err
		}
	}
	out.Flush()
	return formulas, out.Error()
}
