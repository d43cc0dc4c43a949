package report

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// The size of every picture, in pixels, and of its text, in points.
const (
	width     = 920
	lineY     = 380 // height of a picture with axes
	fontSize  = 9
	rightRoom = 290 // for the legend
)

// palette has colours that differ for people who see few (Okabe and Ito, 2008), and three
// greys.
var palette = []drawing.Color{
	hex("0072b2"), hex("e69f00"), hex("009e73"), hex("d55e00"), hex("56b4e9"), hex("cc79a7"), hex("b8a800"),
	hex("404040"), hex("888888"), hex("bbbbbb"),
}

var ink = hex("222222")

func hex(s string) drawing.Color { return drawing.ColorFromHex(s) }

func colour(i int) drawing.Color { return palette[i%len(palette)] }

// A vector renderer is go-chart's for SVG, but for three things: texts are written as text,
// where go-chart writes them as they are and some come from files; the picture says how
// large it is, where go-chart's takes whatever room there is; and it says in words what it
// shows, to those who do not see it.
type vector struct {
	chart.Renderer
	of            *Picture
	width, height int
}

func (p *Picture) svg(width, height int) (chart.Renderer, error) {
	r, err := chart.SVG(width, height)
	return vector{r, p, width, height}, err
}

// Text writes a text, escaped.
func (v vector) Text(body string, x, y int) { v.Renderer.Text(html.EscapeString(body), x, y) }

// Save writes the picture.
func (v vector) Save(w io.Writer) error {
	var b bytes.Buffer
	if err := v.Renderer.Save(&b); err != nil {
		return err
	}
	open, rest, found := bytes.Cut(b.Bytes(), []byte(">"))
	if !found {
		return errors.New("go-chart writes another SVG")
	}
	title, id := html.EscapeString(v.of.Title), html.EscapeString(v.of.Name)
	box := fmt.Sprintf(`<svg role="img" aria-label="%s" aria-describedby="%s-data" width="%d" height="%d" `, title, id, v.width, v.height)
	open = bytes.Replace(open, []byte("<svg "), []byte(box), 1)
	_, err := fmt.Fprintf(w, `%s><title>%s</title><desc id="%s-data">%s</desc>%s`, open, title, id, html.EscapeString(v.of.Text+" "+v.of.data), rest)
	return err
}

// A line is a set of points with a name, joined or not.
type line struct {
	name   string
	points // at least one
	colour drawing.Color
	dots   bool
	joined bool
	dashed bool
}

// A plot is a picture with axes.
type plot struct {
	x, y       string // what is on the axes, and its unit
	logX, logY bool
	tickX      []float64 // the only values of x, nil for any
	lines      []line
}

// axes are those that all points and their error bars fit on. A line without dots is
// drawn as far as it is on them.
func (p *plot) axes() (x, y axis) {
	var xs, ys []float64
	for _, l := range p.lines {
		if l.dots {
			xs = append(xs, l.points.x...)
			ys = slices.Concat(ys, l.points.y, l.low, l.high)
		}
	}
	return axisOf(p.logX, xs, p.tickX), axisOf(p.logY, ys, nil)
}

// draw draws a plot.
func (p *plot) draw(provider chart.RendererProvider, w io.Writer) error {
	x, y := p.axes()
	var series []chart.Series
	for _, l := range p.lines {
		series = append(series, l.series(x, y))
	}
	style := chart.Style{FontSize: fontSize, FontColor: ink, StrokeColor: ink, StrokeWidth: 1}
	grid := chart.Style{StrokeColor: hex("dddddd"), StrokeWidth: 1}
	c := chart.Chart{
		Width: width, Height: lineY,
		Background: chart.Style{Padding: chart.Box{Top: 40, Left: 30, Right: rightRoom, Bottom: 40}, FillColor: drawing.ColorWhite},
		XAxis: chart.XAxis{Style: style, Range: x.of(), Ticks: x.ticks(short), TickPosition: chart.TickPositionUnderTick,
			GridMajorStyle: grid, GridMinorStyle: grid},
		// go-chart v2.1.2 takes the left axis' range from the ticks of the right one, which is hidden.
		YAxis:          chart.YAxis{Style: chart.Hidden(), Range: y.of(), Ticks: y.ticks(short)},
		YAxisSecondary: chart.YAxis{Style: style, Range: y.of(), Ticks: y.ticks(short), GridMajorStyle: grid, GridMinorStyle: grid},
		Series:         series,
	}
	c.Elements = []chart.Renderable{p.titles, p.legend, func(r chart.Renderer, canvas chart.Box, defaults chart.Style) {
		p.errorBars(r, canvas, x, y)
		p.names(r, canvas, x, y, defaults)
	}}
	return c.Render(provider, w)
}

