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
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/ceremony"
	"github.com/genproof/genproof/setup/drand"
	"github.com/genproof/genproof/setup/ptau"
)

func (p *program) ceremonyVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "ceremony", Usage: "make keys whose secrets nobody knows, with others, and check how they were made",
		Description: "init, contribute (each on a machine of their own), beacon, finalize; anybody can verify at any time.\n" +
			"A ceremony is one folder: send it around by git, a bucket or IPFS. Secrets never leave a contributor's process,\n" +
			"which draws them from the system's randomness alone: run it where swap is off or encrypted.",
		Subcommands: []*cli.Command{
			p.ceremonyInitVerb(), p.ceremonyContributeVerb(), p.ceremonyVerifyVerb(), p.ceremonyBeaconVerb(), p.ceremonyFinalizeVerb(), p.ceremonyAttestVerb(),
		},
	})
}

// powersFlags name the powers of tau of a circuit's ceremony.
func powersFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "ptau", Usage: "the powers of tau: a .ptau `FILE`, as snarkjs and the perpetual powers of tau write it"},
		&cli.StringFlag{Name: "phase1", Usage: "the powers of tau: the `FOLDER` of a finished ceremony of phase 1"},
	}
}

func (p *program) ceremonyInitVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "init", ArgsUsage: "FOLDER", Usage: "begin a ceremony for a circuit, or with --power one of phase 1",
		Flags: append(powersFlags(),
			&cli.StringFlag{Name: "circuit", Usage: "the `CIRCUIT`, such as cid/standard"},
			&cli.StringFlag{Name: "ptau-sha256", Usage: "refuse a .ptau file with another SHA-256 than this `HEX`"},
			&cli.Uint64Flag{Name: "power", Usage: "begin a phase 1 for circuits of up to 2^`N` constraints, for those without a .ptau file"},
			&cli.StringFlag{Name: "beacon", Usage: "the `BEACON` that will end it: drand:CHAIN:ROUND or ethereum:CHAINID:BLOCK"},
			&cli.StringFlag{Name: "beacon-at", Usage: "the round of drand at this `TIME`, such as 2026-12-31T18:00:00Z"},
			&cli.StringFlag{Name: "drand", Usage: "the `CHAIN` of drand for --beacon-at: quicknet or evmnet", Value: "quicknet"}),
		Action: p.ceremonyInit,
	})
}

type ceremonyInitReport struct {
	Folder  string `json:"folder"`
	Circuit string `json:"circuit"` // empty for a phase 1
	Power   uint64 `json:"power"`
	Beacon  string `json:"beacon"`
	Digest  string `json:"digest"` // SHA-256 of ceremony.json
}

func (p *program) ceremonyInit(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	beacon, err := beaconName(c)
	if err != nil {
		return err
	}
	if (c.String("circuit") == "") == (c.Uint64("power") == 0) {
		return console.Hint(errors.New("want either a circuit or a power"), "add --circuit cid/standard and --ptau FILE, or --power 18 for a phase 1")
	}
	var f *ceremony.Folder
	if c.Uint64("power") != 0 {
		f, err = ceremony.InitPowers(args[0], c.Uint64("power"), beacon)
	} else {
		f, err = p.initCircuit(c, args[0], beacon)
	}
	if err != nil {
		return err
	}
	r := &ceremonyInitReport{Folder: f.Dir(), Beacon: beacon, Digest: hexOf(f.Digest[:])}
	if d := f.Definition; d.Circuit != nil {
		r.Circuit, r.Power = d.Circuit.ID, d.Circuit.Source.Power
	} else {
		r.Power = d.Powers.Power
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("The ceremony in %s is open, until %s", r.Folder, beaconText(beacon))
	p.Say("Publish this now, so that nobody can change what was announced: %s", r.Digest)
	p.Say("Next, each contributor: genproof ceremony contribute FOLDER --name NAME --key FILE")
	return nil
}

func (p *program) initCircuit(c *cli.Context, dir, beacon string) (*ceremony.Folder, error) {
	ids, err := circuitIDs([]string{c.String("circuit")})
	if err != nil {
		return nil, err
	}
	if len(ids) != 1 {
		return nil, console.Hint(errors.New("a ceremony is for one circuit"), "begin one for each")
	}
	if ids[0].Backend == statement.Plonk {
		return nil, console.Hint(fmt.Errorf("%s takes no ceremony", ids[0]), "genproof setup --ptau FILE makes its keys of powers of tau alone")
	}
	circuit, err := setup.Compile(ids[0])
	if err != nil {
		return nil, err
	}
	srs, err := p.readPowers(c, circuit, true)
	if err != nil {
		return nil, err
	}
	return ceremony.InitCircuit(c.Context, dir, circuit, srs, beacon, p.ceremonyProgress())
}

// beaconName is the beacon that the options name.
func beaconName(c *cli.Context) (string, error) {
	name, at := c.String("beacon"), c.String("beacon-at")
	if (name == "") == (at == "") {
		return "", console.Hint(errors.New("want one beacon, announced now, that nobody can know yet"), "add --beacon-at TIME, or --beacon ethereum:1:BLOCK")
	}
	if name != "" {
		return name, nil
	}
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return "", console.Hint(fmt.Errorf("%.40q is not a time", at), "write it like 2026-12-31T18:00:00Z")
	}
	chain, err := drand.ByName(c.String("drand"))
	if err != nil {
		return "", err
	}
	round, err := drand.Next(chain, t)
	return fmt.Sprintf("drand:%x:%d", chain, round), err
}

