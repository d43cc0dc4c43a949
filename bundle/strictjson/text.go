package strictjson

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// string reads a JSON string. The document is known to be valid UTF-8.
func (d *decoder) string(at path) (string, error) {
	if d.peek() != '"' {
		return "", at.errorf("got %s, want a string", d.seen())
	}
	d.i++
	var s []byte
	for d.i < len(d.b) {
		c := d.b[d.i]
		d.i++
		switch {
		case c == '"':
			return string(s), nil
		case c < ' ':
			return "", at.errorf("control character in a string, at byte %d", d.i-1)
		case c != '\\':
			s = append(s, c)
		default:
			r, ok := d.escape()
			if !ok {
				return "", at.errorf("bad escape in a string, before byte %d", d.i)
			}
			s = utf8.AppendRune(s, r)
		}
	}
	return "", at.errorf("a string has no end")
}

var unescapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape reads what follows a backslash.
func (d *decoder) escape() (rune, bool) {
	if d.i == len(d.b) {
		return 0, false
	}
	c := d.b[d.i]
	d.i++
	if c != 'u' {
		r, ok := unescapes[c]
		return r, ok
	}
	r, ok := d.unit()
	if !ok || !utf16.IsSurrogate(r) {
		return r, ok
	}
	// Half of a pair is not a character; the other half must follow.
	if d.i+2 > len(d.b) || string(d.b[d.i:d.i+2]) != `\u` {
		return 0, false
	}
	d.i += 2
	low, ok := d.unit()
	r = utf16.DecodeRune(r, low)
	return r, ok && r != utf8.RuneError
}

func (d *decoder) unit() (rune, bool) {
	if d.i+4 > len(d.b) {
		return 0, false
	}
	u, err := strconv.ParseUint(string(d.b[d.i:d.i+4]), 16, 16)
	d.i += 4
	return rune(u), err == nil
}
