package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/attest/fact/gather"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) logAnchorVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "anchor", ArgsUsage: "FOLDER", Usage: "put the last head into a block, and write the fact that it is there: from then on nobody can have written it later",
		Description: "The account sends itself a transaction with the head's 32 bytes. The fact is the block's header with a proof, which genproof evidence packs with --fact.",
		Flags: append(senderFlags(),
			&cli.StringFlag{Name: "tx", Usage: "send nothing: the `HASH` of the transaction that names the head"},
			&cli.StringFlag{Name: "digest", Usage: "instead of the log's head, these 32 bytes in `HEX`: an attestation's id"},
			&cli.StringFlag{Name: "out", Usage: "the `FILE` of the fact (default: anchor-DIGEST.json with its first digits)"},
		),
		Action: p.logAnchor,
	})
}

func (p *program) logAnchor(c *cli.Context) error {
	digest, err := p.toAnchor(c)
	if err != nil {
		return err
	}
	if c.String("journal") == "" && c.NArg() == 1 {
		if err := c.Set("journal", filepath.Join(c.Args().First(), journalFile)); err != nil {
			return err
		}
	}
	client, tx, err := p.anchorIn(c, digest)
	if err != nil || tx == (common.Hash{}) {
		return err
	}
	b, index, err := client.BlockOf(c.Context, tx)
	if err != nil {
		return err
	}
	f, err := gather.Transaction(client.ChainID, b.Header, b.Transactions, index)
	if err != nil {
		return err
	}
	seen, err := f.Check()
	if err == nil && !seen.Names(digest) {
		err = fmt.Errorf("transaction %s does not name %x", tx, digest)
	}
	if err != nil {
		return err
	}
	data, err := f.Marshal()
	if err != nil {
		return err
	}
	out := c.String("out")
	if out == "" {
		out = fmt.Sprintf("anchor-%x.json", digest[:8])
	}
	if err := files.Write(out, data, files.Public); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]any{"file": out, "digest": fmt.Sprintf("%x", digest), "transaction": tx.Hex(), "chain_id": client.ChainID, "block": seen.Block, "block_hash": common.Hash(seen.Hash).Hex(), "time": seen.Time})
	}
	p.Say("%s: block %d of chain %d names %x, at %s", out, seen.Block, client.ChainID, digest, seen.Time.Format("2006-01-02T15:04:05Z"))
	p.Say("Next: genproof evidence out --log … --fact %s", out)
	return nil
}

// toAnchor is the digest that goes into a block.
func (p *program) toAnchor(c *cli.Context) ([32]byte, error) {
	if text := c.String("digest"); text != "" {
		if _, err := console.Operands(c, 0, 0); err != nil {
			return [32]byte{}, err
		}
		return parseDigest(text)
	}
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return [32]byte{}, err
	}
	s, err := openLog(args[0])
	if err != nil {
		return [32]byte{}, logHint(err)
	}
	if s.Last() == nil {
		return [32]byte{}, console.Hint(errors.New("the log has no head"), "genproof log append writes an entry and signs one")
	}
	return s.Last().Hash, nil
}

// anchorIn sends the digest, or finds the transaction that was sent. It returns none if nothing is
// sent, for a dry run.
func (p *program) anchorIn(c *cli.Context, digest [32]byte) (*chain.Client, common.Hash, error) {
	if text := c.String("tx"); text != "" {
		tx, err := parseDigest(strings.ToLower(text))
		if err != nil {
			return nil, tx, fmt.Errorf("--tx: %w", err)
		}
		client, err := p.reading(c)
		return client, tx, err
	}
	s, err := p.sending(c)
	if err != nil {
		return nil, common.Hash{}, err
	}
	tx, err := s.Remember(c.Context, digest)
	if err == nil && s.dry {
		err = p.sayEstimate(s)
	}
	return s.Client, tx, err
}
