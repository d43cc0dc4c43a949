package ptau

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// errDegenerate says that a secret of the file is one that everybody knows.
var errDegenerate = errors.New("degenerate secret")

var errNoGenerator = errors.New("the first point is not the generator")

// readPoints reads a whole file and returns the points of a domain of 2^power, each of
// them on its curve. basis is nil unless it is wanted and there.
func readPoints(s *stream, lay *layout, power int) (srs *mpcsetup.SrsCommons, basis *Lagrange, err error) {
	srs = new(mpcsetup.SrsCommons)
	if s.opt.Lagrange && lay.prepared() {
		basis = new(Lagrange)
	}
	if err := s.expect(lay.prefix()); err != nil {
		return nil, nil, err
	}
	for _, sec := range lay.sections {
		err := s.expect(sec.prefix())
		if err == nil {
			err = readSection(s, lay, sec, srs, basis, int64(1)<<power)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("section %d: %w", sec.id, err)
		}
	}
	if srs.G1.AlphaTau[0].X == srs.G1.BetaTau[0].X {
		return nil, nil, fmt.Errorf("α is β or -β: %w", errDegenerate)
	}
	return srs, basis, nil
}

// readSection reads a section into srs or, unless it is nil, basis: as much of it as a domain of n points needs.
func readSection(s *stream, lay *layout, sec section, srs *mpcsetup.SrsCommons, basis *Lagrange, n int64) (err error) {
	switch sec.id {
	case secHeader:
		err = s.expect(lay.header)
	case secTauG1:
		srs.G1.Tau, err = readSequence(s, &g1, sec, 2*n-1, checkTau)
	case secTauG2:
		srs.G2.Tau, err = readSequence(s, &g2, sec, n, checkTauG2)
	case secAlphaTauG1:
		srs.G1.AlphaTau, err = readSequence(s, &g1, sec, n, checkFactor("α"))
	case secBetaTauG1:
		srs.G1.BetaTau, err = readSequence(s, &g1, sec, n, checkFactor("β"))
	case secBetaG2:
		var beta []bn254.G2Affine
		if beta, err = readSequence(s, &g2, sec, 1, checkBetaG2); err == nil {
			srs.G2.Beta = beta[0]
		}
	case secContributions:
		err = s.expect(lay.contributions)
	default:
		if basis == nil {
			return s.skip(sec.size)
		}
		err = readLagrange(s, sec, basis, n)
	}
	return err
}

// What powers begin with.
var _, _, generatorG1, generatorG2 = bn254.Generators()

// checkTau refuses powers of τ that repeat: τ would be a root of unity of small order,
// and where those are, Groth16 divides by zero.
func checkTau(i int64, p *bn254.G1Affine) error {
	switch {
	case i == 0 && *p != generatorG1:
		return errNoGenerator
	case i > 0 && p.X == generatorG1.X:
		return fmt.Errorf("τ^%d is 1 or -1: %w", i, errDegenerate)
	}
	return nil
}

func checkTauG2(i int64, p *bn254.G2Affine) error {
	if i == 0 && *p != generatorG2 {
		return errNoGenerator
	}
	return nil
}

func checkFactor(name string) func(int64, *bn254.G1Affine) error {
	return func(i int64, p *bn254.G1Affine) error {
		if i == 0 && p.X == generatorG1.X {
			return fmt.Errorf("%s is 1 or -1: %w", name, errDegenerate)
		}
		return nil
	}
}

func checkBetaG2(_ int64, p *bn254.G2Affine) error {
	if !p.IsInSubGroup() {
		return errSubgroup
	}
	return nil
}

// readSequence reads a section of points and returns the first used ones, which special
// has accepted. The others are read for the hashes only. The first of them are accepted
// before there is room for all: a file with holes is as long as it likes.
func readSequence[P any](s *stream, g *group[P], sec section, used int64, special func(i int64, p *P) error) ([]P, error) {
	all, most := sec.size/int64(g.size), int64(s.opt.atOnce(pointsRead))
	points, spare := make([]P, min(used, most)), []P(nil)
	transcript := s.transcript
	if sec.id >= secLagrange {
		transcript = nil // no contribution's hashes are of these
	}
	buf := make([]byte, min(all, most)*int64(g.size))
	for first := int64(0); first < all; {
		if first == used {
			if transcript == nil {
				return points, s.skip((all - used) * int64(g.size))
			}
			spare = make([]P, min(all-used, most))
		}
		if first > 0 && int64(len(points)) < used {
			points = append(make([]P, 0, used), points...)[:used]
		}
		chunk := spare[:min(all-first, int64(len(spare)))]
		if first < used {
			chunk = points[first:min(first+most, used)]
		}
		b := buf[:len(chunk)*g.size]
		if err := s.read(b); err != nil {
			return nil, err
		}
		if err := g.points(chunk, b, first, first < used); err != nil {
			return nil, err
		}
		for i := 0; first < used && i < len(chunk); i++ {
			if err := special(first+int64(i), &chunk[i]); err != nil {
				return nil, err
			}
		}
		if transcript != nil {
			addPoints(transcript, g, chunk)
		}
		first += int64(len(chunk))
	}
	return points, nil
}
