package chain

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/solidity/bindings"
	"github.com/genproof/genproof/verifier/key"
)

var dropABI = bindings.NewGenproofDrop()

// Terms are what a mint contract promises for ever.
type Terms struct {
	Name, Symbol    string
	FirstID         uint64 // token ids run from here to FirstID + Supply - 1
	Supply          uint64
	Commitments     bundle.Commitments // of these the template comes later: see [Client.SetTemplate]
	BeaconSource    common.Address     // whose round's randomness is the entropy, from DeployBeacon; zero: a block's hash is
	BeaconDelay     uint32             // from deployment to the entropy, at least 1: seconds with a BeaconSource, else blocks
	TemplateNotice  uint32             // seconds; 0: documents never change
	RoyaltyReceiver common.Address     // zero for none
	RoyaltyFraction uint16             // ten-thousandths of the price
	Owner           common.Address
}

// vector is the commitments as the contract's constructor takes them: all but the template.
func vector(c *bundle.Commitments) (v [4]*big.Int) {
	for i, e := range []*fr.Element{&c.Model, &c.Policy, &c.Authority, &c.Seeds} {
		v[i] = e.BigInt(new(big.Int))
	}
	return v
}

// withTemplate is commitments with another template.
func withTemplate(c bundle.Commitments, template fr.Element) bundle.Commitments {
	c.Template = template
	return c
}

// subject names a drop in the journal.
func (t *Terms) subject(verifier common.Address) []byte {
	h := sha256.New()
	h.Write(verifier[:])
	for _, v := range vector(&t.Commitments) {
		h.Write(v.FillBytes(make([]byte, 32)))
	}
	return h.Sum(nil)
}

// A Deployment says where a contract is, and what it took. Gas 0: it was there already.
type Deployment struct {
	Address common.Address
	Tx      common.Hash
	Gas     uint64
	Reused  bool
	// Contract names the artifact, and Arguments are its constructor's, as they stand behind
	// its creation code: what explorers ask for. Both are empty if the contract was there.
	Contract  string
	Arguments []byte
}

// DeployVerifier deploys the verifier of a key, unless the journal knows one that is there. An
// [UnsafeKey] is not deployed.
func (c *Client) DeployVerifier(ctx context.Context, vk key.Verifying) (*Deployment, error) {
	return c.deployVerifier(ctx, vk, statement.NbInputs)
}

func (c *Client) deployVerifier(ctx context.Context, vk key.Verifying, inputs int) (*Deployment, error) {
	if err := vk.Lint(inputs); err != nil {
		return nil, fmt.Errorf("deploying the verifier: %w", err)
	}
	if err := c.MayUse(vk); err != nil {
		return nil, err
	}
	digest := vk.Digest()
	if at, ok, err := c.Journal.Last(EventVerifier, c.ChainID, digest[:]); err != nil {
		return nil, err
	} else if ok && c.CheckVerifier(ctx, at, vk) == nil {
		return &Deployment{Address: at, Reused: true}, nil
	}
	v, err := c.verifierOf(vk)
	if err != nil {
		return nil, err
	}
	d, err := v.create(ctx)
	if err != nil {
		return nil, fmt.Errorf("deploying the verifier: %w", err)
	}
	if c.DryRun != nil {
		return d, nil
	}
	return d, c.CheckVerifier(ctx, d.Address, vk)
}

// CheckVerifier reports whether the contract at an address is our verifier with this key, to the byte.
func (c *Client) CheckVerifier(ctx context.Context, at common.Address, vk key.Verifying) error {
	v, err := c.verifierOf(vk)
	if err != nil {
		return err
	}
	return v.check(ctx, at)
}

// DeployDrop deploys the mint contract on a verifier, unless the journal knows one of the
// same commitments that is there. Again deploys another one, unless Resume has just waited for that. Without a BeaconSource the chain
// has to pass [Client.CheckBlocks].
func (c *Client) DeployDrop(ctx context.Context, t Terms, verifier common.Address, again bool) (*Deployment, error) {
	subject := t.subject(verifier)
	if at, ok, err := c.Journal.Last(EventContract, c.ChainID, subject); err != nil {
		return nil, err
	} else if ok && (!again || slices.Contains(c.arrived, at)) {
		code, err := c.backend.CodeAt(ctx, at, nil)
		if err != nil {
			return nil, fmt.Errorf("looking for the drop's contract: %w", withoutURL(err))
		}
		if solidity.GenproofDrop.IsCode(code) {
			s, err := c.Status(ctx, at)
			if err != nil {
				return nil, err
			}
			// A development chain that began anew can have another drop there.
			if s.Verifier == verifier && withTemplate(s.Commitments, t.Commitments.Template) == t.Commitments && s.BeaconSource == t.BeaconSource {
				return &Deployment{Address: at, Reused: true}, nil
			}
		}
	}
	if t.BeaconSource == (common.Address{}) {
		if err := c.CheckBlocks(ctx); err != nil {
			return nil, fmt.Errorf("deploying the mint contract: %w", err)
		}
	}
	arguments := dropABI.PackConstructor(bindings.Drop{
		Name: t.Name, Symbol: t.Symbol, FirstId: t.FirstID, Supply: t.Supply, Verifier: verifier, Commitments: vector(&t.Commitments),
		BeaconSource: t.BeaconSource, BeaconDelay: t.BeaconDelay, TemplateNotice: t.TemplateNotice,
		RoyaltyReceiver: t.RoyaltyReceiver, RoyaltyFraction: big.NewInt(int64(t.RoyaltyFraction)),
	}, t.Owner)
	if c.DryRun != nil {
		c.DryRun(EventContract, constructorGas(solidity.GenproofDrop, arguments))
		return &Deployment{}, nil
	}
	d, err := c.create(ctx, Entry{Event: EventContract, Subject: subject}, solidity.GenproofDrop, arguments)
	if err != nil {
		return nil, fmt.Errorf("deploying the mint contract: %w", err)
	}
	return d, nil
}

func (c *Client) create(ctx context.Context, e Entry, a *solidity.Artifact, arguments []byte) (*Deployment, error) {
	receipt, err := c.send(ctx, e, nil, append(bytes.Clone(a.Creation), arguments...))
	if errors.Is(err, errDry) {
		return &Deployment{}, nil
	}
	if err != nil {
		return nil, err
	}
	return &Deployment{Address: receipt.ContractAddress, Tx: receipt.TxHash, Gas: receipt.GasUsed, Contract: a.Contract, Arguments: arguments}, nil
}

// constructorGas is what a creation costs before its constructor has run, and 300,000 for
// that. A dry run cannot simulate it: the verifier is not there yet.
func constructorGas(a *solidity.Artifact, arguments []byte) uint64 {
	input := uint64(len(a.Creation) + len(arguments))
	return 21_000 + 32_000 + 16*input + 2*(input/32+1) + 200*uint64(len(a.Runtime)) + 300_000
}
