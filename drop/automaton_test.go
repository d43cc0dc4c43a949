package drop

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/statement"
)

// combination is one text a layer, joined: a key for distributions.
type combination string

func combine(texts []string) combination { return combination(strings.Join(texts, "|")) }

// expected computes the distribution from the meaning of the rules, without an
// automaton: a row is left out when it completes a forbidden combination, or when no row of
// some later layer would be left after it, whatever is drawn between.
func expected(layers []layer, forbidden func(prefix []string) bool) map[combination]*big.Rat {
	out := make(map[combination]*big.Rat)
	var ends func(prefix []string) bool // it has no whole combination
	ends = func(prefix []string) bool {
		if forbidden(prefix) {
			return true
		}
		if len(prefix) == len(layers) {
			return false
		}
		return !slices.ContainsFunc(layers[len(prefix)].rows, func(r row) bool {
			return !ends(append(prefix[:len(prefix):len(prefix)], r.text))
		})
	}
	var walk func(prefix []string, p *big.Rat)
	walk = func(prefix []string, p *big.Rat) {
		if len(prefix) == len(layers) {
			out[combine(prefix)] = p
			return
		}
		var rows []row
		total := int64(0)
		for _, r := range layers[len(prefix)].rows {
			if !ends(append(prefix[:len(prefix):len(prefix)], r.text)) {
				rows, total = append(rows, r), total+int64(r.weight)
			}
		}
		for _, r := range rows {
			share := new(big.Rat).Mul(p, big.NewRat(int64(r.weight), total))
			walk(append(prefix[:len(prefix):len(prefix)], r.text), share)
		}
	}
	walk(nil, big.NewRat(1, 1))
	return out
}

// exact computes the distribution that compiled tables have.
func exact(layers []model.Layer) map[combination]*big.Rat {
	out := make(map[combination]*big.Rat)
	var walk func(l int, state uint8, texts []string, p *big.Rat)
	walk = func(l int, state uint8, texts []string, p *big.Rat) {
		if l == len(layers) {
			out[combine(texts)] = p
			return
		}
		total := int64(0)
		for _, r := range layers[l].Tables[state] {
			total += int64(r.Weight)
		}
		for _, r := range layers[l].Tables[state] {
			walk(l+1, r.Next, append(texts[:len(texts):len(texts)], r.Text), new(big.Rat).Mul(p, big.NewRat(int64(r.Weight), total)))
		}
	}
	walk(0, 0, nil, big.NewRat(1, 1))
	return out
}

