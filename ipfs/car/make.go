package car

import (
	"crypto/sha256"
	"encoding/binary"
	"io"
	"slices"
	"sort"
)

// Bounds of what [MakeFile] and [MakeFolder] give CIDs to; the CIDs are those of package ipfs.
const (
	chunkBytes = 1 << 20
	maxChunks  = 174     // behind them a file has a second level of nodes
	maxNames   = 1 << 18 // bytes of a folder's names and CIDs: behind them it is sharded
)

// An Entry is a file or folder that has a CID.
type Entry struct {
	Name  string
	CID   CID
	bytes uint64 // of its blocks, with all below
}

// MakeFile returns the entry of a file: the raw block that it is, or a node over chunks of 1 MiB.
// ok is false for files of more than 174 of them, which it does not read to their ends.
func MakeFile(name string, r io.Reader) (e Entry, ok bool, err error) {
	var chunks []Entry
	var sizes []uint64
	chunk := make([]byte, chunkBytes)
	for {
		n, err := io.ReadFull(r, chunk)
		if n > 0 || len(chunks) == 0 {
			chunks, sizes = append(chunks, Entry{"", Raw(chunk[:n]), uint64(n)}), append(sizes, uint64(n))
		}
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			e = nodeOf(chunks, fileData(sizes))
			e.Name = name
			return e, true, nil
		case err != nil:
			return e, false, err
		case len(chunks) > maxChunks:
			return e, false, nil
		}
	}
}

// MakeFolder returns the entry of a folder. ok is false for a folder so large that it is sharded.
func MakeFolder(name string, entries []Entry) (e Entry, ok bool) {
	entries = slices.Clone(entries)
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name < entries[j].Name })
	names := 0
	for _, x := range entries {
		names += len(x.Name) + Bytes
	}
	if names >= maxNames {
		return e, false
	}
	e = blockOf(entries, []byte{fsType << 3, typeDirectory})
	e.Name = name
	return e, true
}

// nodeOf returns the node over a file's chunks, or the only one itself.
func nodeOf(chunks []Entry, data []byte) Entry {
	if len(chunks) == 1 {
		return chunks[0]
	}
	return blockOf(chunks, data)
}

// fileData is the UnixFS message of a file of chunks.
func fileData(sizes []uint64) []byte {
	total := uint64(0)
	for _, n := range sizes {
		total += n
	}
	data := binary.AppendUvarint([]byte{fsType << 3, typeFile, fsFileSize << 3}, total)
	for _, n := range sizes {
		data = binary.AppendUvarint(append(data, fsBlockSizes<<3), n)
	}
	return data
}

// blockOf returns the dag-pb block with these links and this data.
func blockOf(links []Entry, data []byte) Entry {
	var block []byte
	total := uint64(0)
	for _, l := range links {
		link := appendBytes(nil, linkHash, l.CID[:])
		link = appendBytes(link, linkName, []byte(l.Name))
		link = binary.AppendUvarint(append(link, linkTsize<<3|wireVarint), l.bytes)
		block, total = appendBytes(block, nodeLink, link), total+l.bytes
	}
	block = appendBytes(block, nodeData, data)
	return Entry{CID: cidOf(codecPB, sha256.Sum256(block)), bytes: total + uint64(len(block))}
}

func appendBytes(to []byte, number byte, b []byte) []byte {
	to = binary.AppendUvarint(append(to, number<<3|wireBytes), uint64(len(b)))
	return append(to, b...)
}
