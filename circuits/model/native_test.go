package model

import (
	"fmt"
	"math"
	"math/big"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

func table(weights ...uint32) []Row {
	rows := make([]Row, len(weights))
	for i, w := range weights {
		rows[i] = Row{Text: string(rune('a' + i)), Weight: w}
	}
	return rows
}

// foxes has dependent layers: a Void background leaves no laser eyes, red foxes are
// striped, and many have no fur. Four layers take every draw of an element, and the traits
// show them in another order.
func foxes() *Model {
	return &Model{
		Layers: []Layer{
			{Tables: [][]Row{{{Text: "Midnight", Weight: 60, Next: 0}, {Text: "Aurora", Weight: 30, Next: 0}, {Text: "Void", Weight: 10, Next: 1}}}},
			{Tables: [][]Row{
				{{Text: "Round", Weight: 80, Next: 0}, {Text: "Laser", Weight: 15, Next: 0}, {Text: "Closed", Weight: 5, Next: 1}},
				{{Text: "Round", Weight: 16, Next: 0}, {Text: "Closed", Weight: 1, Next: 1}},
			}},
			{Tables: [][]Row{
				{{Text: "Arctic", Weight: 50, Next: 0}, {Text: "Red", Weight: 49, Next: 1}},
				{{Text: "Ghost", Weight: 1, Next: 2}, {Text: "Arctic", Weight: 1, Next: 0}},
			}},
			{Tables: [][]Row{
				{{Text: "Gold", Weight: 1, Next: 0}, {Text: "", Weight: 99, Next: 0}},
				{{Text: "Gold", Weight: 1, Next: 0}, {Text: "Stripes", Weight: 98, Next: 0}, {Text: "", Weight: 1, Next: 0}},
				{{Text: "Glow", Weight: 1, Next: 0}},
			}},
		},
		Order:    []int{2, 0, 1, 3},
		Facts:    []attribute.Slot{attribute.OfUint(35), {}, attribute.OfUint(0)},
		Artifact: [32]byte{0: 0xab, 15: 0xff, 16: 0x80, 31: 0x01},
		Salt:     fr.NewElement(123456789),
	}
}

func TestDraw_MatchesOracle(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for range 200 {
		size := []statement.Size{statement.Small, statement.Standard, statement.Large}[rng.Intn(3)]
		m := randomModel(rng, size)
		seed, beacon, id := randomElement(rng), randomElement(rng), rng.Uint64()
		got, err := m.Draw(size, seed, beacon, id)
		if err != nil {
			t.Fatal(err)
		}
		want := oracleDraw(m, size, seed, beacon, id)
		for i := range want {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Errorf("layer %d: drew %+v, want %+v", i, got[i], want[i])
			}
		}
	}
}

func TestCommitment_MatchesOracle(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	for range 10 {
		m := randomModel(rng, statement.Standard)
		got, err := m.Commitment(statement.Standard)
		if err != nil {
			t.Fatal(err)
		}
		if want := oracleCommitment(m, statement.Standard); !got.Equal(&want) {
			t.Error("commitment is not the oracle's")
		}
	}
}

// The values are those of ../testdata/golden.py.
func TestCommitment_IsPinned(t *testing.T) {
	want := map[string]string{
		"standard": "2d65a1c912855da8ddf050f187706e6a1f90e84eeb2fab1079993b560e80c174",
		"large":    "2bbf906ad62b6b4f271ac86bf6b8b89014fa29bb4e0529b1e2552acf0ed6b7a5",
	}
	for _, size := range []statement.Size{statement.Standard, statement.Large} {
		got, err := foxes().Commitment(size)
		if err != nil {
			t.Fatal(err)
		}
		if got.Text(16) != want[size.Name] {
			t.Errorf("%s: commitment %s, want %s: another encoding needs another version", size.Name, got.Text(16), want[size.Name])
		}
	}
}

