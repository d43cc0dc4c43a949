package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/internal/console"
)

// journalFile is the journal's name in a drop's folder.
const journalFile = "chain.jsonl"

// nodeFlags are those of verbs that ask a node.
func nodeFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "rpc", Usage: "the `URL` of an Ethereum node, such as http://127.0.0.1:8545, or its socket"},
		&cli.StringFlag{Name: "rpc-file", Usage: "a `FILE` that holds the URL, for one with a password or an API key; - for stdin"},
	}
}

func contractFlag() cli.Flag {
	return &cli.StringFlag{Name: "contract", Usage: "the mint contract's `ADDRESS` (default: the last one in the drop's " + journalFile + ")"}
}

// senderFlags are those of verbs that send transactions.
func senderFlags() []cli.Flag {
	return append(nodeFlags(),
		&cli.StringFlag{Name: "key-file", Usage: "the `FILE` of the private key that pays: 64 hex digits, or a keystore file; - for stdin"},
		&cli.StringFlag{Name: "password-file", Usage: "the `FILE` of the keystore file's password; - for stdin"},
		&cli.StringFlag{Name: "journal", Usage: "the `FILE` that keeps transactions' hashes (default: " + journalFile + " in the drop's folder)"},
		&cli.BoolFlag{Name: "dry-run", Usage: "send nothing; tell the gas that it would take"},
	)
}

// nodeOf connects to the node that the options name, nil if none is named.
func (p *program) nodeOf(c *cli.Context) (chain.Backend, error) {
	at := c.String("rpc")
	if file := c.String("rpc-file"); file != "" {
		data, err := p.readSecret(file)
		if err != nil {
			return nil, err
		}
		at = strings.TrimSpace(string(data))
	} else if u, err := url.Parse(at); err == nil && u.User != nil {
		return nil, console.Hint(errors.New("--rpc holds a name or password, which other users of the machine can see"), "write the URL to a file of mode 0600 and name it with --rpc-file")
	}
	if at == "" {
		return nil, console.Hint(errors.New("no node is named"), "add --rpc http://127.0.0.1:8545, or the URL of another node")
	}
	node, err := chain.Dial(c.Context, at)
	if err != nil {
		return nil, console.Hint(err, "write an http, https, ws or wss URL, or the path of a node's socket")
	}
	return node, nil
}

// reading returns a client without an account.
func (p *program) reading(c *cli.Context) (*chain.Client, error) {
	node, err := p.nodeOf(c)
	if err != nil {
		return nil, err
	}
	client, err := chain.New(c.Context, node, nil)
	if err != nil {
		return nil, console.Hint(err, "see that the node of --rpc runs and answers")
	}
	client.Journal = journalOf(c)
	return client, nil
}

// A sender is a client that pays, and what a dry run would have cost.
type sender struct {
	*chain.Client
	dry      bool
	estimate []estimate
}

type estimate struct {
	What string `json:"what"`
	Gas  uint64 `json:"gas"`
}

// sending returns a client with an account, after earlier transactions have settled.
func (p *program) sending(c *cli.Context) (*sender, error) {
	account, err := p.accountOf(c)
	if err != nil {
		return nil, err
	}
	node, err := p.nodeOf(c)
	if err != nil {
		return nil, err
	}
	return p.sendingTo(c.Context, node, account, journalOf(c), c.Bool("dry-run"))
}

func (p *program) sendingTo(ctx context.Context, node chain.Backend, account *chain.Account, journal *chain.Journal, dry bool) (*sender, error) {
	client, err := chain.New(ctx, node, account)
	if err != nil {
		return nil, console.Hint(err, "see that the node of --rpc runs and answers")
	}
	s := &sender{Client: client, dry: dry}
	client.Journal = journal
	client.Notice = func(what string) {
		p.Log.Info().Str("account", account.String()).Msg(what)
		p.Bars.Finish()
		p.Bars.Spin(what)
	}
	if s.dry {
		client.DryRun = func(what string, gas uint64) { s.estimate = append(s.estimate, estimate{what, gas}) }
	}
	return s, client.Resume(ctx)
}