func (l line) series(x, y axis) chart.Series {
	style := chart.Style{StrokeColor: l.colour, StrokeWidth: 2, DotColor: l.colour, DotWidth: 0}
	if l.dots {
		style.DotWidth = 4
	}
	if !l.joined {
		style.StrokeWidth = chart.Disabled
	}
	if l.dashed {
		style.StrokeDashArray = []float64{6, 4}
	}
	s := chart.ContinuousSeries{Name: l.name, Style: style, YAxis: chart.YAxisSecondary}
	for i, v := range l.points.x {
		if x.has(v) && y.has(l.points.y[i]) {
			s.XValues, s.YValues = append(s.XValues, x.at(v)), append(s.YValues, y.at(l.points.y[i]))
		}
	}
	return s
}

// titles writes what is on the axes: y above its axis, x below the middle of its own.
func (p *plot) titles(r chart.Renderer, canvas chart.Box, defaults chart.Style) {
	style := textStyle(defaults)
	chart.Draw.Text(r, p.y, max(8, canvas.Left-40), canvas.Top-14, style)
	box := chart.Draw.MeasureText(r, p.x, style)
	chart.Draw.Text(r, p.x, (canvas.Left+canvas.Right-box.Width())/2, canvas.Bottom+42, style)
}

// legend stands to the right of the canvas.
func (p *plot) legend(r chart.Renderer, canvas chart.Box, defaults chart.Style) {
	style := textStyle(defaults)
	x, y := canvas.Right+20, canvas.Top+6
	for _, l := range p.lines {
		r.ResetStyle()
		r.SetStrokeColor(l.colour)
		r.SetFillColor(l.colour)
		if l.joined {
			r.SetStrokeWidth(2)
			if l.dashed {
				r.SetStrokeDashArray([]float64{6, 4})
			}
			r.MoveTo(x, y)
			r.LineTo(x+24, y)
			r.Stroke()
			r.SetStrokeDashArray(nil)
		}
		if l.dots {
			r.Circle(4, x+12, y)
			r.FillStroke()
		}
		chart.Draw.Text(r, fit(r, l.name, rightRoom-90, style), x+32, y+4, style)
		y += 20
	}
}

func textStyle(defaults chart.Style) chart.Style {
	return chart.Style{FontSize: fontSize, FontColor: ink, Font: defaults.Font}
}

// fit cuts a text that is wider than its room.
func fit(r chart.Renderer, text string, room int, style chart.Style) string {
	if chart.Draw.MeasureText(r, text, style).Width() <= room {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && chart.Draw.MeasureText(r, string(runes)+"…", style).Width() > room {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// ticks returns 4 to 8 round values from 0 to one that is at least top.
func ticks(top float64) []float64 {
	if top <= 0 {
		top = 1
	}
	magnitude := math.Pow(10, math.Floor(math.Log10(top/4)))
	step := magnitude
	for _, f := range []float64{1, 2, 2.5, 5, 10} {
		if step = f * magnitude; step*7 >= top {
			break
		}
	}
	var list []float64
	for i := 0.0; ; i++ {
		list = append(list, i*step)
		if i*step >= top {
			return list
		}
	}
}

// short writes a number with k and M.
func short(v float64) string {
	format := func(v float64) string { return strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64) }
	switch {
	case math.Abs(v) >= 1e6:
		return format(v/1e6) + "M"
	case math.Abs(v) >= 1e4:
		return format(v/1e3) + "k"
	}
	return format(v)
}
