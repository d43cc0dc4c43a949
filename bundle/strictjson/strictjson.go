// Package strictjson writes and reads Go values as JSON with exactly one
// spelling for each value.
//
//	struct       object; every key once, none unknown, none missing unless
//	             its tag says omitempty (pointers only), in any order
//	slice        array of at most MaxItems values
//	string       any valid UTF-8, escapes allowed; \u escapes must be characters
//	bool, uint64 true or false, digits without sign, point, exponent or leading zero
//	[n]byte      "0x" and 2n lower-case hex digits
//	[]byte       "0x" and an even number of them
//	fr.Element   as [32]byte, big-endian and below the scalar field's modulus
//
// There is no null and nothing else nests: a document can be no deeper than
// the Go type it is read into. An error names the place as a JSON path.
//
// [Marshal] writes keys in the struct's order, two spaces of indentation a
// level, a newline at the end, and in strings only the escapes JSON demands.
// Reading accepts more than that; whoever needs one form of a file compares
// what was read with what Marshal writes.
package strictjson

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// MaxItems bounds an array.
const MaxItems = 1024

// errorAt is an error at a place in a document.
type errorAt struct {
	path, cause string
}

func (e *errorAt) Error() string { return e.path + ": " + e.cause }

// path is where in the document a reader or a writer is, root first.
type path []string

func (p path) errorf(format string, args ...any) error {
	return &errorAt{path: "$" + strings.Join(p, ""), cause: fmt.Sprintf(format, args...)}
}

func (p path) key(name string) path { return append(p[:len(p):len(p)], "."+name) }
func (p path) index(i int) path     { return append(p[:len(p):len(p)], fmt.Sprintf("[%d]", i)) }
func isElement(t reflect.Type) bool { return t == reflect.TypeFor[fr.Element]() }
func isBytes(t reflect.Type) bool   { return t == reflect.TypeFor[[]byte]() }
func isByteArray(t reflect.Type) bool {
	return t.Kind() == reflect.Array && t.Elem().Kind() == reflect.Uint8
}

// field is a struct field with its key.
type field struct {
	name     string
	optional bool
}

// fieldsOf returns the fields in order. All fields must be exported and
// tagged: the types are ours, so anything else is a bug.
func fieldsOf(t reflect.Type) []field {
	fields := make([]field, t.NumField())
	for i := range fields {
		name, option, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name == "" {
			panic(fmt.Sprintf("strictjson: %s.%s has no json tag", t, t.Field(i).Name))
		}
		fields[i] = field{name: name, optional: option == "omitempty"}
		if fields[i].optional != (t.Field(i).Type.Kind() == reflect.Pointer) {
			panic(fmt.Sprintf("strictjson: %s.%s: pointers, and they alone, are omitempty", t, t.Field(i).Name))
		}
	}
	return fields
}
