package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup"
)

func (p *program) setupVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "setup", ArgsUsage: "[CIRCUIT... | all]", Usage: "make the keys of circuits, for development on this machine",
		Description: "Without operands, in a drop's folder: the circuit of the drop. Keys that are in the store are checked and kept.",
		Flags: []cli.Flag{
			keysFlag(), dropFlag(), backendFlag(),
			&cli.StringFlag{Name: "ptau", Usage: "a powers of tau `FILE` (.ptau), for plonk: the keys need no other setup"},
			&cli.StringFlag{Name: "ptau-sha256", Usage: "refuse a .ptau file with another SHA-256 than this `HEX`"},
			&cli.BoolFlag{Name: "force", Usage: "make new keys; proofs of the old ones do not verify with them"},
		},
		Subcommands: []*cli.Command{p.setupPtauVerb(), p.setupExportVerb(), p.setupImportVerb()},
		Action:      p.setup,
	})
}

type setupReport struct {
	Circuit       string  `json:"circuit"`
	Constraints   int     `json:"constraints"`
	CircuitDigest string  `json:"circuit_digest"`
	KeyDigest     string  `json:"key_digest"`
	Provenance    string  `json:"provenance"`
	Folder        string  `json:"folder"`
	Reused        bool    `json:"reused"`
	Seconds       float64 `json:"seconds"`
}

func (p *program) setup(c *cli.Context) error {
	ids, err := setupIDs(c)
	if err != nil {
		return err
	}
	store, err := p.store(c)
	if err != nil {
		return err
	}
	list := make([]setupReport, 0, len(ids))
	for _, id := range ids {
		make, err := p.makerOf(c, id)
		if err != nil {
			return err
		}
		r, err := make(c.Context, store, id, c.Bool("force"))
		if err != nil {
			return err
		}
		if list = append(list, *r); !p.JSON {
			p.saySetup(r, "made")
		}
	}
	if p.JSON {
		return p.Report(list)
	}
	return nil
}

// setupIDs are the circuits that are named, or else the one of the drop.
func setupIDs(c *cli.Context) ([]statement.CircuitID, error) {
	if c.Args().Present() {
		ids, err := circuitIDs(c.Args().Slice())
		if err != nil {
			return nil, err
		}
		return withBackend(c, ids)
	}
	dir := c.String("drop")
	if _, err := os.Stat(filepath.Join(dir, drop.DefinitionFile)); errors.Is(err, fs.ErrNotExist) {
		return nil, console.Hint(fmt.Errorf("%s is not a drop's folder and no circuit is named", dir), "name circuits, such as cid/standard, or all")
	}
	id, err := drop.CircuitOf(dir)
	if err != nil {
		return nil, err
	}
	return []statement.CircuitID{id}, nil
}

func (p *program) setupOne(ctx context.Context, store *setup.Store, id statement.CircuitID, force bool) (*setupReport, setup.Keys, error) {
	start := time.Now()
	progress := p.keyProgress(id.String())
	circuit, err := store.Circuit(ctx, id, progress)
	if err != nil {
		return nil, nil, err
	}
	there, err := store.Has(circuit)
	if err != nil {
		return nil, nil, err
	}
	get := store.Keys
	if force {
		get = store.Replace
	}
	keys, err := get(ctx, circuit, progress)
	if err != nil {
		return nil, nil, err
	}
	return p.setupReport(store, keys, there && !force, start), keys, nil
}

func (p *program) setupReport(store *setup.Store, keys setup.Keys, reused bool, start time.Time) *setupReport {
	info := keys.Info()
	circuit, digest := info.Circuit, info.Verifying.Digest()
	p.Log.Info().Str("circuit", circuit.ID).Str("key", hexOf(digest[:])).Str("provenance", info.Provenance).Msg("keys")
	return &setupReport{
		Circuit: circuit.ID, Constraints: circuit.Constraints, CircuitDigest: hex.EncodeToString(circuit.Digest[:]),
		KeyDigest: hexOf(digest[:]), Provenance: info.Provenance, Folder: store.Path(circuit.Digest),
		Reused: reused, Seconds: time.Since(start).Seconds(),
	}
}

func (p *program) saySetup(r *setupReport, done string) {
	if r.Reused {
		done = "in the store already"
	}
	p.Say("%s: keys %s, %.1f s", r.Circuit, done, r.Seconds)
	p.Table([]string{"  constraints", fmt.Sprint(r.Constraints)}, []string{"  verifying key", r.KeyDigest + "  (" + originText(r.Provenance) + ")"}, []string{"  folder", r.Folder})
	p.sayUnsafe(r.Provenance)
}
