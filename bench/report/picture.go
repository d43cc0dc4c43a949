package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/wcharczuk/go-chart/v2"

	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/bench/stat"
)

// A Picture is one figure of the report.
type Picture struct {
	Name  string // of its file
	Title string
	Text  string // what it shows
	data  string // its figures in words, for those who do not see it
	draw  func(chart.RendererProvider, io.Writer) error
}

// SVG draws the picture. Its texts are escaped, it refers to nothing outside of it.
func (p *Picture) SVG() ([]byte, error) { return p.render(p.svg) }

// PNG draws the same in pixels.
func (p *Picture) PNG() ([]byte, error) { return p.render(chart.PNG) }

func (p *Picture) render(provider chart.RendererProvider) ([]byte, error) {
	var b bytes.Buffer
	if err := p.draw(provider, &b); err != nil {
		return nil, fmt.Errorf("drawing %s: %w", p.Name, err)
	}
	return b.Bytes(), nil
}

// Pictures returns those that the runs have figures for.
func Pictures(runs []*record.Run) (list []Picture) {
	for _, make := range []func([]*record.Run) *Picture{clauses, slope, cores, gas, memory} {
		if p := make(runs); p != nil {
			list = append(list, *p)
		}
	}
	return list
}

// points are figures in the order of x, with the quartiles of their samples.
type points struct {
	x, y      []float64
	low, high []float64
	names     []string // of the points; none if the line's name says enough
}

// add puts in a point at x. Its figures are divided by scale.
func (p *points) add(x float64, m *record.Measurement, scale float64, name string) {
	at, _ := slices.BinarySearch(p.x, x)
	low, high := stat.Quartiles(m.Samples)
	p.x, p.y = slices.Insert(p.x, at, x), slices.Insert(p.y, at, m.Median/scale)
	p.low, p.high = slices.Insert(p.low, at, low/scale), slices.Insert(p.high, at, high/scale)
	if name != "" {
		p.names = slices.Insert(p.names, at, name)
	}
}

// against pairs a figure on some cores with the constraints of its subjects.
func against(r *record.Run, backend, name, unit string, cores int, scale float64, of func(subject string) bool) (p points) {
	for _, c := range r.Circuits {
		if c.Backend != backend || !of(c.Subject) {
			continue
		}
		x := r.Find(record.Key{Subject: c.Subject, Backend: backend, Name: "constraints", Unit: "constraints"})
		y := r.Find(record.Key{Subject: c.Subject, Backend: backend, Cores: cores, Name: name, Unit: unit})
		if x != nil && y != nil && x.Median > 0 && y.Median > 0 { // a logarithmic axis has no 0
			p.add(x.Median, y, scale, c.Subject)
		}
	}
	return p
}

// backendsOf lists the backends of a run's circuits.
func backendsOf(r *record.Run) (list []string) {
	for _, c := range r.Circuits {
		if !slices.Contains(list, c.Backend) {
			list = append(list, c.Backend)
		}
	}
	return list
}

func mostCores(r *record.Run) int {
	most := 0
	for _, n := range r.Settings.Cores {
		most = max(most, n)
	}
	return most
}

// label names a line: which run only if there are several.
func label(runs []*record.Run, i int, text string) string {
	if len(runs) == 1 {
		return text
	}
	return fmt.Sprintf("run %d: %s", i+1, text)
}

// families are fitted apart: a gadget alone has another share of multiplications of points
// and of hashing than a whole statement.
var families = []struct {
	name string
	of   func(subject string) bool
}{
	{"circuits", isCircuit},
	{"gadgets", func(subject string) bool { return !isCircuit(subject) }},
}

// slope is proving time against constraints, with the line of least squares of each family.
func slope(runs []*record.Run) *Picture {
	p := &plot{x: "constraints", y: "time of one proof (s)", logX: true, logY: true}
	colours := 0
	for i, r := range runs {
		for _, backend := range backendsOf(r) {
			for _, family := range families {
				found := against(r, backend, "prove", "s", mostCores(r), 1, family.of)
				if len(found.x) == 0 {
					continue
				}
				name := label(runs, i, fmt.Sprintf("%s %s, %d cores", backend, family.name, mostCores(r)))
				p.lines = append(p.lines, line{name: name, points: found, colour: colour(colours), dots: true})
				if fitted, ok := fitOf(found); ok {
					fitted.colour = colour(colours)
					p.lines = append(p.lines, fitted)
				}
				colours++
			}
		}
	}
	return p.picture("prove", "Proving time against constraints",
		"Medians on all cores with the quartiles, solving included, on logarithmic axes. The dashed lines are those of least squares, "+
			"of three points or more; circuits below a power of two pay for the FFTs of the whole.")
}

// minFitted points say something about how well a line fits.
const minFitted = 3

