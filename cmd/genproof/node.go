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
	"github.com/genproof/genproof/publication/verdict"
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
		&cli.StringFlag{Name: "from", Usage: "the `ADDRESS` that pays, instead of --key-file: the node, or clef behind it, signs; with --calldata any address"},
		&cli.StringFlag{Name: "calldata", Usage: "send nothing; write the calls into this new `FILE`, which Safe's Transaction Builder reads"},
		&cli.StringFlag{Name: "max-fee", Usage: "the most a unit of gas may cost, in `GWEI`"},
		&cli.StringFlag{Name: "max-priority-fee", Usage: "the most of it that may be the tip, in `GWEI`"},
		&cli.Uint64Flag{Name: "max-gas", Usage: "the most `GAS` that one transaction may take"},
		&cli.DurationFlag{Name: "timeout", Usage: "stop waiting for a transaction after this `TIME` (default: never)"},
		&cli.BoolFlag{Name: "speed-up", Usage: "replace a transaction that is not mined in --timeout (2m without) by one that pays an eighth more or what gas costs by then, up to --max-fee, or else twice the price at first"},
		&cli.BoolFlag{Name: "yes", Usage: "do not ask before the first transaction on a chain of value"},
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

// A sender is a client that pays, and what is not sent: what a dry run would have cost, or the
// calls that somebody else makes.
type sender struct {
	*chain.Client
	dry      bool
	found    bool // what was asked for was done by an earlier run
	estimate []estimate
	calls    []chain.Call
	callFile string
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
	fees, err := feesOf(c)
	if err != nil {
		return nil, err
	}
	node, err := p.nodeOf(c)
	if err != nil {
		return nil, err
	}
	s, err := p.sender(c.Context, node, account, journalOf(c))
	if err != nil {
		return nil, err
	}
	s.Fees, s.Timeout, s.Replace = fees, c.Duration("timeout"), c.Bool("speed-up")
	if s.callFile = c.String("calldata"); s.callFile != "" {
		if s.dry = true; c.Bool("dry-run") {
			return nil, errors.New("--dry-run and --calldata both send nothing: give one")
		}
		if err := absent(s.callFile); err != nil {
			return nil, err
		}
		s.Collect = func(call chain.Call) { s.calls = append(s.calls, call) }
	} else if s.dry = c.Bool("dry-run"); s.dry {
		s.DryRun = func(what string, gas uint64) { s.estimate = append(s.estimate, estimate{what, gas}) }
	}
	if !s.Local() {
		s.Confirm = p.confirm(s, c.Bool("yes"))
	}
	return s, s.Resume(c.Context)
}

func (p *program) sender(ctx context.Context, node chain.Backend, account *chain.Account, journal *chain.Journal) (*sender, error) {
	client, err := chain.New(ctx, node, account)
	if err != nil {
		return nil, console.Hint(err, "see that the node of --rpc runs and answers")
	}
	client.Journal = journal
	client.Notice = func(what string) {
		p.Log.Info().Str("account", account.String()).Msg(what)
		p.Bars.Finish()
		p.Bars.Spin(what)
	}
	s := &sender{Client: client}
	client.Found = func(string, common.Hash) { s.found = true }
	return s, nil
}

func (p *program) accountOf(c *cli.Context) (*chain.Account, error) {
	file, password := c.String("key-file"), c.String("password-file")
	if from := c.String("from"); from != "" {
		if file != "" {
			return nil, errors.New("--from and --key-file both name who pays: give one")
		}
		at, err := contractAddress(from)
		return chain.NodeAccount(at), err
	}
	if file == "" {
		return nil, console.Hint(errors.New("nobody is named who pays"), "add --key-file FILE of a private key, - to read it from stdin, or --from ADDRESS of an account that the node signs for")
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
		makes = verdict.PlonkKeyMaker + " makes keys from powers of tau and keeps them"
	}
	return console.Hint(err, makes+"; or take the risk with --allow-unsafe-key")
}
