package strictjson

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Marshal writes v, a pointer to a struct or a struct, in its one form. It
// fails for a string that is not UTF-8 and for an array over MaxItems.
func Marshal(v any) ([]byte, error) {
	e := encoder{}
	e.value(reflect.Indirect(reflect.ValueOf(v)), nil)
	e.b = append(e.b, '\n')
	return e.b, e.err
}

// Line is [Marshal] as [OneLine] has it.
func Line(v any) ([]byte, error) {
	data, err := Marshal(v)
	return OneLine(data), err
}

// OneLine is what [Marshal] wrote on one line, without a line's end and without the blanks in
// front of what stands on lines of its own. Strings hold no ends of lines, so nothing else
// changes.
func OneLine(data []byte) []byte {
	var out []byte
	for part := range bytes.Lines(data) {
		out = append(out, bytes.TrimSpace(part)...)
	}
	return out
}

type encoder struct {
	b     []byte
	depth int
	err   error
}

func (e *encoder) value(v reflect.Value, at path) {
	switch t := v.Type(); {
	case isElement(t):
		element := v.Interface().(fr.Element)
		b := element.Bytes()
		e.hex(b[:])
	case isByteArray(t):
		b := make([]byte, v.Len())
		reflect.Copy(reflect.ValueOf(b), v)
		e.hex(b)
	case isBytes(t):
		e.hex(v.Bytes())
	case t.Kind() == reflect.Pointer:
		e.value(v.Elem(), at)
	case t.Kind() == reflect.Struct:
		e.object(v, at)
	case t.Kind() == reflect.Slice:
		e.array(v, at)
	case t.Kind() == reflect.String:
		e.string(v.String(), at)
	case t.Kind() == reflect.Bool:
		e.b = strconv.AppendBool(e.b, v.Bool())
	case t.Kind() == reflect.Uint64:
		e.b = strconv.AppendUint(e.b, v.Uint(), 10)
	default:
		panic(fmt.Sprintf("strictjson: no form for a %s", t))
	}
}

func (e *encoder) object(v reflect.Value, at path) {
	e.open('{')
	first := true
	for i, f := range fieldsOf(v.Type()) {
		if f.optional && v.Field(i).IsNil() {
			continue
		}
		e.next(first)
		first = false
		e.b = append(e.b, `"`+f.name+`": `...)
		e.value(v.Field(i), at.key(f.name))
	}
	e.close('}', first)
}

func (e *encoder) array(v reflect.Value, at path) {
	if v.Len() > MaxItems {
		e.fail(at.errorf("%d values, at most %d fit", v.Len(), MaxItems))
		return
	}
	e.open('[')
	for i := range v.Len() {
		e.next(i == 0)
		e.value(v.Index(i), at.index(i))
	}
	e.close(']', v.Len() == 0)
}

func (e *encoder) open(c byte) {
	e.b = append(e.b, c)
	e.depth++
}

func (e *encoder) next(first bool) {
	if !first {
		e.b = append(e.b, ',')
	}
	e.newline()
}

func (e *encoder) close(c byte, empty bool) {
	e.depth--
	if !empty {
		e.newline()
	}
	e.b = append(e.b, c)
}

func (e *encoder) newline() {
	e.b = append(e.b, "\n"+strings.Repeat("  ", e.depth)...)
}

func (e *encoder) hex(b []byte) {
	e.b = append(e.b, `"0x`+hex.EncodeToString(b)+`"`...)
}

// escapes are the characters below space with a short escape.
var escapes = map[byte]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

func (e *encoder) string(s string, at path) {
	if !utf8.ValidString(s) {
		e.fail(at.errorf("not valid UTF-8"))
		return
	}
	e.b = append(e.b, '"')
	for i := range len(s) {
		short, ok := escapes[s[i]]
		switch {
		case ok:
			e.b = append(e.b, short...)
		case s[i] < ' ':
			e.b = fmt.Appendf(e.b, `\u%04x`, s[i])
		default:
			e.b = append(e.b, s[i])
		}
	}
	e.b = append(e.b, '"')
}

func (e *encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}
