package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/wcharczuk/go-chart/v2"

	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/bench/stat"
)

// A Picture is one figure of the report.
type Picture struct {
	Name  string // of its file
	Title string
	Text  string // what it shows
	draw  func(chart.RendererProvider, io.Writer) error
}

// SVG draws the picture. Its texts are escaped, it refers to nothing outside of it.
func (p *Picture) SVG() ([]byte, error) { return p.render(svg) }

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

// points is a figure against another one of the same subject and backend.
type points struct{ x, y []float64 }

func (p *points) add(x, y float64) {
	at, _ := slices.BinarySearch(p.x, x)
	p.x, p.y = slices.Insert(p.x, at, x), slices.Insert(p.y, at, y)
}

// against pairs a figure on some cores with the constraints of its subject.
func against(r *record.Run, backend, name, unit string, cores int, scale float64) (p points) {
	for _, c := range r.Circuits {
		if c.Backend != backend {
			continue
		}
		x := r.Find(record.Key{Subject: c.Subject, Backend: backend, Name: "constraints", Unit: "constraints"})
		y := r.Find(record.Key{Subject: c.Subject, Backend: backend, Cores: cores, Name: name, Unit: unit})
		if x != nil && y != nil {
			p.add(x.Median, y.Median/scale)
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

// slope is proving time against constraints, with the line of least squares.
func slope(runs []*record.Run) *Picture {
	p := &plot{x: "constraints", y: "time of one proof (s)", format: short}
	for i, r := range runs {
		for _, backend := range backendsOf(r) {
			found := against(r, backend, "prove", "s", mostCores(r), 1)
			if len(found.x) == 0 {
				continue
			}
			c := colour(len(p.lines) / 2)
			p.lines = append(p.lines, line{name: label(runs, i, fmt.Sprintf("%s, %d cores", backend, mostCores(r))), x: found.x, y: found.y, colour: c, dots: true})
			if fitted, ok := stat.Fit(found.x, found.y); ok {
				ends := []float64{0, found.x[len(found.x)-1]}
				p.lines = append(p.lines, line{
					name: fmt.Sprintf("%.2f µs a constraint (R² %.3f)", fitted.Slope*1e6, fitted.R2), colour: c, joined: true, dashed: true,
					x: ends, y: []float64{max(0, fitted.Offset), max(0, fitted.Offset+fitted.Slope*ends[1])},
				})
			}
		}
	}
	return p.picture("prove", "Proving time against constraints",
		"Medians on all cores, solving included. The dashed line is that of least squares; circuits below a power of two pay for the FFTs of the whole.")
}

// cores is proving time against the number of cores.
func cores(runs []*record.Run) *Picture {
	p := &plot{x: "cores", y: "time of one proof (s)", format: short}
	for i, r := range runs {
		for _, c := range r.Circuits {
			var found points
			for _, n := range r.Settings.Cores {
				if m := r.Find(record.Key{Subject: c.Subject, Backend: c.Backend, Cores: n, Name: "prove", Unit: "s"}); m != nil {
					found.add(float64(n), m.Median)
				}
			}
			if len(found.x) > 1 && isCircuit(c.Subject) {
				p.tickX = append(p.tickX, found.x...)
				p.lines = append(p.lines, line{name: label(runs, i, c.Subject+" "+c.Backend), x: found.x, y: found.y, colour: colour(len(p.lines)), dots: true, joined: true})
			}
		}
	}
	slices.Sort(p.tickX)
	p.tickX = slices.Compact(p.tickX)
	return p.picture("cores", "Proving time against cores", "Medians of the circuits; each process had only so many cores.")
}

// gas is gas per token against the number of tokens in one transaction.
func gas(runs []*record.Run) *Picture {
	p := &plot{x: "tokens in one transaction", y: "gas per token", format: short}
	for i, r := range runs {
		for _, name := range []string{"mint gas", "mint execution", "verify gas", "verify execution"} {
			found := map[string]*points{}
			var order []string
			for _, m := range r.Measurements {
				if m.Name != name || m.Unit != "gas" || m.Batch == 0 {
					continue
				}
				if found[m.Backend] == nil {
					found[m.Backend], order = new(points), append(order, m.Backend)
				}
				found[m.Backend].add(float64(m.Batch), m.Median/float64(m.Batch))
			}
			for _, backend := range order {
				p.lines = append(p.lines, line{name: label(runs, i, name+" "+backend), x: found[backend].x, y: found[backend].y, colour: colour(len(p.lines)), dots: true, joined: true})
			}
		}
	}
	return p.picture("gas", "Gas per token against batch size",
		"On an Ethereum of today's rules inside the program. “gas” is the whole transaction's, “execution” is without the 21,000 and the price of its data.")
}

// memory is the largest memory of a process against the size of its circuit.
func memory(runs []*record.Run) *Picture {
	p := &plot{x: "constraints", y: "largest memory (MiB)", format: short}
	for i, r := range runs {
		for _, backend := range backendsOf(r) {
			for _, name := range []string{"compile memory", "setup memory", "prove memory"} {
				if found := against(r, backend, name, "bytes", mostCores(r), 1<<20); len(found.x) > 0 {
					p.lines = append(p.lines, line{name: label(runs, i, name+" "+backend), x: found.x, y: found.y, colour: colour(len(p.lines)), dots: true, joined: true})
				}
			}
		}
	}
	return p.picture("memory", "Memory against size", "The largest resident size of a process that did nothing else; proving includes the keys.")
}

// picture is nil for a plot of nothing.
func (p *plot) picture(name, title, text string) *Picture {
	if len(p.lines) == 0 {
		return nil
	}
	return &Picture{Name: name, Title: title, Text: text, draw: p.draw}
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