// fullTables has a table of as many rows as there can be, which lead to all states, and a table for
// each of them, with weights up to the greatest.
func fullTables() *Model {
	m := &Model{Layers: []Layer{{Tables: [][]Row{nil}}, {}}, Order: []int{0, 1}, Salt: fr.NewElement(5)}
	for i := range MaxRows {
		m.Layers[0].Tables[0] = append(m.Layers[0].Tables[0], Row{Text: fmt.Sprintf("row %d", i), Weight: uint32(1 + 526344*i), Next: uint8(i % MaxStates)})
	}
	for s := range MaxStates {
		var rows []Row
		for i := range s + 1 {
			rows = append(rows, Row{Text: fmt.Sprintf("%d %d", s, i), Weight: uint32(MaxWeight - i)})
		}
		m.Layers[1].Tables = append(m.Layers[1].Tables, rows)
	}
	return m
}

// The value is that of ../testdata/golden.py.
func TestCommitment_OfFullTablesIsPinned(t *testing.T) {
	const want = "220dbc9e19d8f11db4d58135b1f05d1f70e73a83340cc306c758f1929f2e086d"
	got, err := fullTables().Commitment(statement.Standard)
	if err != nil {
		t.Fatal(err)
	}
	if got.Text(16) != want {
		t.Errorf("commitment %s, want %s: another encoding needs another version", got.Text(16), want)
	}
}

// The values are those of ../testdata/golden.py.
func TestDraw_IsPinned(t *testing.T) {
	for id, want := range []string{
		"Red Aurora Round Stripes", "Arctic Aurora Round ", "Red Aurora Round Stripes",
		"Red Aurora Round Stripes", "Arctic Midnight Round ", "Red Midnight Round Stripes",
	} {
		rows, err := foxes().Draw(statement.Standard, fr.NewElement(77), fr.NewElement(99), uint64(id))
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, r := range rows[:4] {
			texts = append(texts, r.Text)
		}
		if got := strings.Join(texts, " "); got != want {
			t.Errorf("token %d: drew %q, want %q", id, got, want)
		}
	}
}

func TestCommitment_BindsEverything(t *testing.T) {
	size := statement.Standard
	seen := map[fr.Element]int{}
	changes := []func(m *Model){
		func(*Model) {},
		func(m *Model) { m.Layers[0].Tables[0][1].Text = "aurora" },
		func(m *Model) { m.Layers[0].Tables[0][1].Weight++ },
		func(m *Model) { m.Layers[0].Tables[0][1].Next++ },
		func(m *Model) { m.Layers[0].Tables[0] = append(m.Layers[0].Tables[0], Row{Text: "Dusk"}) },
		func(m *Model) {
			m.Layers[1].Tables[0], m.Layers[1].Tables[1] = m.Layers[1].Tables[1], m.Layers[1].Tables[0]
		},
		func(m *Model) {
			m.Layers, m.Order = []Layer{{Tables: [][]Row{table(1)}}, {Tables: [][]Row{table(2)}}}, nil
		},
		func(m *Model) {
			m.Layers, m.Order = m.Layers[:1], nil
			m.Layers[0] = Layer{Tables: [][]Row{table(1), table(1)}}
		},
		func(m *Model) {
			m.Layers, m.Order = []Layer{{Tables: [][]Row{table(2)}}, {Tables: [][]Row{table(1)}}}, nil
		},
		func(m *Model) {
			m.Layers, m.Order = []Layer{{Tables: [][]Row{table(2)}}, {Tables: [][]Row{table(1)}}}, []int{1, 0}
		},
		func(m *Model) { m.Order = nil },
		func(m *Model) { m.Order[0], m.Order[3] = m.Order[3], m.Order[0] },
		func(m *Model) { m.Layers[3].Tables[0][1].Text = "None" },
		func(m *Model) { m.Facts[0].Value.SetUint64(36) },
		func(m *Model) { m.Facts[0], m.Facts[1] = m.Facts[1], m.Facts[0] },
		func(m *Model) { m.Facts[2].Present = false },
		func(m *Model) { m.Artifact[15]++ },
		func(m *Model) { m.Artifact[31]++ },
		func(m *Model) { m.Salt.SetOne() },
	}
	for i, change := range changes {
		m := foxes()
		change(m)
		c, err := m.Commitment(size)
		if err != nil {
			t.Fatalf("change %d: %v", i, err)
		}
		if j, ok := seen[c]; ok {
			t.Errorf("changes %d and %d have one commitment", j, i)
		}
		seen[c] = i
	}
}

