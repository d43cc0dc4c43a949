package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"

	"github.com/genproof/genproof/circuits/statement"
)

func config() Config {
	return Config{
		Static: []Member{{"description", "Foxes drawn by a committed model: \"proven\" <b>&</b> ünïcode."}, {"external_url", "https://foxes.example"}},
		Image:  "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/{id}.png",
		Name:   "Nebula Foxes #{id}",
		Traits: []Trait{{"Background", true}, {"Eyes", true}, {"Lineage", false}},
		First:  1, Supply: 10000,
	}
}

func template(t testing.TB, c Config) *Template {
	t.Helper()
	tpl, err := New(statement.Small, c)
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}

func someRoot(seed uint64) fr.Element {
	var e fr.Element
	e.SetUint64(seed)
	e.Inverse(&e)
	return e
}

// metadata is how a marketplace reads a document.
type metadata struct {
	Name, Description, Image string
	External                 string `json:"external_url"`
	Root                     string
	Attributes               []struct {
		Type  string `json:"trait_type"`
		Value string
	}
}

func TestRender_IsTheMetadataAMarketplaceReads(t *testing.T) {
	tpl := template(t, config())
	root := someRoot(5)
	doc, err := tpl.Render(42, root, []string{"Aurora", "Laser éx", "Ghost"})
	if err != nil {
		t.Fatal(err)
	}
	var m metadata
	if err := json.Unmarshal(doc, &m); err != nil {
		t.Fatalf("%v in %s", err, doc)
	}
	rootBytes := root.Bytes()
	c := config()
	want := fmt.Sprint("Nebula Foxes #00042", c.Static[0].Value, strings.Replace(c.Image, "{id}", "00042", 1),
		"https://foxes.example", base64.RawURLEncoding.EncodeToString(rootBytes[:]), "[{Background Aurora} {Eyes Laser éx}]")
	if got := fmt.Sprint(m.Name, m.Description, m.Image, m.External, m.Root, m.Attributes); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if bytes.Contains(doc, []byte("Ghost")) || bytes.Contains(doc, []byte("Lineage")) {
		t.Error("the document shows a hidden trait")
	}
}

func TestNew_TakesEveryShapeOfPattern(t *testing.T) {
	for _, change := range []func(*Config){
		func(c *Config) { c.Image = "" },
		func(c *Config) { c.Image = "ipfs://same-for-all.png" },
		func(c *Config) { c.Name = "Foxes" },
		func(c *Config) { c.Name, c.Image = "Foxes", "" },
		func(c *Config) { c.Name = "{id}"; c.Image = "{id}" },
		func(c *Config) { c.Name = "#{id} of the Nebula"; c.Supply = 7 },
		func(c *Config) { c.Supply = MaxID },
		func(c *Config) { c.Static = nil },
		func(c *Config) { c.Static = []Member{{"description", strings.Repeat("long ", 1000)}} },
		func(c *Config) { c.Traits = nil },
		func(c *Config) { c.Traits = []Trait{{"A", false}, {"B", true}} },
	} {
		c := config()
		change(&c)
		tpl := template(t, c)
		texts := []string{"One", "Two", "Three"}
		doc, err := tpl.Render(7, someRoot(9), texts)
		if err != nil {
			t.Fatal(err)
		}
		var m metadata
		if err := json.Unmarshal(doc, &m); err != nil {
			t.Fatalf("%v in %s", err, doc)
		}
		id := fmt.Sprintf("%0*d", len(fmt.Sprint(c.Supply)), 7)
		if want := strings.Replace(c.Name, "{id}", id, 1); m.Name != want {
			t.Errorf("name %q, want %q", m.Name, want)
		}
		if want := strings.Replace(c.Image, "{id}", id, 1); m.Image != want {
			t.Errorf("image %q, want %q", m.Image, want)
		}
		p, err := tpl.Parse(doc)
		if err != nil {
			t.Errorf("%+v: %v", c, err)
		}
		if root := someRoot(9); !p.Root.Equal(&root) {
			t.Error("parsing gives another root")
		}
	}
}

