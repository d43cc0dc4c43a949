package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/attest/fact"
	"github.com/genproof/genproof/attest/fact/gather"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication/outgoing"
)

func (p *program) evidenceVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "evidence", ArgsUsage: "PUBLICATION", Usage: "pack what was published, with what others need to judge it later without a network, and check such packs",
		Description: "The pack holds the publication, attestations, the trust file, a log, facts of the chain as blocks' headers with proofs, the report, and a page in plain language. Nothing hidden is in it, unless --for regulator or court and --hidden name it: then it is a zip, encrypted with age to --to.",
		Flags: append(append(readerOfAttestations(),
			&cli.StringFlag{Name: "out", Value: "evidence.car", Usage: "the `FILE` of the pack, a CAR"},
			&cli.StringFlag{Name: "zip", Usage: "the `FILE` of the same as a zip"},
			&cli.StringFlag{Name: "log", Usage: "the `FOLDER` of a log; what is private of it stays out"},
			&cli.StringSliceFlag{Name: "fact", Usage: "a fact's `FILE`, as genproof log anchor writes it"},
			&cli.StringFlag{Name: "contract", Usage: "the contract's `ADDRESS`, whose events and code are packed; with --rpc"},
			&cli.StringFlag{Name: "by", Usage: "the `NAME` of the person who makes the pack"},
			&cli.StringFlag{Name: "role", Usage: "that person's role, in `WORDS`"},
			&cli.StringFlag{Name: "method", Usage: "how it was made, in `WORDS`"},
			&cli.StringFlag{Name: "key", Usage: "the `FILE` of a key that signs the manifest, from genproof attest new-key"},
			&cli.StringFlag{Name: "for", Value: forMarketplace, Usage: "marketplace, regulator or court: the last two may get what --hidden names"},
			&cli.StringSliceFlag{Name: "hidden", Usage: "a `FILE` of what is hidden: left out for a marketplace, with its commitment told"},
			&cli.StringSliceFlag{Name: "to", Usage: "the age `RECIPIENT`, age1…, of a pack with something hidden"},
			&cli.StringFlag{Name: "recipient", Usage: "the `NAME` of who gets it, which stands in the manifest"},
		), nodeFlags()...),
		Action:      p.evidence,
		Subcommands: []*cli.Command{p.evidenceVerifyVerb(), p.evidenceAskVerb()},
	})
}

const (
	forMarketplace = "marketplace"
	forRegulator   = "regulator"
	forCourt       = "court"
)

type packReport struct {
	File     string `json:"file"` // the CAR, or the encrypted zip
	Root     string `json:"car_root,omitempty"`
	Zip      string `json:"zip,omitempty"`
	Salts    string `json:"salts,omitempty"` // of what was left out: its maker's to keep
	Manifest string `json:"manifest_sha256"`
	Files    int    `json:"files"`
	LeftOut  int    `json:"left_out"`
}

func (p *program) evidence(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	packing := evidence.Packing{Head: p.evidenceHead(c), Compiler: drop.Compiler{}}
	if file := c.String("key"); file != "" {
		if packing.Key, err = p.attestKey(file); err != nil {
			return err
		}
	}
	if packing.Inputs, err = p.published(args[0]); err != nil {
		return err
	}
	for _, add := range []func(*cli.Context) ([]evidence.Input, error){p.packedAttestations, p.packedLog, p.packedFacts, p.packedChain} {
		more, err := add(c)
		if err != nil {
			return err
		}
		packing.Inputs = append(packing.Inputs, more...)
	}
	salts, err := p.packHidden(c, &packing)
	if err != nil {
		return err
	}
	list, err := evidence.Pack(c.Context, packing)
	if err != nil {
		return err
	}
	return p.writePack(c, list, &packing, salts)
}

func (p *program) evidenceHead(c *cli.Context) evidence.Head {
	return evidence.Head{
		Version: 1, Kind: evidence.KindPack, MadeAt: attest.FormatTime(time.Now()), By: evidence.Maker{Name: c.String("by"), Role: c.String("role"), Method: c.String("method")},
		For: c.String("for"), Recipient: c.String("recipient"), Command: recordedCommand(c), Verifier: thisVerifier(), LeftOut: []evidence.LeftOut{}, NotChecked: []string{},
	}
}

// recordedCommand is the command line without what it must not tell: a node's address may hold a
// password, and a path the name of a user.
func recordedCommand(c *cli.Context) string {
	words := []string{"genproof", "evidence"}
	for _, arg := range c.Args().Slice() {
		words = append(words, filepath.Base(arg))
	}
	for _, name := range []string{"trust", "attestation", "log", "fact", "contract", "for", "hidden", "rpc", "rpc-file", "key"} {
		if !c.IsSet(name) {
			continue
		}
		values := c.StringSlice(name)
		if values == nil {
			values = []string{c.String(name)}
		}
		for _, v := range values {
			if strings.HasPrefix(name, "rpc") || name == "key" {
				v = "…"
			}
			words = append(words, "--"+name, filepath.Base(v))
		}
	}
	return strings.Join(words, " ")
}

