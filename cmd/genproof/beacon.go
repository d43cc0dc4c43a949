package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup/drand"
)

// byBlock is the name of the beacon that is the hash of a block.
const byBlock = "blockhash"

// A entropyReport says where a drop's entropy comes from.
type entropyReport struct {
	Kind     string          `json:"kind"` // evmnet, quicknet, blockhash, or unknown
	Block    uint64          `json:"block"`
	Round    uint64          `json:"round"`
	Time     string          `json:"time"`     // of the round
	Contract string          `json:"contract"` // that checks the round
	Deployed *deployedReport `json:"deployed"` // null but in deploy's report
}

// of fills in what a contract says.
func (r *entropyReport) of(s *chain.Status) {
	if s.BeaconSource == (common.Address{}) {
		r.Kind, r.Block = byBlock, s.BeaconBlock
		return
	}
	r.Kind, r.Round, r.Contract = "unknown", s.BeaconRound, s.BeaconSource.Hex()
	if at, err := drand.Time(s.BeaconChain, s.BeaconRound); err == nil {
		r.Kind, r.Time = drand.Name(s.BeaconChain), at.Format(time.RFC3339)
	}
}

// said is the report for people.
func (r *entropyReport) said() string {
	switch r.Kind {
	case byBlock:
		return fmt.Sprintf("the hash of block %d", r.Block)
	case "unknown":
		return fmt.Sprintf("round %d of %s, which is NOT one of genproof's beacons", r.Round, r.Contract)
	}
	return fmt.Sprintf("round %d of drand's %s, of %s", r.Round, r.Kind, r.Time)
}

// opens is what genproof open needs for the beacon besides.
func (r *entropyReport) opens() string {
	if r.Time == "" {
		return ""
	}
	return " --drand " + drandServer
}

// A beaconChoice is the beacon that a drop is deployed with: drand's chain, zero for a block's hash.
type beaconChoice struct{ chain [32]byte }

// beaconOf reads the options, and fills in the delay of the chain. A chain whose blocks'
// hashes would serve nobody is refused before anything is paid for.
func (p *program) beaconOf(c *cli.Context, s *sender, t *chain.Terms) (b beaconChoice, err error) {
	name := c.String("beacon")
	ethereum := s.Local() || s.ChainID == 1
	if name == "" {
		if name = "evmnet"; ethereum {
			name = byBlock
		}
	}
	if name == byBlock {
		if t.BeaconDelay == 0 {
			if t.BeaconDelay = 64; s.Local() {
				t.BeaconDelay = 3
			}
		}
		if !ethereum {
			p.warn("chain %d may have one who orders its blocks and can choose their hashes; --beacon evmnet has not", s.ChainID)
		}
		return b, beaconHint(s.CheckBlocks(c.Context))
	}
	if b.chain, err = drand.ByName(name); err != nil {
		return b, console.Hint(fmt.Errorf("%.40q is no beacon", name), "write evmnet, quicknet or "+byBlock)
	}
	lead := chain.MinimalLead(s.ChainID)
	if t.BeaconDelay == 0 {
		t.BeaconDelay = uint32(max(lead, time.Minute) / time.Second)
	}
	if delay := time.Duration(t.BeaconDelay) * time.Second; delay < lead {
		p.warn("the round comes %s after the deployment; the clock of chain %d may be behind by up to %s, and every report will say so", delay, s.ChainID, lead)
	}
	return b, nil
}

func (p *program) warn(format string, args ...any) {
	fmt.Fprintf(p.Stderr, "genproof: warning: "+format+"\n", args...)
}

// deploy deploys the contract of the beacon, if it has one, and puts it into the terms.
func (b beaconChoice) deploy(ctx context.Context, s *sender, t *chain.Terms, r *deployReport) error {
	if b.chain == [32]byte{} {
		return nil
	}
	d, err := s.DeployBeacon(ctx, b.chain)
	if err != nil {
		return err
	}
	t.BeaconSource = d.Address
	report := deployedOf(d)
	r.Beacon.Deployed = &report
	return nil
}

// beaconHint says what to do about a beacon that cannot be had.
func beaconHint(err error) error {
	var other *chain.OtherBlocks
	var needs *chain.NeedsSignature
	switch {
	case errors.As(err, &other):
		return console.Hint(err, "deploy the drop with --beacon evmnet, whose rounds the contract checks itself")
	case errors.As(err, &needs):
		return console.Hint(err, fmt.Sprintf("add --drand %s, or the signature that %s shows from then on: --signature HEX", drandServer, roundURL(drandServer, needs.Chain, needs.Round)))
	}
	return err
}

// signatures returns where the options say that the signature of a round comes from, nil if they do not.
func (p *program) signatures(c *cli.Context) (func(context.Context, [32]byte, uint64) ([]byte, error), error) {
	text, server := c.String("signature"), c.String("drand")
	switch {
	case text != "" && server != "":
		return nil, console.Hint(errors.New("--signature and --drand are both given"), "leave one of them out")
	case server != "":
		return p.drandAt(server)
	case text == "":
		return nil, nil
	}
	signature, err := hex.DecodeString(strings.TrimPrefix(text, "0x"))
	if err != nil {
		return nil, errors.New("--signature is not in hex")
	}
	return func(context.Context, [32]byte, uint64) ([]byte, error) { return signature, nil }, nil
}
