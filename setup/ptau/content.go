package ptau

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// content is what a file says, decoded: each point on its curve, nothing yet compared.
type content struct {
	lay           *layout
	commons       *mpcsetup.SrsCommons
	contributions []contribution
	digest        [32]byte
}

// readContent reads a whole file and keeps the points of a domain of 2^power.
func readContent(s *stream, lay *layout, power int) (*content, error) {
	c := &content{lay: lay, commons: new(mpcsetup.SrsCommons)}
	if err := s.skip(filePrefix); err != nil {
		return nil, err
	}
	for _, sec := range lay.sections {
		if err := s.skip(sectionPrefix); err != nil {
			return nil, err
		}
		if err := c.readSection(s, sec, int64(1)<<power); err != nil {
			return nil, fmt.Errorf("section %d: %w", sec.id, err)
		}
	}
	var err error
	if c.digest, err = s.digest(); err != nil {
		return nil, err
	}
	return c, nil
}

// readSection reads a section and keeps what a domain of n points needs of it.
func (c *content) readSection(s *stream, sec section, n int64) (err error) {
	g1s, g2s := &c.commons.G1, &c.commons.G2
	_, _, g1Gen, g2Gen := bn254.Generators()
	switch sec.id {
	case secTauG1:
		g1s.Tau, err = readPoints(s, &g1, sec, 2*n-1, func(i int64, p *bn254.G1Affine) error {
			switch {
			case i == 0 && *p != g1Gen:
				return errNoGenerator
			case i > 0 && p.X == g1Gen.X:
				return fmt.Errorf("τ^%d is 1 or -1: %w", i, ErrDegenerate)
			}
			return nil
		})
	case secTauG2:
		g2s.Tau, err = readPoints(s, &g2, sec, n, func(i int64, p *bn254.G2Affine) error {
			if i == 0 && *p != g2Gen {
				return errNoGenerator
			}
			return nil
		})
	case secAlphaTauG1:
		g1s.AlphaTau, err = readPoints(s, &g1, sec, n, func(i int64, p *bn254.G1Affine) error {
			if i == 0 && p.X == g1Gen.X {
				return fmt.Errorf("α is 1 or -1: %w", ErrDegenerate)
			}
			return nil
		})
	case secBetaTauG1:
		g1s.BetaTau, err = readPoints(s, &g1, sec, n, func(i int64, p *bn254.G1Affine) error {
			if i == 0 && p.X == g1Gen.X {
				return fmt.Errorf("β is 1 or -1: %w", ErrDegenerate)
			}
			return nil
		})
	case secBetaG2:
		var beta []bn254.G2Affine
		beta, err = readPoints(s, &g2, sec, 1, func(_ int64, p *bn254.G2Affine) error {
			if !p.IsInSubGroup() {
				return errSubgroup
			}
			return nil
		})
		if err == nil {
			g2s.Beta = beta[0]
		}
	case secContribution:
		b := make([]byte, sec.size)
		if err = s.read(b); err == nil {
			c.contributions, err = parseContributions(b)
		}
	default:
		err = s.skip(sec.size)
	}
	return err
}

// ErrDegenerate says that a secret of the file is one that everybody knows.
var ErrDegenerate = errors.New("degenerate secret")

var errNoGenerator = errors.New("the first point is not the generator")

// readPoints reads a section of points and returns the first used ones, each of which
// special has accepted.
func readPoints[P any](s *stream, g *group[P], sec section, used int64, special func(i int64, p *P) error) ([]P, error) {
	points := make([]P, used)
	buf := make([]byte, min(sec.size, chunkBytes))
	for first := int64(0); first < used; {
		n := min(used-first, chunkBytes/int64(g.size))
		b := buf[:n*int64(g.size)]
		if err := s.read(b); err != nil {
			return nil, err
		}
		chunk := points[first : first+n]
		if err := g.points(chunk, b, first); err != nil {
			return nil, err
		}
		for i := range chunk {
			if err := special(first+int64(i), &chunk[i]); err != nil {
				return nil, err
			}
		}
		first += n
	}
	return points, s.skip(sec.size - used*int64(g.size))
}
