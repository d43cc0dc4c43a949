package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/verifier"
)

func (p *program) publishVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "publish", ArgsUsage: "[FOLDER]", Usage: "write the CAR of an output folder anew, and send it to an IPFS node if one is named",
		Description: "What does not verify is not published. The default folder is out.",
		Flags: append([]cli.Flag{
			keysFlag(),
			&cli.StringFlag{Name: "car", Usage: "the CAR's `FILE` (default: drop.car in the folder)"},
		}, ipfsNodeFlags()...),
		Action: p.publish,
	})
}

func ipfsNodeFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "api", Usage: "the RPC `URL` of an IPFS node, such as http://127.0.0.1:5001"},
		&cli.StringFlag{Name: "api-file", Usage: "a `FILE` that holds the URL, for one with a password; - for stdin"},
	}
}

type publishReport struct {
	carReport
	Tokens int  `json:"tokens,omitempty"` // of a drawn drop
	Cards  int  `json:"cards,omitempty"`  // of a deck
	Pushed bool `json:"pushed"`

	Provenance string `json:"provenance"` // of the verifying key
	Claimed    bool   `json:"claimed"`    // the provenance is the description's word only
}

func (p *program) publish(c *cli.Context) error {
	args, err := console.Operands(c, 0, 1)
	if err != nil {
		return err
	}
	dir := "out"
	if len(args) == 1 {
		dir = args[0]
	}
	api, err := p.nodeURL(c)
	if err != nil {
		return err
	}
	var r publishReport
	path := c.String("car")
	if path == "" {
		path = filepath.Join(dir, bundle.CARFile)
	}
	if err := mayReplace(path, "CAR", isCAR); err != nil {
		return err
	}
	if err := p.mustVerify(c, dir, &r); err != nil {
		return err
	}
	if r.carReport, err = p.writeCAR(c.Context, dir, path); err != nil {
		return err
	}
	if api != "" {
		if err := p.push(c, r.CAR, api, ipfs.Push); err != nil {
			return err
		}
		for i, car := range r.Images {
			send := ipfs.PushPart
			if i == len(r.Images)-1 {
				send = ipfs.Push
			}
			if err := p.push(c, car, api, send); err != nil {
				return err
			}
		}
		r.Pushed = true
	}
	if p.JSON {
		return p.Report(r)
	}
	what, n := "tokens", r.Tokens
	if r.Cards > 0 {
		what, n = "cards", r.Cards
	}
	p.Table(append(r.rows(), []string{"  " + what, fmt.Sprint(n)})...)
	if r.Pushed {
		p.Say("The node has imported and pinned it.")
	}
	p.sayProvenance(r.Provenance, r.Claimed)
	return nil
}

// nodeURL keeps passwords off the command line, where every user of the machine sees them.
func (p *program) nodeURL(c *cli.Context) (string, error) {
	if file := c.String("api-file"); file != "" {
		data, err := p.readSecret(file)
		return strings.TrimSpace(string(data)), err
	}
	api := c.String("api")
	if u, err := url.Parse(api); err == nil && u.User != nil {
		return "", console.Hint(errors.New("--api holds a name or password, which other users of the machine can see"), "write the URL to a file of mode 0600 and name it with --api-file")
	}
	return api, nil
}

// mustVerify fails unless all tokens or cards of a folder hold, or the proofs of a sealed deck.
func (p *program) mustVerify(c *cli.Context, dir string, out *publishReport) error {
	s, err := p.openAny(c, dir, "", "")
	if err != nil {
		return err
	}
	defer s.Close()
	var holds bool
	var key verifier.Key
	if s.Deck != nil {
		r, err := s.JudgeDeck(c.Context, nil)
		if err != nil {
			return err
		}
		holds, key, out.Cards = r.Verdict.Holds() || r.Verdict == verifier.NotChecked && r.Counts.Sealed > 0, r.Key, r.Counts.Holding+r.Counts.Sealed
	} else {
		r, err := s.Judge(c.Context)
		if err != nil {
			return err
		}
		holds, key, out.Tokens = r.Verdict.Holds(), r.Key, len(r.Tokens)
	}
	if out.Provenance, out.Claimed = key.Provenance, key.Claimed; holds {
		return nil
	}
	p.Complain(c.Context, console.Hint(fmt.Errorf("%s is not published: it does not verify", dir), "genproof verify "+dir+" tells why"))
	return console.ErrRejected
}

// A carSender is ipfs.Push, or ipfs.PushPart.
type carSender func(ctx context.Context, path, rpc string, progress func(done, total int64)) (car.CID, error)

func (p *program) push(c *cli.Context, car, api string, send carSender) error {
	var bar *console.Meter
	defer func() { bar.End() }()
	_, err := send(c.Context, car, api, func(done, total int64) {
		if bar == nil {
			bar = p.Bars.Bytes("sending", total)
		}
		bar.Set(done)
	})
	return err
}
