package evidence

import (
	"bufio"
	"io"
)

// windowBytes is how far back a copy reaches.
const windowBytes = 1 << 15

// inflater reads DEFLATE, RFC 1951, with codes looked up bit by bit as in zlib's puff: compress/flate is
// faster and ten times as large, with what compresses.
type inflater struct {
	from   *bufio.Reader
	bits   uint32 // that were read and not used, the next one lowest
	have   uint
	window [windowBytes]byte // what was written last
	at     int               // where the next byte goes
	ready  []byte            // written, and not read yet
	copied int               // bytes of a copy that are left
	back   int               // how far back they are
	work   func() error      // goes on with a block; nil between blocks
	last   bool
	size   uint64 // that there have to be, in bytes
	stored int    // bytes of a stored block that are left
	err    error
}

// newInflater reads a stream that has to have size bytes: one with more of them ends with an error soon behind
// those, one with fewer at its end.
func newInflater(r io.Reader, size uint64) *inflater {
	return &inflater{from: bufio.NewReader(r), size: size}
}

// Read implements [io.Reader].
func (z *inflater) Read(p []byte) (int, error) {
	for len(z.ready) == 0 && z.err == nil {
		z.err = z.step()
		if n := uint64(z.at); n > z.size || z.err == io.EOF && n < z.size {
			z.ready, z.err = nil, errZip
		}
	}
	if len(z.ready) == 0 {
		return 0, z.err
	}
	n := copy(p, z.ready)
	z.ready = z.ready[n:]
	return n, nil
}

// Close implements [io.Closer].
func (z *inflater) Close() error { return nil }

// maxStep is what is written before it is read: less than a window, which must not overrun it.
const maxStep = 1 << 14

// step writes some bytes, or begins a block.
func (z *inflater) step() error {
	start := len(z.ready)
	for len(z.ready)-start < maxStep {
		if z.copied > 0 {
			z.copied--
			z.put(z.window[(z.at-z.back)&(windowBytes-1)])
			continue
		}
		if z.work == nil {
			if z.last {
				return io.EOF
			}
			if err := z.begin(); err != nil {
				return err
			}
			continue
		}
		if err := z.work(); err != nil {
			return err
		}
	}
	return nil
}

func (z *inflater) put(b byte) {
	z.window[z.at&(windowBytes-1)] = b
	z.at++
	z.ready = append(z.ready, b)
}

