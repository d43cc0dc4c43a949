package strictjson

import (
	"encoding/hex"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Unmarshal reads b, of at most maxBytes, into v, a pointer to a struct. After
// an error v holds a part of the document, which no caller should use.
func Unmarshal(b []byte, v any, maxBytes int) error {
	if len(b) > maxBytes {
		return path(nil).errorf("%d bytes, at most %d are read", len(b), maxBytes)
	}
	if !utf8.Valid(b) {
		return path(nil).errorf("not valid UTF-8")
	}
	d := decoder{b: b}
	if err := d.value(reflect.ValueOf(v).Elem(), nil); err != nil {
		return err
	}
	if d.peek() != 0 || d.i < len(d.b) {
		return path(nil).errorf("data after the end, at byte %d", d.i)
	}
	return nil
}

type decoder struct {
	b []byte
	i int
}

// peek skips white space and returns the next byte, 0 at the end.
func (d *decoder) peek() byte {
	for d.i < len(d.b) && strings.IndexByte(" \t\r\n", d.b[d.i]) >= 0 {
		d.i++
	}
	if d.i == len(d.b) {
		return 0
	}
	return d.b[d.i]
}

func (d *decoder) expect(c byte, at path) error {
	if got := d.peek(); got != c {
		return at.errorf("got %s, want '%c'", d.seen(), c)
	}
	d.i++
	return nil
}

// seen names what stands at the reader's place, for errors.
func (d *decoder) seen() string {
	if d.peek() == 0 && d.i == len(d.b) {
		return "the end of the data"
	}
	r, _ := utf8.DecodeRune(d.b[d.i:])
	return fmt.Sprintf("%q at byte %d", r, d.i)
}

func (d *decoder) value(v reflect.Value, at path) error {
	switch t := v.Type(); {
	case isElement(t):
		return d.element(v, at)
	case isByteArray(t):
		return d.hex(v, at)
	case isBytes(t):
		return d.bytes(v, at)
	case t.Kind() == reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
		return d.value(v.Elem(), at)
	case t.Kind() == reflect.Struct:
		return d.object(v, at)
	case t.Kind() == reflect.Slice:
		return d.array(v, at)
	case t.Kind() == reflect.String:
		s, err := d.string(at)
		v.SetString(s)
		return err
	case t.Kind() == reflect.Bool:
		return d.bool(v, at)
	case t.Kind() == reflect.Uint64:
		return d.uint(v, at)
	default:
		panic(fmt.Sprintf("strictjson: no form for a %s", t))
	}
}

func (d *decoder) object(v reflect.Value, at path) error {
	if err := d.expect('{', at); err != nil {
		return err
	}
	fields := fieldsOf(v.Type())
	seen := make([]bool, len(fields))
	for first := true; d.peek() != '}'; first = false {
		if err := d.comma(first, at); err != nil {
			return err
		}
		if err := d.member(v, fields, seen, at); err != nil {
			return err
		}
	}
	d.i++
	for i, f := range fields {
		if !seen[i] && !f.optional {
			return at.key(f.name).errorf("missing")
		}
	}
	return nil
}

func (d *decoder) member(v reflect.Value, fields []field, seen []bool, at path) error {
	name, err := d.string(at)
	if err != nil {
		return err
	}
	for i, f := range fields {
		if f.name != name {
			continue
		}
		if seen[i] {
			return at.key(name).errorf("key given twice")
		}
		seen[i] = true
		if err := d.expect(':', at.key(name)); err != nil {
			return err
		}
		return d.value(v.Field(i), at.key(name))
	}
	return at.errorf("unknown key %.40q", name)
}

func (d *decoder) array(v reflect.Value, at path) error {
	if err := d.expect('[', at); err != nil {
		return err
	}
	v.SetZero()
	for i := 0; d.peek() != ']'; i++ {
		if i == MaxItems {
			return at.errorf("more than %d values", MaxItems)
		}
		if err := d.comma(i == 0, at); err != nil {
			return err
		}
		item := reflect.New(v.Type().Elem()).Elem()
		if err := d.value(item, at.index(i)); err != nil {
			return err
		}
		v.Set(reflect.Append(v, item))
	}
	d.i++
	return nil
}

func (d *decoder) comma(first bool, at path) error {
	if first {
		return nil
	}
	return d.expect(',', at)
}

func (d *decoder) bool(v reflect.Value, at path) error {
	d.peek()
	for _, word := range []string{"true", "false"} {
		if strings.HasPrefix(string(d.b[d.i:min(d.i+len(word), len(d.b))]), word) {
			d.i += len(word)
			v.SetBool(word == "true")
			return nil
		}
	}
	return at.errorf("got %s, want true or false", d.seen())
}

func (d *decoder) uint(v reflect.Value, at path) error {
	d.peek()
	start := d.i
	for d.i < len(d.b) && strings.IndexByte("+-.eE0123456789", d.b[d.i]) >= 0 {
		d.i++
	}
	text := string(d.b[start:d.i])
	if text == "" {
		return at.errorf("got %s, want a number", d.seen())
	}
	u, err := strconv.ParseUint(text, 10, 64)
	if err != nil || strconv.FormatUint(u, 10) != text {
		return at.errorf("%.40q is not a whole number from 0 to 2^64-1 in plain digits", text)
	}
	v.SetUint(u)
	return nil
}

func (d *decoder) element(v reflect.Value, at path) error {
	var b [fr.Bytes]byte
	if err := d.hex(reflect.ValueOf(&b).Elem(), at); err != nil {
		return err
	}
	var e fr.Element
	if e.SetBytesCanonical(b[:]) != nil {
		return at.errorf("not below the scalar field's modulus")
	}
	v.Set(reflect.ValueOf(e))
	return nil
}

func (d *decoder) hex(v reflect.Value, at path) error {
	s, err := d.string(at)
	if err != nil {
		return err
	}
	b, ok := bytesOf(s)
	if !ok || len(b) != v.Len() {
		return at.errorf("want 0x and %d lower-case hex digits", 2*v.Len())
	}
	reflect.Copy(v, reflect.ValueOf(b))
	return nil
}

func (d *decoder) bytes(v reflect.Value, at path) error {
	s, err := d.string(at)
	if err != nil {
		return err
	}
	b, ok := bytesOf(s)
	if !ok {
		return at.errorf("want 0x and an even number of lower-case hex digits")
	}
	v.SetBytes(b)
	return nil
}

// bytesOf reads 0x and lower-case hex digits.
func bytesOf(s string) ([]byte, bool) {
	digits, ok := strings.CutPrefix(s, "0x")
	b, err := hex.DecodeString(digits)
	return b, ok && err == nil && hex.EncodeToString(b) == digits
}