func thisVerifier() evidence.Verifier {
	r := versionOf()
	return evidence.Verifier{Version: strings.TrimSpace(r.Genproof + " " + r.Revision), Go: r.Go}
}

// published are the files of an output folder, or of a CAR of one, images apart but proven pictures.
func (p *program) published(where string) (list []evidence.Input, err error) {
	const source = "what was published"
	if isCAR(where) {
		archive, err := car.Open(where, car.Limits{Bytes: 16 << 30, Blocks: 1 << 21, Entries: 1 << 20, FileBytes: 1 << 28})
		if err != nil {
			return nil, err
		}
		for _, name := range archive.Paths() {
			if !strings.HasPrefix(name, bundle.ImagesDir+"/") || outgoing.IsPicture(name) {
				open := func() (io.ReadCloser, error) { return evidence.CAR{Archive: archive}.Open(name) }
				list = append(list, evidence.Input{Path: path.Join(evidence.PublicationDir, name), Role: "publication", Source: source, Open: open})
			}
		}
		return list, nil
	}
	names, err := publicFiles(where)
	if err != nil {
		return nil, console.Hint(err, "give an output folder of genproof prove, or its CAR")
	}
	folder, err := files.OpenFolder(where)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		open := func() (io.ReadCloser, error) { // the folder stays open until the program ends
			f, _, err := folder.Open(name)
			return f, err
		}
		list = append(list, evidence.Input{Path: path.Join(evidence.PublicationDir, name), Role: "publication", Source: source, Open: open})
	}
	return list, nil
}

// packedAttestations are those of --attestation, and the trust file.
func (p *program) packedAttestations(c *cli.Context) (list []evidence.Input, err error) {
	named, err := p.namedAttestations(c)
	if err != nil {
		return nil, err
	}
	for i, f := range named {
		list = append(list, evidence.Bytes(fmt.Sprintf("%s/%d.json", evidence.AttestationsDir, i), "attestation", "given to the pack's maker", f.Data))
	}
	if file := c.String("trust"); file != "" {
		data, err := p.readFile(file, attest.MaxBytes)
		if err == nil {
			_, err = attest.ParseTrust(data)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		list = append(list, evidence.Bytes(evidence.TrustFile, "trust", "the pack's maker", data))
	}
	return list, nil
}

func (p *program) packedLog(c *cli.Context) (list []evidence.Input, err error) {
	dir := c.String("log")
	if dir == "" {
		return nil, nil
	}
	if _, err := openLog(dir); err != nil {
		return nil, logHint(err)
	}
	for _, name := range []string{log.EntriesFile, log.HeadsFile} {
		data, err := files.Read(filepath.Join(dir, name), log.MaxBytes)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, evidence.Bytes(path.Join(evidence.LogDir, name), "log", "the log's holder", data))
	}
	return list, nil
}

func (p *program) packedFacts(c *cli.Context) (list []evidence.Input, err error) {
	for i, file := range c.StringSlice("fact") {
		data, err := p.readFile(file, fact.MaxBytes)
		if err == nil {
			_, err = fact.Parse(data)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		list = append(list, evidence.Bytes(fmt.Sprintf("%s/fact-%d.json", evidence.ChainDir, i), "chain", "given to the pack's maker", data))
	}
	return list, nil
}

// packedChain are the facts of the contract of --contract: what came of every transaction in which
// it told of something, and its code.
func (p *program) packedChain(c *cli.Context) (list []evidence.Input, err error) {
	if c.String("contract") == "" {
		return nil, nil
	}
	at, err := contractAddress(c.String("contract"))
	if err != nil {
		return nil, err
	}
	client, err := p.reading(c)
	if err != nil {
		return nil, err
	}
	var topics []common.Hash
	for _, t := range evidence.Topics() {
		topics = append(topics, t)
	}
	txs, err := client.EventsOf(c.Context, at, topics)
	if err != nil {
		return nil, err
	}
	source := fmt.Sprintf("a node of chain %d", client.ChainID)
	for i, tx := range txs {
		b, index, err := client.BlockOf(c.Context, tx)
		if err != nil {
			return nil, err
		}
		f, err := gather.Receipt(client.ChainID, b.Header, b.Receipts, index)
		if err != nil {
			return nil, fmt.Errorf("transaction %s: %w", tx, err)
		}
		data, err := f.Marshal()
		if err != nil {
			return nil, err
		}
		list = append(list, evidence.Bytes(fmt.Sprintf("%s/receipt-%06d.json", evidence.ChainDir, i), "chain", source, data))
	}
	header, code, proof, err := client.CodeProof(c.Context, at)
	if err != nil {
		p.Warn("the contract's code is not packed: %v", err)
		return list, nil
	}
	f, err := gather.Account(client.ChainID, header, at, code, proof)
	if err != nil {
		return nil, err
	}
	data, err := f.Marshal()
	return append(list, evidence.Bytes(evidence.ChainDir+"/code.json", "chain", source, data)), err
}
