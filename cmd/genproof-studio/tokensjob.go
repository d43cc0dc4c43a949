package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/internal/tokenlist"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/message"
)

// tokensJob is some of the tokens of the drawn drop in dir.
func (p *program) tokensJob(c *cli.Context, dir, out string) (*job, error) {
	if c.IsSet("reveal") {
		return nil, errors.New("--reveal is for decks, and this is a drawn drop")
	}
	if (c.String("listen") != "" || c.String("nats") != "") && !c.Bool("share-secrets") {
		return nil, console.Hint(errors.New("workers elsewhere would learn the secrets of this drawn drop: every token is drawn from its seed and blind"),
			"leave --listen and --nats out, or add --share-secrets if you trust every worker with all hidden values of the drop")
	}
	d, err := drop.Load(dir)
	if err != nil {
		return nil, err
	}
	for _, w := range d.Warnings {
		p.Warn("%s", w)
	}
	if d.Circuit.Backend != statement.Groth16 {
		return nil, console.Hint(fmt.Errorf("a studio proves with Groth16, and this drop is for %s", d.Circuit), "genproof prove takes it")
	}
	list, err := tokens(c, d)
	if err != nil {
		return nil, err
	}
	s, keys, err := p.storeAndKeys(c, d.Circuit)
	if err != nil {
		return nil, err
	}
	work := service.Tokens{Drop: d, List: list, Out: out, Share: c.Bool("share-secrets"), Store: s, Keys: keys}
	return &job{out, len(list), keys, func(ctx context.Context, s *service.Studio, id message.DropID) (int, error) {
		return s.ProveTokens(ctx, id, work)
	}}, nil
}

// tokens are those of --tokens, for --recipient. One that breaks the policy is an error that names
// all such.
func tokens(c *cli.Context, d *drop.Drop) (list []prover.Token, err error) {
	ids, err := tokenlist.Parse(c.String("tokens"), d.IDs)
	if err != nil {
		return nil, err
	}
	var recipient [20]byte
	if text := c.String("recipient"); text != "" {
		if recipient, err = bundle.ParseAddress(text); err != nil {
			return nil, console.Hint(fmt.Errorf("--recipient: %w", err), "write 0x and 40 hex digits")
		}
	}
	refused, err := prover.Check(c.Context, d, ids, nil)
	if err != nil {
		return nil, err
	}
	if refused != nil {
		return nil, refused
	}
	for _, id := range ids {
		list = append(list, prover.Token{ID: id, Recipient: recipient})
	}
	return list, nil
}
