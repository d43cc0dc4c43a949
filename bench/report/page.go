// Package report makes one HTML page of benchmark runs: tables, and pictures as SVG inside
// it. The page loads nothing and runs nothing; what comes from files is escaped.
package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"github.com/genproof/genproof/bench/amount"
	"github.com/genproof/genproof/bench/record"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"amount":  amount.Of,
	"machine": Machine, "origin": Origin, "untraceable": Untraceable,
	"half":  func(v float64) float64 { return v / 2 },
	"cores": func(v *float64) string { return fmt.Sprintf("%.2f", *v) },
	"next":  func(i int) int { return i + 1 },
	"none": func(n int) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprint(n)
	},
	"noisy": func(r *record.Run) bool { return r.Others() > record.QuietCores },
}).Parse(pageText))

// drawn is a picture as the page holds it.
type drawn struct {
	Name, Title, Text string
	SVG               template.HTML // of ours: see [vector]
}

// Page writes the page of runs with their pictures.
func Page(w io.Writer, runs []*record.Run, pictures []Picture) error {
	data := struct {
		Runs     []*record.Run
		Pictures []drawn
	}{Runs: runs}
	for _, p := range pictures {
		svg, err := p.SVG()
		if err != nil {
			return err
		}
		data.Pictures = append(data.Pictures, drawn{p.Name, p.Title, p.Text, template.HTML(svg)})
	}
	if err := page.Execute(w, data); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
