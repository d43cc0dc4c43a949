package ptau

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"github.com/genproof/genproof/files"
)

// Options say what is wanted of a file.
type Options struct {
	Power    int                                   // log2 of the domain wanted; the file may be larger and is cut; 0: the file's own power
	Digest   [32]byte                              // pinned SHA-256 of the whole file; zero: none
	Lagrange bool                                  // read sections 12 to 15 too, of the domain that is wanted, if the file has them
	Progress func(phase string, done, total int64) // told what goes on, by one goroutine at a time; may be nil

	chunk int // points handled at a time, for tests; 0: the usual numbers
}

// Points handled at a time, which bounds the memory that takes. Larger sums are quicker.
const (
	pointsRead   = 1 << 13
	pointsSummed = 1 << 17
)

// atOnce returns how many points are handled at a time.
func (o *Options) atOnce(usual int) int {
	if o.chunk > 0 {
		return o.chunk
	}
	return usual
}

// The phases Progress is told of. A phase begins with done 0 and ends with done == total.
const (
	PhaseRead     = "reading"           // bytes
	PhaseChain    = "contributions"     // contributions
	PhaseSubgroup = "subgroup of G2"    // points
	PhasePowers   = "powers consistent" // points
	PhaseLagrange = "Lagrange basis"    // points; only if it is wanted and there
)

func (o *Options) report(phase string, done, total int64) {
	if o.Progress != nil {
		o.Progress(phase, done, total)
	}
}

// An SRS is what a checked file holds for one domain.
type SRS struct {
	Commons      *mpcsetup.SrsCommons // for domain 2^Power
	Lagrange     *Lagrange            // the same in the Lagrange basis; nil unless it was wanted and the file has it
	SHA256       [32]byte             // of the whole file
	FilePower    int                  // log2 of the largest domain the file is for
	Power        int                  // log2 of the domain of Commons
	Contributors int                  // contributions in section 7 that are not beacons
	Chain        Chain
}

// ErrDigest says that a file is not the one that was pinned.
var ErrDigest = errors.New("the file's SHA-256 is not the pinned one")

// ErrTooSmall says that a file has not all powers of the domain that is wanted.
var ErrTooSmall = errors.New("the file is too small")

// Read reads a .ptau file from beginning to end and checks it: see the package comment for
// what is checked. It allocates only what the file's own size has paid for. A file that
// changes meanwhile is an error.
func Read(ctx context.Context, path string, opt Options) (*SRS, error) {
	srs, err := read(ctx, path, &opt)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return srs, nil
}

func read(ctx context.Context, path string, opt *Options) (*SRS, error) {
	f, info, err := files.Open(path)
	if err != nil {
		return nil, pathless(err)
	}
	defer f.Close() // only read
	return check(ctx, f, info.Size(), opt)
}

// check reads a file of this size, the cheapest checks first.
func check(ctx context.Context, f interface {
	io.Reader
	io.ReaderAt
}, size int64, opt *Options) (*SRS, error) {
	lay, err := scan(f, size)
	if err != nil {
		return nil, err
	}
	if opt.Power < 0 || opt.Power > lay.power {
		return nil, fmt.Errorf("%w: it is for domains up to 2^%d, want 2^%d", ErrTooSmall, lay.power, opt.Power)
	}
	power := opt.Power
	if power == 0 {
		power = lay.power
	}
	contributions, err := parseContributions(lay.contributions)
	if err != nil {
		return nil, fmt.Errorf("section %d: %w", secContributions, err)
	}
	chain, err := verifySteps(ctx, contributions, lay, opt)
	if err != nil {
		return nil, err
	}
	s := newStream(ctx, f, lay.size, opt)
	if lay.power == lay.ceremony {
		s.transcript = newTranscript(contributions, chain, lay.ceremony)
	}
	commons, basis, err := readPoints(s, lay, power)
	if err != nil {
		return nil, err
	}
	digest, err := s.digest()
	if err != nil {
		return nil, err
	}
	if opt.Digest != [32]byte{} && opt.Digest != digest {
		return nil, fmt.Errorf("%w: it is %x, pinned %x", ErrDigest, digest, opt.Digest)
	}
	if err := verifyEnd(&contributions[len(contributions)-1], chain, commons, s.transcript); err != nil {
		return nil, err
	}
	if err := checkPowers(ctx, commons, opt); err != nil {
		return nil, err
	}
	if basis != nil {
		if err := checkLagrange(ctx, basis, commons, digest, opt); err != nil {
			return nil, err
		}
	}
	return &SRS{
		Commons: commons, Lagrange: basis, SHA256: digest, FilePower: lay.power, Power: power, Contributors: chain.people(), Chain: *chain,
	}, nil
}

// pathless drops the path of a file error, which the caller names.
func pathless(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
