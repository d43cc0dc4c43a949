package document

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
)

func TestNew_RefusesWhatDoesNotFit(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"supply 0":              func(c *Config) { c.Supply = 0 },
		"ids too high":          func(c *Config) { c.Supply = MaxID + 2 },
		"first too high":        func(c *Config) { c.First = MaxID },
		"ids that wrap":         func(c *Config) { c.First = 1<<64 - 1 },
		"width 11":              func(c *Config) { c.Width = 11 },
		"two ids":               func(c *Config) { c.Name = "{id}{id}" },
		"another width":         func(c *Config) { c.Name = "{id:05}" },
		"no pattern's form":     func(c *Config) { c.Name = "{id:x}" },
		"21 bytes after":        func(c *Config) { c.Name = "{id}" + strings.Repeat("x", 21) },
		"six digits in five":    func(c *Config) { c.Width, c.Supply, c.Name, c.Image = 5, 100001, "{id:05}", "" },
		"id in a constant":      func(c *Config) { c.Constants[0].Value = "token {id}" },
		"padded in a constant":  func(c *Config) { c.Constants[0].Value = "token {id:05}" },
		"id in a key":           func(c *Config) { c.Constants[0].Key = "{id}" },
		"id in a label":         func(c *Config) { c.Fields[0].Label = "{id}" },
		"id in a member":        func(c *Config) { c.Fields[6].Member = "{id}" },
		"id in a display_type":  func(c *Config) { c.Fields[0].DisplayType = "{id}" },
		"long prefix":           func(c *Config) { c.Constants[0].Value = strings.Repeat("x", 40000) },
		"too many blocks":       func(c *Config) { c.Fields[0].Label = strings.Repeat("x", 900) },
		"reserved member":       func(c *Config) { c.Constants[0].Key = "root" },
		"constant attributes":   func(c *Config) { c.Constants[0] = Member{"attributes", `[{"trait_type":"Eyes","value":"Laser"}]`} },
		"attributes, folded":    func(c *Config) { c.Constants[0].Key = "ATTRIBUTES" },
		"root, folded":          func(c *Config) { c.Constants[0].Key = "Root" },
		"reserved, folded":      func(c *Config) { c.Constants[0].Key = "Image" },
		"attributes":            func(c *Config) { c.Fields[6].Member = "Attributes" },
		"unnamed member":        func(c *Config) { c.Constants[0].Key = "" },
		"member twice":          func(c *Config) { c.Constants[0].Key = "SEED" },
		"unnamed attribute":     func(c *Config) { c.Fields[0].Label = "" },
		"slot twice":            func(c *Config) { c.Fields[0].Slot = 1 },
		"no slot":               func(c *Config) { c.Fields[0].Slot = testSize.Slots() },
		"slot -1":               func(c *Config) { c.Fields[0].Slot = -1 },
		"an enum":               func(c *Config) { c.Fields[0].Type = attribute.Type{Kind: attribute.Enum} },
		"decimal(15)":           func(c *Config) { c.Fields[4].Type.Scale = 15 },
		"a quoted text":         func(c *Config) { c.Fields[0].Quoted = true },
		"a quoted decimal":      func(c *Config) { c.Fields[4].Quoted = true },
		"no codec":              func(c *Config) { c.Fields[7].Type.Codec = attribute.NoCodec },
		"codec of a text":       func(c *Config) { c.Fields[0].Type.Codec = attribute.Raw },
		"a wide number":         func(c *Config) { c.Fields[2].Wide = true },
		"label of a member":     func(c *Config) { c.Fields[6].Label = "Seed" },
		"max_value of no form":  func(c *Config) { c.Fields[2].MaxValue = "1e9" },
		"max_value of -0":       func(c *Config) { c.Fields[2].MaxValue = "-0.0" },
		"max_value too long":    func(c *Config) { c.Fields[2].MaxValue = "1000000000000000" },
		"not UTF-8":             func(c *Config) { c.Name = "\xff{id}" },
		"label that is not":     func(c *Config) { c.Fields[0].Label = "\xff" },
		"external_url is there": func(c *Config) { c.Constants[0].Key = "external_url" },
	} {
		c := config()
		change(&c)
		if _, err := New(testSize, c); !errors.Is(err, ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNew_TakesEveryShape: what may come first, and what may be missing.
func TestNew_TakesEveryShape(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"nothing":            func(c *Config) { *c = Config{Supply: 10} },
		"ids alone":          func(c *Config) { *c = Config{Supply: 10, Name: "#{id}", Image: "{id}"} },
		"a member alone":     func(c *Config) { *c = Config{Supply: 10, Fields: c.Fields[6:7]} },
		"attributes alone":   func(c *Config) { *c = Config{Supply: 10, Fields: c.Fields[:2]} },
		"no ids":             func(c *Config) { c.Name, c.Image = "Foxes", "" },
		"no constants":       func(c *Config) { c.Constants, c.External = nil, "" },
		"ids first":          func(c *Config) { c.Constants, c.External, c.Fields = nil, "", c.Fields[:6] },
		"a long constant":    func(c *Config) { c.Constants[0].Value = long(5000) },
		"labels that repeat": func(c *Config) { c.Fields[1].Label = c.Fields[0].Label },
		"a long label":       func(c *Config) { c.Fields[0].Label = long(100) },
		"a long id's head":   func(c *Config) { c.Name = long(150) + "{id}" },
		"another order":      func(c *Config) { slices.Reverse(c.Fields) },
		"escapes in labels":  func(c *Config) { c.Fields[0].Label = "a\"b\\\n" },
		"a digest member": func(c *Config) {
			c.Image = ""
			c.Fields[7] = Field{Slot: 11, Type: dagPBType, Member: "image"}
		},
	} {
		c := config()
		change(&c)
		tpl, err := New(testSize, c)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, v := range [][]Value{values(), make([]Value, testSize.Slots())} {
			doc := render(t, tpl, 7, v)
			read(t, doc)
			if _, err := tpl.Parse(doc); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestNew_KeepsNothingOfItsCaller(t *testing.T) {
	c := config()
	tpl := template(t, c)
	before := tpl.Commitment()
	c.Fields[0].Label, c.Fields[2].Slot, c.Constants[0].Value = strings.Repeat("x", 80), 9, "other"
	if after := tpl.Commitment(); !after.Equal(&before) {
		t.Error("a template changes with the config it was made from")
	}
}

func TestTemplate_CommitmentBindsEveryPart(t *testing.T) {
	seen := map[fr.Element]string{template(t, config()).Commitment(): "the original"}
	for name, change := range map[string]func(*Config){
		"description":  func(c *Config) { c.Constants[0].Value += "!" },
		"name":         func(c *Config) { c.Name += "!" },
		"image":        func(c *Config) { c.Image += "!" },
		"label":        func(c *Config) { c.Fields[1].Label = "Eye" },
		"slot":         func(c *Config) { c.Fields[0].Slot = 2 },
		"visibility":   func(c *Config) { c.Fields = c.Fields[:7] },
		"order":        func(c *Config) { c.Fields[0], c.Fields[1] = c.Fields[1], c.Fields[0] },
		"place":        func(c *Config) { c.Fields[0].Member, c.Fields[0].Label = c.Fields[0].Label, "" },
		"decimals":     func(c *Config) { c.Fields[4].Type.Scale = 3 },
		"integer":      func(c *Config) { c.Fields[4].Type = uintType },
		"sign":         func(c *Config) { c.Fields[3].Type = uintType },
		"quotes":       func(c *Config) { c.Fields[6].Quoted = false },
		"codec":        func(c *Config) { c.Fields[7].Type = dagPBType },
		"max_value":    func(c *Config) { c.Fields[2].MaxValue = "10" },
		"display_type": func(c *Config) { c.Fields[2].DisplayType = "" },
		"width":        func(c *Config) { c.Fields[1].Wide = false },
		"id width": func(c *Config) {
			c.Width, c.Image, c.Name = 5, strings.Replace(c.Image, "{id}", "{id:05}", 1), "Nebula Foxes #{id:05}"
		},
	} {
		c := config()
		change(&c)
		commitment := template(t, c).Commitment()
		if other, ok := seen[commitment]; ok {
			t.Errorf("changing the %s gives the commitment of %s", name, other)
		}
		seen[commitment] = name
	}
}
