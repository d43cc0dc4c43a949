package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/wcharczuk/go-chart/v2"

	"github.com/genproof/genproof/bench/record"
)

// sampleRun is one that genproof-bench made, of the small circuits and some gadgets.
func sampleRun(t *testing.T) *record.Run {
	t.Helper()
	r, err := record.Read("testdata/run.json")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func pageOf(t *testing.T, runs ...*record.Run) string {
	t.Helper()
	var b bytes.Buffer
	if err := Page(&b, runs, Pictures(runs)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A text is one of a picture, where it begins and how wide go-chart's font makes it.
type text struct {
	x, y, width int
	body        string
}

// textsOf reads a picture strictly, as XML.
func textsOf(t *testing.T, data []byte) (texts []text, width, height int) {
	t.Helper()
	font, err := chart.GetDefaultFont()
	if err != nil {
		t.Fatal(err)
	}
	r, err := chart.PNG(10, 10)
	if err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return texts, width, height
		}
		if err != nil {
			t.Fatalf("the picture is not XML: %v", err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		number := func(name string) int {
			i := slices.IndexFunc(e.Attr, func(a xml.Attr) bool { return a.Name.Local == name })
			if i < 0 {
				t.Fatalf("%s has no %s", e.Name.Local, name)
			}
			n, err := strconv.Atoi(e.Attr[i].Value)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		switch e.Name.Local {
		case "svg":
			width, height = number("width"), number("height")
		case "text":
			one := text{x: number("x"), y: number("y")}
			if err := d.DecodeElement(&one.body, &e); err != nil {
				t.Fatal(err)
			}
			one.width = chart.Draw.MeasureText(r, one.body, chart.Style{FontSize: fontSize, Font: font}).Width()
			texts = append(texts, one)
		case "script", "image", "a", "use", "foreignObject", "link":
			t.Errorf("a picture has a %s", e.Name.Local)
		}
	}
}

func checkPictures(t *testing.T, pictures []Picture, want ...string) {
	t.Helper()
	var names []string
	for _, p := range pictures {
		names = append(names, p.Name)
		data, err := p.SVG()
		if err != nil {
			t.Fatal(err)
		}
		texts, width, height := textsOf(t, data)
		if width < 300 || height < 80 || len(texts) < 5 || !bytes.Contains(data, fmt.Appendf(nil, `viewBox="0 0 %d %d"`, width, height)) {
			t.Errorf("%s: %d by %d with %d texts", p.Name, width, height, len(texts))
		}
		for _, one := range texts {
			if one.x < 0 || one.x+one.width > width || one.y < 8 || one.y > height-2 {
				t.Errorf("%s: %q is cut: at %d, %d, %d wide, in %d by %d", p.Name, one.body, one.x, one.y, one.width, width, height)
			}
		}
	}
	if !slices.Equal(names, want) {
		t.Errorf("pictures %q, want %q", names, want)
	}
}

func bodies(t *testing.T, p Picture) (list []string) {
	t.Helper()
	data, err := p.SVG()
	if err != nil {
		t.Fatal(err)
	}
	texts, _, _ := textsOf(t, data)
	for _, one := range texts {
		list = append(list, one.body)
	}
	return list
}

var all = []string{"clauses", "prove", "cores", "gas", "memory"}

func TestPictures_AreWhole(t *testing.T) {
	r := sampleRun(t)
	checkPictures(t, Pictures([]*record.Run{r}), all...)
	checkPictures(t, Pictures([]*record.Run{r, r}), all...)
}

func TestPictures_SayWhatIsOnTheirAxes(t *testing.T) {
	for i, want := range [][]string{
		{"constraints", "112240", "16307", "1 traits drawn", "5 document"}, {"constraints", "time of one proof (s)", "groth16 circuits, 2 cores", "groth16 gadgets, 2 cores", "cid/small", "sha256/2"},
		{"cores", "time of one proof (s)", "cid/small groth16"}, {"tokens in one transaction", "gas per token", "mint gas groth16"}, {"constraints", "largest memory (MiB)", "prove memory groth16"},
	} {
		p := Pictures([]*record.Run{sampleRun(t)})[i]
		for _, one := range want {
			if got := bodies(t, p); !slices.Contains(got, one) {
				t.Errorf("%s does not say %q, but %q", p.Name, one, got)
			}
		}
	}
}

// timed is a run whose subjects take offset + slope·n seconds for n constraints, and in its
// samples as much more and less as spread says.
func timed(slope map[string]float64, offset, spread float64) *record.Run {
	r := &record.Run{Settings: record.Settings{Cores: []int{1}}}
	for _, name := range []string{"root/small", "root/standard", "root/large", "poseidon/4", "draw/8", "sha256/1"} {
		n := 1000 * float64(len(r.Circuits)+1)
		for family, s := range slope {
			if isCircuit(name) != (family == "circuits") {
				continue
			}
			r.Circuits = append(r.Circuits, record.Circuit{Subject: name, Backend: "groth16"})
			c, p := record.Exact("constraints", "constraints", n), record.Timed("prove", "s", []float64{offset + s*n - spread, offset + s*n, offset + s*n + spread})
			c.Subject, c.Backend, p.Subject, p.Backend, p.Cores = name, "groth16", name, "groth16", 1
			r.Measurements = append(r.Measurements, c, p)
		}
	}
	return r
}

// TestSlope_IsTheLineOfEachFamily: 10 ms and 20 µs a constraint for circuits, 50 for gadgets.
func TestSlope_IsTheLineOfEachFamily(t *testing.T) {
	list := Pictures([]*record.Run{timed(map[string]float64{"circuits": 20e-6, "gadgets": 50e-6}, 0.01, 0)})
	if len(list) != 1 {
		t.Fatalf("%d pictures", len(list))
	}
	for _, want := range []string{"20.00 µs a constraint (R² 1.000)", "50.00 µs a constraint (R² 1.000)"} {
		if got := bodies(t, list[0]); !slices.Contains(got, want) {
			t.Errorf("no %q among %q", want, got)
		}
	}
	if _, ok := fitOf(points{x: []float64{1, 2}, y: []float64{1, 2}}); ok {
		t.Error("two points say how well a line fits")
	}
}

// TestLines_StayWithinTheFrame: a line that leaves it is drawn as far as it is in it.
func TestLines_StayWithinTheFrame(t *testing.T) {
	p := points{}
	for _, at := range [][2]float64{{100, 1}, {1000, 2}, {100000, 900}} { // the line of least squares is below 0 at first
		m := record.Timed("prove", "s", []float64{at[1]})
		p.add(at[0], &m, 1, "")
	}
	fitted, ok := fitOf(p)
	if !ok || slices.Min(fitted.points.y) > 0 {
		t.Fatalf("the example fits too well: %+v", fitted)
	}
	drawn := plot{logX: true, logY: true, lines: []line{{points: p, dots: true}, fitted}}
	x, y := drawn.axes()
	s := fitted.series(x, y).(chart.ContinuousSeries)
	if len(s.XValues) < 5 || len(s.XValues) >= len(fitted.points.x) {
		t.Errorf("%d of %d points are drawn", len(s.XValues), len(fitted.points.x))
	}
	for i := range s.XValues {
		if s.XValues[i] < x.low || s.XValues[i] > x.top || s.YValues[i] < y.low || s.YValues[i] > y.top {
			t.Errorf("(%v, %v) is outside", s.XValues[i], s.YValues[i])
		}
	}
}

// strokes counts what is drawn.
func strokes(t *testing.T, r *record.Run) int {
	t.Helper()
	data, err := Pictures([]*record.Run{r})[0].SVG()
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(data, []byte("<path "))
}

func TestErrorBars_AreThoseOfTheSamples(t *testing.T) {
	// so little that the axes stay as they are
	slopes := map[string]float64{"circuits": 20e-6, "gadgets": 20e-6}
	if exact, spread := strokes(t, timed(slopes, 0.1, 0)), strokes(t, timed(slopes, 0.1, 0.0001)); spread != exact+6*3 {
		t.Errorf("6 points with a spread have %d strokes more than without, want 3 each", spread-exact)
	}
	m := record.Timed("prove", "s", []float64{5, 1, 2, 3, 4})
	p := points{}
	p.add(7, &m, 2, "")
	if p.y[0] != 1.5 || p.low[0] != 1 || p.high[0] != 2 {
		t.Errorf("%+v", p)
	}
}

func TestNames_DoNotHideEachOther(t *testing.T) {
	frame := image.Rect(0, 0, 400, 200)
	var taken []image.Rectangle
	for range 8 {
		box := freest(image.Pt(200, 100), 60, taken, frame)
		for _, other := range taken {
			if box.Overlaps(other) {
				t.Errorf("%v hides %v", box, other)
			}
		}
		if !box.In(frame) {
			t.Errorf("%v is cut", box)
		}
		taken = append(taken, box)
	}
}

func TestAxes_AreLogarithmic(t *testing.T) {
	for ends, want := range map[[2]float64]string{
		{1, 1}: "[1 2]", {265, 112240}: "[200 500 1000 2000 5000 10000 20000 50000 100000 200000]", {0.07, 16}: "[0.05 0.1 0.2 0.5 1 2 5 10 20]",
		{10, 1000}: "[10 20 50 100 200 500 1000]", {3, 4e9}: "[1 10 100 1000 10000 100000 1e+06 1e+07 1e+08 1e+09 1e+10]",
	} {
		if got := fmt.Sprint(decades(ends[0], ends[1])); got != want {
			t.Errorf("%v: %s, want %s", ends, got, want)
		}
	}
	a := axisOf(true, []float64{10, 1000}, nil)
	if a.pixel(10, 200) != 0 || a.pixel(100, 200) != 100 || a.pixel(1000, 200) != 200 || a.has(9) || a.has(-1) || !a.has(500) {
		t.Errorf("%+v", a)
	}
}

// TestPictures_SpeakToScreenReaders: a role, a title, and the figures in words.
func TestPictures_SpeakToScreenReaders(t *testing.T) {
	for _, p := range Pictures([]*record.Run{sampleRun(t)}) {
		data, err := p.SVG()
		if err != nil {
			t.Fatal(err)
		}
		var svg struct {
			Role  string `xml:"role,attr"`
			Label string `xml:"aria-label,attr"`
			Data  string `xml:"aria-describedby,attr"`
			Title string `xml:"title"`
			Words struct {
				ID   string `xml:"id,attr"`
				Text string `xml:",chardata"`
			} `xml:"desc"`
		}
		if err := xml.Unmarshal(data, &svg); err != nil {
			t.Fatal(err)
		}
		if svg.Role != "img" || svg.Label != p.Title || svg.Title != p.Title || svg.Data != svg.Words.ID || !strings.Contains(svg.Words.Text, p.Text) || len(svg.Words.Text) < len(p.Text)+80 {
			t.Errorf("%s: %+v", p.Name, svg)
		}
	}
}

func TestPictures_OfNothingAreNone(t *testing.T) {
	if list := Pictures([]*record.Run{{}}); len(list) != 0 {
		t.Errorf("%d pictures of an empty run", len(list))
	}
	if page := pageOf(t, &record.Run{}); !strings.Contains(page, "</html>") {
		t.Error("an empty run has no page")
	}
}

const hostile = `"><script>alert(1)</script>&'`

// poisoned has the text wherever a run file can hold one.
func poisoned(t *testing.T) *record.Run {
	r := sampleRun(t)
	r.Machine.CPU, r.Machine.OS, r.Machine.Kernel, r.Machine.Arch = hostile, hostile, hostile, hostile
	r.Software = record.Software{Genproof: hostile, Commit: hostile, Go: hostile, Gnark: hostile, GnarkCrypto: hostile, GoEthereum: hostile}
	r.Settings.Seed = hostile
	for i := range r.Measurements {
		m := &r.Measurements[i]
		m.Note = hostile
		if m.Backend != "" {
			m.Backend += hostile
		}
	}
	for i := range r.Circuits {
		r.Circuits[i].Backend += hostile
		r.Circuits[i].Digest = hostile
	}
	for i := range r.Profiles {
		r.Profiles[i].Backend = hostile
		for j := range r.Profiles[i].Tree.Children {
			r.Profiles[i].Tree.Children[j].Name += hostile
		}
	}
	return r
}

func TestPage_EscapesEverything(t *testing.T) {
	r := poisoned(t)
	page := pageOf(t, r)
	if strings.Contains(page, "<script") || strings.Contains(page, hostile) || !strings.Contains(page, "&lt;script&gt;") {
		t.Error("a text of the run file is markup")
	}
	checkPictures(t, Pictures([]*record.Run{r}), all...)
}

// TestPage_LoadsNothing: no address but the names of XML's dialects.
func TestPage_LoadsNothing(t *testing.T) {
	page := pageOf(t, sampleRun(t), sampleRun(t))
	for _, name := range []string{"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"} {
		page = strings.ReplaceAll(page, name, "")
	}
	for _, bad := range []string{"http:", "https:", "//", "src=", "href", "url(", "@import", "<script", "<link", "<iframe", "<img", "javascript:", " onload"} {
		if at := strings.Index(page, bad); at >= 0 {
			t.Errorf("the page has %q: %.60q", bad, page[at:])
		}
	}
	if !strings.Contains(page, `content="default-src 'none'; style-src 'unsafe-inline'"`) {
		t.Error("the page may load something")
	}
}

func TestPage_TellsOfEachRun(t *testing.T) {
	r := sampleRun(t)
	page := pageOf(t, r, r)
	if n := strings.Count(page, "<svg "); n != len(all) {
		t.Errorf("%d pictures", n)
	}
	for _, want := range []string{"Run 1", "Run 2", r.Machine.CPU, r.Software.Go, r.Settings.Seed, "not quiet", "<summary>112240 cid/small</summary>", r.Circuits[0].Digest} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not tell %q", want)
		}
	}
	rows := regexp.MustCompile(`<tr><td>(cid|root)/small</td>`).FindAllString(page, -1)
	if len(rows) < 80 {
		t.Errorf("%d rows", len(rows))
	}
	if strings.Contains(page, "%!") || !regexp.MustCompile(`<td class="n">[12]\.\d\d</td>`).MatchString(page) {
		t.Error("a figure is not written as one")
	}
	quiet := &record.Run{Busy: record.Busy{Known: true}, Software: record.Software{Commit: "abc"}}
	if page := pageOf(t, quiet); strings.Contains(page, "warning\"") {
		t.Error("a quiet run has a warning")
	}
}

func TestTicks_AreRound(t *testing.T) {
	for top, want := range map[float64]string{1: "[0 0.2 0.4 0.6000000000000001 0.8 1]", 7: "[0 1 2 3 4 5 6 7]", 112240: "[0 20000 40000 60000 80000 100000 120000]", 0: "[0 0.2 0.4 0.6000000000000001 0.8 1]", 0.03: "[0 0.005 0.01 0.015 0.02 0.025 0.03]"} {
		if got := fmt.Sprint(ticks(top)); got != want {
			t.Errorf("%v: %s, want %s", top, got, want)
		}
	}
	for v, want := range map[float64]string{0: "0", 0.6000000000000001: "0.6", 2500: "2500", 12500: "12.5k", 3e6: "3M"} {
		if got := short(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}