// beaconText is a beacon for people.
func beaconText(name string) string {
	if t, ok, err := ceremony.BeaconTime(name); err == nil && ok {
		return fmt.Sprintf("%s (%s)", name, t.Format(time.RFC3339))
	}
	return name
}

// readPowers reads and checks the powers of tau for a circuit, with the Lagrange basis if it is
// wanted and the file is prepared.
func (p *program) readPowers(c *cli.Context, circuit *setup.Circuit, lagrange bool) (*ceremony.SRS, error) {
	file, folder := c.String("ptau"), c.String("phase1")
	power := bits.TrailingZeros64(circuit.Domain)
	switch {
	case (file == "") == (folder == ""):
		return nil, console.Hint(errors.New("want the powers of tau"), "add --ptau FILE, or --phase1 FOLDER of a ceremony of phase 1")
	case folder != "":
		return ceremony.ReadSRS(c.Context, folder, uint64(power), p.ceremonyProgress())
	}
	opt := ptau.Options{Power: power, Lagrange: lagrange, Progress: p.ptauProgress()}
	if pinned := c.String("ptau-sha256"); pinned != "" {
		b, err := hex.DecodeString(strings.TrimPrefix(pinned, "0x"))
		if err != nil || len(b) != len(opt.Digest) {
			return nil, console.Hint(errors.New("--ptau-sha256 is not a SHA-256"), "write 64 hex digits")
		}
		opt.Digest = [32]byte(b)
	}
	srs, err := ptau.Read(c.Context, file, opt)
	if err != nil {
		return nil, err
	}
	p.warnOfChain(srs)
	powers := &ceremony.SRS{
		Source:  ceremony.Source{Kind: ceremony.SourcePtau, SHA256: srs.SHA256, Power: uint64(power)},
		Commons: srs.Commons, Lagrange: srs.Lagrange, Unverified: srs.Chain.Why,
	}
	for _, k := range srs.Chain.Contributions {
		if !k.Beacon {
			powers.Contributors = append(powers.Contributors, fmt.Sprintf("%s, response %x", k.Name, k.ResponseHash))
		}
	}
	return powers, nil
}

// warnOfChain tells what of the contributions to a .ptau file's powers was not verified.
func (p *program) warnOfChain(srs *ptau.SRS) {
	if !srs.Chain.Verified {
		fmt.Fprintf(p.Stderr, "genproof: warning: the contributions to the powers of tau were not verified in full: %s\n", console.Printable(srs.Chain.Why))
	}
}

// openCeremony opens a folder and compiles its circuit, nil for a phase 1.
func openCeremony(dir string) (*ceremony.Folder, *ceremony.Phase, *setup.Circuit, error) {
	f, err := ceremony.Open(dir)
	if err != nil {
		return nil, nil, nil, err
	}
	var circuit *setup.Circuit
	if f.Definition.Circuit != nil {
		var id statement.CircuitID
		if id, err = statement.ParseCircuitID(f.Definition.Circuit.ID); err == nil {
			circuit, err = setup.Compile(id)
		}
		if err != nil {
			return nil, nil, nil, err
		}
	}
	phase, err := f.Phase(circuit)
	return f, phase, circuit, err
}

// ceremonyProgress shows what goes on: a bar where it is known how long it takes.
func (p *program) ceremonyProgress() func(what string, done, total int64) {
	var now *console.Meter
	var name string
	return func(what string, done, total int64) {
		if what != name {
			now.End()
			if name = what; total > 0 {
				now = p.Bars.Count(what, total)
			} else {
				now = p.Bars.Spin(what)
			}
			p.Log.Debug().Msg(what)
		}
		if total > 0 {
			now.Set(done)
		}
	}
}

// withTrouble hints at what to do about errors of package ceremony.
func withTrouble(err error) error {
	var f *ceremony.Fault
	switch {
	case errors.Is(err, files.ErrBusy):
		return console.Hint(err, "wait until it is done, and run the same again")
	case errors.As(err, &f):
		return console.Hint(err, "genproof ceremony verify tells more; get the folder anew from where it is published")
	}
	return err
}