func TestPick_Edges(t *testing.T) {
	const last = 1<<drawBits - 1
	full := make([]uint32, MaxRows)
	for i := range full {
		full[i] = MaxWeight
	}
	for _, c := range []struct {
		weights []uint32
		draw    uint64
		row     int
		offset  uint32
	}{
		{[]uint32{1}, 0, 0, 0},
		{slices.Concat(make([]uint32, 64), []uint32{3}, make([]uint32, 127), []uint32{1}), last, 192, 0},
		{[]uint32{1}, last, 0, 0},
		{[]uint32{0, 0, 3, 0, 2, 0}, 0, 2, 0},
		{[]uint32{0, 0, 3, 0, 2, 0}, last, 4, 1},
		{[]uint32{1, 1}, 1<<(drawBits-1) - 1, 0, 0},
		{[]uint32{1, 1}, 1 << (drawBits - 1), 1, 0},
		{[]uint32{MaxWeight, 1}, last, 1, 0},
		{[]uint32{MaxWeight}, last, 0, MaxWeight - 1},
		{full, last, MaxRows - 1, full[MaxRows-1] - 1},
		{full, 0, 0, 0},
	} {
		row, offset := pick(table(c.weights...), c.draw)
		if row != c.row || offset != c.offset {
			t.Errorf("%d rows, draw %d: row %d offset %d, want %d and %d", len(c.weights), c.draw, row, offset, c.row, c.offset)
		}
	}
}

// probabilities returns the exact chance of each text in each layer.
func probabilities(m *Model) (chances []map[string]float64) {
	states := map[uint8]*big.Rat{0: big.NewRat(1, 1)}
	for _, layer := range m.Layers {
		chance, following := map[string]float64{}, map[uint8]*big.Rat{}
		for state, p := range states {
			var total int64
			for _, r := range layer.Tables[state] {
				total += int64(r.Weight)
			}
			for _, r := range layer.Tables[state] {
				q := new(big.Rat).Mul(p, big.NewRat(int64(r.Weight), total))
				f, _ := q.Float64()
				chance[r.Text] += f
				if following[r.Next] == nil {
					following[r.Next] = new(big.Rat)
				}
				following[r.Next].Add(following[r.Next], q)
			}
		}
		chances, states = append(chances, chance), following
	}
	return chances
}

// chiSquaredLimit is what chi-squared exceeds once in about 30,000 (Wilson and Hilferty).
func chiSquaredLimit(degrees int) float64 {
	d := float64(degrees)
	return d * math.Pow(1-2/(9*d)+4*math.Sqrt(2/(9*d)), 3)
}

func TestDraw_FollowsTheWeights(t *testing.T) {
	const n = 40000
	m := foxes()
	want := probabilities(m)
	counts := make([]map[string]int, len(want))
	for i := range counts {
		counts[i] = map[string]int{}
	}
	for id := range uint64(n) {
		rows, err := m.Draw(statement.Standard, fr.NewElement(77), fr.NewElement(99), id)
		if err != nil {
			t.Fatal(err)
		}
		for i, layer := range m.Order {
			counts[layer][rows[i].Text]++
		}
		if lineage, background, eyes := rows[0].Text, rows[1].Text, rows[2].Text; background == "Void" && eyes == "Laser" || lineage == "Ghost" && eyes != "Closed" {
			t.Fatalf("token %d: drew a pair that the tables exclude", id)
		}
	}
	for i, chances := range want {
		var chi float64
		seen := 0
		for text, p := range chances {
			d := float64(counts[i][text]) - n*p
			chi += d * d / (n * p)
			seen += counts[i][text]
		}
		if limit := chiSquaredLimit(len(chances) - 1); chi > limit || seen != n {
			t.Errorf("layer %d: chi-squared %.1f, limit %.1f; %d of %d texts known", i, chi, limit, seen, n)
		}
	}
}

