package chain

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/solidity/bindings"
	"github.com/genproof/genproof/verifier/plonk"
)

// A plonkContract is an adapter before gnark's contract, which has the key.
type plonkContract struct {
	*Client
	vk *plonk.VerifyingKey
}

// create deploys gnark's contract for a key, unless the journal knows one that is there, and the
// adapter.
func (c *plonkContract) create(ctx context.Context) (*Deployment, error) {
	digest := c.vk.Digest()
	at, gas, err := c.behind(ctx)
	if err != nil {
		return nil, err
	}
	arguments := bindings.NewPlonkDeployer().PackConstructor(at, digest)
	if c.DryRun != nil { // gnark's contract is not there to be asked for
		c.DryRun(EventVerifier, constructorGas(solidity.PlonkDeployer, arguments)+constructorGas(solidity.PlonkAdapter, nil))
		return &Deployment{}, nil
	}
	d, err := c.Client.create(ctx, Entry{Event: EventVerifier, Subject: digest[:], KeyProvenance: c.known(c.vk)}, solidity.PlonkDeployer, arguments)
	if err == nil {
		d.Gas += gas
	}
	return d, err
}

// behind deploys gnark's contract, or finds it.
func (c *plonkContract) behind(ctx context.Context) (at common.Address, gas uint64, err error) {
	creation, runtime, err := solidity.PlonkCode(c.vk)
	if err != nil {
		return at, 0, err
	}
	digest := c.vk.Digest()
	if at, ok, err := c.Journal.Last(EventPlonk, c.ChainID, digest[:]); err != nil {
		return at, 0, err
	} else if ok && c.checkCode(ctx, at, runtime) == nil {
		return at, 0, nil
	}
	d, err := c.Client.create(ctx, Entry{Event: EventPlonk, Subject: digest[:], KeyProvenance: c.known(c.vk)}, &solidity.Artifact{Creation: creation}, nil)
	if err != nil {
		return at, 0, err
	}
	return d.Address, d.Gas, nil
}

// check compares the adapter's code, and gnark's behind it.
func (c *plonkContract) check(ctx context.Context, at common.Address) error {
	code, err := c.backend.CodeAt(ctx, at, nil)
	if err != nil {
		return fmt.Errorf("reading the verifier's code: %w", withoutURL(err))
	}
	behind, digest, ok := solidity.AdaptedPlonk(code)
	if !ok || digest != c.vk.Digest() {
		return fmt.Errorf("the contract %s on chain %d is not the verifier of this key", at, c.ChainID)
	}
	_, runtime, err := solidity.PlonkCode(c.vk)
	if err != nil {
		return err
	}
	return c.checkCode(ctx, behind, runtime)
}

func (c *Client) checkCode(ctx context.Context, at common.Address, want []byte) error {
	code, err := c.backend.CodeAt(ctx, at, nil)
	if err != nil {
		return fmt.Errorf("reading the code at %s: %w", at, withoutURL(err))
	}
	if !bytes.Equal(code, want) {
		return fmt.Errorf("the contract %s on chain %d is not gnark's verifier of this key", at, c.ChainID)
	}
	return nil
}

// readPlonkKey takes the key from gnark's contract behind an adapter.
func (s *Status) readPlonkKey(r *reader, at common.Address, digest [32]byte) {
	code := r.anyCode(at)
	if r.err != nil {
		return
	}
	vk, err := solidity.PlonkKeyOf(code)
	if err == nil {
		err = vk.Lint(statement.NbInputs)
	}
	if err == nil && vk.Digest() != digest {
		err = errors.New("the adapter names another key than gnark's contract has")
	}
	if err != nil {
		s.KeyFault = err
		return
	}
	s.Key, s.KeyKnown = vk, true
}
