package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup"
)

func keysFlag() cli.Flag {
	return &cli.StringFlag{Name: "keys", Usage: "the key store's `FOLDER` (default: genproof/keys in the user's cache)"}
}

// store opens the key store that --keys names.
func store(c *cli.Context) (_ *setup.Store, err error) {
	dir := c.String("keys")
	if dir == "" {
		if dir, err = setup.DefaultDir(); err != nil {
			return nil, err
		}
	}
	return setup.OpenStore(dir)
}

// storeAndKeys returns the store and a circuit's keys in it.
func (p *program) storeAndKeys(c *cli.Context, id statement.CircuitID) (*setup.Store, *setup.Groth16Keys, error) {
	s, err := store(c)
	if err != nil {
		return nil, nil, err
	}
	keys, err := p.existingKeys(c.Context, s, id)
	return s, keys, err
}

// existingKeys returns a circuit's keys, or says how to make them.
func (p *program) existingKeys(ctx context.Context, s *setup.Store, id statement.CircuitID) (*setup.Groth16Keys, error) {
	spinner := p.Bars.Spin("loading keys")
	defer spinner.End()
	circuit, err := s.Circuit(ctx, id, nil)
	if err != nil {
		return nil, err
	}
	there, err := s.Has(circuit)
	if err != nil {
		return nil, err
	}
	if !there {
		err := fmt.Errorf("%s has no keys of circuit %s: %w", s.Dir(), id, setup.ErrNoKeys)
		return nil, console.Hint(err, "genproof setup "+id.String())
	}
	return s.Groth16Keys(ctx, circuit, nil)
}
