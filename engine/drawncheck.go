package engine

import (
	"errors"
	"fmt"
	"slices"

	"github.com/genproof/genproof/bundle"
	prooftext "github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine/layers"
)

// checkPlan refuses what no drawn drop can have, by layer and file, before anything is written.
func checkPlan(plan *layers.Plan) error {
	for _, l := range plan.Layers {
		if err := bundle.CheckName(l.Trait); err != nil {
			return fmt.Errorf("the layer %q: no trait can have this name: %w: give it another one as trait in %s", l.Trait, err, LayersFile)
		}
		if len(l.Rows) > model.MaxRows {
			return fmt.Errorf("the layer %q has %d words, and a drawn drop's at most %d: leave rare ones out, or make a deck", l.Trait, len(l.Rows), model.MaxRows)
		}
		if slices.ContainsFunc(l.Rows, func(r layers.PlanRow) bool { return r.Weight > model.MaxWeight }) {
			return fmt.Errorf("layers of %q: whole numbers in the ratio of these weights go beyond %d: round them", l.Trait, uint64(model.MaxWeight))
		}
		for _, r := range l.Rows {
			if err := checkRow(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkRow refuses a text that no document of a drawn drop can show, by its file.
func checkRow(r layers.PlanRow) error {
	if r.Text == "" {
		return nil
	}
	err := prooftext.ValidateText(r.Text)
	if err == nil {
		err = bundle.CheckText(bundle.AsPublished, r.Text)
	}
	if err != nil {
		return fmt.Errorf("%q: no trait can have its text: %w: rename the file, or give its word another text in traitValueOverrides", r.File(), err)
	}
	return nil
}

// placeless takes out of a fault where it stands: the files that it names are gone.
func placeless(err error) error {
	var f *drop.Fault
	if !errors.As(err, &f) {
		return err
	}
	return fmt.Errorf("%s: %s", f.Problem, f.Remedy)
}
