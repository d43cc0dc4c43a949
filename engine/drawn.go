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
	"github.com/genproof/genproof/circuits/model"
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
}

// A DrawnSummary says what was made.
type DrawnSummary struct {
	Circuit string `json:"circuit"`
	Traits  int    `json:"traits"`
	Rows    int    `json:"rows"`
	Rules   int    `json:"rules"`
	// AsPublished is why names and texts cannot be held to the strict spelling; empty if they can.
	AsPublished string `json:"as_published"`
}

// ImageClaim is the claim that documents show as their image.
const ImageClaim = "image"

// ImportDrawn makes a drawn drop of layers: weights and rules into model.yaml, one trait a
// layer, and a claim for the image, which [Compose] paints once the beacon is there. The
// circuit is the smallest that takes it. What a drawn drop cannot have is an error, see
// [layers.Set.Plan].
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
	if err := checkWeights(plan); err != nil {
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
	return o.create(plan, config)
}

// create tries the circuits from the smallest on.
func (o *DrawnOptions) create(plan *layers.Plan, config *layers.Config) (*DrawnSummary, error) {
	var last error
	for _, size := range []statement.Size{statement.Small, statement.Standard, statement.Large} {
		if len(plan.Layers) > size.Layers {
			last = fmt.Errorf("%d layers, and the largest circuit draws %d", len(plan.Layers), size.Layers)
			continue
		}
		id := statement.CircuitID{Binding: statement.CID, Size: size}.String()
		texts := o.files(plan, config, id)
		if err := drop.Create(o.To, texts); err != nil {
			return nil, err
		}
		if _, last = drop.Load(o.To); last == nil {
			s := &DrawnSummary{Circuit: id, Traits: len(plan.Layers), Rules: len(plan.Rules), AsPublished: oddSpelling(plan)}
			for _, l := range plan.Layers {
				s.Rows += len(l.Rows)
			}
			return s, nil
		}
		for name := range texts {
			last = errors.Join(last, os.Remove(filepath.Join(o.To, name)))
		}
		if err := os.Remove(filepath.Join(o.To, drop.SecretsFile)); err != nil {
			return nil, errors.Join(last, err)
		}
	}
	return nil, fmt.Errorf("no circuit takes these layers: %w", last)
}

func (o *DrawnOptions) files(plan *layers.Plan, config *layers.Config, circuit string) map[string][]byte {
	return map[string][]byte{
		drop.DefinitionFile:  o.definition(plan, config, circuit),
		drop.ModelFile:       modelText(plan),
		drop.PolicyFile:      []byte("// The public rule that every token is proven to obey. Add what buyers should be able to rely on.\n\n// name: every token has an image\nhas(claim." + ImageClaim + ")\n"),
		drop.ClaimsTableFile: []byte("token," + ImageClaim + "\n"),
		".gitignore": []byte("# these files are hidden: publish drop.json instead\n" + strings.Join([]string{drop.SecretsFile, drop.ModelFile, drop.ClaimsFile,
			drop.ClaimsTableFile, drop.ReceiptsDir + "/", "openings/", "*.key", "*.key.log"}, "\n") + "\n"),
	}
}

// definition is drop.yaml.
func (o *DrawnOptions) definition(plan *layers.Plan, config *layers.Config, circuit string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# The public side of the drop, made of layers. Everything here ends up in drop.json.\nname: %s\nsupply: %d\nfirst_id: %d\ncircuit: %s\n\n",
		quote(o.Name), o.Supply, config.FirstID, circuit)
	if oddSpelling(plan) != "" {
		fmt.Fprintf(&b, "spelling: %s  # names or texts may look alike and differ, and every report says so\n\n", spellingAsPublished)
	}
	fmt.Fprintf(&b, "document:\n  name: %s\n", quote(o.Name+" #{id}"))
	if config.Description != "" {
		fmt.Fprintf(&b, "  description: %s\n", quote(config.Description))
	}
	b.WriteString("\ntraits:                       # a layer of pictures each, from the back to the front\n")
	for _, l := range plan.Layers {
		fmt.Fprintf(&b, "  - {name: %s}\n", quote(l.Trait))
	}
	b.WriteString("\nclaims:                       # genproof compose paints the images and fills claims.csv\n")
	fmt.Fprintf(&b, "  - {name: %s, type: digest(raw), visibility: shown, place: member}\n\nauthority: self\n", ImageClaim)
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

// modelText is model.yaml.
func modelText(plan *layers.Plan) []byte {
	var b bytes.Buffer
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

// checkWeights refuses weights that a model has no room for.
func checkWeights(plan *layers.Plan) error {
	for _, l := range plan.Layers {
		if slices.ContainsFunc(l.Rows, func(r layers.PlanRow) bool { return r.Weight > model.MaxWeight }) {
			return fmt.Errorf("layers of %q: whole numbers in the ratio of these weights go beyond %d: round them", l.Trait, uint64(model.MaxWeight))
		}
	}
	return nil
}
