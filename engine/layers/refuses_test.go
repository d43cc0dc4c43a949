package layers

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestOpen_Refuses(t *testing.T) {
	for name, row := range map[string]struct {
		change func(t *testing.T, dir string)
		config string
		want   string
	}{
		"no such layer":      {nil, strings.Replace(order, "Hat", "Hut", 1), "layers/Hut: there is no such folder"},
		"a weight of 0":      {func(t *testing.T, dir string) { tile(t, dir, "layers/Hat/x#0.png", red) }, order, "layers/Hat/x#0.png: a weight"},
		"a weight of -1":     {func(t *testing.T, dir string) { tile(t, dir, "layers/Hat/x#-1.png", red) }, order, "a weight"},
		"a weight of words":  {func(t *testing.T, dir string) { tile(t, dir, "layers/Hat/x#ten.png", red) }, order, "a weight"},
		"seven digits":       {func(t *testing.T, dir string) { tile(t, dir, "layers/Hat/x#0.1234567.png", red) }, order, "a weight"},
		"some weights":       {func(t *testing.T, dir string) { tile(t, dir, "layers/Background/Blue.png", red) }, order, `layers/Background/Blue.png: it has no weight, and other words of its layer have: call it "Blue#1.png"`},
		"no word":            {func(t *testing.T, dir string) { tile(t, dir, "layers/Hat/#1.png", red) }, order, "no word"},
		"twins":              {func(t *testing.T, dir string) { tile(t, dir, "layers/Hat/hat 1.png", red) }, order, "the same word"},
		"an empty folder":    {func(t *testing.T, dir string) { os.Mkdir(filepath.Join(dir, "layers/Hat/x#1"), 0o755) }, order, "no PNG files"},
		"a file of text":     {func(t *testing.T, dir string) { put(t, dir, "layers/Hat/x.txt", nil) }, order, "layers/Hat/x.txt: words are PNG files"},
		"not UTF-8":          {func(t *testing.T, dir string) { put(t, dir, "layers/Hat/Caf\xe9.png", nil) }, order, `"layers/Hat/Caf\xe9.png": the name is not UTF-8`},
		"a JPEG":             {func(t *testing.T, dir string) { put(t, dir, "layers/Hat/x#20.jpg", nil) }, order, "save it as PNG"},
		"a link":             {func(t *testing.T, dir string) { os.Symlink("/etc", filepath.Join(dir, "layers/Hat/x#1")) }, order, "not a folder"},
		"a rule of no word":  {nil, order + "incompatible: {Red: [Shrot]}\n", `no layer has a word "Shrot"`},
		"an exact of nobody": {nil, order + "exact: [{layer: Hat, word: Hot, count: 1}]\n", "exact[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := foxes(t)
			if row.change != nil {
				row.change(t, dir)
			}
			c, err := ParseConfig("layers.yaml", []byte(row.config))
			if err != nil {
				t.Fatal(err)
			}
			if s, err := Open(dir, c); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %q", err, row.want)
				if s != nil {
					s.Close()
				}
			}
		})
	}
}

func TestParseConfig_Refuses(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"nothing":        {"", "layersOrder"},
		"a mistyped key": {"layerConfiguration: []", "layerConfiguration"},
		"a path":         {"layerConfigurations: [{layersOrder: [{name: ../x}]}]", "name of a folder"},
		"a blend":        {"layerConfigurations: [{layersOrder: [{name: a, blend: glow}]}]", "color-burn"},
		"an opacity":     {"layerConfigurations: [{layersOrder: [{name: a, opacity: 1.5}]}]", "0 to 1"},
		"not a number":   {"layerConfigurations: [{layersOrder: [{name: a, opacity: .nan}]}]", "0 to 1"},
		"shrinking":      {"layerConfigurations: [{growEditionSizeTo: 5, layersOrder: [{name: a}]}, {growEditionSizeTo: 5, layersOrder: [{name: a}]}]", "more than 5"},
		"aliases":        {"namePrefix: &a x\ndescription: *a", "aliases"},
		"a long line":    {"namePrefix: " + strings.Repeat("x", 20_000), "line 1"},
		"many parts":     {strings.Repeat("- [a, b]\n", 10_000), "parts"},
		"deep":           {"namePrefix: " + strings.Repeat("[", 5_000), "nested"},
		"a deep block":   {strings.Repeat("- ", 5_000), "line 1: sequence was used"},
	} {
		start := time.Now()
		_, err := ParseConfig("layers.yaml", []byte(row.text))
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", name, err, row.want)
		}
		if time.Since(start) > time.Second {
			t.Errorf("%s took %s", name, time.Since(start))
		}
	}
}
