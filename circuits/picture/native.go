package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/adler32"
	"hash/crc32"

	"github.com/genproof/genproof/circuits/sha256"
)

// A Palette has 2^Depth colours: red, green, blue, and alpha, not premultiplied, 255 for opaque.
type Palette [][4]byte

const (
	signature  = "\x89PNG\r\n\x1a\n"
	commentKey = "Comment\x00"
)

// A tail is what follows the rows.
type tail struct{ adler, crc uint32 }

func (t tail) bytes() []byte {
	b := binary.BigEndian.AppendUint32(nil, t.adler)
	return append(binary.BigEndian.AppendUint32(b, t.crc), end...)
}

// end is the chunk IEND.
var end = chunk(nil, "IEND", nil)

func chunk(to []byte, kind string, data []byte) []byte {
	to = binary.BigEndian.AppendUint32(to, uint32(len(data)))
	at := len(to)
	to = append(append(to, kind...), data...)
	return binary.BigEndian.AppendUint32(to, crc32.ChecksumIEEE(to[at:]))
}

// streamHead returns what stands in front of the rows inside IDAT: the two bytes of zlib's
// header, and the head of the one stored block, which is the last.
func (f Frame) streamHead() []byte {
	b := []byte{0x78, 0x01, 1}
	b = binary.LittleEndian.AppendUint16(b, uint16(f.rawBytes()))
	return binary.LittleEndian.AppendUint16(b, ^uint16(f.rawBytes()))
}

// Prefix returns a file's bytes in front of the rows: signature, IHDR, the whole palette,
// tRNS with all its alphas if one of them is not 255, a comment of spaces that fills the
// last block, and IDAT's first bytes. A palette of another length than the frame's is an error.
func (f Frame) Prefix(palette Palette) ([]byte, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	if len(palette) != f.Colours() {
		return nil, fmt.Errorf("writing a palette: %d colours, a depth of %d has %d", len(palette), f.Depth, f.Colours())
	}
	b := chunk([]byte(signature), "IHDR", f.header())
	colours, alphas := palette.planes()
	b = chunk(b, "PLTE", colours)
	if alphas != nil {
		b = chunk(b, "tRNS", alphas)
	}
	rest := chunkHead + len(f.streamHead())
	fill := f.PrefixBytes() - rest - len(b) - chunkBytes(len(commentKey))
	b = chunk(b, "tEXt", append([]byte(commentKey), bytes.Repeat([]byte{' '}, fill)...))
	b = binary.BigEndian.AppendUint32(b, uint32(len(f.streamHead())+f.rawBytes()+4))
	return append(append(b, "IDAT"...), f.streamHead()...), nil
}

// header returns IHDR's data: width, height, depth, colour type 3, and no choices.
func (f Frame) header() []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(f.Side))
	b = binary.BigEndian.AppendUint32(b, uint32(f.Side))
	return append(b, byte(f.Depth), 3, 0, 0, 0)
}

// planes returns the data of PLTE, and that of tRNS or nil if every colour is opaque.
func (p Palette) planes() (colours, alphas []byte) {
	opaque := true
	for _, c := range p {
		colours = append(colours, c[:3]...)
		alphas = append(alphas, c[3])
		opaque = opaque && c[3] == 255
	}
	if opaque {
		alphas = nil
	}
	return colours, alphas
}

// Midstate returns SHA-256's state behind the prefix.
func (f Frame) Midstate(palette Palette) (sha256.State, error) {
	prefix, err := f.Prefix(palette)
	if err != nil {
		return sha256.State{}, err
	}
	state := sha256.IV
	for block := range len(prefix) / blockBytes {
		state = sha256.Compress(state, (*[blockBytes]byte)(prefix[block*blockBytes:]))
	}
	return state, nil
}

// rows returns the stored bytes of the pixels, row by row, the leftmost in the highest bits.
func (f Frame) rows(pixels []byte) []byte {
	out := make([]byte, f.rawBytes())
	perByte := 8 / f.Depth
	for i, p := range pixels {
		y, x := i/f.Side, i%f.Side
		out[y*f.rowBytes()+1+x/perByte] |= p << (8 - f.Depth*(1+x%perByte))
	}
	return out
}

