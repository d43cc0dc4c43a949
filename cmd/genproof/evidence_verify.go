package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"filippo.io/age"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) evidenceVerifyVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "verify", ArgsUsage: "PACK", Usage: "check a pack whole, without a network: a CAR, a zip, a folder of it, or an encrypted one",
		Description: "Exits with 1 if something contradicts: a file that was removed, added, replaced or reordered, a publication that is rejected, a fact or a log that does not hold.\nWhich blocks are their chain's is asked of nobody, unless --checkpoint or --rpc says so.",
		Flags:       append(packFlags(), &cli.StringFlag{Name: "manifest", Usage: "the manifest's SHA-256 that its maker told you, in `HEX`"}),
		Action:      p.evidenceVerify,
	})
}

// packFlags are those of whoever reads a pack.
func packFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.StringFlag{Name: "identity", Usage: "the `FILE` of the age identity that opens an encrypted pack"},
		&cli.StringSliceFlag{Name: "checkpoint", Usage: "a block that you know: `CHAIN:NUMBER:HASH`"},
	}, nodeFlags()...)
}

func (p *program) evidenceVerify(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	blocks, err := p.knownBlocks(c)
	if err != nil {
		return err
	}
	from, err := p.openPack(args[0], c.String("identity"))
	if err != nil {
		return err
	}
	v, err := evidence.Verify(c.Context, from, evidence.Reader{Compiler: drop.Compiler{}, Blocks: blocks, Verifier: thisVerifier()})
	if err != nil {
		return err
	}
	if want := c.String("manifest"); want != "" && !strings.EqualFold(strings.TrimPrefix(want, "0x"), fmt.Sprintf("%x", v.ManifestDigest)) {
		v.Faults = append([]string{"the manifest is another than the one with the SHA-256 of --manifest"}, v.Faults...)
	}
	r := v.Report()
	if !p.JSON {
		p.sayEvidence(r)
	} else if err := p.Report(r); err != nil {
		return err
	}
	if len(r.Faults) > 0 {
		return console.ErrRejected
	}
	return nil
}

func (p *program) sayEvidence(r *evidence.Report) {
	p.Say("a pack of %s, made at %s by %s", countedOf(r.Files, "file", "files"), r.MadeAt, namesOr([]string{oneLine(r.By)}))
	signed := "nobody"
	if r.Signer != "" {
		signed = r.Signer
	}
	p.Table([]string{"  manifest's SHA-256", r.Manifest}, []string{"  signed by", signed})
	if r.Publication != "" {
		p.Say("the publication, as of then: %s", oneLine(r.Publication))
		if r.SameReport {
			p.Say("  the report in the pack is the one that its files give, to the byte")
		}
	}
	p.sayAttestations(r.Attestations, nil)
	for _, x := range r.BeforeSale {
		p.Say("%s", x)
	}
	if len(r.Timeline) > 0 {
		p.Say("timeline:")
		var rows [][]string
		for i, e := range r.Timeline {
			if i == 5*maxLines {
				rows = append(rows, []string{"  …", fmt.Sprintf("and %d more (all with --json)", len(r.Timeline)-i)})
				break
			}
			rows = append(rows, []string{"  " + e.At, oneLine(e.What), oneLine(e.How)})
		}
		p.Table(rows...)
	}
	for _, x := range r.LeftOut {
		p.Say("- left out: %s", oneLine(x))
	}
	for _, x := range r.NotChecked {
		p.Say("- not checked: %s", oneLine(x))
	}
	for _, x := range r.Faults {
		p.Say("fault: %s", oneLine(x))
	}
	p.Say("%s", r.Verdict)
}

// openPack opens a pack in any of its forms. It stays open until the program ends.
func (p *program) openPack(where, identity string) (evidence.Source, error) {
	if info, err := os.Stat(where); err == nil && info.IsDir() {
		root, err := os.OpenRoot(where)
		if err != nil {
			return nil, err
		}
		return evidence.FS{FS: root.FS()}, nil
	}
	f, info, err := files.Open(where)
	if err != nil {
		return nil, err
	}
	from, err := evidence.Open(f, info.Size())
	switch {
	case errors.Is(err, evidence.ErrEncrypted):
		data, err := p.decrypted(where, identity)
		if err != nil {
			return nil, err
		}
		return evidence.Open(bytes.NewReader(data), int64(len(data)))
	case errors.Is(err, evidence.ErrUnknown):
		return nil, console.Hint(fmt.Errorf("%s is no pack of evidence", where), "genproof evidence makes one")
	}
	return from, err
}

// decrypted opens an encrypted pack in memory: what is hidden in it goes to no file.
func (p *program) decrypted(where, identity string) ([]byte, error) {
	if identity == "" {
		return nil, console.Hint(errors.New("the pack is encrypted"), "name the age identity that opens it with --identity")
	}
	text, err := p.readSecret(identity)
	if err != nil {
		return nil, err
	}
	ids, err := age.ParseIdentities(bytes.NewReader(text))
	if err != nil {
		return nil, errors.New("--identity: that is no age identity") // what is in the file is not quoted
	}
	f, _, err := files.Open(where)
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read
	r, err := age.Decrypt(f, ids...)
	if err != nil {
		return nil, errors.New("opening the pack: the identity is none that it is encrypted to")
	}
	return files.ReadFrom(r, where, maxHidden)
}

// knownBlocks are the blocks of --checkpoint, and those that the node of --rpc has; nil if there are
// none: then no block is known.
func (p *program) knownBlocks(c *cli.Context) (evidence.Blocks, error) {
	named, err := evidence.ParseCheckpoints(c.StringSlice("checkpoint"))
	if err != nil {
		return nil, fmt.Errorf("--checkpoint: %w", err)
	}
	if c.String("rpc") == "" && c.String("rpc-file") == "" {
		return named.Blocks(), nil
	}
	client, err := p.reading(c)
	if err != nil {
		return nil, err
	}
	return func(chainID, number uint64, hash [32]byte) bool {
		at := evidence.Place{Chain: chainID, Number: number}
		if _, known := named[at]; !known && chainID == client.ChainID {
			if got, err := client.HashOf(context.WithoutCancel(c.Context), number); err == nil {
				named[at] = got
			}
		}
		known, there := named[at]
		return there && known == hash
	}, nil
}
