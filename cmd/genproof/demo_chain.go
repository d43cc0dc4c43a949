package main

import (
	"fmt"
	"path/filepath"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/drop"
)

// A demoChain is the demo's own Ethereum, with the drop's contract on it.
type demoChain struct {
	*evm.Chain
	client            *chain.Client
	author, collector *chain.Account
	terms             chain.Terms
	verifier          common.Address
	contract          common.Address
}

type demoChainReport struct {
	ChainID  uint64            `json:"chain_id"`
	Verifier deployedReport    `json:"verifier"`
	Contract deployedReport    `json:"contract"`
	MintGas  uint64            `json:"mint_gas"` // of one token
	BatchGas uint64            `json:"batch_gas"`
	Batch    int               `json:"batch"`
	URIs     map[uint64]string `json:"token_uris"`
}

func (c *demoChain) close() {
	if c.Chain != nil {
		c.Chain.Close() // nothing of it is kept
	}
}

// deploy puts the commitments into a contract, whose beacon the tokens are then drawn with.
func (d *demo) deploy() (err error) {
	c := &d.chain
	if c.author, err = chain.NewAccount(); err != nil {
		return err
	}
	if c.collector, err = chain.NewAccount(); err != nil {
		return err
	}
	c.Chain = evm.Start(evm.DefaultID, c.author.Address)
	if c.client, err = chain.New(d.ctx.Context, c.Chain, c.author); err != nil {
		return err
	}
	c.client.Journal = &chain.Journal{Path: filepath.Join(d.report.Folder, journalFile)}
	c.terms = chain.Terms{Name: d.drop.Name, Symbol: symbolOf(d.drop.Name), FirstID: d.drop.IDs.First, Supply: d.drop.IDs.Supply, Commitments: d.drop.Commitments, BeaconDelay: 3, Owner: c.author.Address}
	v, contract, err := d.deployOn(c.client)
	if err != nil {
		return err
	}
	c.verifier, c.contract = v.Address, contract.Address
	d.report.Chain = demoChainReport{ChainID: c.client.ChainID, Verifier: deployedOf(v), Contract: deployedOf(contract), URIs: map[uint64]string{}}
	d.tell("3. Before any token is drawn, deploy the commitments to an Ethereum of the demo's own (chain %d).", c.client.ChainID)
	d.tell("   verifier       %s  %d gas, with the key in its code", v.Address, v.Gas)
	d.tell("   mint contract  %s  %d gas, with the commitments", contract.Address, contract.Gas)
	c.Mine(int(c.terms.BeaconDelay) + 1)
	b, err := c.client.Open(d.ctx.Context, c.contract)
	if err != nil {
		return err
	}
	if err := writeBeacon(d.report.Folder, b); err != nil {
		return err
	}
	if d.drop, err = drop.Load(d.report.Folder); err != nil {
		return err
	}
	d.tell("   beacon         %s", hexElement(b.Value))
	d.tell("   It comes from the hash of %s, which nobody knew when the commitments were fixed.", b.Source)
	set, err := c.client.SetTemplate(d.ctx.Context, c.contract, d.drop.Commitments, d.drop.Beacon.Value)
	if err != nil {
		return err
	}
	d.tell("   template       %s  %d gas, set once, when the draws were known\n", hexElement(set.Template), set.Gas)
	return nil
}

// deployOn deploys both contracts on a chain.
func (d *demo) deployOn(client *chain.Client) (v, contract *chain.Deployment, err error) {
	if v, err = client.DeployVerifier(d.ctx.Context, d.keys.Verifying); err != nil {
		return nil, nil, err
	}
	contract, err = client.DeployDrop(d.ctx.Context, d.chain.terms, v.Address, true)
	return v, contract, err
}

// lastToken is not minted until the contract has refused it in every wrong way.
var lastToken = demoTokens[len(demoTokens)-1]

// mint mints all tokens but the last, reads their URIs back and finds their documents.
func (d *demo) mint() error {
	d.tell("\n7. Mint. The contract takes a token only with the proof of its document.")
	tokens, err := d.chainTokens(demoTokens[:len(demoTokens)-1])
	if err != nil {
		return err
	}
	o := chain.MintOptions{Contract: d.chain.contract, Batch: 1}
	one, err := d.chain.client.Mint(d.ctx.Context, tokens[:1], o)
	if err != nil {
		return err
	}
	o.Batch = len(tokens) - 1
	rest, err := d.chain.client.Mint(d.ctx.Context, tokens[1:], o)
	if err != nil {
		return err
	}
	d.report.Chain.MintGas, d.report.Chain.BatchGas, d.report.Chain.Batch = one.Gas, rest.Gas, len(rest.Minted)
	for _, t := range tokens {
		if err := d.readBack(t); err != nil {
			return err
		}
	}
	d.tell("   %d gas for one token; %d for %d with one verification.", one.Gas, rest.Gas, len(rest.Minted))
	return nil
}

// readBack looks a token up as a marketplace does: URI, then document.
func (d *demo) readBack(t chain.Token) error {
	id := t.Bundle.Statement.ID
	uri, cid, err := d.chain.client.TokenURI(d.ctx.Context, d.chain.contract, id)
	if err != nil {
		return err
	}
	s, err := d.published()
	if err != nil {
		return err
	}
	defer s.Close()
	document, err := s.Document(cid)
	if err != nil {
		return fmt.Errorf("the document of token %d is not where its tokenURI points: %w", id, err)
	}
	if string(document) != t.Bundle.Document {
		return fmt.Errorf("the document of token %d is not the proven one", id)
	}
	d.report.Chain.URIs[id] = uri
	d.tell("   tokenURI(%d) = %s\n                 the proven document, %d bytes: %s", id, uri, len(document), shownTexts(string(document)))
	return nil
}

func (d *demo) chainTokens(ids []uint64) ([]chain.Token, error) {
	var tokens []chain.Token
	for _, id := range ids {
		b, err := d.bundle(id)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, chain.Token{File: fmt.Sprintf("token %d", id), Bundle: b})
	}
	return tokens, nil
}
