package car

import (
	"encoding/binary"
	"errors"
	"strconv"
	"unicode/utf8"
)

// The types of UnixFS nodes that there are in a folder of files.
const (
	typeDirectory = 1
	typeFile      = 2
	typeShard     = 5 // of a sharded folder
)

// typeName names a type that no CAR of a drop has.
func typeName(kind uint64) string {
	names := map[uint64]string{0: "Raw", 3: "Metadata", 4: "Symlink"}
	if name, known := names[kind]; known {
		return name
	}
	return strconv.FormatUint(kind, 10)
}

// A Link leads from a node to a block.
type Link struct {
	Name string
	CID  CID
}

// A node is a dag-pb block whose data is UnixFS: a folder, or what holds a file's blocks
// together. Source: the specifications of dag-pb and UnixFS, ipld.io and specs.ipfs.tech.
type node struct {
	links []Link
	data  []byte // the UnixFS message

	kind     uint64
	content  []byte // of a shard: its bit field
	size     uint64 // of a file, in bytes
	sizes    []uint64
	hashType uint64
	fanout   uint64
}

var (
	errNotPB     = errors.New("it is not dag-pb")
	errNotUnixFS = errors.New("it is not UnixFS")
)

// Links returns the links of a dag-pb block with UnixFS in it, in their order.
func Links(block []byte) ([]Link, error) {
	n, err := parseNode(block)
	if err != nil {
		return nil, err
	}
	return n.links, nil
}

func parseNode(block []byte) (*node, error) {
	n := new(node)
	if err := n.parseLinks(block); err != nil {
		return nil, err
	}
	if err := n.parseUnixFS(n.data); err != nil {
		return nil, err
	}
	return n, nil
}

// The numbers of fields.
const (
	nodeData, nodeLink             = 1, 2
	linkHash, linkName, linkTsize  = 1, 2, 3
	fsType, fsData, fsFileSize     = 1, 2, 3
	fsBlockSizes, fsHashType       = 4, 5
	fsFanout, fsMode, fsModifiedAt = 6, 7, 8
)

// A field is one of a protobuf message: a number or bytes.
type field struct {
	number uint64
	isInt  bool
	value  uint64
	bytes  []byte
}

// The wire types of protobuf that dag-pb and UnixFS have.
const (
	wireVarint = 0
	wireBytes  = 2
	maxNumber  = 1<<29 - 1 // of a field
)

var errField = errors.New("a field that nobody writes")

// nextField reads the field that b begins with. Other wire types than those of numbers and
// bytes are an error.
func nextField(b []byte) (f field, rest []byte, err error) {
	tag, b, err := varint(b)
	if err != nil {
		return f, nil, err
	}
	if f.number = tag >> 3; f.number < 1 || f.number > maxNumber {
		return f, nil, errField
	}
	if f.value, b, err = varint(b); err != nil {
		return f, nil, err
	}
	switch tag & 7 {
	case wireVarint:
		f.isInt = true
	case wireBytes:
		if f.value > uint64(len(b)) {
			return f, nil, errField
		}
		f.bytes, b = b[:f.value], b[f.value:]
	default:
		return f, nil, errField
	}
	return f, b, nil
}

// varint reads a number of at most 64 bits.
func varint(b []byte) (v uint64, rest []byte, err error) {
	v, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, nil, errField
	}
	return v, b[n:], nil
}

// parseLinks reads dag-pb: links and data, either first, data once.
func (n *node) parseLinks(b []byte) error {
	hasData, linksEnded := false, false
	for len(b) > 0 {
		f, rest, err := nextField(b)
		if err != nil || f.isInt {
			return errNotPB
		}
		b = rest
		switch {
		case f.number == nodeData && !hasData:
			n.data, hasData, linksEnded = f.bytes, true, len(n.links) > 0
		case f.number == nodeLink && !linksEnded:
			link, err := parseLink(f.bytes)
			if err != nil {
				return err
			}
			n.links = append(n.links, link)
		default:
			return errNotPB
		}
	}
	return nil
}

// parseLink reads a link: hash, name, size of what is below, each at most once, in this order.
func parseLink(b []byte) (l Link, err error) {
	last := uint64(0)
	for len(b) > 0 {
		f, rest, err := nextField(b)
		if err != nil || f.number <= last || f.isInt != (f.number == linkTsize) {
			return l, errNotPB
		}
		b, last = rest, f.number
		switch f.number {
		case linkHash:
			if len(f.bytes) != Bytes {
				return l, errors.New("a link's CID is not one of 36 bytes")
			}
			if l.CID, err = ParseCID(f.bytes); err != nil {
				return l, errors.New("a link's " + err.Error())
			}
		case linkName:
			if l.Name = string(f.bytes); !utf8.ValidString(l.Name) {
				return l, errNotPB
			}
		case linkTsize: // nobody needs it
		default:
			return l, errNotPB
		}
	}
	if l.CID == (CID{}) {
		return l, errNotPB
	}
	return l, nil
}

// parseUnixFS reads the message in a node's data. Modes and times are passed over.
func (n *node) parseUnixFS(b []byte) error {
	seen := map[uint64]bool{}
	for len(b) > 0 {
		f, rest, err := nextField(b)
		if err != nil || f.number != fsBlockSizes && seen[f.number] {
			return errNotUnixFS
		}
		b, seen[f.number] = rest, true
		if err := n.setUnixFS(f); err != nil {
			return err
		}
	}
	if !seen[fsType] {
		return errNotUnixFS
	}
	return nil
}

func (n *node) setUnixFS(f field) error {
	isBytes := f.number == fsData || f.number == fsModifiedAt
	if f.number != fsBlockSizes && f.isInt == isBytes {
		return errNotUnixFS
	}
	switch f.number {
	case fsType:
		n.kind = f.value
	case fsData:
		n.content = f.bytes
	case fsFileSize:
		n.size = f.value
	case fsBlockSizes:
		return n.addSizes(f)
	case fsHashType:
		n.hashType = f.value
	case fsFanout:
		n.fanout = f.value
	case fsMode, fsModifiedAt:
	default:
		return errNotUnixFS
	}
	return nil
}

// addSizes takes the sizes of a file's parts: one a field, or all packed in one.
func (n *node) addSizes(f field) error {
	if f.isInt {
		n.sizes = append(n.sizes, f.value)
		return nil
	}
	for b := f.bytes; len(b) > 0; {
		v, rest, err := varint(b)
		if err != nil {
			return errNotUnixFS
		}
		n.sizes, b = append(n.sizes, v), rest
	}
	return nil
}
