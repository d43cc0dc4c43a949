package layers

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// tile writes a PNG of 2x2 pixels of one colour.
func tile(t testing.TB, dir, name string, c color.NRGBA) {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	for i := range 4 {
		img.SetNRGBA(i%2, i/2, c)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	put(t, dir, name, out.Bytes())
}

func put(t testing.TB, dir, name string, data []byte) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

var (
	red    = color.NRGBA{255, 0, 0, 255}
	green  = color.NRGBA{0, 255, 0, 255}
	half   = color.NRGBA{0, 0, 255, 128}
	clear0 = color.NRGBA{}
)

// foxes are three layers, the middle one with folders in it.
func foxes(t testing.TB) string {
	dir := t.TempDir()
	tile(t, dir, "layers/Background/Red#3.png", red)
	tile(t, dir, "layers/Background/Green#1.png", green)
	for _, name := range []string{"common#70/Short#20", "common#70/Long#20", "rare#30/Mohawk", "rare#30/Shade"} {
		tile(t, dir, "layers/Hair/"+name+".png", half)
	}
	for i := range 12 {
		tile(t, dir, fmt.Sprintf("layers/Hat/Hat %d.png", i), half)
	}
	tile(t, dir, "layers/Hat/NONE.png", clear0)
	return dir
}

const order = "layerConfigurations: [{layersOrder: [{name: Background}, {name: Hair, blend: multiply, opacity: 0.5}, {name: Hat}]}]\n"

func open(t testing.TB, dir, config string) *Set {
	t.Helper()
	c, err := ParseConfig("layers.yaml", []byte(config))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func drawn(t testing.TB, s *Set, n int, seed byte) *Deck {
	t.Helper()
	d, err := s.Draw(n, [32]byte{seed})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (c Card) value(trait string) string {
	for _, a := range c.Attributes {
		if a.Trait == trait {
			return a.Value
		}
	}
	return ""
}

func count(d *Deck, trait, value string) (n int) {
	for _, c := range d.Cards {
		if c.value(trait) == value {
			n++
		}
	}
	return n
}

func TestDraw_SameSeedSameBytes(t *testing.T) {
	dir := foxes(t)
	a, b := drawn(t, open(t, dir, order), 40, 1), drawn(t, open(t, dir, order), 40, 1)
	if !reflect.DeepEqual(a.Cards, b.Cards) {
		t.Error("other cards from the same seed")
	}
	if c := drawn(t, open(t, dir, order), 40, 2); reflect.DeepEqual(a.Cards, c.Cards) {
		t.Error("the same cards from another seed")
	}
	for i := range a.Cards {
		var x, y bytes.Buffer
		if err := errors.Join(a.Compose(i, &x), b.Compose(i, &y)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(x.Bytes(), y.Bytes()) {
			t.Errorf("card %d: other bytes", i)
		}
	}
}

func TestDraw_CardsDiffer(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range drawn(t, open(t, foxes(t), order), 60, 3).Cards {
		key := fmt.Sprint(c.paints)
		if seen[key] {
			t.Errorf("%s: a card twice", c.Name)
		}
		seen[key] = true
	}
	// 2 · 3 · 13 cards there are, and no more
	if _, err := open(t, foxes(t), order+"uniqueDnaTorrance: 2000\n").Draw(79, [32]byte{}); !errors.Is(err, ErrTooFew) {
		t.Errorf("79 cards of 78: %v", err)
	}
}

func TestDraw_BypassedLayersMakeNoDifference(t *testing.T) {
	config := strings.Replace(order, "{name: Background}", "{name: Background, options: {bypassDNA: true}}", 1)
	drawn(t, open(t, foxes(t), config+"uniqueDnaTorrance: 100000\n"), 39, 1)
	if _, err := open(t, foxes(t), config+"uniqueDnaTorrance: 2000\n").Draw(40, [32]byte{1}); !errors.Is(err, ErrTooFew) {
		t.Errorf("40 cards of 39: %v", err)
	}
}

func TestDraw_NestedFoldersAsNftchefHasThem(t *testing.T) {
	d := drawn(t, open(t, foxes(t), order), 60, 4)
	for _, c := range d.Cards {
		hair := c.value("Hair")
		painted := fmt.Sprint(c.paints)
		switch hair {
		case "rare": // no weights in it: both files, and the folder's name is the word
			if len(c.paints) != 4 || !strings.Contains(painted, "Mohawk") || !strings.Contains(painted, "Shade") {
				t.Errorf("rare paints %s", painted)
			}
		case "Short", "Long":
			if len(c.paints) != 3 {
				t.Errorf("%s paints %s", hair, painted)
			}
		default:
			t.Errorf("hair %q", hair)
		}
		if strings.Contains(painted, "NONE") != (c.value("Hat") == "") {
			t.Errorf("NONE is shown: %v", c.Attributes)
		}
		if c.paints[1].blend != "multiply" || c.paints[1].opacity != 128 {
			t.Errorf("hair is painted %v", c.paints[1])
		}
	}
}

// A folder without a weight beside words that have some is a trait of its own on every card.
func TestDraw_AFolderWithoutAWeightIsShownOnEveryCard(t *testing.T) {
	dir := foxes(t)
	tile(t, dir, "layers/Background/Sky/Sun#1.png", half)
	tile(t, dir, "layers/Background/Sky/Moon#1.png", half)
	for _, c := range drawn(t, open(t, dir, order), 20, 1).Cards {
		if c.value("Background") == "" || c.value("Sky") == "" {
			t.Errorf("%s shows %v", c.Name, c.Attributes)
		}
	}
}

func TestDraw_FollowsWeights(t *testing.T) {
	dir := t.TempDir()
	tile(t, dir, "layers/A/x#3.png", red)
	tile(t, dir, "layers/A/y#0.5.png", red)
	tile(t, dir, "layers/A/z#0.5.png", red)
	for i := range 300 { // so many that hardly a card is drawn twice
		put(t, dir, fmt.Sprintf("layers/B/%d.png", i), nil) // never decoded here
		put(t, dir, fmt.Sprintf("layers/C/%d.png", i), nil)
	}
	s := open(t, dir, "layerConfigurations: [{layersOrder: [{name: A}, {name: B}, {name: C}]}]")
	d := drawn(t, s, 4000, 9)
	// binomial: 3000 ± 27.4, four deviations
	if n := count(d, "A", "x"); n < 2890 || n > 3110 {
		t.Errorf("x on %d of 4000 cards, want about 3000", n)
	}
	if n := count(d, "A", "y"); n < 416 || n > 584 {
		t.Errorf("y on %d of 4000 cards, want about 500", n)
	}
}

func TestDraw_HoldsTheRules(t *testing.T) {
	rules := order + `
incompatible: {Red: [Short, "Hat 1"]}
forcedCombinations: {Green: ["Hat 2", "Hat 3", Long]}
traitValueOverrides: {"Hat 3": Third hat}
`
	d := drawn(t, open(t, foxes(t), rules), 25, 5)
	greens := 0
	for _, c := range d.Cards {
		if c.value("Background") == "Red" && (c.value("Hair") == "Short" || c.value("Hat") == "Hat 1") {
			t.Errorf("incompatible: %v", c.Attributes)
		}
		if hat := c.value("Hat"); c.value("Background") == "Green" {
			greens++
			if hat != "Hat 2" && hat != "Third hat" || c.value("Hair") != "Long" {
				t.Errorf("not forced: %v", c.Attributes)
			}
		}
	}
	if greens != 2 {
		t.Errorf("%d green cards; there are 2", greens)
	}
}

func TestDraw_ExactCountsAndOnes(t *testing.T) {
	dir := foxes(t)
	tile(t, dir, "ones/king.png", green)
	config := order + `
namePrefix: Foxes
startIndex: 1
exact: [{layer: Hat, word: Hat 7, count: 3}, {layer: Hat, word: Hat 8, count: 0}, {layer: Background, word: Green, count: 9}]
oneOfOnes: [{name: The King, image: ones/king.png, attributes: [{trait_type: Type, value: King}]}]
`
	for seed := range byte(8) {
		d := drawn(t, open(t, dir, config), 30, seed)
		for _, row := range []struct {
			trait, value string
			want         int
		}{{"Hat", "Hat 7", 3}, {"Hat", "Hat 8", 0}, {"Background", "Green", 9}, {"Type", "King", 1}} {
			if n := count(d, row.trait, row.value); n != row.want {
				t.Errorf("seed %d: %s %s on %d cards, want %d", seed, row.trait, row.value, n, row.want)
			}
		}
		for i, c := range d.Cards {
			if want := fmt.Sprintf("Foxes #%d", i+1); c.Name != want && c.Name != "The King" {
				t.Errorf("card %d is called %s", i, c.Name)
			}
		}
	}
	_, err := open(t, dir, order+"exact: [{layer: Hat, word: Hat 7, count: 31}]").Draw(30, [32]byte{})
	if err == nil || !strings.Contains(err.Error(), "no room for 31 cards") {
		t.Errorf("31 of 30: %v", err)
	}
}

func TestDraw_ConfigurationsGrowAndShuffle(t *testing.T) {
	config := `
layerConfigurations:
  - {growEditionSizeTo: 10, namePrefix: Cat, layersOrder: [{name: Hat}]}
  - {growEditionSizeTo: 30, layersOrder: [{name: Hair, trait: Fur}, {name: Hat}, {name: Background}]}
namePrefix: Fox
`
	d := drawn(t, open(t, foxes(t), config), 30, 1)
	for i, c := range d.Cards {
		if isCat := strings.HasPrefix(c.Name, "Cat #"); isCat != (i < 10) || (c.value("Fur") == "") != isCat {
			t.Errorf("card %d: %s %v", i, c.Name, c.Attributes)
		}
	}
	cats, moved := 0, false
	for i, c := range drawn(t, open(t, foxes(t), config+"shuffleLayerConfigurations: true\n"), 30, 1).Cards {
		if strings.HasPrefix(c.Name, "Cat #") {
			cats, moved = cats+1, moved || i >= 10
		}
	}
	if cats != 10 || !moved {
		t.Errorf("%d cats, moved %t", cats, moved)
	}
	if _, err := open(t, foxes(t), config).Draw(31, [32]byte{}); err == nil {
		t.Error("drew 31 cards where configurations grow to 30")
	}
}

func TestCompose_PaintsFromBackToFront(t *testing.T) {
	dir := t.TempDir()
	tile(t, dir, "layers/A/a.png", red)
	tile(t, dir, "layers/B/b.png", half)
	d := drawn(t, open(t, dir, "layerConfigurations: [{layersOrder: [{name: A}, {name: B}]}]"), 1, 0)
	var out bytes.Buffer
	if err := d.Compose(0, &out); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	if got := color.NRGBAModel.Convert(img.At(1, 1)); got != (color.NRGBA{127, 0, 128, 255}) {
		t.Errorf("half blue over red is %v", got)
	}
}

func TestCompose_RefusesBombsAndOtherSizes(t *testing.T) {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	bomb := out.Bytes()
	copy(bomb[16:], []byte{0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff}) // 65535x65535 in IHDR
	for name, front := range map[string][]byte{"a bomb": bomb, "another size": out.Bytes(), "no PNG": []byte("GIF89a")} {
		if name == "another size" {
			out.Reset()
			if err := png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, 1, 1))); err != nil {
				t.Fatal(err)
			}
			front = out.Bytes()
		}
		dir := t.TempDir()
		tile(t, dir, "layers/A/a.png", red)
		put(t, dir, "layers/B/b.png", front)
		d := drawn(t, open(t, dir, "layerConfigurations: [{layersOrder: [{name: A}, {name: B}]}]"), 1, 0)
		start := time.Now()
		if err := d.Compose(0, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "layers/B/b.png") {
			t.Errorf("%s: %v", name, err)
		}
		if time.Since(start) > time.Second {
			t.Errorf("%s took %s", name, time.Since(start))
		}
	}
}
