package ptau

import (
	"context"
)

// A Chain is what section 7 tells of who made a file.
type Chain struct {
	Verified      bool   // every step that the file lets anyone verify was verified
	Why           string // if not Verified: what was not, and why
	Contributions []Contribution
}

// A Contribution is one step of the ceremony, for people.
type Contribution struct {
	Name          string   // as its contributor gave it; may be empty; anybody may claim any name
	Beacon        bool     // public randomness and no secret
	BeaconHash    []byte   // the beacon's value
	IterationsExp int      // SHA-256 was iterated 2^IterationsExp times over it
	NextChallenge [64]byte // BLAKE2b of the file after this contribution, as recorded
}

func (c *content) verifyChain(_ context.Context, _ *Options) (*Chain, error) {
	chain := &Chain{Why: "contributions are listed, not verified"}
	for i := range c.contributions {
		k := &c.contributions[i]
		chain.Contributions = append(chain.Contributions, Contribution{
			Name: k.name, Beacon: k.beacon, BeaconHash: k.beaconHash, IterationsExp: k.iterationsExp, NextChallenge: k.nextChallenge,
		})
	}
	return chain, nil
}
