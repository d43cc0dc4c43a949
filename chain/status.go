package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/key"
)

// A Status is what a mint contract says of itself.
type Status struct {
	ChainID      uint64
	Block        uint64
	Contract     common.Address
	Verifier     common.Address
	Known        bool // its code is GenproofDrop's, whatever its immutables are: Check looks at its constructor
	Name         string
	Owner        common.Address
	FirstID      uint64
	Supply       uint64
	Commitments  bundle.Commitments // zero for the template until it is set
	Key          key.Verifying
	KeyFault     error // what is wrong with the key in a verifier's code, if that is why there is no Key
	KeyKnown     bool  // the verifier's code is ours
	Open         bool
	BeaconSource common.Address // whose round the entropy is of; zero: it is a block's hash
	BeaconChain  [32]byte       // drand's chain that this contract checks; zero if its code is none of ours
	BeaconRound  uint64
	BeaconBlock  uint64
	Entropy      [32]byte
	Beacon       fr.Element
	// The other template, for tokens whose holders ask for it, and when it comes or came into
	// force: unix seconds, 0 if none was announced.
	NextTemplate fr.Element
	TemplateFrom uint64
}

// HasTemplate reports whether the contract's template is set: tokens can be minted.
func (s *Status) HasTemplate() bool { return !s.Commitments.Template.IsZero() }

// hasID reports whether an id is one of the drop's.
func (s *Status) hasID(id uint64) bool { return id >= s.FirstID && id-s.FirstID < s.Supply }

// beacon is the status's own.
func (s *Status) beacon() *bundle.Beacon {
	return &bundle.Beacon{ChainID: s.ChainID, Contract: s.Contract, Entropy: s.Entropy, Value: s.Beacon, Source: s.BeaconText()}
}

// Status reads a mint contract, all of it at one block.
func (c *Client) Status(ctx context.Context, contract common.Address) (*Status, error) {
	block, err := c.backend.BlockNumber(ctx)
	if err != nil {
		return nil, fmt.Errorf("asking the node for its block: %w", withoutURL(err))
	}
	s := &Status{ChainID: c.ChainID, Block: block, Contract: contract}
	r := &reader{ctx: ctx, c: c, at: contract, block: new(big.Int).SetUint64(block)}
	s.Known = solidity.GenproofDrop.IsCode(r.code(contract))
	s.Verifier = view(r, dropABI.PackVerifier(), dropABI.UnpackVerifier)
	s.Name = view(r, dropABI.PackName(), dropABI.UnpackName)
	s.FirstID = r.uint64(view(r, dropABI.PackFirstId(), dropABI.UnpackFirstId))
	s.Supply = r.uint64(view(r, dropABI.PackSupply(), dropABI.UnpackSupply))
	s.BeaconSource = view(r, dropABI.PackBeaconSource(), dropABI.UnpackBeaconSource)
	s.BeaconRound = view(r, dropABI.PackBeaconRound(), dropABI.UnpackBeaconRound)
	if known := sourceIn(r.anyCode(s.BeaconSource)); known != nil {
		s.BeaconChain = known.chain
	}
	s.BeaconBlock = r.uint64(view(r, dropABI.PackBeaconBlock(), dropABI.UnpackBeaconBlock))
	s.Entropy = view(r, dropABI.PackEntropy(), dropABI.UnpackEntropy)
	s.Open = s.Entropy != [32]byte{}
	s.Beacon = r.element(view(r, dropABI.PackBeacon(), dropABI.UnpackBeacon))
	commitments := view(r, dropABI.PackCommitments(), dropABI.UnpackCommitments)
	for i, e := range []*fr.Element{&s.Commitments.Model, &s.Commitments.Policy, &s.Commitments.Template, &s.Commitments.Authority, &s.Commitments.Seeds} {
		*e = r.element(commitments[i])
	}
	s.readKey(r)
	next := view(r, dropABI.PackNextTemplate(), dropABI.UnpackNextTemplate)
	s.NextTemplate, s.TemplateFrom = r.element(next.Template), r.uint64(next.From)
	if s.Known {
		s.Owner = view(r, dropABI.PackOwner(), dropABI.UnpackOwner)
	}
	if r.err != nil {
		return nil, fmt.Errorf("reading the contract %s: %w", contract, r.err)
	}
	return s, nil
}

// readKey takes the key from the verifier's code.
func (s *Status) readKey(r *reader) {
	code := r.code(s.Verifier)
	if at, digest, ok := solidity.AdaptedPlonk(code); ok && r.err == nil {
		s.readPlonkKey(r, at, digest)
		return
	}
	key := solidity.KeyOf(code)
	if r.err != nil || key == nil {
		return
	}
	vk, err := groth16.ParseVerifyingKey(key)
	if err == nil {
		err = vk.Lint(statement.NbInputs)
	}
	if err != nil {
		s.KeyFault = err
		return
	}
	s.Key = vk
	s.KeyKnown = string(code) == string(solidity.VerifierCode(vk.Bytes()))
}

// A reader reads a contract until something fails.
type reader struct {
	ctx   context.Context
	c     *Client
	at    common.Address
	block *big.Int
	err   error
}

func view[T any](r *reader, data []byte, unpack func([]byte) (T, error)) (v T) {
	if r.err == nil {
		v, r.err = read(r.ctx, r.c, r.at, r.block, data, unpack)
	}
	return v
}

// code is the code of a contract, which there has to be.
func (r *reader) code(at common.Address) []byte {
	code := r.anyCode(at)
	if r.err == nil && len(code) == 0 {
		r.err = errNoContract
	}
	return code
}

// anyCode is the code at an address, or none.
func (r *reader) anyCode(at common.Address) (code []byte) {
	if r.err == nil {
		code, r.err = r.c.backend.CodeAt(r.ctx, at, r.block)
		r.err = withoutURL(r.err)
	}
	return code
}

func (r *reader) uint64(v *big.Int) uint64 {
	if r.err != nil {
		return 0
	}
	if !v.IsUint64() {
		r.err = errors.New("the contract answers with a number of more than 64 bits")
	}
	return v.Uint64()
}

// element never reduces.
func (r *reader) element(v *big.Int) (e fr.Element) {
	if r.err != nil {
		return e
	}
	if v.Cmp(fr.Modulus()) >= 0 {
		r.err = errors.New("the contract answers with a number that is not a field element")
		return e
	}
	e.SetBigInt(v)
	return e
}
