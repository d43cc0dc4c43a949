package main

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier/key"
)

func (p *program) deployVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "deploy", Usage: "deploy a drop's verifier and mint contract, which fixes its commitments for ever, all but the template",
		Description: "What is deployed already is found and not deployed twice. Tokens are proven after genproof open and genproof template set.\n" +
			"The beacon's entropy comes after the commitments: from one round of drand, which the contract checks, or from a block's hash,\n" +
			"where contracts see the blocks that the node shows.",
		Flags: append(append(senderFlags(), deckDeployFlags()...), dropFlag(), keysFlag(), allowUnsafeFlag(),
			&cli.StringFlag{Name: "key", Usage: "a verifying key `FILE`, instead of the key store's"},
			&cli.StringFlag{Name: "symbol", Usage: "ERC-721's symbol (default: from the drop's name)"},
			&cli.StringFlag{Name: "owner", Usage: "the `ADDRESS` that hands in proofs that name no recipient (default: the one that pays)"},
			&cli.StringFlag{Name: "beacon", Usage: "`WHERE` the beacon's entropy comes from: evmnet or quicknet of drand, or blockhash", DefaultText: "blockhash on Ethereum and development chains, elsewhere evmnet"},
			&cli.UintFlag{Name: "beacon-delay", Usage: "`N` seconds from here to drand's round, or N blocks to the block", DefaultText: "25 hours, an hour on Ethereum, a minute on development chains; 64 blocks, 3 on development chains"},
			&cli.UintFlag{Name: "template-notice", Usage: "`SECONDS` between announcing another template and its coming into force; 0: there is never another"},
			&cli.StringFlag{Name: "royalty", Usage: "`ADDRESS:PERCENT` that is asked for at a sale, such as 0x…:2.5"},
			&cli.BoolFlag{Name: "metadata", Usage: "deploy a contract too that says which circuit the verifier's key is of (ERC-8084)"},
			&cli.BoolFlag{Name: "again", Usage: "deploy another mint contract for a drop that has one"}),
		Action: p.deploy,
	})
}

type deployReport struct {
	ChainID    uint64          `json:"chain_id"`
	Account    string          `json:"account"`
	Key        verdict.Key     `json:"key"`
	Verifier   deployedReport  `json:"verifier"`
	Contract   deployedReport  `json:"contract"`
	Provenance string          `json:"provenance"`
	Beacon     entropyReport   `json:"beacon"`
	Metadata   *deployedReport `json:"metadata,omitempty"` // only with --metadata
}

type deployedReport struct {
	Address string `json:"address"`
	Tx      string `json:"tx"`
	Gas     uint64 `json:"gas"`
	Reused  bool   `json:"reused"`
	// What explorers ask for, empty if the contract was there: genproof export solidity
	// --contract writes the rest.
	Source    string `json:"source"`                // path:name of the contract whose constructor ran
	Arguments string `json:"constructor_arguments"` // ABI-encoded, in hex
}

func deployedOf(d *chain.Deployment) deployedReport {
	r := deployedReport{Address: d.Address.Hex(), Gas: d.Gas, Reused: d.Reused}
	if !d.Reused {
		r.Tx = d.Tx.Hex()
		r.Source, r.Arguments = sourceOf(d.Contract), hexOf(d.Arguments)
	}
	return r
}

func (p *program) deploy(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	if isDeckDrop(c) {
		return p.deployDeck(c)
	}
	for _, f := range deckDeployFlags() {
		if name := f.Names()[0]; c.IsSet(name) {
			return fmt.Errorf("--%s is for decks, and this is a drawn drop", name)
		}
	}
	d, err := drop.Load(c.String("drop"))
	if err != nil {
		return err
	}
	if !d.Circuit.BindsDocument() {
		return console.Hint(fmt.Errorf("the drop's circuit is %s: its proofs are not about the document, which is what a token shows", d.Circuit), otherCircuit(d.Circuit))
	}
	terms, err := termsOf(c, d)
	if err != nil {
		return err
	}
	vk, provenance, source, err := p.deployKey(c, d)
	if err != nil {
		return err
	}
	s, err := p.sending(c)
	if err != nil {
		return err
	}
	vouch(c, s.Client, d.Circuit.String())
	digest := vk.Digest()
	r := &deployReport{ChainID: s.ChainID, Account: s.Address().Hex(), Provenance: provenance, Key: verdict.Key{Digest: hexOf(digest[:]), Provenance: provenance, Source: source}}
	if err := p.deployAll(c, s, vk, terms, r); err != nil {
		return err
	}
	if r.Metadata, err = deployMetadata(c, s, d.Circuit.String(), common.HexToAddress(r.Verifier.Address), digest); err != nil {
		return err
	}
	if s.dry {
		return p.sayEstimate(s)
	}
	if p.JSON {
		return p.Report(r)
	}
	p.sayDeployed(r)
	return nil
}

