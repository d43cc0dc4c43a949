package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
)

var circuitLine = regexp.MustCompile(`(?m)^circuit: \S+`)

// tryKeys proves a token of a sample drop of the keys' circuit, with secrets of its own,
// and verifies it: it finds a proving key that fails on a random witness.
func (p *program) tryKeys(ctx context.Context, keys *setup.Groth16Keys) (err error) {
	defer func() {
		if err != nil && ctx.Err() == nil {
			err = fmt.Errorf("trying the keys of %s on a sample: %w", keys.Circuit.ID, err)
		}
	}()
	defer p.Bars.Spin("trying the keys").End()
	dir, err := os.MkdirTemp("", "genproof-trial-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := drop.Init(dir, drop.Templates()[0]); err != nil {
		return err
	}
	definition := filepath.Join(dir, drop.DefinitionFile)
	text, err := os.ReadFile(definition)
	if err != nil {
		return err
	}
	text = circuitLine.ReplaceAll(text, []byte("circuit: "+keys.Circuit.ID))
	if err := os.WriteFile(definition, text, files.Secret); err != nil {
		return err
	}
	d, err := drop.Load(dir)
	if err != nil {
		return err
	}
	one, err := prover.New(d, keys)
	if err != nil {
		return err
	}
	_, err = one.Prove(ctx, 1, [20]byte{})
	return err
}
