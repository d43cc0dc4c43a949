package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"path/filepath"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/setup/drand"
	deckbindings "github.com/genproof/genproof/solidity/bindings/deck"
)

// The round that draws the demo's assignment is a real one of drand's evmnet: the chain's
// clock runs where its time comes after the sale. Another real round is tried in its place.
const (
	demoRound     = 9337227
	demoSignature = "01d65d6128f4b2df3d08de85543d8efe06b0281d0770246ae3672e8ddd3efda0269373123458f0b5c0073eeed1c816a06809e127421513e34ee07df6987910b3"
	otherRound    = "0d0d705983f50d6a2846e77d8d12a238f0be277a2307eb3e0d5206dc6765b0f91f04e596e3b28295086e8fda9047d40d37f7c2d8fb2f6686839101692e4f5f13"
)

const (
	demoGap    = time.Hour
	demoLimit  = 3 // tokens a wallet, in the public phase
	demoBefore = `data:application/json,{"name":"Demo Foxes, not revealed yet"}`
)

var demoPrice = big.NewInt(50_000_000 * 1e9) // 0.05 ether

// A demoSale is the deck's sale on an Ethereum of its own.
type demoSale struct {
	*evm.Chain
	author, stranger *chain.Account
	buyers           []*chain.Account
	list             *chain.AllowList // the first buyer, and the author
	client           *chain.Client    // the author's
	contract         common.Address
	published        *publication.Publication
}

type demoSaleReport struct {
	ChainID  uint64            `json:"chain_id"`
	Contract deployedReport    `json:"contract"`
	AdmitGas uint64            `json:"admit_gas"`
	MintGas  uint64            `json:"mint_gas"` // of one token, in the public phase
	Round    uint64            `json:"round"`
	Tokens   []demoTokenReport `json:"tokens"`
}

type demoTokenReport struct {
	Token      uint64   `json:"token"`
	Card       uint64   `json:"card"`
	URI        string   `json:"uri"`
	Attributes []string `json:"attributes"`
}

var deckCalls = deckbindings.NewDeckDrop()

// accounts makes the author's first: the deck is committed to it.
func (s *demoSale) accounts() (err error) {
	for range 3 {
		a, err := chain.NewAccount()
		if err != nil {
			return err
		}
		s.buyers = append(s.buyers, a)
	}
	if s.author, err = chain.NewAccount(); err != nil {
		return err
	}
	if s.stranger, err = chain.NewAccount(); err != nil {
		return err
	}
	s.list, err = chain.NewAllowList([]chain.Allowance{{Account: s.buyers[0].Address, Tokens: 2}, {Account: s.author.Address, Tokens: 1}})
	return err
}

func (s *demoSale) close() {
	if s.Chain != nil {
		s.Chain.Close() // nothing of it is kept
	}
	if s.published != nil {
		s.published.Close() // only read
	}
}

// of is a client of another account.
func (s *demoSale) of(ctx context.Context, a *chain.Account) (*chain.Client, error) {
	return chain.New(ctx, s.Chain, a)
}

// sellDeck admits the deck's proofs, sells three buyers tokens, draws which token shows which
// card, and tries to cheat at each step.
func (d *demo) sellDeck() error {
	d.tell("E. Sell it, on an Ethereum of the demo's own whose clock runs in August 2025, before round %d of drand's evmnet.", demoRound)
	for _, step := range []func() error{d.deployDemoDeck, d.admitDemoDeck, d.strangersCopy, d.openDemoSale, d.buyDemoTokens, d.revealDemoDeck, d.readDemoTokens} {
		if err := step(); err != nil {
			return err
		}
	}
	d.tell("")
	return nil
}