// otherCircuit tells how to have proofs about documents instead: of the same proof system, if
// that has such a circuit.
func otherCircuit(id statement.CircuitID) string {
	other := statement.CircuitID{Binding: statement.CID, Size: id.Size, Backend: id.Backend}
	name := statement.CircuitID{Binding: statement.CID, Size: id.Size}.String()
	if _, err := statement.ParseCircuitID(other.String()); err != nil {
		other.Backend = statement.Groth16
		name += " and backend: groth16"
	}
	return fmt.Sprintf("write circuit: %s into drop.yaml, and run genproof setup %s", name, other)
}

// deployAll deploys verifier, beacon and mint contract.
func (p *program) deployAll(c *cli.Context, s *sender, vk key.Verifying, t *chain.Terms, r *deployReport) error {
	b, err := p.beaconOf(c, s, t)
	if err != nil {
		return err
	}
	if t.Owner == [20]byte{} {
		t.Owner = s.Address()
	}
	v, err := s.DeployVerifier(c.Context, vk)
	if err != nil {
		return unsafeKeyHint(err)
	}
	if err := b.deploy(c.Context, s, t, r); err != nil {
		return err
	}
	contract, err := s.DeployDrop(c.Context, *t, v.Address, c.Bool("again"))
	if err != nil {
		return err
	}
	r.Verifier, r.Contract = deployedOf(v), deployedOf(contract)
	if s.dry {
		return nil
	}
	status, err := s.Status(c.Context, contract.Address)
	if err == nil {
		r.Beacon.of(status)
	}
	return err
}

// deployKey is the key of the drop's circuit, and what is known of it.
func (p *program) deployKey(c *cli.Context, d *drop.Drop) (vk key.Verifying, provenance, source string, err error) {
	if file := c.String("key"); file != "" {
		if vk, err = p.trustedKey(file); err != nil {
			return nil, "", "", err
		}
		if got, want := vk.Backend(), d.Circuit.Backend.String(); got != want {
			return nil, "", "", console.Hint(fmt.Errorf("%s is a verifying key of %s, and the drop's circuit %s is one of %s: it verifies no proof of this drop", file, got, d.Circuit, want), "name a key of the drop's circuit, or leave --key out")
		}
		return vk, knownKeys(c).KeyProvenance(c.Context, d.Circuit.String(), vk.Digest()), keyGiven, nil
	}
	store, err := p.store(c)
	if err != nil {
		return nil, "", "", err
	}
	circuit, err := store.Circuit(c.Context, d.Circuit, p.keyProgress(d.Circuit.String()))
	if err != nil {
		return nil, "", "", err
	}
	vk, provenance, err = store.VerifyingKey(c.Context, circuit)
	if errors.Is(err, setup.ErrNoKeys) {
		err = console.Hint(err, "genproof setup "+d.Circuit.String())
	}
	return vk, provenance, keyOfStore, err
}

// termsOf reads the options. Zeros are filled in when the chain is known.
func termsOf(c *cli.Context, d *drop.Drop) (t *chain.Terms, err error) {
	t = &chain.Terms{Name: d.Name, Symbol: c.String("symbol"), FirstID: d.IDs.First, Supply: d.IDs.Supply, Commitments: d.Commitments}
	if t.Symbol == "" {
		t.Symbol = symbolOf(d.Name)
	}
	delay, notice := c.Uint("beacon-delay"), c.Uint("template-notice")
	if delay > math.MaxUint32 || notice > math.MaxUint32 {
		return nil, errors.New("--beacon-delay or --template-notice is more than 32 bits")
	}
	t.BeaconDelay, t.TemplateNotice = uint32(delay), uint32(notice)
	if owner := c.String("owner"); owner != "" {
		if t.Owner, err = contractAddress(owner); err != nil {
			return nil, err
		}
	}
	if royalty := c.String("royalty"); royalty != "" {
		if t.RoyaltyReceiver, t.RoyaltyFraction, err = royaltyOf(royalty, 100); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// symbolOf makes a symbol of a name's capital letters and digits.
func symbolOf(name string) string {
	symbol := strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, name)
	if symbol == "" {
		return "DROP"
	}
	return symbol[:min(len(symbol), 8)]
}

func (p *program) sayDeployed(r *deployReport) {
	row := func(name string, d deployedReport) []string {
		if d.Reused {
			return []string{name, d.Address, "there already"}
		}
		return []string{name, d.Address, fmt.Sprintf("%d gas, transaction %s", d.Gas, d.Tx)}
	}
	p.Say("Chain %d, account %s", r.ChainID, r.Account)
	rows := [][]string{row("  verifier", r.Verifier), row("  mint contract", r.Contract)}
	if r.Beacon.Deployed != nil {
		rows = append(rows, row("  beacon", *r.Beacon.Deployed))
	}
	if r.Metadata != nil {
		rows = append(rows, row("  circuit's metadata", *r.Metadata))
	}
	p.Table(append(rows, []string{"  verifying key", r.Key.Digest + "  (" + saidOfKey(r.Key) + ")"})...)
	p.sayProvenance(r.Provenance, false)
	p.Say("The commitments are fixed now: the model, policy, authority and secrets of this drop can no longer change. The template is fixed once the beacon is.")
	p.Say("The beacon's entropy will come from %s.", r.Beacon.said())
	p.Say("Next: genproof open --rpc … --key-file … --write%s", r.Beacon.opens())
}