func TestNew_RefusesWhatDoesNotFit(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"supply 0":         func(c *Config) { c.Supply = 0 },
		"ids too big":      func(c *Config) { c.Supply = MaxID + 1 },
		"first id too big": func(c *Config) { c.First = MaxID + 1; c.Supply = 1 },
		"two ids":          func(c *Config) { c.Name = "{id}{id}" },
		"long image end":   func(c *Config) { c.Image = "{id}" + strings.Repeat("x", 80) },
		"long name":        func(c *Config) { c.Name = strings.Repeat("x", 80) + "{id}" },
		"long name end":    func(c *Config) { c.Name = "{id}" + strings.Repeat("x", 20) },
		"long prefix":      func(c *Config) { c.Static[0].Value = strings.Repeat("x", 40000) },
		"long trait name":  func(c *Config) { c.Traits[0].Name = strings.Repeat("x", 36) },
		"many traits":      func(c *Config) { c.Traits = append(c.Traits, Trait{Name: "Ears"}) },
		"reserved member":  func(c *Config) { c.Static[0].Key = "root" },
		"reserved, folded": func(c *Config) { c.Static[0].Key = "Image" },
		"unnamed member":   func(c *Config) { c.Static[0].Key = "" },
		"trait twice":      func(c *Config) { c.Traits[1].Name = c.Traits[0].Name },
		"unnamed trait":    func(c *Config) { c.Traits[1].Name = "" },
		"member twice":     func(c *Config) { c.Static[0].Key = "external_url" },
		"not UTF-8":        func(c *Config) { c.Name = "\xff{id}" },
	} {
		c := config()
		change(&c)
		if _, err := New(statement.Small, c); !errors.Is(err, ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNew_KeepsNothingOfItsCaller(t *testing.T) {
	c := config()
	tpl := template(t, c)
	before := tpl.Commitment()
	c.Traits[0].Name, c.Traits[2].Visible, c.Static[0].Value = strings.Repeat("x", 80), true, "other"
	if after := tpl.Commitment(); !after.Equal(&before) {
		t.Error("a template changes with the config it was made from")
	}
}

func TestRender_RefusesWhatDoesNotFit(t *testing.T) {
	tpl := template(t, config())
	for _, c := range []struct {
		id   uint64
		text string
	}{{0, "x"}, {10001, "x"}, {1, ""}, {1, strings.Repeat("x", tpl.MaxText(0)+1)}, {1, `a"b`}, {1, `a\b`}, {1, "a\nb"}, {1, "\xff"}} {
		if _, err := tpl.Render(c.id, someRoot(1), []string{c.text, "x", "x"}); err == nil {
			t.Errorf("id %d, text %q: rendered", c.id, c.text)
		} else if len(c.text) > 1 && strings.Contains(err.Error(), c.text) {
			t.Errorf("the error quotes the text: %v", err)
		}
	}
	if _, err := tpl.Render(1, someRoot(1), []string{strings.Repeat("x", tpl.MaxText(0)), "x", "x"}); err != nil {
		t.Errorf("the longest text: %v", err)
	}
}

func TestParse_IsTheInverseOfRender(t *testing.T) {
	tpl := template(t, config())
	doc, err := tpl.Render(9999, someRoot(3), []string{"Void", "Closed", "Red"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := tpl.Parse(doc)
	if err != nil {
		t.Fatal(err)
	}
	if root := someRoot(3); p.ID != 9999 || !p.Root.Equal(&root) || fmt.Sprint(p.Texts) != "[Void Closed ]" {
		t.Errorf("parsed %+v", p)
	}
}

// TestParse_RefusesEveryOtherByte changes each byte of a document. What is still a
// document of the template must be another token's: another id, root or text.
func TestParse_RefusesEveryOtherByte(t *testing.T) {
	tpl := template(t, config())
	doc, err := tpl.Render(4242, someRoot(3), []string{"Void", "Closed", "Red"})
	if err != nil {
		t.Fatal(err)
	}
	honest, _ := tpl.Parse(doc)
	for i := range doc {
		for _, x := range []byte{'"', ' ', 'A', '0', 0, 0xff} {
			other := bytes.Clone(doc)
			if other[i] == x {
				continue
			}
			other[i] = x
			if p, err := tpl.Parse(other); err == nil && fmt.Sprint(p) == fmt.Sprint(honest) {
				t.Fatalf("byte %d as %q parses as the same token", i, x)
			}
		}
	}
	for _, other := range [][]byte{nil, doc[:len(doc)-1], append(bytes.Clone(doc), ' ')} {
		if _, err := tpl.Parse(other); !errors.Is(err, ErrDocument) {
			t.Errorf("%d bytes: %v", len(other), err)
		}
	}
}

func FuzzParse_AcceptsOnlyRendered(f *testing.F) {
	tpl := template(f, config())
	doc, err := tpl.Render(1, someRoot(3), []string{"Void", "Closed", "Red"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(doc)
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		p, err := tpl.Parse(doc)
		if err != nil {
			return
		}
		again, err := tpl.Render(p.ID, p.Root, p.Texts)
		if err != nil || !bytes.Equal(again, doc) || !utf8.Valid(doc) {
			t.Errorf("parsed what is not rendered: %v", err)
		}
	})
}

func TestCID_IsTheOneOfIPFS(t *testing.T) {
	doc := []byte(`{"name":"x"}`)
	digest := sha256.Sum256(doc)
	mh, err := multihash.Encode(digest[:], multihash.SHA2_256)
	if err != nil {
		t.Fatal(err)
	}
	if want := cid.NewCidV1(cid.Raw, mh).String(); CID(doc) != want {
		t.Errorf("%s, want %s", CID(doc), want)
	}
}

func TestTemplate_CommitmentBindsEveryPart(t *testing.T) {
	seen := map[fr.Element]string{template(t, config()).Commitment(): "the original"}
	for name, change := range map[string]func(*Config){
		"ids' width":  func(c *Config) { c.Supply = 9999 },
		"description": func(c *Config) { c.Static[0].Value += "!" },
		"name":        func(c *Config) { c.Name += "!" },
		"image":       func(c *Config) { c.Image += "!" },
		"trait name":  func(c *Config) { c.Traits[1].Name = "Eye" },
		"visibility":  func(c *Config) { c.Traits[2].Visible = true },
	} {
		c := config()
		c.Traits = append([]Trait{}, c.Traits...)
		change(&c)
		commitment := template(t, c).Commitment()
		if other, ok := seen[commitment]; ok {
			t.Errorf("changing the %s gives the commitment of %s", name, other)
		}
		seen[commitment] = name
	}
}

// TestTemplate_HasTheLayoutOfDocumentVar: the offsets in the drawing above DocumentVar.
func TestTemplate_HasTheLayoutOfDocumentVar(t *testing.T) {
	tpl := template(t, config())
	end := 128 + 64*tpl.Size().Layers
	for _, c := range []struct {
		at   int
		want string
	}{
		{5, `00000.png",  `}, {88 - 22, `"name":"Nebula Foxes #00000",  `}, {128 - 14, `"attributes":[{"trait_type":"Background","value":`},
		{128 + 61, `"},{"trait_type":"`}, {end, `],"root":"`},
		{end + 10, strings.Repeat("\x00", 43)}, {end + 53, "\"}\x80"},
	} {
		if got := string(tpl.body[c.at:min(c.at+len(c.want), len(tpl.body))]); got != c.want {
			t.Errorf("byte %d: %q, want %q", c.at, got, c.want)
		}
	}
	if got := len(tpl.body); got != end+64 {
		t.Errorf("the body has %d bytes, want %d", got, end+64)
	}
}