// Each draw alone is uniform: the bits of an element next to its top would not be.
func TestDraws_AreUniform(t *testing.T) {
	const n, cells = 20000, 64
	var counts [drawsPerElement][cells]int
	for id := range uint64(n) {
		for i, d := range draws(drawsPerElement, fr.NewElement(5), fr.NewElement(6), id) {
			counts[i][d>>(drawBits-6)]++
		}
	}
	for i := range counts {
		var chi float64
		for _, c := range counts[i] {
			d := float64(c) - n/cells
			chi += d * d / (n / cells)
		}
		if limit := chiSquaredLimit(cells - 1); chi > limit {
			t.Errorf("draw %d: chi-squared %.1f, limit %.1f", i, chi, limit)
		}
	}
}

func TestDraw_DependsOnAllItsInputs(t *testing.T) {
	base := draws(8, fr.NewElement(1), fr.NewElement(2), 3)
	for name, other := range map[string][]uint64{
		"seed":   draws(8, fr.NewElement(2), fr.NewElement(2), 3),
		"beacon": draws(8, fr.NewElement(1), fr.NewElement(3), 3),
		"id":     draws(8, fr.NewElement(1), fr.NewElement(2), 4),
	} {
		for i := range base {
			if base[i] == other[i] {
				t.Errorf("another %s, same draw %d", name, i)
			}
		}
	}
}

func TestValidate_NamesWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		want   string
		change func(m *Model)
	}{
		{"", func(*Model) {}},
		{"", func(m *Model) { *m = Model{} }},
		{"", func(m *Model) { m.Layers, m.Order = []Layer{{Tables: [][]Row{table(MaxWeight, MaxWeight)}}}, nil }},
		{"", func(m *Model) { m.Order = nil }},
		{"model order: trait 1 shows layer 2", func(m *Model) { m.Order[1] = 2 }},
		{"model order: trait 3 shows layer 4", func(m *Model) { m.Order[3] = 4 }},
		{"model order: trait 0 shows layer -1", func(m *Model) { m.Order[0] = -1 }},
		{"model order: 3 traits for 4 layers", func(m *Model) { m.Order = []int{2, 0, 1} }},
		{"model has 9 layers, size standard has room for 8", func(m *Model) { m.Layers = make([]Layer, 9) }},
		{"model has 5 facts, size standard has room for 4", func(m *Model) { m.Facts = make([]attribute.Slot, 5) }},
		{"model fact 1: absent, but has a value", func(m *Model) { m.Facts[1].Value.SetOne() }},
		{"model layer 0: has 0 tables, want 1 to 16", func(m *Model) { m.Layers[0].Tables = nil }},
		{"model layer 0: has 17 tables, want 1 to 16", func(m *Model) { m.Layers[0].Tables = make([][]Row, 17) }},
		{"model layer 0: table 0: has 257 rows, at most 256 fit", func(m *Model) { m.Layers[0].Tables[0] = make([]Row, 257) }},
		{"table 1: has no row with a weight", func(m *Model) { m.Layers[3].Tables[1] = table(0, 0) }},
		{"table 1: has no row with a weight", func(m *Model) { m.Layers[3].Tables[1] = nil }},
		{"row 1: weight is above 134217727", func(m *Model) { m.Layers[0].Tables[0][1].Weight = MaxWeight + 1 }},
		{"row 2: next state does not exist, the following layer has 2", func(m *Model) { m.Layers[0].Tables[0][2].Next = 2 }},
		{"model layer 3: table 0: row 0: next state does not exist, the following layer has 1", func(m *Model) { m.Layers[3].Tables[0][0].Next = 1 }},
		{"text has 65537 bytes", func(m *Model) { m.Layers[0].Tables[0][0].Text = strings.Repeat("x", 65537) }},
		{"text is not valid UTF-8", func(m *Model) { m.Layers[0].Tables[0][0].Text = "\xff" }},
	} {
		m := foxes()
		c.change(m)
		err := m.Validate(statement.Standard)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
		_, errDraw := m.Draw(statement.Standard, fr.Element{}, fr.Element{}, 1)
		_, errCommitment := m.Commitment(statement.Standard)
		_, errValue := ValueOf(m, statement.Standard, fr.Element{}, fr.Element{}, 1)
		for _, e := range []error{errDraw, errCommitment, errValue} {
			if (e == nil) != (err == nil) {
				t.Errorf("%q: Validate says %v, another function %v", c.want, err, e)
			}
		}
	}
}
