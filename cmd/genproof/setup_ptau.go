package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/ptau"
)

func (p *program) setupPtauVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "ptau", ArgsUsage: "FILE", Usage: "check powers of tau, and tell who made them",
		Description: "FILE is a .ptau file of snarkjs for bn128 (BN254), such as one of the Perpetual Powers of Tau. All of it is\n" +
			"checked: points, powers, contributions. Compare the SHA-256 with a published one, or give that with --sha256.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "circuit", Usage: "check the powers that `CIRCUIT` needs, such as cid/standard"},
			&cli.IntFlag{Name: "power", Usage: "check the powers for domains of 2^`N`; without, all of the file"},
			&cli.StringFlag{Name: "sha256", Usage: "refuse a file that has not this SHA-256, in `HEX`"},
		},
		Action: p.setupPtau,
	})
}

type ptauReport struct {
	File          string               `json:"file"`
	SHA256        string               `json:"sha256"`
	FilePower     int                  `json:"file_power"`
	Power         int                  `json:"power"`
	Circuit       string               `json:"circuit,omitempty"`
	ChainVerified bool                 `json:"chain_verified"`
	ChainWhy      string               `json:"chain_why,omitempty"` // what of the chain was not verified
	Contributions []contributionReport `json:"contributions"`
	Seconds       float64              `json:"seconds"`
}

type contributionReport struct {
	Name          string `json:"name"`
	Beacon        bool   `json:"beacon"`
	BeaconValue   string `json:"beacon_value,omitempty"`
	IterationsExp int    `json:"beacon_iterations_exp,omitempty"`
	ResponseHash  string `json:"response_hash"`
	NextChallenge string `json:"next_challenge"`
}

func (p *program) setupPtau(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	start := time.Now()
	opt, err := p.ptauOptions(c)
	if err != nil {
		return err
	}
	srs, err := readPtau(c.Context, args[0], *opt)
	if err != nil {
		return err
	}
	r := &ptauReport{
		File: args[0], SHA256: hex.EncodeToString(srs.SHA256[:]), FilePower: srs.FilePower, Power: srs.Power, Circuit: c.String("circuit"),
		ChainVerified: srs.Chain.Verified, ChainWhy: srs.Chain.Why, Seconds: time.Since(start).Seconds(),
	}
	for _, k := range srs.Chain.Contributions {
		r.Contributions = append(r.Contributions, contributionReport{
			Name: k.Name, Beacon: k.Beacon, BeaconValue: hex.EncodeToString(k.BeaconValue), IterationsExp: k.IterationsExp,
			ResponseHash: hex.EncodeToString(k.ResponseHash[:]), NextChallenge: hex.EncodeToString(k.NextChallenge[:]),
		})
	}
	if p.JSON {
		return p.Report(r)
	}
	p.sayPtau(r)
	return nil
}

func (p *program) ptauOptions(c *cli.Context) (*ptau.Options, error) {
	opt := &ptau.Options{Power: c.Int("power"), Progress: p.ptauProgress()}
	if c.IsSet("power") && opt.Power < 1 {
		return nil, fmt.Errorf("--power is %d, want at least 1", opt.Power)
	}
	if name := c.String("circuit"); name != "" {
		if c.IsSet("power") {
			return nil, errors.New("--circuit and --power are both given: one says what the other does")
		}
		ids, err := circuitIDs([]string{name})
		if err != nil || len(ids) != 1 {
			return nil, console.Hint(fmt.Errorf("there is no circuit %.40q", name), "use one of "+strings.Join(circuitNames(), ", "))
		}
		if opt.Power, err = p.circuitPower(ids[0]); err != nil {
			return nil, err
		}
	}
	var err error
	opt.Digest, err = pinnedDigest(c.String("sha256"))
	return opt, err
}

// circuitPower returns the power of two that a circuit's domain is.
func (p *program) circuitPower(id statement.CircuitID) (int, error) {
	now := p.Bars.Spin("compiling " + id.String())
	defer now.End()
	circuit, err := setup.Compile(id)
	if err != nil {
		return 0, err
	}
	return bits.Len64(circuit.Domain - 1), nil
}

func (p *program) ptauProgress() func(phase string, done, total int64) {
	var now *console.Meter
	return func(phase string, done, total int64) {
		if done == 0 {
			now.End()
			if phase == ptau.PhaseRead {
				now = p.Bars.Bytes(phase, total)
			} else {
				now = p.Bars.Count(phase, total)
			}
		}
		now.Set(done)
		if done == total {
			now.End()
		}
	}
}

func (p *program) sayPtau(r *ptauReport) {
	p.Say("%s: the powers of tau for domains up to 2^%d are sound, %.1f s", r.File, r.Power, r.Seconds)
	power := fmt.Sprintf("2^%d", r.FilePower)
	if r.Power != r.FilePower {
		power += fmt.Sprintf(", of which 2^%d were checked", r.Power)
	}
	p.Table([]string{"  SHA-256", r.SHA256}, []string{"  domain", power})
	p.Say("Contributions, by the names their makers gave, with the BLAKE2b of what they handed in:")
	rows := make([][]string, len(r.Contributions))
	for i, k := range r.Contributions {
		rows[i] = []string{fmt.Sprintf("  %d", i+1), fmt.Sprintf("%q", k.Name), k.ResponseHash}
		if k.Beacon {
			rows[i] = append(rows[i], fmt.Sprintf("beacon %s, 2^%d iterations", k.BeaconValue, k.IterationsExp))
		}
	}
	p.Table(rows...)
	if r.ChainVerified {
		p.Say("The chain of contributions was verified, from nothing to this file's points.")
	} else {
		p.Say("THE CHAIN OF CONTRIBUTIONS WAS NOT VERIFIED IN FULL: %s.", r.ChainWhy)
	}
	if len(r.Contributions) > 1 {
		p.Say("The points between contributions are in no file: whether a response hash is its contributor's, ask the contributor.")
	}
}