func assertSame(t *testing.T, got, want map[combination]*big.Rat) {
	t.Helper()
	for c, p := range want {
		if got[c] == nil || got[c].Cmp(p) != 0 {
			t.Fatalf("%s has probability %v, want %v", c, got[c], p)
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d combinations are possible, want %d", len(got), len(want))
	}
}

// foxesForbid says the two rules of the foxes in Go.
func foxesForbid(p []string) bool {
	return len(p) == 2 && p[0] == "Void" && p[1] == "Laser" || len(p) == 3 && p[2] == "Ghost" && p[1] != "Closed"
}

// nebulaForbid says the rules of the nebula in Go.
func nebulaForbid(p []string) bool {
	const sky, species, coat, eyes, head, companion, mood, lineage = 0, 1, 2, 3, 4, 5, 6, 7
	switch at := len(p) - 1; at {
	case coat:
		return p[sky] == "Void" && p[coat] == "Starlit" || p[coat] == "Ember" && p[species] != "Phoenix" ||
			p[species] == "Phoenix" && (p[coat] == "Striped" || p[coat] == "Spotted")
	case head:
		return p[eyes] == "Laser" && (p[head] == "Goggles" || p[head] == "Helmet") || p[eyes] == "Closed" && p[head] == "Goggles"
	case companion:
		return p[companion] == "Drone" && p[head] == "Crown" || p[sky] == "Void" && (p[companion] == "Drone" || p[companion] == "Comet")
	case mood:
		return p[mood] == "Elated" && p[companion] == "None" && p[head] == "Hood"
	case lineage:
		return p[lineage] == "First" && p[mood] != "Calm" && p[mood] != "Stern"
	}
	return false
}

// loadedModel is a sample's model with its layers as written.
func loadedModel(t *testing.T, template string) (*Drop, []layer) {
	t.Helper()
	dir := sample(t, template)
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	data, err := readNeeded(dir, ModelFile)
	if err != nil {
		t.Fatal(err)
	}
	m, err := readModel(ModelFile, data, d.definition)
	if err != nil {
		t.Fatal(err)
	}
	return d, m.layers
}

func TestAutomaton_HasTheProbabilitiesOfTheRules(t *testing.T) {
	for template, forbid := range map[string]func([]string) bool{"foxes": foxesForbid, "nebula": nebulaForbid} {
		d, layers := loadedModel(t, template)
		assertSame(t, exact(d.model.Layers), expected(layers, forbid))
	}
}

// draws are the combinations of n tokens.
func draws(t *testing.T, d *Drop, n int) map[combination]int {
	t.Helper()
	out := make(map[combination]int)
	for id := range n {
		rows, err := d.model.Draw(d.Circuit.Size, d.secrets.seed, d.Beacon.Value, uint64(id+1))
		if err != nil {
			t.Fatal(err)
		}
		texts := make([]string, len(d.model.Layers))
		for i := range texts {
			texts[i] = rows[i].Text
		}
		out[combine(texts)]++
	}
	return out
}

func TestDraw_FollowsTheProbabilities(t *testing.T) {
	const n = 100_000
	d, layers := loadedModel(t, "foxes")
	want := expected(layers, foxesForbid)
	got := draws(t, d, n)
	sum := 0.0
	for c, p := range want {
		share, _ := p.Float64()
		difference := float64(got[c]) - share*n
		sum += difference * difference / (share * n)
	}
	for c := range got {
		if want[c] == nil {
			t.Fatalf("%s was drawn and is excluded", c)
		}
	}
	// 19 combinations are possible, so 18 degrees of freedom: 42.3 is exceeded
	// once in a thousand seeds.
	if len(want) != 19 || sum > 42.3 {
		t.Fatalf("chi-squared is %.1f over %d combinations", sum, len(want))
	}
}

// randomModel makes layers and rules, and the rules as a predicate.
func randomModel(r *rand.Rand) (*modelFile, func([]string) bool) {
	m := new(modelFile)
	for l := range 2 + r.IntN(4) {
		layer := layer{name: fmt.Sprint("L", l), at: Place{"model.yaml", l + 1, 1}}
		for i := range 1 + r.IntN(4) {
			layer.rows = append(layer.rows, row{text: fmt.Sprint(i), weight: uint64(1 + r.IntN(9))})
		}
		m.layers = append(m.layers, layer)
	}
	var predicates []func([]string) bool
	for i := range r.IntN(5) {
		var parts []part
		for _, l := range r.Perm(len(m.layers))[:2+r.IntN(min(2, len(m.layers)-1))] {
			rows := make([]bool, len(m.layers[l].rows))
			rows[r.IntN(len(rows))], rows[r.IntN(len(rows))] = true, true
			parts = append(parts, part{l, rows})
		}
		exclude := r.IntN(2) == 0
		m.addRules(Place{"model.yaml", 10 + i, 5}, parts, exclude)
		predicates = append(predicates, breaks(parts, exclude))
	}
	return m, func(prefix []string) bool {
		return slices.ContainsFunc(predicates, func(p func([]string) bool) bool { return p(prefix) })
	}
}

// breaks says whether a prefix breaks a rule for certain.
func breaks(parts []part, exclude bool) func([]string) bool {
	holds := func(p part, prefix []string) (holds, known bool) {
		if p.layer >= len(prefix) {
			return false, false
		}
		var i int
		fmt.Sscan(prefix[p.layer], &i)
		return p.rows[i], true
	}
	return func(prefix []string) bool {
		if exclude {
			return !slices.ContainsFunc(parts, func(p part) bool { h, known := holds(p, prefix); return !known || !h })
		}
		if h, known := holds(parts[0], prefix); !known || !h {
			return false
		}
		return slices.ContainsFunc(parts[1:], func(p part) bool { h, known := holds(p, prefix); return known && !h })
	}
}

func TestAutomaton_AgreesWithTheRules(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	compiled, stuck := 0, 0
	for range 2000 {
		m, forbidden := randomModel(r)
		want := expected(m.layers, forbidden)
		total := new(big.Rat)
		for _, p := range want {
			total.Add(total, p)
		}
		d, err := m.inOwnOrder()
		if total.Sign() == 0 { // nothing can be drawn
			if err == nil || !strings.Contains(err.Error(), "no combination") {
				t.Fatalf("a model without a token compiled: %v", err)
			}
			stuck++
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		assertSame(t, exact(d.layers), want)
		if err := (&model.Model{Layers: d.layers}).Validate(statement.Large); err != nil {
			t.Fatal(err)
		}
		compiled++
	}
	if compiled < 500 || stuck < 10 {
		t.Fatalf("%d models compiled, %d were stuck: the test shows too little", compiled, stuck)
	}
}

func TestAutomaton_MergesStatesThatDrawAlike(t *testing.T) {
	d, _ := loadedModel(t, "nebula")
	var tables []int
	for _, l := range d.model.Layers {
		tables = append(tables, len(l.Tables))
	}
	if want := []int{1, 2, 4, 2, 6, 5, 2, 2}; !slices.Equal(tables, want) {
		t.Fatalf("tables of the layers: %v, want %v", tables, want)
	}
}

// inOwnOrder compiles a model as its file has it.
func (m *modelFile) inOwnOrder() (*drawing, error) {
	m.classify()
	own := make([]int, len(m.layers))
	for i := range own {
		own[i] = i
	}
	return m.compile(own)
}

// rulesAcross makes n rules that all have to be remembered from the first layer to the last.
func rulesAcross(n int) *modelFile {
	m := &modelFile{layers: []layer{{name: "First"}, {name: "Middle", rows: []row{{text: "x", weight: 1, at: Place{}}}}, {name: "Last", at: Place{"model.yaml", 9, 3}}}}
	for i := range n + 1 {
		m.layers[0].rows = append(m.layers[0].rows, row{text: fmt.Sprint(i), weight: 1, at: Place{}})
		m.layers[2].rows = append(m.layers[2].rows, row{text: fmt.Sprint(i), weight: 1, at: Place{}})
	}
	for i := range n {
		first, last := make([]bool, n+1), make([]bool, n+1)
		first[i], last[i] = true, true
		m.addRules(Place{"model.yaml", 20 + i, 5}, []part{{0, first}, {2, last}}, true)
	}
	return m
}

func TestAutomaton_CountsWhatDoesNotFit(t *testing.T) {
	if _, err := rulesAcross(15).arrange(); err != nil {
		t.Fatal(err)
	}
	_, err := rulesAcross(16).arrange()
	if err == nil {
		t.Fatal("seventeen states fit")
	}
	for _, want := range []string{"model.yaml:9:3", `"Last" needs 17 tables, it has 16`, "model.yaml:20:5", "model.yaml:35:5"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
}

func TestAutomaton_BoundsItsWork(t *testing.T) {
	m := wideModel(20)
	r := rand.New(rand.NewPCG(5, 6))
	for range maxRules {
		first, last := make([]bool, maxRows), make([]bool, maxRows)
		for i := range first {
			first[i], last[i] = r.IntN(2) == 0, r.IntN(2) == 0
		}
		m.addRules(Place{"model.yaml", 1, 1}, []part{{r.IntN(8), first}, {19, last}}, true)
	}
	quickly(t, "rules that cannot be remembered", func() error { _, err := m.arrange(); return err })
	if _, err := m.arrange(); err == nil || !strings.Contains(err.Error(), "more than 256") {
		t.Fatalf("got %v", err)
	}
}

// wideModel has as many rows a layer as are read.
func wideModel(layers int) *modelFile {
	m := new(modelFile)
	for l := range layers {
		layer := layer{name: fmt.Sprint(l)}
		for r := range maxRows {
			layer.rows = append(layer.rows, row{text: fmt.Sprint(r), weight: 1, at: Place{}})
		}
		m.layers = append(m.layers, layer)
	}
	return m
}

// TestAutomaton_IsQuick compiles as many rows, rules and layers as are read,
// every rule across all layers.
func TestAutomaton_IsQuick(t *testing.T) {
	m := wideModel(20)
	for i := range maxRules {
		var parts []part
		for l := range m.layers {
			rows := make([]bool, maxRows)
			for r := range rows {
				rows[r] = l == 0 && r>>(i%7)&1 == 1 || l > 0 && l < 19 || l == 19 && r == 0
			}
			parts = append(parts, part{l, rows})
		}
		m.addRules(Place{"model.yaml", 1, 1}, parts, true)
	}
	start := time.Now()
	if _, err := m.arrange(); err != nil {
		t.Fatal(err)
	}
	if spent := time.Since(start); spent > time.Second {
		t.Fatalf("took %v", spent)
	}
}

// Rows after which some layer has no row left are not drawn, and such that no draw falls on are told.
func TestCompile_PrunesDeadEnds(t *testing.T) {
	m := &modelFile{layers: []layer{
		{name: "A", rows: []row{{text: "0", weight: 1, at: Place{"model.yaml", 1, 1}}, {text: "1", weight: 2, at: Place{"model.yaml", 1, 2}}}},
		{name: "B", rows: []row{{text: "0", weight: 3, at: Place{"model.yaml", 2, 1}}, {text: "1", weight: 4, at: Place{"model.yaml", 2, 2}}}},
		{name: "C", rows: []row{{text: "0", weight: 5, at: Place{"model.yaml", 3, 1}}, {text: "", weight: 6, at: Place{"model.yaml", 3, 2}}}},
	}}
	both := []bool{true, true}
	m.addRules(Place{"model.yaml", 5, 1}, []part{{0, []bool{true, false}}, {2, both}}, true) // after A: 0 there is no C
	m.addRules(Place{"model.yaml", 6, 1}, []part{{1, []bool{false, true}}, {2, []bool{true, false}}}, true)
	d, err := m.inOwnOrder()
	if err != nil {
		t.Fatal(err)
	}
	if want := []Place{{"model.yaml", 1, 1}}; !slices.Equal(d.never, want) {
		t.Errorf("never drawn: %v, want %v", d.never, want)
	}
	if len(d.layers[0].Tables[0]) != 1 || d.layers[0].Tables[0][0].Text != "1" {
		t.Errorf("a dead end is drawn: %v", d.layers[0].Tables)
	}
	if want := []bool{false, false, true}; !slices.Equal(d.possibly, want) {
		t.Errorf("can be absent: %v, want %v", d.possibly, want)
	}
	m.addRules(Place{"model.yaml", 7, 1}, []part{{0, both}, {1, both}}, true)
	if _, err := m.arrange(); err == nil || !strings.Contains(err.Error(), "no combination") || !strings.Contains(err.Error(), "model.yaml:7:1") {
		t.Errorf("got %v", err)
	}
}
