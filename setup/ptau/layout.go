package ptau

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// Sections by the numbers snarkjs gives them.
const (
	secHeader        = 1
	secTauG1         = 2
	secTauG2         = 3
	secAlphaTauG1    = 4
	secBetaTauG1     = 5
	secBetaG2        = 6
	secContributions = 7
	secLagrange      = 12 // to 15: 2, 3, 4 and 5 in the Lagrange basis, of every domain up to the file's
	lastSection      = 15
)

const (
	magic       = "ptau"
	fileVersion = 1
	maxPower    = 28 // r-1 is divisible by 2^28: no larger domain exists

	filePrefix    = 4 + 4 + 4          // magic, version, number of sections
	sectionPrefix = 4 + 8              // number, size
	headerSize    = 4 + fp.Bytes + 2*4 // limb bytes, prime, power, power of the ceremony

	sizeG1 = 2 * fp.Bytes
	sizeG2 = 4 * fp.Bytes

	maxContributions = 1024
)

// A layout says where a file's sections are. They follow one another without a gap.
type layout struct {
	power, ceremony int // log2 of the domain of the file, and of the ceremony it was cut from
	sections        []section
	size            int64 // of the file

	header, contributions []byte // sections 1 and 7
}

type section struct {
	id          uint32
	start, size int64
}

// prefix returns the bytes before a section's content.
func (s *section) prefix() []byte {
	return binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint32(nil, s.id), uint64(s.size))
}

// prefix returns the bytes before the first section.
func (l *layout) prefix() []byte {
	b := binary.LittleEndian.AppendUint32([]byte(magic), fileVersion)
	return binary.LittleEndian.AppendUint32(b, uint32(len(l.sections)))
}

// scan reads the lengths and the header of a file and allocates nothing that they ask for.
// Sections must be there once, in ascending order as every snarkjs command writes them,
// exactly as large as the power asks for, and fill the file.
func scan(r io.ReaderAt, size int64) (*layout, error) {
	var b [filePrefix]byte
	if err := readAt(r, b[:], 0); err != nil {
		return nil, err
	}
	if string(b[:4]) != magic {
		return nil, errors.New("not a .ptau file")
	}
	if v := binary.LittleEndian.Uint32(b[4:]); v != fileVersion {
		return nil, fmt.Errorf("got format version %d, want %d", v, fileVersion)
	}
	n := binary.LittleEndian.Uint32(b[8:])
	if n > lastSection {
		return nil, fmt.Errorf("got %d sections, want at most %d", n, lastSection)
	}
	lay := &layout{size: size}
	if err := lay.scanSections(r, int(n)); err != nil {
		return nil, err
	}
	if err := lay.scanHeader(r); err != nil {
		return nil, err
	}
	if err := lay.checkSizes(); err != nil {
		return nil, err
	}
	contributions := lay.sections[secContributions-1]
	lay.contributions = make([]byte, contributions.size)
	return lay, readAt(r, lay.contributions, contributions.start)
}

func (l *layout) scanSections(r io.ReaderAt, n int) error {
	var b [sectionPrefix]byte
	pos, last := int64(filePrefix), uint32(0)
	for range n {
		if err := readAt(r, b[:], pos); err != nil {
			return err
		}
		s := section{id: binary.LittleEndian.Uint32(b[:])}
		size := binary.LittleEndian.Uint64(b[4:])
		pos += sectionPrefix
		if s.id == 0 || s.id > secContributions && s.id < secLagrange || s.id > lastSection {
			return fmt.Errorf("unknown section %d", s.id)
		}
		if s.id <= last {
			return fmt.Errorf("section %d comes after section %d", s.id, last)
		}
		if size > uint64(l.size-pos) {
			return fmt.Errorf("section %d is cut off: it says %d bytes, %d are left", s.id, size, l.size-pos)
		}
		s.start, s.size, last = pos, int64(size), s.id
		pos += s.size
		l.sections = append(l.sections, s)
	}
	if pos != l.size {
		return fmt.Errorf("%d bytes after the last section", l.size-pos)
	}
	for id := uint32(secHeader); id <= secContributions; id++ {
		if int(id) > len(l.sections) || l.sections[id-1].id != id {
			return fmt.Errorf("section %d is missing", id)
		}
	}
	return nil
}

// scanHeader reads section 1, which is the first one.
func (l *layout) scanHeader(r io.ReaderAt) error {
	if got := l.sections[0].size; got != headerSize {
		return fmt.Errorf("section 1 has %d bytes, want %d", got, headerSize)
	}
	b := make([]byte, headerSize)
	if err := readAt(r, b, l.sections[0].start); err != nil {
		return err
	}
	l.header = b
	prime := slices.Clone(b[4 : 4+fp.Bytes])
	slices.Reverse(prime)
	if n := binary.LittleEndian.Uint32(b); n != fp.Bytes || new(big.Int).SetBytes(prime).Cmp(fp.Modulus()) != 0 {
		return errors.New("the prime is not BN254's")
	}
	power, ceremony := binary.LittleEndian.Uint32(b[4+fp.Bytes:]), binary.LittleEndian.Uint32(b[8+fp.Bytes:])
	if power < 1 || power > ceremony || ceremony > maxPower {
		return fmt.Errorf("power %d of a ceremony of power %d, want 1 to %d and no more than the ceremony's", power, ceremony, maxPower)
	}
	l.power, l.ceremony = int(power), int(ceremony)
	return nil
}

// checkSizes compares each section's size with the one the power asks for.
func (l *layout) checkSizes() error {
	n := int64(1) << l.power
	want := map[uint32]int64{
		secHeader: headerSize, secTauG1: (2*n - 1) * sizeG1, secTauG2: n * sizeG2,
		secAlphaTauG1: n * sizeG1, secBetaTauG1: n * sizeG1, secBetaG2: sizeG2,
		secLagrange: (4*n - 1) * sizeG1, secLagrange + 1: (2*n - 1) * sizeG2,
		secLagrange + 2: (2*n - 1) * sizeG1, secLagrange + 3: (2*n - 1) * sizeG1,
	}
	for _, s := range l.sections {
		if s.id == secContributions {
			if s.size < 4 || s.size > 4+maxContributions*maxContribution {
				return fmt.Errorf("section 7 has %d bytes, want 4 to %d", s.size, 4+maxContributions*maxContribution)
			}
		} else if s.size != want[s.id] {
			return fmt.Errorf("section %d has %d bytes, want %d for power %d", s.id, s.size, want[s.id], l.power)
		}
	}
	return nil
}

// readAt fills b or says that the file ends.
func readAt(r io.ReaderAt, b []byte, pos int64) error {
	n, err := r.ReadAt(b, pos)
	if n == len(b) {
		return nil
	}
	if err == io.EOF {
		return errors.New("the file is cut off")
	}
	return pathless(err)
}
