package ptau

import (
	"context"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// A Chain is what section 7 tells of who made a file. A step that is wrong is an error of
// [Read]; a Chain that is not Verified is one of which a part could not be checked.
type Chain struct {
	Verified      bool   // all was verified that a file lets anyone verify: see the package comment
	Why           string // if not Verified: what was not, and why
	Contributions []Contribution
}

// people counts the contributions that are not beacons.
func (c *Chain) people() (n int) {
	for i := range c.Contributions {
		if !c.Contributions[i].Beacon {
			n++
		}
	}
	return n
}

// A Contribution is one step of the ceremony, for people.
type Contribution struct {
	Name          string   // as its contributor gave it; may be empty; anybody may claim any name
	Beacon        bool     // public randomness, which no one kept secret
	BeaconValue   []byte   // what it was drawn from
	IterationsExp int      // by 2^IterationsExp rounds of SHA-256
	ResponseHash  [64]byte // BLAKE2b of what the contributor handed in: to compare with what they published
	NextChallenge [64]byte // BLAKE2b of the points they left, as recorded
}

// errChain says that the contributions do not lead to the file's points.
var errChain = errors.New("the contributions do not lead to this file")

// beaconBudget is how many rounds of SHA-256 all beacons of a file may take: a second.
const beaconBudget = 1 << 24

// accumulated is what the contributions up to one have made.
type accumulated struct {
	tauG1, alphaG1, betaG1 bn254.G1Affine
	tauG2, betaG2          bn254.G2Affine
}

// begin is what a ceremony begins with.
var begin = &accumulated{generatorG1, generatorG1, generatorG1, generatorG2, generatorG2}

// verifySteps verifies each contribution against the one before: that whoever made it knew
// the factors (or drew them from the beacon), and that they lead from point to point.
func verifySteps(ctx context.Context, list []contribution, lay *layout, opt *Options) (*Chain, error) {
	chain := &Chain{Verified: true}
	if lay.power != lay.ceremony {
		chain.gap("the last response and challenge are hashes of 2^%d powers, and the file is cut to 2^%d", lay.ceremony, lay.power)
	}
	before, challenge, budget := begin, initialChallenge(lay.ceremony), beaconBudget
	m := newCounter(ctx, opt, PhaseChain, len(list))
	for i := range list {
		c := &list[i]
		response, err := responseHash(&c.partialHash, &c.keys, lay.ceremony)
		if err == nil {
			err = c.verify(before, challenge)
		}
		if rounds := c.rounds(); err == nil && rounds > budget {
			chain.gap("contribution %d is said to be of a beacon of 2^%d iterations, which is too long to recompute", i+1, c.iterationsExp)
		} else if err == nil && c.beacon {
			budget -= rounds
			err = c.verifyBeacon(ctx, challenge)
		}
		if err != nil {
			return nil, fmt.Errorf("contribution %d: %w", i+1, err)
		}
		chain.Contributions = append(chain.Contributions, Contribution{
			Name: c.name, Beacon: c.beacon, BeaconValue: c.beaconValue, IterationsExp: c.iterationsExp,
			ResponseHash: response, NextChallenge: c.nextChallenge,
		})
		before, challenge = &c.accumulated, &c.nextChallenge
		if err := m.add(1); err != nil {
			return nil, err
		}
	}
	return chain, nil
}

// rounds returns how many rounds of SHA-256 it takes to recompute a beacon, or more than any budget.
func (c *contribution) rounds() int {
	if !c.beacon {
		return 0
	}
	return 1 << min(c.iterationsExp, 30)
}

// verifyBeacon recomputes the keys of a beacon's contribution.
func (c *contribution) verifyBeacon(ctx context.Context, challenge *[challengeSize]byte) error {
	keys, err := beaconKeys(ctx, challenge, c.beaconValue, c.iterationsExp)
	if err == nil && *keys != c.keys {
		err = fmt.Errorf("its factors are not the beacon's: %w", errChain)
	}
	return err
}

func (c *Chain) gap(format string, a ...any) {
	if !c.Verified {
		c.Why += "; "
	}
	c.Verified = false
	c.Why += fmt.Sprintf(format, a...)
}

// verify checks one contribution: before are the points that it multiplied, challenge is
// the hash of the file that it worked on.
func (c *contribution) verify(before *accumulated, challenge *[challengeSize]byte) error {
	if c.tauG1 == before.tauG1 || c.alphaG1 == before.alphaG1 || c.betaG1 == before.betaG1 {
		return fmt.Errorf("it changes nothing: %w", errChain)
	}
	var bases [len(c.keys)]bn254.G2Affine
	for i := range c.keys {
		k := &c.keys[i]
		bases[i] = k.base(i, challenge)
		if !sameRatio(k.s, k.sx, bases[i], k.spx) {
			return fmt.Errorf("the proof that its %s was known is wrong: %w", secretNames[i], errChain)
		}
	}
	tau, alpha, beta := &c.keys[0], &c.keys[1], &c.keys[2]
	switch {
	case !sameRatio(before.tauG1, c.tauG1, bases[0], tau.spx):
		return fmt.Errorf("τ in G1 does not follow: %w", errChain)
	case !sameRatio(tau.s, tau.sx, before.tauG2, c.tauG2):
		return fmt.Errorf("τ in G2 does not follow: %w", errChain)
	case !sameRatio(before.alphaG1, c.alphaG1, bases[1], alpha.spx):
		return fmt.Errorf("α in G1 does not follow: %w", errChain)
	case !sameRatio(before.betaG1, c.betaG1, bases[2], beta.spx):
		return fmt.Errorf("β in G1 does not follow: %w", errChain)
	case !sameRatio(beta.s, beta.sx, before.betaG2, c.betaG2):
		return fmt.Errorf("β in G2 does not follow: %w", errChain)
	}
	return nil
}

var secretNames = [3]string{"τ", "α", "β"}

// verifyEnd compares the last contribution with the points of the file, and its hashes
// with those of all points if they are there.
func verifyEnd(last *contribution, chain *Chain, srs *mpcsetup.SrsCommons, t *transcript) error {
	if got := (accumulated{srs.G1.Tau[1], srs.G1.AlphaTau[0], srs.G1.BetaTau[0], srs.G2.Tau[1], srs.G2.Beta}); got != last.accumulated {
		return fmt.Errorf("the last contribution is of other points: %w", errChain)
	}
	if t == nil {
		return nil
	}
	t.response.Write(last.keys.marshal())
	recorded := chain.Contributions[len(chain.Contributions)-1]
	if [64]byte(t.response.Sum(nil)) != recorded.ResponseHash {
		return fmt.Errorf("the last response is of other points or another challenge: %w", errChain)
	}
	if [64]byte(t.challenge.Sum(nil)) != recorded.NextChallenge {
		return fmt.Errorf("the last challenge is not the hash of this file's points: %w", errChain)
	}
	return nil
}