func (d *demo) deployDemoDeck() (err error) {
	s := &d.sale
	at, err := drand.Time(drand.Evmnet, demoRound)
	if err != nil {
		return err
	}
	rich := []common.Address{s.author.Address, s.stranger.Address}
	for _, b := range s.buyers {
		rich = append(rich, b.Address)
	}
	s.Chain = evm.StartAt(evm.DefaultID, at.Add(-demoGap-24*time.Hour), rich...)
	if s.client, err = s.of(d.ctx.Context, s.author); err != nil {
		return err
	}
	s.client.Journal = &chain.Journal{Path: filepath.Join(d.cards.dir, journalFile)}
	if s.published, err = publication.Open(d.cards.out, publication.Trust{}); err != nil {
		return err
	}
	c, err := d.deckContract(s.client, s.author.Address)
	if err != nil {
		return err
	}
	s.contract = c.Address
	d.report.Sale.ChainID, d.report.Sale.Contract = s.client.ChainID, deployedOf(c)
	d.tell("   deck's contract %s, %d gas: model, rule, %d cards and author for ever; a wallet gets at most %d", c.Address, c.Gas, demoCards, demoLimit)
	return d.attempt("sale: ", []attempt{
		{"open the sale before every card is proven", func() (string, error) { return d.refusal(s.author, s.contract, d.saleCall(), nil) }},
		{"mint before every card is proven", func() (string, error) {
			return d.refusal(s.buyers[0], s.contract, deckCalls.PackMint(big.NewInt(1)), nil)
		}},
	})
}

// deckContract deploys what the deck's terms name.
func (d *demo) deckContract(client *chain.Client, owner common.Address) (*chain.Deployment, error) {
	ctx := d.ctx.Context
	v, err := client.DeployDeckVerifier(ctx, d.sale.published.Key)
	if err != nil {
		return nil, err
	}
	beacon, err := client.DeployBeacon(ctx, drand.Evmnet)
	if err != nil {
		return nil, err
	}
	return client.DeployDeck(ctx, chain.DeckTerms{
		Deck: d.sale.published.Deck, Beacon: beacon.Address, Gap: demoGap, Placeholder: demoBefore, Symbol: "FOX", Owner: owner, WalletLimit: demoLimit,
	}, v.Address, true)
}

// refusal returns why a contract refuses a call; anything else that goes wrong is an error.
func (d *demo) refusal(from *chain.Account, to common.Address, data []byte, value *big.Int) (string, error) {
	err := d.sale.client.Try(d.ctx.Context, from.Address, to, data, value)
	var no *chain.Revert
	if errors.As(err, &no) {
		return no.Error(), nil
	}
	return "", err
}

func (d *demo) admitDemoDeck() error {
	s := &d.sale
	group := func(change func(*chain.Group)) func() (string, error) {
		return func() (string, error) {
			g, err := chain.ReadGroup(0, s.published.Deck, s.published.Batch)
			if err != nil {
				return "", err
			}
			change(g)
			return d.refusal(s.stranger, s.contract, g.AdmitCall(), nil)
		}
	}
	if err := d.attempt("sale: ", []attempt{
		{"admit the proofs with another document's digest", group(func(g *chain.Group) { g.Batches[1].Digests[2][5] ^= 1 })},
		{"admit them with two batches exchanged", group(func(g *chain.Group) { g.Batches[0], g.Batches[1] = g.Batches[1], g.Batches[0] })},
		{"admit them with another size of a document", group(func(g *chain.Group) { g.Batches[0].Sizes[0]++ })},
	}); err != nil {
		return err
	}
	r, err := s.client.Admit(d.ctx.Context, chain.AdmitOptions{Contract: s.contract, Deck: s.published.Deck, Batch: s.published.Batch})
	if err != nil {
		return err
	}
	d.report.Sale.AdmitGas = r.Gas
	d.tell("   admitted: all %d cards, %d gas, once; nobody needs a proof from now on", demoCards, r.Gas)
	return nil
}

