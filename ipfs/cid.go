// Package ipfs writes, reads and publishes what a drop makes public, by content.
//
// A document is one raw block, so the digest in its CID is the SHA-256 of its bytes, which
// is what its proof is about. Everything public together is one UnixFS tree in one CAR. The
// tree's CIDs are those of
//
//	ipfs add --cid-version=1 --chunker=size-1048576 -r FOLDER
//
// that is: CIDv1, SHA-256, raw leaves, balanced files of 174 links a node, folders turned
// into HAMT shards of 256 when names and CIDs pass 256 KiB, no modes and no times. The
// chunker only matters to files over 256 KiB, kubo's default chunk; here a chunk is 1 MiB,
// so that every document is one block. A node with the profile unixfs-v1-2025 makes other
// CIDs of two kinds of trees alone: it shards by the size of a folder's block, a little
// earlier, and links 1024 chunks, which matters to files over 174 MiB.
//
// The CAR is version 1: it is what every tool and node reads, `ipfs dag import` and
// `ipfs dag export` included, and it can be written in one pass. Version 2 adds an index,
// which a reader that checks every block has no use for.
package ipfs

import (
	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"
)

// chunkBytes is the longest file of one block.
const chunkBytes = 1 << 20

// builder makes every CID of the tree that is not a raw leaf's.
var builder = cid.V1Builder{Codec: cid.DagProtobuf, MhType: multihash.SHA2_256}
