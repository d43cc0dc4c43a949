package fact

import "bytes"

// lookup returns what a key has in the tree with a root, of which proof are nodes in any order: appendix D
// of the yellow paper. Nodes that do not lead there are [errProof].
func lookup(root [32]byte, key []byte, proof [][]byte) ([]byte, error) {
	nodes := map[[32]byte][]byte{}
	for _, n := range proof {
		nodes[keccak(n)] = n
	}
	path := make([]byte, 0, 2*len(key)) // of half bytes
	for _, b := range key {
		path = append(path, b>>4, b&15)
	}
	node, there := nodes[root]
	for there {
		next, rest, err := step(node, path)
		switch {
		case err != nil:
			return nil, err
		case rest == nil:
			return next, nil
		case len(next) == 32: // a hash: a node that stands in another has less
			node, there = nodes[[32]byte(next)]
		default:
			node = next
		}
		path = rest
	}
	return nil, errProof
}

// step goes from a node along a path: to a value, with no path left, or to the next node or its hash, and
// what is left of the path, which may be empty.
func step(node, path []byte) (next, rest []byte, err error) {
	list, err := items(node, 2, 17)
	if err != nil {
		return nil, nil, err
	}
	switch len(list) {
	case 2:
		return along(list, path)
	case 17:
		if len(path) == 0 {
			return valueOf(list[16])
		}
		next, err = reference(list[path[0]])
		return next, path[1:], err
	}
	return nil, nil, errProof
}

// along follows a leaf, or a node that holds a part of the path.
func along(list []item, path []byte) (next, rest []byte, err error) {
	if list[0].list || len(list[0].data) == 0 || list[0].data[0] > 0x3f {
		return nil, nil, errProof
	}
	head, part := list[0].data[0]>>4, []byte{}
	if head&1 == 1 {
		part = append(part, list[0].data[0]&15)
	}
	for _, b := range list[0].data[1:] {
		part = append(part, b>>4, b&15)
	}
	if isLeaf := head >= 2; isLeaf {
		if !bytes.Equal(part, path) {
			return nil, nil, errProof
		}
		return valueOf(list[1])
	}
	if len(part) == 0 || !bytes.HasPrefix(path, part) {
		return nil, nil, errProof
	}
	next, err = reference(list[1])
	return next, path[len(part):], err
}

// reference returns the hash of the next node, or the node itself where it is shorter than a hash.
func reference(x item) ([]byte, error) {
	if x.list && len(x.all) < 32 {
		return x.all, nil
	}
	if x.list || len(x.data) != 32 {
		return nil, errProof
	}
	return x.data, nil
}

func valueOf(x item) (value, rest []byte, err error) {
	if x.list || len(x.data) == 0 {
		return nil, nil, errProof
	}
	return x.data, nil, nil
}