// strangersCopy is a contract of the same deck that somebody else deploys: public proofs and all.
func (d *demo) strangersCopy() error {
	s := &d.sale
	client, err := s.of(d.ctx.Context, s.stranger)
	if err != nil {
		return err
	}
	copied, err := d.deckContract(client, s.stranger.Address)
	if err != nil {
		return err
	}
	if _, err := client.Admit(d.ctx.Context, chain.AdmitOptions{Contract: copied.Address, Deck: s.published.Deck, Batch: s.published.Batch}); err != nil {
		return err
	}
	return d.attempt("sale: ", []attempt{
		{"open the sale of a stranger's copy, which has admitted every proof", func() (string, error) { return d.refusal(s.stranger, copied.Address, d.saleCall(), nil) }},
	})
}

// demoTerms are the sale's: the list first, then everybody, and an end whose round is known today.
func (d *demo) demoTerms() chain.Sale {
	at, _ := drand.Time(drand.Evmnet, demoRound)
	end := at.Add(-demoGap)
	return chain.Sale{ListFrom: end.Add(-6 * time.Hour), PublicFrom: end.Add(-3 * time.Hour), End: end, ListPrice: new(big.Int).Div(demoPrice, big.NewInt(2)), Price: demoPrice, List: d.sale.list.Root()}
}

func (d *demo) saleCall() []byte { return chain.SaleCall(d.demoTerms()) }

func (d *demo) openDemoSale() error {
	s := &d.sale
	sale := d.demoTerms()
	if _, err := s.client.OpenSale(d.ctx.Context, s.contract, sale); err != nil {
		return err
	}
	status, err := s.client.DeckStatus(d.ctx.Context, s.contract)
	if err != nil {
		return err
	}
	if status.Round != demoRound {
		return fmt.Errorf("the contract names round %d, not %d", status.Round, demoRound)
	}
	d.report.Sale.Round = status.Round
	d.tell("   the sale is open: %s by the list, %s for everybody, until %s; then %s draws", ether(sale.ListPrice), ether(sale.Price), sale.End.Format(time.RFC3339), status.RoundText())
	return nil
}

// passTo lets the chain's clock go on.
func (d *demo) passTo(at time.Time) error {
	head, err := d.sale.HeaderByNumber(d.ctx.Context, nil)
	if err != nil {
		return err
	}
	return d.sale.Pass(at.Sub(time.Unix(int64(head.Time), 0)))
}

func (d *demo) buyDemoTokens() error {
	s, sale, ctx := &d.sale, d.demoTerms(), d.ctx.Context
	if err := d.passTo(sale.ListFrom); err != nil {
		return err
	}
	tokens, path, err := s.list.Path(s.buyers[0].Address)
	if err != nil {
		return err
	}
	if err := d.attempt("sale: ", []attempt{{"mint by the list, and not be on it", func() (string, error) {
		return d.refusal(s.buyers[1], s.contract, deckCalls.PackMintListed(big.NewInt(1), big.NewInt(2), path), sale.ListPrice)
	}}}); err != nil {
		return err
	}
	first, err := s.of(ctx, s.buyers[0])
	if err != nil {
		return err
	}
	if _, err := first.BuyListed(ctx, s.contract, 2, tokens, path); err != nil {
		return err
	}
	if err := d.passTo(sale.PublicFrom); err != nil {
		return err
	}
	if err := d.attempt("sale: ", []attempt{
		{"mint without payment", func() (string, error) {
			return d.refusal(s.buyers[1], s.contract, deckCalls.PackMint(big.NewInt(1)), nil)
		}},
		{"mint more than a wallet may", func() (string, error) {
			return d.refusal(s.buyers[1], s.contract, deckCalls.PackMint(big.NewInt(demoLimit+1)), new(big.Int).Mul(sale.Price, big.NewInt(demoLimit+1)))
		}},
	}); err != nil {
		return err
	}
	for i, n := range []uint64{1, 3} {
		buyer, err := s.of(ctx, s.buyers[1+i])
		if err != nil {
			return err
		}
		receipt, err := buyer.Buy(ctx, s.contract, n)
		if err != nil {
			return err
		}
		if n == 1 {
			d.report.Sale.MintGas = receipt.GasUsed
		}
	}
	d.tell("   three buyers have 2, 1 and 3 tokens; one token took %d gas. They show: %s", d.report.Sale.MintGas, demoBefore)
	return nil
}

func (d *demo) revealDemoDeck() error {
	s, sale, ctx := &d.sale, d.demoTerms(), d.ctx.Context
	if err := d.passTo(sale.End); err != nil {
		return err
	}
	signature, other := unhexed(demoSignature), unhexed(otherRound)
	if err := d.attempt("sale: ", []attempt{
		{"mint after the sale's end", func() (string, error) {
			return d.refusal(s.buyers[1], s.contract, deckCalls.PackMint(big.NewInt(1)), sale.Price)
		}},
		{"take the money before the reveal", func() (string, error) {
			return d.refusal(s.author, s.contract, deckCalls.PackWithdraw(s.author.Address), nil)
		}},
		{"reveal before the round's time", func() (string, error) { return d.refusal(s.stranger, s.contract, deckCalls.PackReveal(signature), nil) }},
	}); err != nil {
		return err
	}
	if err := d.passTo(sale.End.Add(demoGap)); err != nil {
		return err
	}
	if err := d.attempt("sale: ", []attempt{{"reveal by another round, with its true signature", func() (string, error) {
		return d.refusal(s.stranger, s.contract, deckCalls.PackReveal(other), nil)
	}}}); err != nil {
		return err
	}
	anybody, err := s.of(ctx, s.stranger)
	if err != nil {
		return err
	}
	anybody.Signature = func(context.Context, [32]byte, uint64) ([]byte, error) { return signature, nil }
	receipt, err := anybody.Reveal(ctx, s.contract)
	if err != nil {
		return err
	}
	if _, err := s.client.Withdraw(ctx, s.contract, s.author.Address); err != nil {
		return err
	}
	d.tell("   revealed by a stranger with drand's signature, %d gas; then the author took what was paid", receipt.GasUsed)
	return nil
}

func unhexed(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic("demo: " + err.Error()) // a constant of this file
	}
	return b
}

// readDemoTokens looks tokens up as a marketplace does, and compares all with the publication.
func (d *demo) readDemoTokens() error {
	s, ctx := &d.sale, d.ctx.Context
	first := s.published.Deck.FirstID
	o := chain.DeckCheckOptions{Deck: s.published.Deck, Key: s.published.Key, Batch: s.published.Batch, Tokens: []uint64{first, first + 2, first + 5}}
	check, err := s.client.CheckDeck(ctx, s.contract, o)
	if err != nil {
		return err
	}
	if !check.OK() {
		return fmt.Errorf("the demo's own contract differs from its deck: %s", firstFault(check))
	}
	for _, t := range check.Tokens {
		document, err := s.published.CardDocument(t.URI)
		if err != nil {
			return err
		}
		r := demoTokenReport{Token: t.ID, Card: t.Card, URI: t.URI, Attributes: attributesOf(document)}
		d.report.Sale.Tokens = append(d.report.Sale.Tokens, r)
		d.tell("   tokenURI(%d) = %s\n                 card %d: %s", t.ID, t.URI, t.Card, strings.Join(r.Attributes, ", "))
	}
	return nil
}

// attributesOf reads a document as any marketplace would.
func attributesOf(document []byte) (list []string) {
	var doc struct {
		Attributes []struct {
			Type  string `json:"trait_type"`
			Value any    `json:"value"`
		} `json:"attributes"`
	}
	if json.Unmarshal(document, &doc) != nil {
		return nil
	}
	for _, a := range doc.Attributes {
		list = append(list, fmt.Sprintf("%s %v", a.Type, a.Value))
	}
	return list
}
