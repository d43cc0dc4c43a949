package evidence

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/genproof/genproof/files"
)

// A zipped pack is a zip that is read strictly: what its list of files says, in one way. archive/zip would do,
// and links what compresses too: pages have no room for it. Checksums are not looked at: the manifest has
// better ones.
type zipped struct {
	io.ReaderAt
	entries map[string]entry
}

// An entry is a file of a zip: APPNOTE 6.3, section 4.3.12.
type entry struct {
	method       uint16
	packed, size uint64 // bytes
	header       int64  // where its own header stands
}

const (
	stored   = 0
	deflated = 8

	headerBytes = 30
	centralSize = 46
	endBytes    = 22
	end64Bytes  = 56
	locateBytes = 20
)

var errZip = errors.New("the zip is damaged, or of a kind that is not read")

// maxDirectory bounds a zip's list of files, in bytes.
const maxDirectory = 1 << 26

func openZip(r io.ReaderAt, size int64) (*zipped, error) {
	start, length, count, err := directory(r, size)
	if err != nil {
		return nil, err
	}
	if length > maxDirectory || count > 2*maxFiles {
		return nil, fmt.Errorf("%w: its list of %d files", files.ErrTooLarge, count)
	}
	list := make([]byte, length)
	if _, err := io.ReadFull(io.NewSectionReader(r, start, length), list); err != nil {
		return nil, err
	}
	z := &zipped{r, map[string]entry{}}
	for range count {
		if list, err = z.add(list); err != nil {
			return nil, err
		}
	}
	if len(list) > 0 {
		return nil, errZip
	}
	return z, nil
}

// directory finds the list of files: where it starts, its bytes and the number of files. It ends where the record
// about it begins, so that nothing hides between them.
func directory(r io.ReaderAt, size int64) (start, length int64, count uint64, err error) {
	tail := make([]byte, min(size, endBytes+1<<16-1))
	if _, err := io.ReadFull(io.NewSectionReader(r, size-int64(len(tail)), int64(len(tail))), tail); err != nil {
		return 0, 0, 0, err
	}
	i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if i < 0 || len(tail)-i < endBytes || int(le16(tail[i+20:])) != len(tail)-i-endBytes {
		return 0, 0, 0, errZip
	}
	end := tail[i:]
	at := size - int64(len(end))
	count, long, offset := uint64(le16(end[10:])), uint64(le32(end[12:])), uint64(le32(end[16:]))
	if count == 1<<16-1 || long == 1<<32-1 || offset == 1<<32-1 {
		if count, long, offset, err = directory64(r, &at); err != nil {
			return 0, 0, 0, err
		}
	}
	if offset > uint64(at) || long != uint64(at)-offset || le16(end[4:]) != 0 && le16(end[4:]) != 1<<16-1 {
		return 0, 0, 0, errZip
	}
	return int64(offset), int64(long), count, nil
}

// directory64 reads the record of a large zip, which stands before at, and moves at to it.
func directory64(r io.ReaderAt, at *int64) (count, length, offset uint64, err error) {
	b := make([]byte, end64Bytes+locateBytes)
	if *at < int64(len(b)) {
		return 0, 0, 0, errZip
	}
	*at -= int64(len(b))
	if _, err := io.ReadFull(io.NewSectionReader(r, *at, int64(len(b))), b); err != nil {
		return 0, 0, 0, err
	}
	locator := b[end64Bytes:]
	if string(b[:4]) != "PK\x06\x06" || string(locator[:4]) != "PK\x06\x07" || le64(locator[8:]) != uint64(*at) || le64(b[4:]) != end64Bytes-12 {
		return 0, 0, 0, errZip
	}
	return le64(b[32:]), le64(b[40:]), le64(b[48:]), nil
}

