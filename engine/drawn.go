package engine

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine/layers"
)

// DrawnOptions say how layers become a drawn drop.
type DrawnOptions struct {
	From   string // the folder of layers/ and layers.yaml
	To     string // the drop's folder, new
	Supply uint64
	Name   string // the drop's; the configuration's name if it is empty

	Pictures bool // prove the images, too: the layers are sprites
}

// A DrawnSummary says what was made.
type DrawnSummary struct {
	Circuit string `json:"circuit"`
	Traits  int    `json:"traits"`
	Rows    int    `json:"rows"`
	Rules   int    `json:"rules"`
	// AsPublished is why names and texts cannot be held to the strict spelling; empty if they can.
	AsPublished string `json:"as_published"`
	Side        int    `json:"side,omitempty"`    // of proven pictures, in pixels
	Colours     int    `json:"colours,omitempty"` // of the sprites, beside transparent
}

// ImageClaim is the claim that documents show as their image.
const ImageClaim = "image"

// ImportDrawn makes a drawn drop of layers: weights and rules into model.yaml, one trait a
// layer, and a claim for the image, which [Compose] paints once the beacon is there. The
// circuit is the smallest that takes it. With Pictures the layers' files become sprites in place
// of the claim, in the layers' order, and the circuit proves the image. What a drawn drop cannot
// have is an error, see [layers.Set.Plan] and [layers.Plan.Sprites].
func ImportDrawn(o DrawnOptions) (*DrawnSummary, error) {
	set, config, err := openLayers(o.From)
	if err != nil {
		return nil, err
	}
	defer set.Close()
	plan, err := set.Plan()
	if err != nil {
		return nil, fmt.Errorf("reading layers for a drawn drop: %w", err)
	}
	if err := checkPlan(plan); err != nil {
		return nil, err
	}
	if o.Name == "" {
		o.Name = config.Name
	}
	if o.Name == "" {
		return nil, errors.New("the layers have no namePrefix, and no name is given")
	}
	if _, err := os.Lstat(filepath.Join(o.To, drop.DefinitionFile)); err == nil {
		return nil, fmt.Errorf("%s is a drop's folder already", o.To)
	}
	w := &dropWriter{DrawnOptions: o, plan: plan, config: config}
	if o.Pictures {
		if err := w.readSprites(); err != nil {
			return nil, err
		}
	}
	return w.create()
}

// A dropWriter writes the files of a drop made of layers.
type dropWriter struct {
	DrawnOptions
	plan    *layers.Plan
	config  *layers.Config
	sprites *layers.Sprites // nil where images are not proven
}

