package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"

	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/circuits/statement"
)

// The layout of stacked bars, in pixels.
const (
	barsLeft   = 150
	barsTop    = 20
	barStep    = 34
	barHeight  = 22
	legendStep = 20
	legendCols = 3
)

// A stack is a picture of stacked bars.
type stack struct {
	bars  []record.Profile
	parts []string
}

// clauses is where the constraints of each circuit go. With several runs it is the last
// one's that has the circuit.
func clauses(runs []*record.Run) *Picture {
	s := new(stack)
	for _, r := range runs {
		for _, p := range r.Profiles {
			if !isCircuit(p.Subject) || p.Tree.Constraints == 0 || len(p.Tree.Children) == 0 {
				continue
			}
			if i := slices.IndexFunc(s.bars, func(q record.Profile) bool { return q.Subject == p.Subject && q.Backend == p.Backend }); i >= 0 {
				s.bars[i] = p
			} else {
				s.bars = append(s.bars, p)
			}
		}
	}
	if len(s.bars) == 0 {
		return nil
	}
	s.parts = partsInOrder(s.bars)
	return &Picture{Name: "clauses", Title: "Constraints by clause of the statement",
		Text: "The numbered clauses are those of circuits/SPEC.md, section 1. Every constraint is in exactly one part.", data: s.words(), draw: s.draw}
}

// words are the bars' parts.
func (s *stack) words() string {
	var b strings.Builder
	for _, bar := range s.bars {
		fmt.Fprintf(&b, "%s %s: %d", bar.Subject, bar.Backend, bar.Tree.Constraints)
		for _, c := range bar.Tree.Children {
			fmt.Fprintf(&b, "; %s %d", c.Name, c.Constraints)
		}
		b.WriteString(". ")
	}
	return b.String()
}

func isCircuit(subject string) bool {
	_, err := statement.ParseCircuitID(subject)
	return err == nil
}

func (s *stack) draw(provider chart.RendererProvider, w io.Writer) error {
	axisY := barsTop + barStep*len(s.bars)
	height := axisY + 60 + legendStep*((len(s.parts)+legendCols-1)/legendCols)
	r, err := provider(width, height)
	if err != nil {
		return err
	}
	font, err := chart.GetDefaultFont()
	if err != nil {
		return err
	}
	r.SetDPI(chart.DefaultDPI)
	style := chart.Style{FontSize: fontSize, FontColor: ink, Font: font}
	fill(r, chart.Box{Right: width, Bottom: height}, drawing.ColorWhite)
	most := 0
	for _, b := range s.bars {
		most = max(most, b.Tree.Constraints)
	}
	values := ticks(float64(most))
	scale := float64(width-barsLeft-110) / values[len(values)-1]
	s.axis(r, axisY, values, scale, style)
	for i, b := range s.bars {
		s.bar(r, b, barsTop+barStep*i, scale, style)
	}
	s.legend(r, axisY+54, style)
	return r.Save(w)
}

// axis draws the grid, its numbers, and what they are.
func (s *stack) axis(r chart.Renderer, y int, values []float64, scale float64, style chart.Style) {
	for _, v := range values {
		x := barsLeft + int(v*scale)
		r.ResetStyle()
		r.SetStrokeColor(hex("dddddd"))
		r.SetStrokeWidth(1)
		r.MoveTo(x, barsTop-8)
		r.LineTo(x, y)
		r.Stroke()
		text := short(v)
		chart.Draw.Text(r, text, x-chart.Draw.MeasureText(r, text, style).Width()/2, y+14, style)
	}
	chart.Draw.Text(r, "constraints", barsLeft+int(values[len(values)-1]*scale)/2-30, y+32, style)
}

// bar draws one circuit: its name, its parts, and their sum.
func (s *stack) bar(r chart.Renderer, b record.Profile, y int, scale float64, style chart.Style) {
	name := fit(r, fmt.Sprintf("%s %s", b.Subject, b.Backend), barsLeft-20, style)
	chart.Draw.Text(r, name, barsLeft-8-chart.Draw.MeasureText(r, name, style).Width(), y+barHeight/2+5, style)
	sum := 0
	for _, c := range b.Tree.Children {
		from, to := barsLeft+int(float64(sum)*scale), barsLeft+int(float64(sum+c.Constraints)*scale)
		fill(r, chart.Box{Left: from, Right: to, Top: y, Bottom: y + barHeight}, colour(slices.Index(s.parts, c.Name)))
		sum += c.Constraints
	}
	chart.Draw.Text(r, fmt.Sprint(b.Tree.Constraints), barsLeft+int(float64(sum)*scale)+6, y+barHeight/2+5, style)
}

// legend has the parts' colours, in columns.
func (s *stack) legend(r chart.Renderer, y int, style chart.Style) {
	const column = (width - 40) / legendCols
	for i, name := range s.parts {
		x, top := 20+i%legendCols*column, y+i/legendCols*legendStep
		fill(r, chart.Box{Left: x, Right: x + 14, Top: top, Bottom: top + 12}, colour(i))
		chart.Draw.Text(r, fit(r, name, column-60, style), x+20, top+11, style)
	}
}

func fill(r chart.Renderer, b chart.Box, c drawing.Color) {
	if b.Right <= b.Left {
		return
	}
	r.ResetStyle()
	r.SetFillColor(c)
	r.MoveTo(b.Left, b.Top)
	r.LineTo(b.Right, b.Top)
	r.LineTo(b.Right, b.Bottom)
	r.LineTo(b.Left, b.Bottom)
	r.LineTo(b.Left, b.Top)
	r.Close()
	r.Fill()
}
