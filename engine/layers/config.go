// Package layers draws a deck out of layers with weights, as art engines do, and composes its
// images.
//
//	layers/Background/Blue#70.png      a word and its weight; without one, see [Open]
//	layers/Hair/Rare#5/Crown#1.png     a folder is drawn as a word is, then a word in it
//	layers.yaml                        the order of layers and the rules, see [Config]
//
// All randomness comes from a seed of 32 bytes that the author keeps secret: equal layers,
// configuration, number and seed give equal cards and equal pixels on every machine, and equal
// bytes of images from programs of one Go release, whose encoder of PNGs is used.
// The seed keys ChaCha8 (math/rand/v2, C2SP chacha8rand); numbers below a bound are taken from
// its 64-bit words by rejection, so that nothing depends on a library's way to do so. Blending
// is integer arithmetic throughout.
package layers

import (
	"errors"
	"fmt"
	"strings"

	"github.com/genproof/genproof/engine/internal/plainyaml"
)

// A Config says what to draw from which layers. Its keys are those of the art engines'
// config.js, so that what stands there can be copied; JSON is YAML too.
type Config struct {
	Name        string `yaml:"namePrefix"`  // "Foxes" makes "Foxes #1"
	Description string `yaml:"description"` // of every card
	FirstID     uint64 `yaml:"startIndex"`  // of the first token
	Delimiter   string `yaml:"rarityDelimiter"`
	Empty       string `yaml:"emptyLayerName"` // a word that paints and is not shown
	Shuffle     bool   `yaml:"shuffleLayerConfigurations"`
	Tolerance   int    `yaml:"uniqueDnaTorrance"` // draws in a row that may fail

	Configurations []Configuration     `yaml:"layerConfigurations"`
	Incompatible   map[string][]string `yaml:"incompatible"`       // never on one card
	Forced         map[string][]string `yaml:"forcedCombinations"` // with the first, the others
	Values         map[string]string   `yaml:"traitValueOverrides"`
	Exact          []Exact             `yaml:"exact"`
	Ones           []One               `yaml:"oneOfOnes"`
}

// A Configuration is how cards are drawn until there are GrowTo of them, counted from the
// first card of the deck; 0 stands for all, in the last one.
type Configuration struct {
	GrowTo int     `yaml:"growEditionSizeTo"`
	Name   string  `yaml:"namePrefix"` // instead of the deck's
	Order  []Layer `yaml:"layersOrder"`
}

// A Layer is a folder of layers/, from the back to the front.
type Layer struct {
	Name      string              `yaml:"name"`
	Trait     string              `yaml:"trait"` // what a document calls it; its name, if empty
	Blend     string              `yaml:"blend"`
	Opacity   *float64            `yaml:"opacity"`
	Options   Options             `yaml:"options"`
	Sublayers map[string]Sublayer `yaml:"sublayerOptions"` // by the folder's name without weight
}

// Options are where one of the engines has them.
type Options struct {
	BypassDNA   bool     `yaml:"bypassDNA"` // cards that differ in nothing else are the same
	DisplayName string   `yaml:"displayName"`
	Blend       string   `yaml:"blend"`
	Opacity     *float64 `yaml:"opacity"`
}

// Sublayer is what differs in a folder within a layer.
type Sublayer struct {
	Trait   string   `yaml:"trait"`
	Blend   string   `yaml:"blend"`
	Opacity *float64 `yaml:"opacity"`
}

// Exact asks for a word of a layer on exactly so many cards, chosen by the seed.
type Exact struct {
	Layer string `yaml:"layer"`
	Word  string `yaml:"word"`
	Count int    `yaml:"count"`
}

// A One is a card made by hand; the seed says which card it is.
type One struct {
	Name       string      `yaml:"name"`
	Image      string      `yaml:"image"` // a PNG below the folder of layers' parent, slash-separated
	Attributes []Attribute `yaml:"attributes"`
}

// An Attribute is shown by a card's document.
type Attribute struct {
	Trait string `yaml:"trait_type"`
	Value string `yaml:"value"`
}

// ParseConfig reads a configuration; file names it in errors.
func ParseConfig(file string, data []byte) (*Config, error) {
	c := &Config{}
	err := plainyaml.Decode(data, c, true)
	if err == nil {
		err = c.check()
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	return c, nil
}

// DefaultTolerance is how many draws in a row may fail.
const DefaultTolerance = 10_000

func (c *Config) check() error {
	if c.Delimiter == "" {
		c.Delimiter = "#"
	}
	if c.Empty == "" {
		c.Empty = "NONE"
	}
	if c.Tolerance == 0 {
		c.Tolerance = DefaultTolerance
	}
	if c.Tolerance < 1 || c.Tolerance > 1_000_000 {
		return errors.New("uniqueDnaTorrance: want 1 to 1000000")
	}
	if len(c.Configurations) == 0 {
		return errors.New("layerConfigurations: name at least one, with its layersOrder")
	}
	grown := 0
	for i := range c.Configurations {
		at := fmt.Sprintf("layerConfigurations[%d]", i)
		conf := &c.Configurations[i]
		if last := i == len(c.Configurations)-1; conf.GrowTo <= grown && !(last && conf.GrowTo == 0) {
			return fmt.Errorf("%s.growEditionSizeTo: want more than %d, it counts from the first card of all", at, grown)
		}
		grown = conf.GrowTo
		if len(conf.Order) == 0 {
			return fmt.Errorf("%s.layersOrder: no layers", at)
		}
		for j := range conf.Order {
			if err := conf.Order[j].check(); err != nil {
				return fmt.Errorf("%s.layersOrder[%d]: %w", at, j, err)
			}
		}
	}
	return c.checkCounts()
}

func (c *Config) checkCounts() error {
	for i, e := range c.Exact {
		if e.Layer == "" || e.Word == "" || e.Count < 0 {
			return fmt.Errorf("exact[%d]: want a layer, a word of it and a count", i)
		}
	}
	for i, one := range c.Ones {
		if one.Name == "" || one.Image == "" {
			return fmt.Errorf("oneOfOnes[%d]: want a name and an image", i)
		}
		for _, a := range one.Attributes {
			if a.Trait == "" || a.Value == "" {
				return fmt.Errorf("oneOfOnes[%d].attributes: want trait_type and value", i)
			}
		}
	}
	return nil
}

// check settles what may stand in two places.
func (l *Layer) check() error {
	if l.Name == "" || strings.ContainsAny(l.Name, `/\`) || l.Name == "." || l.Name == ".." {
		return errors.New("name: want the name of a folder")
	}
	if l.Trait == "" {
		l.Trait = l.Options.DisplayName
	}
	if l.Trait == "" {
		l.Trait = l.Name
	}
	if l.Blend == "" {
		l.Blend = l.Options.Blend
	}
	if l.Opacity == nil {
		l.Opacity = l.Options.Opacity
	}
	if err := checkPaint(l.Blend, l.Opacity); err != nil {
		return err
	}
	for name, s := range l.Sublayers {
		if err := checkPaint(s.Blend, s.Opacity); err != nil {
			return fmt.Errorf("sublayerOptions.%s: %w", name, err)
		}
	}
	return nil
}

func checkPaint(blend string, opacity *float64) error {
	if _, ok := blends[blend]; !ok && blend != "" {
		return fmt.Errorf("blend %.30q is not known; there are %s", blend, strings.Join(Blends(), ", "))
	}
	if opacity != nil && !(*opacity >= 0 && *opacity <= 1) {
		return errors.New("opacity: want 0 to 1")
	}
	return nil
}
