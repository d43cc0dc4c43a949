package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup"
)

func keysFlag() cli.Flag {
	return &cli.StringFlag{Name: "keys", Usage: "the key store's `FOLDER` (default: genproof/keys in the user's cache)"}
}

// store opens the key store that --keys names.
func (p *program) store(c *cli.Context) (*setup.Store, error) {
	dir, err := keysDir(c)
	if err != nil {
		return nil, err
	}
	return setup.OpenStore(dir)
}

func keysDir(c *cli.Context) (string, error) {
	if dir := c.String("keys"); dir != "" {
		return dir, nil
	}
	return setup.DefaultDir()
}

// existingKeys returns a circuit's keys, or says how to make them.
func (p *program) existingKeys(ctx context.Context, c *cli.Context, id statement.CircuitID) (setup.Keys, error) {
	store, err := p.store(c)
	if err != nil {
		return nil, err
	}
	progress := p.keyProgress(id.String())
	circuit, err := store.Circuit(ctx, id, progress)
	if err != nil {
		return nil, err
	}
	there, err := store.Has(circuit)
	if err != nil {
		return nil, err
	}
	if !there {
		err := fmt.Errorf("%s has no keys of circuit %s: %w", store.Dir(), id, setup.ErrNoKeys)
		return nil, console.Hint(err, "genproof setup "+id.String())
	}
	return store.Keys(ctx, circuit, progress)
}

// circuitIDs reads circuits' names; "all" and none are all of them.
func circuitIDs(names []string) ([]statement.CircuitID, error) {
	if len(names) == 0 || len(names) == 1 && names[0] == "all" {
		return statement.CircuitsOf(statement.Groth16), nil
	}
	ids := make([]statement.CircuitID, len(names))
	for i, name := range names {
		id, err := statement.ParseCircuitID(name)
		if err != nil {
			return nil, console.Hint(fmt.Errorf("there is no circuit %.40q", name), "use all, or some of "+strings.Join(circuitNames(), ", "))
		}
		ids[i] = id
	}
	return ids, nil
}

func circuitNames() []string {
	var names []string
	for _, id := range statement.Circuits() {
		names = append(names, id.String())
	}
	return names
}

func hexOf(b []byte) string { return "0x" + hex.EncodeToString(b) }

func hexElement(e fr.Element) string {
	b := e.Bytes()
	return hexOf(b[:])
}

// address reads a recipient: 0x and 40 hex digits, or nothing for anyone.
func address(s string) (a [20]byte, err error) {
	if s == "" {
		return a, nil
	}
	a, err = contractAddress(s)
	if err != nil {
		return a, fmt.Errorf("--recipient: %w", err)
	}
	return a, nil
}
