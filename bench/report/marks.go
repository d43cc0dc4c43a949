package report

import (
	"image"

	"github.com/wcharczuk/go-chart/v2"
)

// errorBars draws the quartiles of the samples at each point.
func (p *plot) errorBars(r chart.Renderer, canvas chart.Box, x, y axis) {
	const cap = 4 // half of the width of a bar's ends
	for _, l := range p.lines {
		r.ResetStyle()
		r.SetStrokeColor(l.colour)
		r.SetStrokeWidth(1)
		for i := range l.low {
			if l.low[i] == l.high[i] {
				continue
			}
			at := canvas.Left + x.pixel(l.points.x[i], canvas.Width())
			low, high := canvas.Bottom-y.pixel(l.low[i], canvas.Height()), canvas.Bottom-y.pixel(l.high[i], canvas.Height())
			for _, stroke := range [][4]int{{at, low, at, high}, {at - cap, low, at + cap, low}, {at - cap, high, at + cap, high}} {
				r.MoveTo(stroke[0], stroke[1])
				r.LineTo(stroke[2], stroke[3])
				r.Stroke()
			}
		}
	}
}

// A name's room, in pixels.
const (
	lineHeight = 12
	maxName    = 160
)

// names writes each point's name beside it, where it hides the least of the others.
func (p *plot) names(r chart.Renderer, canvas chart.Box, x, y axis, defaults chart.Style) {
	style := textStyle(defaults)
	style.FontSize = fontSize - 2
	at := func(l *line, i int) image.Point {
		return image.Pt(canvas.Left+x.pixel(l.points.x[i], canvas.Width()), canvas.Bottom-y.pixel(l.points.y[i], canvas.Height()))
	}
	var taken []image.Rectangle
	for _, l := range p.lines {
		for i := range l.points.x {
			if l.dots {
				taken = append(taken, image.Rectangle{at(&l, i), at(&l, i)}.Inset(-5))
			}
		}
	}
	frame := image.Rect(canvas.Left, canvas.Top, canvas.Right, canvas.Bottom)
	for _, l := range p.lines {
		for i, name := range l.names {
			name = fit(r, name, maxName, style)
			box := freest(at(&l, i), chart.Draw.MeasureText(r, name, style).Width(), taken, frame)
			taken = append(taken, box)
			chart.Draw.Text(r, name, box.Min.X, box.Max.Y-2, style)
		}
	}
}

// freest is the place for a text of that width around a point that covers the least of
// what is taken, within a frame.
func freest(at image.Point, width int, taken []image.Rectangle, frame image.Rectangle) image.Rectangle {
	best, least := image.Rectangle{}, -1
	for _, distance := range []int{7, 18, 30} {
		for _, corner := range []image.Point{
			{distance, -lineHeight / 2}, {-distance - width, -lineHeight / 2}, {-width / 2, -distance - lineHeight}, {-width / 2, distance},
			{distance, -distance - lineHeight}, {distance, distance}, {-distance - width, -distance - lineHeight}, {-distance - width, distance},
		} {
			box := image.Rectangle{Max: image.Pt(width, lineHeight)}.Add(at).Add(corner)
			covered := width*lineHeight - area(box.Intersect(frame))
			for _, other := range taken {
				covered += area(box.Intersect(other))
			}
			if covered == 0 {
				return box
			}
			if least < 0 || covered < least {
				best, least = box, covered
			}
		}
	}
	return best
}

func area(r image.Rectangle) int { return r.Dx() * r.Dy() }