// add reads the first file of a list, and returns the rest of it.
func (z *zipped) add(list []byte) ([]byte, error) {
	if len(list) < centralSize || string(list[:4]) != "PK\x01\x02" {
		return nil, errZip
	}
	nameBytes, extraBytes, noteBytes := int(le16(list[28:])), int(le16(list[30:])), int(le16(list[32:]))
	whole := centralSize + nameBytes + extraBytes + noteBytes
	if len(list) < whole {
		return nil, errZip
	}
	name, extra := string(list[centralSize:centralSize+nameBytes]), list[centralSize+nameBytes:centralSize+nameBytes+extraBytes]
	e := entry{method: le16(list[10:]), packed: uint64(le32(list[20:])), size: uint64(le32(list[24:]))}
	offset := uint64(le32(list[42:]))
	if err := wide(extra, &e.size, &e.packed, &offset); err != nil {
		return nil, err
	}
	if offset >= 1<<62 || e.packed >= 1<<62 || le16(list[8:])&1 != 0 || e.method == stored && e.size != e.packed {
		return nil, errZip // bit 0: encrypted
	}
	e.header = int64(offset)
	return list[whole:], z.keep(name, e, list[5], le32(list[38:]))
}

// keep adds a file under its name. mode is how the system by which it was made says what it is.
func (z *zipped) keep(name string, e entry, system byte, mode uint32) error {
	const unix, regular = 3, 0o10
	isDir := len(name) > 1 && name[len(name)-1] == '/'
	switch kind := mode >> 28; {
	case isDir && e.size == 0:
		return nil
	case system == unix && kind != 0 && kind != regular:
		return fmt.Errorf("%.80q: %w", name, files.ErrNotRegular)
	case !fs.ValidPath(name) || name == ".":
		return fmt.Errorf("%.80q is no path of a pack", name)
	case e.method != stored && e.method != deflated:
		return fmt.Errorf("%.80q: %w", name, errZip)
	}
	if _, twice := z.entries[name]; twice { // it is one file to us and another to somebody else
		return fmt.Errorf("%.80q is in the zip twice", name)
	}
	if z.entries[name] = e; len(z.entries) > maxFiles {
		return fmt.Errorf("%w: more than %d files", files.ErrTooLarge, maxFiles)
	}
	return nil
}

// wide replaces numbers that have no room in 32 bits by those of the extra field for them, section 4.5.3.
func wide(extra []byte, numbers ...*uint64) error {
	var have []byte
	for len(extra) >= 4 {
		kind, n := le16(extra), int(le16(extra[2:]))
		if len(extra) < 4+n {
			return errZip
		}
		if kind == 1 {
			have = extra[4 : 4+n]
		}
		extra = extra[4+n:]
	}
	for _, n := range numbers {
		if *n != 1<<32-1 {
			continue
		}
		if len(have) < 8 {
			return errZip
		}
		*n, have = le64(have), have[8:]
	}
	return nil
}

// Paths implements [Source].
func (z *zipped) Paths() (list []string, _ error) {
	for name := range z.entries {
		list = append(list, name)
	}
	return list, nil
}

// Size implements [Source].
func (z *zipped) Size(name string) int64 { return int64(z.entries[name].size & (1<<63 - 1)) }

// Open implements [Source].
func (z *zipped) Open(name string) (io.ReadCloser, error) {
	e, there := z.entries[name]
	if !there {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	head := make([]byte, headerBytes+len(name))
	if _, err := io.ReadFull(io.NewSectionReader(z, e.header, int64(len(head))), head); err != nil {
		return nil, err
	}
	if string(head[:4]) != "PK\x03\x04" || le16(head[8:]) != e.method || int(le16(head[26:])) != len(name) || string(head[headerBytes:]) != name {
		return nil, fmt.Errorf("%.80q: %w", name, errZip) // its own header says other things than the list
	}
	data := io.NewSectionReader(z, e.header+int64(len(head))+int64(le16(head[28:])), int64(e.packed))
	if e.method == stored {
		return io.NopCloser(data), nil
	}
	return newInflater(data, e.size), nil
}

func le16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }
func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }
func le64(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }
