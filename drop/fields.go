package drop

import (
	"slices"
	"strconv"
)

// fields reads a map's keys one by one. The first fault is kept and everything
// after it returns zero values, so that a decoder reads as a list of its keys.
type fields struct {
	at     Place
	what   string // "drop.yaml", "a trait"
	keys   []*node
	values []*node
	known  []string
	err    error
}

// fieldsOf opens n as a map that has no keys but the known ones.
func fieldsOf(n *node, what string, known ...string) *fields {
	f := &fields{at: n.place, what: what, known: known}
	if n.kind != mapNode {
		f.err = fault(n.place, "write `key: value` with the keys "+quoted(known), "%s is %s", what, n.kind)
		return f
	}
	f.keys, f.values = n.keys, n.values
	for _, k := range n.keys {
		if !slices.Contains(known, k.text) {
			remedy := "it has " + quoted(known)
			if near := nearest(k.text, known); near != "" {
				remedy = "did you mean " + near + "? " + remedy
			}
			f.err = fault(k.place, remedy, "this key does not belong to %s", what)
			return f
		}
	}
	return f
}

// get returns the value of key, or nil when it is absent or empty.
func (f *fields) get(key string) *node {
	for i, k := range f.keys {
		if k.text == key && f.values[i].kind != nullNode {
			return f.values[i]
		}
	}
	return nil
}

func (f *fields) has(key string) bool { return f.get(key) != nil }

// need returns the value of key and faults when there is none.
func (f *fields) need(key string) *node {
	n := f.get(key)
	if n == nil && f.err == nil {
		f.err = fault(f.at, "add `"+key+": ...`", "%s has no %s", f.what, key)
	}
	if f.err != nil {
		return nil
	}
	return n
}

// text returns key's text, "" when absent.
func (f *fields) text(key string) string {
	n := f.get(key)
	if n == nil || f.err != nil {
		return ""
	}
	if n.kind != scalarNode {
		f.err = fault(n.place, "write a text", "%s of %s is %s", key, f.what, n.kind)
		return ""
	}
	return n.text
}

func (f *fields) needText(key string) string {
	if f.need(key) == nil {
		return ""
	}
	return f.text(key)
}

// needUint returns key's whole number between low and high.
func (f *fields) needUint(key string, low, high uint64) uint64 {
	n := f.need(key)
	if n == nil {
		return 0
	}
	v, ok := n.uint(low, high)
	if !ok {
		remedy := "write a whole number from " + strconv.FormatUint(low, 10) + " to " + strconv.FormatUint(high, 10)
		if how := wholeRemedy(n); how != "" {
			remedy = how + "; " + remedy
		}
		f.err = fault(n.place, remedy, "this is no %s", key)
	}
	return v
}

// uint reads a whole number written in plain decimal digits.
func (n *node) uint(low, high uint64) (uint64, bool) {
	if n.kind != scalarNode || n.quoted || !plainDigits(n.text) {
		return 0, false
	}
	v, err := strconv.ParseUint(n.text, 10, 64)
	return v, err == nil && low <= v && v <= high
}

// plainDigits says whether s is a decimal number without sign and leading zeros.
func plainDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s == "0" || s != "" && s[0] != '0'
}

// list returns key's entries, none when absent.
func (f *fields) list(key string) []*node {
	n := f.get(key)
	if n == nil || f.err != nil {
		return nil
	}
	if n.kind != listNode {
		f.err = fault(n.place, "write entries that begin with a dash", "%s of %s is %s", key, f.what, n.kind)
		return nil
	}
	return n.values
}

// pairs returns the keys and values of a map under key, none when absent.
func (f *fields) pairs(key string) (keys, values []*node) {
	n := f.get(key)
	if n == nil || f.err != nil {
		return nil, nil
	}
	if n.kind != mapNode {
		f.err = fault(n.place, "write `name: value` lines under it", "%s of %s is %s", key, f.what, n.kind)
		return nil, nil
	}
	return n.keys, n.values
}
