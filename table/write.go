package table

import (
	"encoding/csv"
	"io"
	"strings"

	"github.com/genproof/genproof/files"
)

// Write writes the table: UTF-8 without a byte order mark, LF at the end of lines, quotes only
// where they are needed. Equal tables give equal bytes. It returns how many fields a
// spreadsheet may take for a formula; they are written as they are.
func (t *Table) Write(w io.Writer) (formulas int, err error) {
	if err := t.writeColumns(w); err != nil {
		return 0, err
	}
	out := csv.NewWriter(w)
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

// writeColumns writes the first row. A name that another tool would part stands in quotes.
func (t *Table) writeColumns(w io.Writer) error {
	names := make([]string, len(t.Columns))
	for i, name := range t.Columns {
		names[i] = name
		if strings.ContainsAny(name, separators+"\"\r\n") || strings.HasPrefix(name, files.Mark) || Foreign([]byte(name)) != "" {
			names[i] = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		}
	}
	_, err := io.WriteString(w, strings.Join(names, ",")+"\n")
	return err
}
