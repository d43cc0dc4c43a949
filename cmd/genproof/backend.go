package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/key"
)

func backendFlag() cli.Flag {
	return &cli.StringFlag{Name: "backend", Usage: "the proof system of the circuits that are named, `groth16 or plonk` (default: groth16, or as their names say)"}
}

// withBackend makes the circuits those of --backend.
func withBackend(c *cli.Context, ids []statement.CircuitID) ([]statement.CircuitID, error) {
	if c.String("backend") == "" {
		return ids, nil
	}
	backend, err := statement.ParseBackend(c.String("backend"))
	if err != nil {
		return nil, err
	}
	out := make([]statement.CircuitID, len(ids))
	for i, id := range ids {
		id.Backend = backend
		known, err := statement.ParseCircuitID(id.String())
		if err != nil {
			return nil, console.Hint(fmt.Errorf("there is no circuit %s of %s", id, backend), "genproof circuits lists what there is")
		}
		out[i] = known
	}
	return out, nil
}

// groth16Key returns a key of Groth16, for what is made for that alone.
func groth16Key(vk key.Verifying) (*groth16.VerifyingKey, error) {
	if own, ok := vk.(*groth16.VerifyingKey); ok {
		return own, nil
	}
	return nil, fmt.Errorf("the verifying key is one of %s, this needs one of groth16", vk.Backend())
}
