package chain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/setup/drand"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/solidity/bindings"
)

var evmnetABI = bindings.NewEvmnet() // the other beacon's is the same

// A source is a contract that checks the signatures of a chain of drand.
type source struct {
	chain    [32]byte
	artifact *solidity.Artifact
	// A round long past, by which to see whether an EVM can check it.
	round     uint64
	signature []byte
}

var sources = []source{
	{drand.Evmnet, solidity.Evmnet, 9337227, hexutil.MustDecode("0x01d65d6128f4b2df3d08de85543d8efe06b0281d0770246ae3672e8ddd3efda0269373123458f0b5c0073eeed1c816a06809e127421513e34ee07df6987910b3")},
	{drand.Quicknet, solidity.Quicknet, 1000, hexutil.MustDecode("0xb44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39")},
}

// sourceOf returns the beacon of a chain of drand.
func sourceOf(chainHash [32]byte) (*source, error) {
	for i := range sources {
		if sources[i].chain == chainHash {
			return &sources[i], nil
		}
	}
	return nil, fmt.Errorf("there is no contract for chain %x of drand", chainHash)
}

// sourceIn returns the beacon of a contract's code, nil if the code is none of ours.
func sourceIn(code []byte) *source {
	for i := range sources {
		if bytes.Equal(code, sources[i].artifact.Runtime) {
			return &sources[i]
		}
	}
	return nil
}

// DeployBeacon deploys the contract that checks the signatures of a chain of drand, unless
// the journal knows one that is there. It is an error if this chain's EVM cannot check them.
func (c *Client) DeployBeacon(ctx context.Context, chainHash [32]byte) (*Deployment, error) {
	s, err := sourceOf(chainHash)
	if err != nil {
		return nil, fmt.Errorf("deploying the beacon: %w", err)
	}
	if at, ok, err := c.Journal.Last(EventBeacon, c.ChainID, chainHash[:]); err != nil {
		return nil, err
	} else if ok && c.checkSource(ctx, at, s) == nil {
		return &Deployment{Address: at, Reused: true}, nil
	}
	d, err := c.create(ctx, Entry{Event: EventBeacon, Subject: chainHash[:]}, s.artifact, nil)
	if err != nil {
		return nil, fmt.Errorf("deploying the beacon: %w", err)
	}
	if c.DryRun != nil { // where it would be now
		nonce, err := c.backend.PendingNonceAt(ctx, c.Address())
		d.Address = crypto.CreateAddress(c.Address(), nonce)
		return d, withoutURL(err)
	}
	return d, c.checkSource(ctx, d.Address, s)
}

// checkSource reports whether the contract at an address is a beacon, to the byte, and
// can check a signature on this chain.
func (c *Client) checkSource(ctx context.Context, at common.Address, s *source) error {
	code, err := c.backend.CodeAt(ctx, at, nil)
	if err != nil {
		return fmt.Errorf("reading the beacon's code: %w", withoutURL(err))
	}
	if !bytes.Equal(code, s.artifact.Runtime) {
		return fmt.Errorf("the contract %s on chain %d is not the beacon for drand's %s", at, c.ChainID, drand.Name(s.chain))
	}
	want, err := drand.Verify(s.chain, s.round, s.signature)
	if err != nil {
		return err
	}
	got, err := read(ctx, c, at, nil, evmnetABI.PackVerify(s.round, s.signature), evmnetABI.UnpackVerify)
	if err == nil && got != want {
		err = errors.New("it returns other randomness")
	}
	if err != nil {
		return fmt.Errorf("chain %d cannot check drand's %s: its EVM fails at round %d: %w", c.ChainID, drand.Name(s.chain), s.round, err)
	}
	return nil
}

// A NeedsSignature says that a drop opens, or a deck is revealed, by drand's signature of a round, and that nobody
// has given it.
type NeedsSignature struct {
	Chain [32]byte // drand's
	Round uint64
	Time  time.Time // when the round happens, or happened
}

func (e *NeedsSignature) Error() string {
	return fmt.Sprintf("it takes the signature of round %d of drand's %s, of %s", e.Round, drand.Name(e.Chain), e.Time.Format(time.RFC3339))
}

// signature asks for the signature of a drop's round, and checks it.
func (c *Client) signature(ctx context.Context, s *Status) ([]byte, error) {
	at, err := drand.Time(s.BeaconChain, s.BeaconRound)
	if err != nil {
		return nil, fmt.Errorf("the beacon of the contract %s is %s: %w", s.Contract, s.BeaconSource, err)
	}
	if c.Signature == nil {
		return nil, &NeedsSignature{s.BeaconChain, s.BeaconRound, at}
	}
	signature, err := c.Signature(ctx, s.BeaconChain, s.BeaconRound)
	if err != nil {
		return nil, err
	}
	_, err = drand.Verify(s.BeaconChain, s.BeaconRound, signature)
	return signature, err
}

// BeaconText says where a contract's entropy comes from.
func (s *Status) BeaconText() string {
	switch {
	case s.BeaconSource == common.Address{}:
		return fmt.Sprintf("block %d", s.BeaconBlock)
	case s.BeaconChain == [32]byte{}:
		return fmt.Sprintf("round %d of the contract %s", s.BeaconRound, s.BeaconSource)
	}
	return fmt.Sprintf("drand %s round %d", drand.Name(s.BeaconChain), s.BeaconRound)
}

// MinimalLead returns how long before its round a drop has to be deployed on a chain, as
// the chain's blocks tell the time: where whoever orders the blocks may date them back by a
// day, more than a day.
func MinimalLead(chainID uint64) time.Duration {
	switch {
	case IsLocal(chainID):
		return 0
	case chainID == 1:
		return time.Hour
	}
	return 25 * time.Hour
}