// Encode returns the file of a square of palette indices, row by row from the top left. It is
// an error if there are not as many as the frame has pixels, or one is beyond the palette.
func Encode(f Frame, palette Palette, pixels []byte) ([]byte, error) {
	file, err := f.Prefix(palette)
	if err != nil {
		return nil, err
	}
	if err := f.validatePixels(pixels); err != nil {
		return nil, fmt.Errorf("writing a picture: %w", err)
	}
	rows := f.rows(pixels)
	t := tail{adler: adler32.Checksum(rows)}
	t.crc = crc32.ChecksumIEEE(f.checked(rows, t.adler))
	return append(append(file, rows...), t.bytes()...), nil
}

// checked returns what IDAT's CRC-32 is of.
func (f Frame) checked(rows []byte, adler uint32) []byte {
	b := append([]byte("IDAT"), f.streamHead()...)
	return binary.BigEndian.AppendUint32(append(b, rows...), adler)
}

func (f Frame) validatePixels(pixels []byte) error {
	if len(pixels) != f.Pixels() {
		return fmt.Errorf("%d pixels, want %d", len(pixels), f.Pixels())
	}
	for i, p := range pixels {
		if int(p) >= f.Colours() {
			return fmt.Errorf("pixel %d of row %d has colour %d of %d", i%f.Side, i/f.Side, p, f.Colours())
		}
	}
	return nil
}

// ErrFile is wrapped by the errors of [Decode].
var ErrFile = errors.New("not a file that a picture's circuit makes")

// Decode reads a file strictly: it must be, byte for byte, what [Encode] writes for the frame,
// palette and pixels that it returns. Only the frame's sizes are believed before that.
func Decode(file []byte) (Frame, Palette, []byte, error) {
	f, err := frameOf(file)
	if err != nil {
		return f, nil, nil, err
	}
	palette, pixels := f.paletteOf(file), f.pixelsOf(file[f.PrefixBytes():])
	again, err := Encode(f, palette, pixels)
	if err != nil {
		return f, nil, nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	for i := range again {
		if file[i] != again[i] {
			return f, nil, nil, fmt.Errorf("%w: byte %d is %#02x, its own pixels make it %#02x", ErrFile, i, file[i], again[i])
		}
	}
	return f, palette, pixels, nil
}

// frameOf reads IHDR, which is where every PNG has it.
func frameOf(file []byte) (f Frame, err error) {
	const at = len(signature) + chunkHead
	if len(file) < at+headerBytes || string(file[:len(signature)]) != signature {
		return f, fmt.Errorf("%w: no PNG", ErrFile)
	}
	side := binary.BigEndian.Uint32(file[at:])
	f = Frame{Side: int(min(side, 1<<16)), Depth: int(file[at+8])}
	if err := f.Validate(); err != nil {
		return f, fmt.Errorf("%w: %w", ErrFile, err)
	}
	if len(file) != f.FileBytes() {
		return f, fmt.Errorf("%w: %d bytes, all of its frame have %d", ErrFile, len(file), f.FileBytes())
	}
	return f, nil
}

// paletteOf reads colours, and alphas if a chunk tRNS follows, from their places.
func (f Frame) paletteOf(file []byte) Palette {
	at := len(signature) + chunkBytes(headerBytes) + chunkHead
	p := make(Palette, f.Colours())
	for i := range p {
		p[i] = [4]byte{file[at+3*i], file[at+3*i+1], file[at+3*i+2], 255}
	}
	at += 3*f.Colours() + 4
	if string(file[at+4:at+8]) == "tRNS" {
		for i := range p {
			p[i][3] = file[at+chunkHead+i]
		}
	}
	return p
}

func (f Frame) pixelsOf(rows []byte) []byte {
	pixels := make([]byte, f.Pixels())
	perByte := 8 / f.Depth
	for i := range pixels {
		y, x := i/f.Side, i%f.Side
		b := rows[y*f.rowBytes()+1+x/perByte]
		pixels[i] = b >> (8 - f.Depth*(1+x%perByte)) & byte(f.Colours()-1)
	}
	return pixels
}