func (p *program) accountOf(c *cli.Context) (*chain.Account, error) {
	file, password := c.String("key-file"), c.String("password-file")
	if file == "" {
		return nil, console.Hint(errors.New("no private key is named"), "add --key-file FILE, or - to read it from stdin")
	}
	if file == "-" && password == "-" {
		return nil, console.Hint(errors.New("key and password cannot both come from stdin"), "put one of them into a file of mode 0600")
	}
	data, err := p.readSecret(file)
	if err != nil {
		return nil, err
	}
	var secret []byte
	if password != "" {
		if secret, err = p.readSecret(password); err != nil {
			return nil, err
		}
	}
	account, err := chain.ParseAccount(data, strings.TrimRight(string(secret), "\r\n"))
	if errors.Is(err, chain.ErrPassword) {
		return nil, console.Hint(err, "name a file that holds it with --password-file")
	}
	return account, err
}

func journalOf(c *cli.Context) *chain.Journal {
	path := c.String("journal")
	if path == "" {
		path = filepath.Join(c.String("drop"), journalFile)
	}
	return &chain.Journal{Path: path}
}

// contractOf is the contract that is named, or the last one that was deployed.
func contractOf(c *cli.Context, client *chain.Client) (common.Address, error) {
	if c.String("contract") != "" {
		return contractAddress(c.String("contract"))
	}
	at, ok, err := client.Journal.Last(chain.EventContract, client.ChainID, nil)
	if err == nil && !ok {
		err = console.Hint(fmt.Errorf("%s knows no mint contract on chain %d", client.Journal.Path, client.ChainID), "name one with --contract, or genproof deploy")
	}
	return at, err
}

// contractAddress reads an address, and its check digits: see [bundle.ParseAddress].
func contractAddress(s string) (common.Address, error) {
	a, err := bundle.ParseAddress(s)
	switch {
	case errors.Is(err, bundle.ErrMistyped):
		err = console.Hint(err, "copy it again")
	case err != nil:
		err = console.Hint(err, "write 0x and 40 hex digits")
	}
	return a, err
}

func allowUnsafeFlag() cli.Flag {
	return &cli.BoolFlag{Name: "allow-unsafe-key", Usage: "use a verifying key whose maker can forge proofs on a chain that others use"}
}

// vouch tells a client what this machine's key store knows of the keys of a circuit, and
// whether the user takes the risk of others.
func vouch(c *cli.Context, client *chain.Client, circuit string) {
	client.AllowUnsafeKeys = c.Bool("allow-unsafe-key")
	client.KnownKey = func(digest [32]byte) string { return knownKeys(c).KeyProvenance(c.Context, circuit, digest) }
}

// unsafeKeyHint says where better keys come from.
func unsafeKeyHint(err error) error {
	var refused *chain.UnsafeKey
	if !errors.As(err, &refused) {
		return err
	}
	makes := "genproof ceremony finalize checks a ceremony and keeps its keys, genproof setup import --signer takes them from somebody you trust"
	if refused.Backend == statement.Plonk.String() {
		makes = plonkKeyMaker + " makes keys from powers of tau and keeps them"
	}
	return console.Hint(err, makes+"; or take the risk with --allow-unsafe-key")
}

// sayEstimate tells what a dry run found.
func (p *program) sayEstimate(s *sender) error {
	var total uint64
	for _, e := range s.estimate {
		total += e.Gas
	}
	if p.JSON {
		list := s.estimate
		if list == nil {
			list = []estimate{}
		}
		return p.Report(map[string]any{"dry_run": true, "chain_id": s.ChainID, "gas": total, "transactions": list})
	}
	for _, e := range s.estimate {
		p.Say("  %-9s about %d gas", e.What, e.Gas)
	}
	p.Say("Nothing was sent. %s would take about %d gas on chain %d.", counted(len(s.estimate), "transaction"), total, s.ChainID)
	return nil
}
