package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"os"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/keycar"
)

func (p *program) setupExportVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "export", ArgsUsage: "CIRCUIT", Usage: "write a circuit's keys to a CAR, for other machines",
		Description: "The CAR holds the constraint system, both keys and a signed manifest. It can lie on IPFS or anywhere:\ngenproof setup import checks all of it.",
		Flags: append([]cli.Flag{
			keysFlag(),
			&cli.StringFlag{Name: "out", Value: "keys.car", Usage: "the CAR's `FILE`"},
			&cli.StringFlag{Name: "sign", Usage: "the `FILE` of the Ed25519 key that signs (genproof ceremony attest --new-key makes one); - for stdin"},
		}, ipfsNodeFlags()...),
		Action: p.setupExport,
	})
}

type exportReport struct {
	Circuit    string  `json:"circuit"`
	CAR        string  `json:"car"`
	Root       string  `json:"car_root"`
	Bytes      int64   `json:"bytes"`
	KeyDigest  string  `json:"key_digest"`
	Provenance string  `json:"provenance"`
	Signer     string  `json:"signer"` // empty: nobody
	Pushed     bool    `json:"pushed"`
	Seconds    float64 `json:"seconds"`
}

func (p *program) setupExport(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	ids, err := circuitIDs(args)
	if err != nil {
		return err
	}
	if len(ids) != 1 {
		return console.Hint(errors.New("a CAR holds the keys of one circuit"), "name one, such as cid/standard")
	}
	api, err := p.nodeURL(c)
	if err != nil {
		return err
	}
	out := c.String("out")
	if err := mayReplace(out, "CAR", isCAR); err != nil {
		return err
	}
	var key ed25519.PrivateKey
	if file := c.String("sign"); file != "" {
		if key, err = p.signingKey(file); err != nil {
			return err
		}
	}
	store, err := p.store(c)
	if err != nil {
		return err
	}
	start := time.Now()
	progress := p.keyProgress(ids[0].String())
	circuit, err := store.Circuit(c.Context, ids[0], progress)
	if err != nil {
		return err
	}
	r := &exportReport{Circuit: circuit.ID, CAR: out}
	if err := p.exportKeys(c.Context, store, circuit, key, r, progress); err != nil {
		return err
	}
	if api != "" {
		if err := p.push(c, out, api, ipfs.Push); err != nil {
			return err
		}
		r.Pushed = true
	}
	r.Seconds = time.Since(start).Seconds()
	return p.sayExport(r)
}

func (p *program) exportKeys(ctx context.Context, store *setup.Store, circuit *setup.Circuit, key ed25519.PrivateKey, r *exportReport, progress setup.Progress) error {
	return store.Export(ctx, circuit, progress, func(m *keycar.Manifest, open func(name string) (io.ReadCloser, error)) error {
		manifest, err := m.Marshal(key)
		if err != nil {
			return err
		}
		root, err := writeKeyCAR(ctx, r.CAR, manifest, open)
		if err != nil {
			return err
		}
		info, err := os.Stat(r.CAR)
		if err != nil {
			return err
		}
		r.Root, r.Bytes, r.KeyDigest, r.Provenance = root.String(), info.Size(), hexOf(m.Files.VK.SHA256[:]), m.Provenance
		if m.Signed() {
			r.Signer = hexOf(m.Signer[:])
		}
		return nil
	})
}

func writeKeyCAR(ctx context.Context, path string, manifest []byte, open func(name string) (io.ReadCloser, error)) (car.CID, error) {
	files := []ipfs.File{{Path: keycar.ManifestFile, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(manifest)), nil }}}
	for _, name := range keycar.FileNames {
		files = append(files, ipfs.File{Path: name, Open: func() (io.ReadCloser, error) { return open(name) }})
	}
	return ipfs.WriteCAR(ctx, path, files)
}

func (p *program) sayExport(r *exportReport) error {
	if p.JSON {
		return p.Report(r)
	}
	signer := r.Signer
	if signer == "" {
		signer = "nobody: importing it takes --allow-unsigned"
	}
	p.Say("%s: keys exported, %d bytes, %.1f s", r.Circuit, r.Bytes, r.Seconds)
	p.Table([]string{"  CAR", r.CAR}, []string{"  root CID", r.Root}, []string{"  verifying key", r.KeyDigest + "  (" + originText(r.Provenance) + ")"}, []string{"  signed by", signer})
	if r.Pushed {
		p.Say("The node has imported and pinned it.")
	}
	p.sayUnsafe(r.Provenance)
	return nil
}
