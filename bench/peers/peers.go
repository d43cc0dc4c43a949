// Package peers measures the same statements in the tools one would otherwise pick, side by
// side: setup, proof, verdict, memory, sizes, gas.
//
// The statements are
//
//	document   a hidden message of 12 SHA-256 blocks has this digest
//	opening    a leaf of 32 hidden numbers, each below a public bound, is signed by a public
//	           key (EdDSA) and lies under a public root (a Poseidon tree 16 deep)
//	receipt    the EdDSA signature alone, of a public message
//	cid        genproof's cid/standard
//	root       genproof's root/standard
//
// Every tool uses the hash and the curve that it is made for. Each peer works in processes
// of its own, one for setup and one for proving, so that its peak memory is its own. A peer
// counts only if its proof verifies and is refused for another public input.
package peers

import (
	"fmt"
	"slices"
	"strings"
)

// The statements.
const (
	Document = "document"
	Opening  = "opening"
	Receipt  = "receipt"
	CID      = "cid"
	Root     = "root"
)

// The tools.
const (
	Genproof = "genproof"
	Gnark    = "gnark"  // its std gadgets
	Snarkjs  = "circom" // circomlib, proven by snarkjs
	Noir     = "noir"   // proven by Barretenberg
)

// A Peer is a statement in a tool.
type Peer struct{ Statement, Tool string }

// Name is STATEMENT/TOOL.
func (p Peer) Name() string { return p.Statement + "/" + p.Tool }

// All lists the peers, in the table's order.
func All() []Peer {
	return []Peer{
		{CID, Genproof}, {CID, Gnark},
		{Root, Genproof},
		{Document, Genproof}, {Document, Gnark}, {Document, Snarkjs}, {Document, Noir},
		{Opening, Genproof}, {Opening, Gnark}, {Opening, Snarkjs}, {Opening, Noir},
		{Receipt, Genproof}, {Receipt, Gnark}, {Receipt, Snarkjs}, {Receipt, Noir},
	}
}

// Select returns the peers whose name, statement or tool is among names; all without names.
func Select(names []string) ([]Peer, error) {
	if len(names) == 0 {
		return All(), nil
	}
	matches := func(p Peer, name string) bool { return name == p.Name() || name == p.Statement || name == p.Tool }
	for _, name := range names {
		if !slices.ContainsFunc(All(), func(p Peer) bool { return matches(p, name) }) {
			return nil, fmt.Errorf("there is no peer %.40q: name statements (%s), tools (%s) or both, as in document/gnark", name,
				strings.Join(distinct(func(p Peer) string { return p.Statement }), ", "), strings.Join(distinct(func(p Peer) string { return p.Tool }), ", "))
		}
	}
	return slices.DeleteFunc(All(), func(p Peer) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return matches(p, name) })
	}), nil
}

func distinct(of func(Peer) string) (list []string) {
	for _, p := range All() {
		if s := of(p); !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