// create tries the circuits from the smallest on.
func (w *dropWriter) create() (*DrawnSummary, error) {
	var last error
	for _, circuit := range w.circuits() {
		id, room := circuit.String(), circuit.Size.Layers
		if len(w.plan.Layers) > room {
			last = fmt.Errorf("%d layers, and %s draws %d", len(w.plan.Layers), id, room)
			continue
		}
		var refused error
		err := drop.Create(w.To, w.files(id), func() error {
			_, refused = drop.Load(w.To)
			return refused
		})
		if err == nil {
			return w.summary(id), nil
		}
		if last = err; refused == nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("no circuit takes these layers: %w", placeless(last))
}

// circuits are those that may take the layers, smaller ones first.
func (w *dropWriter) circuits() []statement.CircuitID {
	return slices.DeleteFunc(statement.DrawnBy(statement.Groth16), func(c statement.CircuitID) bool {
		if w.sprites == nil {
			return c.Binding != statement.CID
		}
		return !takesSprites(c) || c.Size.Frame.Side != w.sprites.Side
	})
}

func (w *dropWriter) summary(circuit string) *DrawnSummary {
	s := &DrawnSummary{Circuit: circuit, Traits: len(w.plan.Layers), Rules: len(w.plan.Rules), AsPublished: oddSpelling(w.plan)}
	for _, l := range w.plan.Layers {
		s.Rows += len(l.Rows)
	}
	if w.sprites != nil {
		s.Side, s.Colours = w.sprites.Side, w.sprites.Colours
	}
	return s
}

func (w *dropWriter) files(circuit string) map[string][]byte {
	hidden := []string{drop.SecretsFile, drop.ModelFile, drop.ClaimsFile, drop.ClaimsTableFile, drop.ReceiptsDir + "/", "openings/", "*.key", "*.key.log"}
	texts := map[string][]byte{
		drop.DefinitionFile: w.definition(circuit),
		drop.ModelFile:      w.model(),
		drop.PolicyFile:     []byte("// The public rule that every token is proven to obey. Add what buyers should be able to rely on.\n\n" + w.firstRule()),
	}
	if w.sprites == nil {
		texts[drop.ClaimsTableFile] = []byte("token," + ImageClaim + "\n")
	} else {
		hidden = append(hidden, spritesFolder+"/")
		w.addSprites(texts)
	}
	texts[".gitignore"] = []byte("# these files are hidden: publish drop.json instead\n" + strings.Join(hidden, "\n") + "\n")
	return texts
}

func (w *dropWriter) firstRule() string {
	if w.sprites != nil {
		return "// name: everything\ntrue\n"
	}
	return "// name: every token has an image\nhas(claim." + ImageClaim + ")\n"
}

// definition is drop.yaml.
func (w *dropWriter) definition(circuit string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# The public side of the drop, made of layers. Everything here ends up in drop.json.\nname: %s\nsupply: %d\nfirst_id: %d\ncircuit: %s\n\n",
		quote(w.Name), w.Supply, w.config.FirstID, circuit)
	if oddSpelling(w.plan) != "" {
		fmt.Fprintf(&b, "spelling: %s  # names or texts may look alike and differ, and every report says so\n\n", spellingAsPublished)
	}
	fmt.Fprintf(&b, "document:\n  name: %s\n", quote(w.Name+" #{id}"))
	if w.config.Description != "" {
		fmt.Fprintf(&b, "  description: %s\n", quote(w.config.Description))
	}
	b.WriteString("\ntraits:                       # a layer of pictures each, from the back to the front\n")
	for _, l := range w.plan.Layers {
		fmt.Fprintf(&b, "  - {name: %s}\n", quote(l.Trait))
	}
	if w.sprites == nil {
		b.WriteString("\nclaims:                       # genproof compose paints the images and fills claims.csv\n")
		fmt.Fprintf(&b, "  - {name: %s, type: digest(raw), visibility: shown, place: member}\n", ImageClaim)
	}
	b.WriteString("\nauthority: self\n")
	return b.Bytes()
}

// oddSpelling says why the layers' names and words cannot be held to the strict spelling, empty if they
// can. The first reason is told.
func oddSpelling(plan *layers.Plan) string {
	names := map[string]string{}
	for _, l := range plan.Layers {
		if err := spelling.Check(l.Trait); err != nil {
			return fmt.Sprintf("the name of a layer, %q: %v", l.Trait, err)
		}
		key := spelling.Skeleton(l.Trait)
		if other, ok := names[key]; ok {
			return fmt.Sprintf("layers that look alike: %q and %q", other, l.Trait)
		}
		names[key] = l.Trait
		for _, r := range l.Rows {
			if err := spelling.Check(r.Text); err != nil {
				return fmt.Sprintf("a word of %q, %q: %v", l.Trait, r.Text, err)
			}
		}
	}
	return ""
}

// model is model.yaml.
func (w *dropWriter) model() []byte {
	var b bytes.Buffer
	plan := w.plan
	b.WriteString("# The hidden side of the drop: never published, only committed to.\nlayers:\n")
	for _, l := range plan.Layers {
		fmt.Fprintf(&b, "  %s:\n", quote(l.Trait))
		for _, r := range l.Rows {
			fmt.Fprintf(&b, "    %s: %d\n", quoteRow(r.Text), r.Weight)
		}
	}
	if len(plan.Rules) > 0 {
		b.WriteString("\nrules:\n")
	}
	for _, r := range plan.Rules {
		what := "exclude"
		if r.Require {
			what = "require"
		}
		fmt.Fprintf(&b, "  - %s: {%s, %s}\n", what, ruleText(plan, r.One), ruleText(plan, r.Other))
	}
	if w.sprites != nil {
		b.WriteString(w.spritesText())
	}
	return b.Bytes()
}

func ruleText(plan *layers.Plan, t layers.PlanTexts) string {
	list := make([]string, len(t.Texts))
	for i, text := range t.Texts {
		list[i] = quoteRow(text)
	}
	return quote(plan.Layers[t.Layer].Trait) + ": [" + strings.Join(list, ", ") + "]"
}

// quoteRow writes a row's text; the row without one is null.
func quoteRow(text string) string {
	if text == "" {
		return "null"
	}
	return quote(text)
}