// take returns the next n bits, at most 16.
func (z *inflater) take(n uint) (uint32, error) {
	for z.have < n {
		b, err := z.from.ReadByte()
		if err != nil {
			return 0, unexpected(err)
		}
		z.bits |= uint32(b) << z.have
		z.have += 8
	}
	v := z.bits & (1<<n - 1)
	z.bits >>= n
	z.have -= n
	return v, nil
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// begin reads a block's head.
func (z *inflater) begin() error {
	head, err := z.take(3)
	if err != nil {
		return err
	}
	z.last = head&1 == 1
	switch head >> 1 {
	case 0:
		return z.beginStored()
	case 1:
		z.coded(fixedCodes[0], fixedCodes[1])
		return nil
	case 2:
		return z.beginDynamic()
	}
	return errZip
}

func (z *inflater) beginStored() error {
	z.bits, z.have = 0, 0
	size, err := z.take(16)
	if err != nil {
		return err
	}
	again, err := z.take(16)
	if err != nil {
		return err
	}
	if size != again^0xffff {
		return errZip
	}
	z.stored = int(size)
	z.work = func() error {
		if z.stored == 0 {
			z.work = nil
			return nil
		}
		b, err := z.take(8)
		z.stored--
		if err == nil {
			z.put(byte(b))
		}
		return err
	}
	return nil
}

// A code is a canonical Huffman code: how many have each length, and symbols in their order.
type code struct {
	count   [16]uint16
	symbols []uint16
}

// newCode makes the code with these lengths. One with room for more is refused, but for a single code of one bit
// or none at all, as compress/flate does.
func newCode(lengths []byte) (*code, error) {
	c := &code{}
	used := 0
	for _, n := range lengths {
		if c.count[n]++; n > 0 {
			used++
		}
	}
	left := 1
	for n := 1; n < len(c.count); n++ {
		if left = left<<1 - int(c.count[n]); left < 0 {
			return nil, errZip
		}
	}
	if left > 0 && used > 0 && !(used == 1 && c.count[1] == 1) {
		return nil, errZip
	}
	for n := byte(1); int(n) < len(c.count); n++ {
		for symbol, length := range lengths {
			if length == n {
				c.symbols = append(c.symbols, uint16(symbol))
			}
		}
	}
	return c, nil
}

// symbol reads one of a code.
func (z *inflater) symbol(c *code) (int, error) {
	value, first, index := 0, 0, 0
	for n := 1; n < len(c.count); n++ {
		bit, err := z.take(1)
		if err != nil {
			return 0, err
		}
		value |= int(bit)
		count := int(c.count[n])
		if value-count < first {
			return int(c.symbols[index+value-first]), nil
		}
		index += count
		first = (first + count) << 1
		value <<= 1
	}
	return 0, errZip
}

// Lengths and distances of copies, RFC 1951 section 3.2.5: where each symbol begins, and the bits behind it.
var (
	lengthBase   = [...]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthBits   = [...]byte{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distanceBase = [...]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577}
	distanceBits = [...]byte{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
)

const endOfBlock = 256

// coded has a block read whose symbols are of two codes.
func (z *inflater) coded(literals, distances *code) {
	z.work = func() error {
		s, err := z.symbol(literals)
		switch {
		case err != nil:
			return err
		case s < endOfBlock:
			z.put(byte(s))
			return nil
		case s == endOfBlock:
			z.work = nil
			return nil
		case s-257 >= len(lengthBase):
			return errZip
		}
		return z.copyBack(s-257, distances)
	}
}

func (z *inflater) copyBack(s int, distances *code) error {
	more, err := z.take(uint(lengthBits[s]))
	if err != nil {
		return err
	}
	d, err := z.symbol(distances)
	if err != nil {
		return err
	}
	if d >= len(distanceBase) {
		return errZip
	}
	far, err := z.take(uint(distanceBits[d]))
	if err != nil {
		return err
	}
	if z.back = int(distanceBase[d]) + int(far); z.back > min(z.at, windowBytes) {
		return errZip
	}
	z.copied = int(lengthBase[s]) + int(more)
	return nil
}

// fixedCodes are those of section 3.2.6.
var fixedCodes = func() (codes [2]*code) {
	lengths := make([]byte, 288)
	for i := range lengths {
		switch {
		case i < 144, i >= 280:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		default:
			lengths[i] = 7
		}
	}
	codes[0], _ = newCode(lengths)
	distances := make([]byte, 32)
	for i := range distances {
		distances[i] = 5
	}
	codes[1], _ = newCode(distances)
	return codes
}()

// order is that in which the lengths of the code for lengths are written.
var order = [...]byte{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// beginDynamic reads the codes of a block that brings its own.
func (z *inflater) beginDynamic() error {
	head, err := z.take(14)
	if err != nil {
		return err
	}
	nbLiterals, nbDistances, nbLengths := int(head&31)+257, int(head>>5&31)+1, int(head>>10)+4
	if nbLiterals > 286 || nbDistances > len(distanceBase) {
		return errZip
	}
	var few [len(order)]byte
	for i := range nbLengths {
		n, err := z.take(3)
		if err != nil {
			return err
		}
		few[order[i]] = byte(n)
	}
	c, err := newCode(few[:])
	if err != nil {
		return err
	}
	lengths, err := z.lengths(c, nbLiterals+nbDistances)
	if err != nil {
		return err
	}
	literals, err := newCode(lengths[:nbLiterals])
	if err != nil {
		return err
	}
	distances, err := newCode(lengths[nbLiterals:])
	if err == nil {
		z.coded(literals, distances)
	}
	return err
}

// lengths reads n lengths of codes.
func (z *inflater) lengths(c *code, n int) ([]byte, error) {
	var list []byte
	for len(list) < n {
		s, err := z.symbol(c)
		if err != nil {
			return nil, err
		}
		if s < 16 {
			list = append(list, byte(s))
			continue
		}
		repeated, bits, least := byte(0), uint(7), 11
		switch s {
		case 16:
			if len(list) == 0 {
				return nil, errZip
			}
			repeated, bits, least = list[len(list)-1], 2, 3
		case 17:
			bits, least = 3, 3
		}
		more, err := z.take(bits)
		if err != nil {
			return nil, err
		}
		for range least + int(more) {
			list = append(list, repeated)
		}
	}
	if len(list) > n {
		return nil, errZip
	}
	return list, nil
}
