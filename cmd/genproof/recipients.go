package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/internal/tokenlist"
	"github.com/genproof/genproof/prover"
)

// recipients reads who each token may be minted to: a table of the columns token and recipient.
func recipients(path string, ids policy.IDs) (map[uint64][20]byte, error) {
	of := map[uint64][20]byte{}
	err := eachPair(path, [2]string{"token", "recipient"}, func(r *pairReader, fields [2]string) error {
		id, err := r.number(0, fields[0], ids.First, ids.Last())
		if err != nil {
			return err
		}
		if _, twice := of[id]; twice {
			return r.wrong(0, "token %d stands here a second time", id)
		}
		of[id], err = r.account(1, fields[1])
		return err
	})
	if err == nil && len(of) == 0 {
		err = fmt.Errorf("%s names no token", path)
	}
	return of, err
}

// nameTokens reads which tokens a job proves, and who each may be minted to. Without --tokens they are
// those of --recipients.
func nameTokens(c *cli.Context, job *prover.Job, ids policy.IDs) (err error) {
	path, tokens := c.String("recipients"), c.String("tokens")
	if path == "" {
		one, err := address(c.String("recipient"))
		if err != nil {
			return err
		}
		job.Recipient = func(uint64) [20]byte { return one }
		job.IDs, err = tokenlist.Parse(tokens, ids)
		return err
	}
	if c.String("recipient") != "" {
		return errors.New("--recipient and --recipients both name who may get the tokens: give one")
	}
	of, err := recipients(path, ids)
	if err != nil {
		return err
	}
	job.Recipient = func(id uint64) [20]byte { return of[id] }
	if tokens == "" {
		job.IDs = slices.Sorted(maps.Keys(of))
		return nil
	}
	if job.IDs, err = tokenlist.Parse(tokens, ids); err != nil {
		return err
	}
	for _, id := range job.IDs {
		if _, named := of[id]; !named {
			return console.Hint(fmt.Errorf("%s names no recipient of token %d", path, id), "add its row, or leave --tokens out to prove the tokens that the table names")
		}
	}
	return nil
}