// fitOf is the line of least squares, between the outermost of its points.
func fitOf(p points) (l line, ok bool) {
	fitted, ok := stat.Fit(p.x, p.y)
	if !ok || len(p.x) < minFitted {
		return l, false
	}
	const steps = 64
	first, ratio := p.x[0], p.x[len(p.x)-1]/p.x[0]
	for i := range steps + 1 {
		x := first * math.Pow(ratio, float64(i)/steps)
		l.points.x, l.points.y = append(l.points.x, x), append(l.points.y, fitted.Offset+fitted.Slope*x)
	}
	l.name, l.joined, l.dashed = fmt.Sprintf("%.2f µs a constraint (R² %.3f)", fitted.Slope*1e6, fitted.R2), true, true
	return l, true
}

// cores is proving time against the number of cores.
func cores(runs []*record.Run) *Picture {
	p := &plot{x: "cores", y: "time of one proof (s)", logX: true, logY: true}
	for i, r := range runs {
		for _, c := range r.Circuits {
			var found points
			for _, n := range r.Settings.Cores {
				if m := r.Find(record.Key{Subject: c.Subject, Backend: c.Backend, Cores: n, Name: "prove", Unit: "s"}); m != nil && m.Median > 0 {
					found.add(float64(n), m, 1, "")
				}
			}
			if len(found.x) > 1 && isCircuit(c.Subject) {
				p.tickX = append(p.tickX, found.x...)
				p.lines = append(p.lines, line{name: label(runs, i, c.Subject+" "+c.Backend), points: found, colour: colour(len(p.lines)), dots: true, joined: true})
			}
		}
	}
	slices.Sort(p.tickX)
	p.tickX = slices.Compact(p.tickX)
	return p.picture("cores", "Proving time against cores",
		"Medians of the circuits with the quartiles, on logarithmic axes; each process had only so many cores.")
}

// gas is gas per token against the number of tokens in one transaction.
func gas(runs []*record.Run) *Picture {
	p := &plot{x: "tokens in one transaction", y: "gas per token"}
	for i, r := range runs {
		for _, name := range []string{"mint gas", "mint execution", "verify gas", "verify execution"} {
			found := map[string]*points{}
			var order []string
			for j := range r.Measurements {
				m := &r.Measurements[j]
				if m.Name != name || m.Unit != "gas" || m.Batch == 0 {
					continue
				}
				if found[m.Backend] == nil {
					found[m.Backend], order = new(points), append(order, m.Backend)
				}
				found[m.Backend].add(float64(m.Batch), m, float64(m.Batch), "")
			}
			for _, backend := range order {
				p.lines = append(p.lines, line{name: label(runs, i, name+" "+backend), points: *found[backend], colour: colour(len(p.lines)), dots: true, joined: true})
			}
		}
	}
	return p.picture("gas", "Gas per token against batch size",
		"On an Ethereum of today's rules inside the program. “gas” is the whole transaction's, “execution” is without the 21,000 and the price of its data.")
}

// memory is the largest memory of a process against the size of its circuit.
func memory(runs []*record.Run) *Picture {
	p := &plot{x: "constraints", y: "largest memory (MiB)", logX: true, logY: true}
	anything := func(string) bool { return true }
	for i, r := range runs {
		for _, backend := range backendsOf(r) {
			for _, name := range []string{"compile memory", "setup memory", "prove memory"} {
				found := against(r, backend, name, "bytes", mostCores(r), 1<<20, anything)
				if len(found.x) == 0 {
					continue
				}
				if name != "prove memory" {
					found.names = nil // the same points three times over
				}
				p.lines = append(p.lines, line{name: label(runs, i, name+" "+backend), points: found, colour: colour(len(p.lines)), dots: true, joined: true})
			}
		}
	}
	return p.picture("memory", "Memory against size",
		"The largest resident size of a process that did nothing else, on logarithmic axes; proving includes the keys.")
}

// picture is nil for a plot of nothing.
func (p *plot) picture(name, title, text string) *Picture {
	if len(p.lines) == 0 {
		return nil
	}
	return &Picture{Name: name, Title: title, Text: text, data: p.words(), draw: p.draw}
}

// words are the points of the plot, line by line.
func (p *plot) words() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s against %s.", p.y, p.x)
	for _, l := range p.lines {
		fmt.Fprintf(&b, " %s", l.name)
		for i := range l.points.x {
			if !l.dots {
				break
			}
			name := ""
			if l.names != nil {
				name = " (" + l.names[i] + ")"
			}
			fmt.Fprintf(&b, "; %s%s: %.3g", short(l.points.x[i]), name, l.points.y[i])
		}
		b.WriteString(".")
	}
	return b.String()
}

// partsInOrder lists the names of the bars' parts, the widest in any bar first.
func partsInOrder(bars []record.Profile) []string {
	widest := map[string]int{}
	for _, b := range bars {
		for _, c := range b.Tree.Children {
			widest[c.Name] = max(widest[c.Name], c.Constraints)
		}
	}
	var names []string
	for name := range widest {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(widest[b]-widest[a], cmp.Compare(a, b))
	})
	return names
}
