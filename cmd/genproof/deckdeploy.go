package main

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/setup/drand"
)

// deckDeployFlags are deploy's for decks alone.
func deckDeployFlags() []cli.Flag {
	return []cli.Flag{
		&cli.DurationFlag{Name: "gap", Usage: "decks: `TIME` from the sale's end to the beacon's round (default: 25h; 1h on Ethereum and development chains)"},
		&cli.StringFlag{Name: "placeholder", Usage: "decks: the `ADDRESS` that tokens show before the reveal, such as ipfs://…"},
		&cli.UintFlag{Name: "wallet-limit", Usage: "decks: `TOKENS` that an account can mint in the public phase; 0: no limit"},
		&cli.UintFlag{Name: "reserve", Usage: "decks: `TOKENS` that the owner mints without paying"},
		&cli.StringFlag{Name: "contract-uri", Usage: "decks: the `ADDRESS` of a description of the collection (ERC-7572; default: one that names drop.json and drop.car on IPFS)"},
		&cli.BoolFlag{Name: "block-hash-fallback", Usage: "decks: let a block's hash stand in for a beacon that is silent for 30 days"},
	}
}

// publishedDeck opens what was published of the deck in a folder, and judges it.
func (p *program) publishedDeck(c *cli.Context, out string) (*publication.Publication, error) {
	s, err := p.openAny(c, out, "", "")
	if err != nil {
		return nil, err
	}
	if s.Deck == nil {
		s.Close()
		return nil, fmt.Errorf("%s holds a drawn drop, and not a deck", out)
	}
	r, err := s.JudgeDeck(c.Context, nil)
	if err == nil && !r.Verdict.Holds() && r.Counts.Sealed == 0 {
		p.Complain(c.Context, console.Hint(fmt.Errorf("nothing is sent: %s does not verify", out), "genproof verify "+out+" tells why"))
		err = console.ErrRejected
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// deckOut is the output folder that is named, or the drop's own.
func deckOut(c *cli.Context, args []string) string {
	if len(args) == 1 {
		return args[0]
	}
	return filepath.Join(c.String("drop"), "out")
}

func (p *program) deployDeck(c *cli.Context) error {
	for _, name := range []string{"key", "beacon-delay", "template-notice"} {
		if c.IsSet(name) {
			return fmt.Errorf("--%s is for drawn drops, and this is a deck", name)
		}
	}
	s, err := p.publishedDeck(c, deckOut(c, nil))
	if err != nil {
		return err
	}
	defer s.Close()
	terms, err := deckTermsOf(c, s.Deck)
	if err != nil {
		return err
	}
	if terms.ContractURI == "" {
		if terms.ContractURI, err = contractURIOf(deckOut(c, nil), s.Deck); err != nil {
			return err
		}
	}
	sender, err := p.sending(c)
	if err != nil {
		return err
	}
	vouch(c, sender.Client, s.Deck.Circuit)
	r, err := p.deployDeckOn(c, sender, s, terms)
	if err != nil {
		return deckHint(err)
	}
	if sender.dry {
		return p.sayEstimate(sender)
	}
	if p.JSON {
		return p.Report(r)
	}
	p.sayDeckDeployed(r)
	return nil
}

// deckTermsOf reads the options.
func deckTermsOf(c *cli.Context, d *bundle.Deck) (*chain.DeckTerms, error) {
	t := &chain.DeckTerms{Deck: d, Symbol: c.String("symbol"), Placeholder: c.String("placeholder"), ContractURI: c.String("contract-uri"),
		BlockHashes: c.Bool("block-hash-fallback"), Gap: c.Duration("gap")}
	if t.Symbol == "" {
		t.Symbol = symbolOf(d.Name)
	}
	limit, reserve := c.Uint("wallet-limit"), c.Uint("reserve")
	if limit > math.MaxUint32 || reserve > math.MaxUint16 || uint64(reserve) > d.Cards {
		return nil, fmt.Errorf("--wallet-limit or --reserve is more than the deck of %d cards has", d.Cards)
	}
	t.WalletLimit, t.Reserve = uint32(limit), uint16(reserve)
	var err error
	if owner := c.String("owner"); owner != "" {
		if t.Owner, err = contractAddress(owner); err != nil {
			return nil, err
		}
	}
	if royalty := c.String("royalty"); royalty != "" {
		if t.RoyaltyReceiver, t.RoyaltyFraction, err = royaltyOf(royalty, 10); err != nil {
			return nil, err
		}
	}
	if d.Assignment == bundle.Fixed && (t.Gap != 0 || t.Placeholder != "" || t.BlockHashes || c.String("beacon") != "") {
		return nil, errors.New("the deck is fixed: its tokens show their cards from the start, so leave out --beacon, --gap, --placeholder and --block-hash-fallback")
	}
	return t, nil
}

// royaltyOf reads ADDRESS:PERCENT.
func royaltyOf(s string, most float64) (at common.Address, fraction uint16, err error) {
	account, percent, _ := strings.Cut(s, ":")
	if at, err = contractAddress(account); err != nil {
		return at, 0, err
	}
	share, err := strconv.ParseFloat(percent, 64)
	if err != nil || !(share >= 0 && share <= most) {
		return at, 0, console.Hint(fmt.Errorf("%.80q is not a royalty", s), fmt.Sprintf("write ADDRESS:PERCENT, such as 0x…:2.5; at most %g", most))
	}
	return at, uint16(math.Round(share * 100)), nil
}

// deployDeckOn deploys verifier, beacon and contract.
func (p *program) deployDeckOn(c *cli.Context, s *sender, published *publication.Publication, t *chain.DeckTerms) (*deckDeployReport, error) {
	if home := t.Deck.Home; home == nil || home.ChainID != s.ChainID {
		return nil, &chain.HomeError{Home: home, ChainID: s.ChainID}
	}
	if t.Owner == (common.Address{}) {
		t.Owner = s.Address()
	}
	digest := published.Key.Digest()
	r := &deckDeployReport{ChainID: s.ChainID, Account: s.Address().Hex(), Author: common.Address(t.Deck.Home.Author).Hex(), Key: hexOf(digest[:])}
	v, err := s.DeployDeckVerifier(c.Context, published.Key)
	if err != nil {
		return nil, unsafeKeyHint(err)
	}
	r.Verifier = deployedOf(v)
	if t.Deck.Assignment == bundle.Permuted {
		name := c.String("beacon")
		if name == "" {
			name = "evmnet"
		}
		hash, err := drand.ByName(name)
		if err != nil {
			return nil, console.Hint(fmt.Errorf("%.40q is no beacon of a deck", name), "write evmnet or quicknet")
		}
		b, err := s.DeployBeacon(c.Context, hash)
		if err != nil {
			return nil, err
		}
		report := deployedOf(b)
		t.Beacon, r.Beacon, r.BeaconKind = b.Address, &report, name
		if t.Gap == 0 {
			t.Gap = chain.DefaultGap(s.ChainID)
		}
		r.Gap = uint64(t.Gap / time.Second)
	}
	contract, err := s.DeployDeck(c.Context, *t, v.Address, c.Bool("again"))
	if err != nil {
		return nil, err
	}
	r.Contract = deployedOf(contract)
	r.Metadata, err = deployMetadata(c, s, t.Deck.Circuit, v.Address, digest)
	return r, err
}

type deckDeployReport struct {
	ChainID    uint64          `json:"chain_id"`
	Account    string          `json:"account"`
	Author     string          `json:"author"` // who alone can open the sale
	Key        string          `json:"key_digest"`
	Verifier   deployedReport  `json:"verifier"`
	Beacon     *deployedReport `json:"beacon"` // null for a fixed deck
	BeaconKind string          `json:"beacon_kind"`
	Gap        uint64          `json:"gap_seconds"`
	Contract   deployedReport  `json:"contract"`
	Metadata   *deployedReport `json:"metadata,omitempty"` // only with --metadata
}

func (p *program) sayDeckDeployed(r *deckDeployReport) {
	row := func(name string, d deployedReport) []string {
		if d.Reused {
			return []string{name, d.Address, "there already"}
		}
		return []string{name, d.Address, fmt.Sprintf("%d gas, transaction %s", d.Gas, d.Tx)}
	}
	p.Say("Chain %d, account %s", r.ChainID, r.Account)
	rows := [][]string{row("  verifier", r.Verifier)}
	if r.Beacon != nil {
		rows = append(rows, row("  beacon "+r.BeaconKind, *r.Beacon))
	}
	rows = append(rows, row("  deck's contract", r.Contract))
	if r.Metadata != nil {
		rows = append(rows, row("  circuit's metadata", *r.Metadata))
	}
	p.Table(rows...)
	p.Say("The deck, its rule, its number of cards and its author are fixed now. %s alone can open the sale.", r.Author)
	if r.Beacon != nil {
		p.Say("Which token shows which card is drawn %s after the sale's end, by one round of drand's %s.", time.Duration(r.Gap)*time.Second, r.BeaconKind)
	}
	p.Say("Next: genproof admit --rpc … --key-file …")
}

// deckHint says what to do about a deck that this chain cannot take.
func deckHint(err error) error {
	var home *chain.HomeError
	var other *chain.OtherBlocks
	if errors.As(err, &other) {
		return console.Hint(err, "leave out --block-hash-fallback or --by-block-hash: on this chain no block's hash can stand in for the beacon")
	}
	if !errors.As(err, &home) {
		return beaconHint(err)
	}
	if home.Home == nil {
		return console.Hint(err, "write home: CHAIN:ADDRESS of the account that will sell it into drop.yaml, and prove the deck again: the home is in its commitment")
	}
	return console.Hint(err, fmt.Sprintf("name a node of chain %d; or write another home into drop.yaml and prove the deck again", home.Home.ChainID))
}

// isDeckDrop reports whether --drop is a deck's folder.
func isDeckDrop(c *cli.Context) bool { return drop.IsDeck(c.String("drop")) }
