package drop

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/art"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/drop/onnx"
	"github.com/genproof/genproof/engine/trainer"
)

func loadSample(t testing.TB, template string) *Drop {
	t.Helper()
	d, err := Load(sample(t, template))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func painted(t testing.TB, d *Drop, id uint64) art.Picture {
	t.Helper()
	p, err := generation.Paint(d.Circuit.Size, d.model, d.art, d.secrets.seed, d.Beacon.Value, id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sceneOf is what the trainer calls a token: its rows and latents.
func sceneOf(t testing.TB, d *Drop, id uint64) *trainer.Scene {
	t.Helper()
	drawn, err := d.Draw(id)
	if err != nil {
		t.Fatal(err)
	}
	s := &trainer.Scene{Latents: d.Circuit.Size.Network.LatentsOf(d.secrets.seed, d.Beacon.Value, id)}
	for i, trait := range trainer.Traits() {
		if drawn[i].Trait != trait.Name {
			t.Fatalf("trait %d is %s, the trainer's %s", i, drawn[i].Trait, trait.Name)
		}
		s.Rows = append(s.Rows, slices.Index(trait.Rows, drawn[i].Text))
	}
	return s
}

// TestDreams_AreWhatTheNetworkSays: the rows of model.yaml stand in the trainer's order, and the pictures of
// 1,000 tokens are what the file's layers say over plain numbers.
func TestDreams_AreWhatTheNetworkSays(t *testing.T) {
	d := loadSample(t, "dreams")
	for i, trait := range trainer.Traits() {
		var texts []string
		for _, r := range d.model.Layers[i].Tables[0] {
			texts = append(texts, r.Text)
		}
		if !slices.Equal(texts, trait.Rows) {
			t.Fatalf("%s has rows %q, the trainer's %q", trait.Name, texts, trait.Rows)
		}
	}
	data, err := os.ReadFile("templates/dreams/network.onnx")
	if err != nil {
		t.Fatal(err)
	}
	net, err := onnx.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	for id := d.IDs.First; id <= d.IDs.Last(); id++ {
		p := painted(t, d, id)
		_, _, pixels, err := picture.Decode(p.File)
		if err != nil {
			t.Fatal(err)
		}
		want := trainer.Outputs(net.Layers, sceneOf(t, d, id).Inputs())
		for i, x := range pixels {
			if int64(x) != want[i] {
				t.Fatalf("token %d: pixel %d is %d, want %d", id, i, x, want[i])
			}
		}
		if at := len(pixels); p.Scores[0] != uint64(want[at]+16*want[at+1]) {
			t.Fatalf("token %d: score %d", id, p.Scores[0])
		}
	}
}

// TestDreams_AreNearTheDrawings: the tokens' pictures are as near to the drawings of their scenes as
// held-out ones are, and their scores to these drawings' contrast.
func TestDreams_AreNearTheDrawings(t *testing.T) {
	d := loadSample(t, "dreams")
	far, off, ids := 0, 0, 200
	for id := uint64(1); id <= uint64(ids); id++ {
		p := painted(t, d, id)
		_, _, pixels, err := picture.Decode(p.File)
		if err != nil {
			t.Fatal(err)
		}
		drawing := sceneOf(t, d, id).Drawing()
		for i, x := range pixels {
			far += max(int(x)-int(drawing[i]), int(drawing[i])-int(x))
		}
		q := int(trainer.Quality(drawing))
		off += max(int(p.Scores[0])-q, q-int(p.Scores[0]))
	}
	if pixel, score := float64(far)/float64(ids*trainer.Side*trainer.Side), float64(off)/float64(ids); pixel > 1.25 || score > 10 {
		t.Errorf("%.3f levels a pixel and %.1f hundredths", pixel, score)
	}
}

// TestDreams_FewAreTooPale: the rule over the network's score refuses two tokens of this seed, and the others meet it.
func TestDreams_FewAreTooPale(t *testing.T) {
	d := loadSample(t, "dreams")
	pale := 0
	for id := d.IDs.First; id <= d.IDs.Last(); id++ {
		isPale := painted(t, d, id).Scores[0] < 20
		if isPale {
			pale++
		}
		if !isPale && id%250 != 0 { // each of these takes 40 ms
			continue
		}
		token, err := d.Token(id, [20]byte{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err = generation.Generate(token); isPale != (err != nil) {
			t.Fatalf("token %d: too pale is %v: %v", id, isPale, err)
		}
		if isPale && !strings.Contains(err.Error(), "clause 3 ") {
			t.Errorf("token %d: %v", id, err)
		}
	}
	if pale != 2 {
		t.Errorf("%d of %d tokens are refused, want 2", pale, d.IDs.Supply)
	}
}

// TestNetwork_NamesFaults: what keeps a network from being taken, by its name and place.
func TestNetwork_NamesFaults(t *testing.T) {
	const lastColour = ", '#fde6a6']"
	replaced := func(name, before, after string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) { edit(t, dir, name, before, after) }
	}
	network := func(change func(d []onnx.Dense) []onnx.Dense) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			rewrite(t, dir, func(n *onnx.Network) { n.Layers = change(n.Layers) })
		}
	}
	rows := func(change func(rows []onnx.Row) []onnx.Row) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			rewrite(t, dir, func(n *onnx.Network) { n.Rows = change(n.Rows) })
		}
	}
	for name, c := range map[string]struct {
		change func(t *testing.T, dir string)
		want   []string
	}{
		"no file": {func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "network.onnx")); err != nil {
				t.Fatal(err)
			}
		}, []string{"model.yaml:14:9", "cannot be found"}},
		"an endless file": {func(t *testing.T, dir string) {
			path := filepath.Join(dir, "network.onnx")
			if err := errors.Join(os.Remove(path), os.Symlink("/dev/zero", path)); err != nil {
				t.Fatal(err)
			}
		}, []string{"model.yaml:14:9", "cannot be read"}},
		"a text": {func(t *testing.T, dir string) { write(t, dir, "network.onnx", "layers: 3") }, []string{"model.yaml:14:9", "reading a network"}},
		"operators of floats": {func(t *testing.T, dir string) {
			data, err := os.ReadFile(filepath.Join(dir, "network.onnx"))
			if err != nil {
				t.Fatal(err)
			}
			write(t, dir, "network.onnx", strings.Replace(string(data), "\x22\x03Max", "\x22\x03Erf", 1))
		}, []string{"model.yaml:14:9", `Erf "Max0": Max was expected`}},
		"a palette of 15":    {replaced(ModelFile, lastColour, "]"), []string{"model.yaml:15:", "15 colours", "have 16"}},
		"no colour":          {replaced(ModelFile, lastColour, ", 'yellow']"), []string{"model.yaml:16:90", "no colour"}},
		"no palette":         {replaced(ModelFile, "palette:", "pallette:"), []string{"model.yaml:15:3", "does not belong to network"}},
		"a hidden trait":     {replaced(ModelFile, "  pictured: true ", "  pictured: false"), []string{"model.yaml:14:3", `"Mood" is hidden`}},
		"no network":         {replaced(ModelFile, "network: ", "# "), []string{"model.yaml"}},
		"a circuit without":  {replaced(DefinitionFile, "art/network", "art/sprites"), []string{"drop.yaml:20:3", "no network that gives scores"}},
		"five scores":        {replaced(DefinitionFile, "claims: ", "  - {name: a}\n  - {name: b}\n  - {name: c}\n  - {name: e}\nclaims: "), []string{"drop.yaml:25:6", "a score too many"}},
		"an unknown score":   {replaced(PolicyFile, "net.quality", "net.beauty"), []string{"policy.cel:7:", "beauty"}},
		"a row more":         {replaced(ModelFile, "Sleepy: 25,", "Sleepy: 25, Shut: 5,"), []string{"model.yaml:7:33", `no input for this row of the trait "Eyes"`, "train the network with it"}},
		"another text":       {replaced(ModelFile, "Crescent: 25}", "crescent: 25}"), []string{"model.yaml:4:30", `no input for this row of the trait "Moon"`}},
		"a null more":        {replaced(ModelFile, "{Calm: 75", "{null: 9, Calm: 75"), []string{"model.yaml:8:10", `no input for this row of the trait "Mood"`}},
		"no names":           {rows(func([]onnx.Row) []onnx.Row { return nil }), []string{"model.yaml:14:9", "does not say which row", "genproof.rows"}},
		"names of none":      {rows(func([]onnx.Row) []onnx.Row { return []onnx.Row{} }), []string{"model.yaml:3:9", `row of the trait "Sky"`}},
		"a name less":        {rows(func(r []onnx.Row) []onnx.Row { return r[:len(r)-1] }), []string{"model.yaml:8:20", `row of the trait "Mood"`}},
		"another's row":      {rows(func(r []onnx.Row) []onnx.Row { r[4].Trait = "Fur"; return r }), []string{"model.yaml:4:10", `row of the trait "Moon"`}},
		"latents too many":   {network(func(d []onnx.Dense) []onnx.Dense { d[0].From = append(d[0].From, d[0].From[20]); return d }), []string{"model.yaml:14:9", "layer 1 has 36 inputs", "at most 16 latents"}},
		"sums out of bounds": {network(func(d []onnx.Dense) []onnx.Dense { d[1].Bias[7] = 1 << 15; return d }), []string{"model.yaml:14:9", "layer 2", "output 7 may reach"}},
		"a pixel less": {network(func(d []onnx.Dense) []onnx.Dense {
			last := &d[2]
			last.Bias = last.Bias[3:]
			for i, row := range last.From {
				last.From[i] = row[3:]
			}
			return d
		}), []string{"model.yaml:14:9", "575 outputs"}},
	} {
		dir := sample(t, "dreams")
		c.change(t, dir)
		_, err := Load(dir)
		var f *Fault
		if !errors.As(err, &f) || f.Remedy == "" {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got %v, want %q", name, err, want)
			}
		}
		for _, hidden := range []string{"Shut", "crescent", "Night", "Calm"} {
			if strings.Contains(err.Error(), hidden) {
				t.Errorf("%s: %v quotes a row", name, err)
			}
		}
	}
}
