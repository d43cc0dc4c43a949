package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
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
			t.Fatalf("the picture is no XML: %v", err)
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
		{"constraints", "112240", "16307", "1 traits drawn", "5 document"}, {"constraints", "time of one proof (s)", "groth16, 2 cores"},
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

// TestSlope_IsTheLineOfTheRun: 10 ms and 20 µs a constraint.
func TestSlope_IsTheLineOfTheRun(t *testing.T) {
	r := &record.Run{Settings: record.Settings{Cores: []int{1}}}
	for i, n := range []float64{1000, 2000, 5000} {
		name := fmt.Sprint("s", i)
		r.Circuits = append(r.Circuits, record.Circuit{Subject: name, Backend: "groth16"})
		c, p := record.Exact("constraints", "constraints", n), record.Timed("prove", "s", []float64{0.01 + 20e-6*n})
		c.Subject, c.Backend, p.Subject, p.Backend, p.Cores = name, "groth16", name, "groth16", 1
		r.Measurements = append(r.Measurements, c, p)
	}
	list := Pictures([]*record.Run{r})
	if len(list) != 1 || !slices.Contains(bodies(t, list[0]), "20.00 µs a constraint (R² 1.000)") {
		t.Errorf("%q", bodies(t, list[0]))
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
	quiet := &record.Run{Busy: record.Busy{Known: true}}
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
