package metadata

import (
	"errors"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep a document may nest.
const maxDepth = 64

// An Error says why bytes are no document, and where. It quotes nothing.
type Error struct {
	Byte  int // from 0
	Cause string
}

func (e *Error) Error() string { return fmt.Sprintf("byte %d: %s", e.Byte, e.Cause) }

// A scanner reads JSON by RFC 8259 and refuses what readers read in different ways: keys that
// stand twice, byte order marks, halves of surrogate pairs, bytes behind the end.
type scanner struct {
	b     []byte
	i     int
	depth int
}

func (s *scanner) fail(cause string) error { return &Error{s.i, cause} }

// blank skips white space and returns the next byte, 0 at the end.
func (s *scanner) blank() byte {
	for s.i < len(s.b) {
		switch c := s.b[s.i]; c {
		case ' ', '\t', '\n', '\r':
			s.i++
		default:
			return c
		}
	}
	return 0
}

// A node is a value and where it stands.
type node struct {
	kind       byte // '{', '[', '"', '0' for a number, 't', 'f', 'n'
	start, end int
	text       string   // of a string, unescaped; of a number, as written
	keys       []string // of an object, unescaped
	starts     []int    // where each key's quotes begin
	values     []node   // of an object or an array
}

// value reads one value. keep says how many levels of it to keep: what lies deeper is only checked.
func (s *scanner) value(keep int) (node, error) {
	c := s.blank()
	n := node{kind: c, start: s.i}
	var err error
	switch {
	case c == '{':
		err = s.object(&n, keep)
	case c == '[':
		err = s.array(&n, keep)
	case c == '"':
		n.text, err = s.str()
	case c == '-' || c >= '0' && c <= '9':
		n.kind = '0'
		n.text, err = s.number()
	case c == 't':
		err = s.word("true")
	case c == 'f':
		err = s.word("false")
	case c == 'n':
		err = s.word("null")
	default:
		err = s.fail("no value starts here")
	}
	n.end = s.i
	return n, err
}

func (s *scanner) word(w string) error {
	if s.i+len(w) > len(s.b) || string(s.b[s.i:s.i+len(w)]) != w {
		return s.fail("no value starts here")
	}
	s.i += len(w)
	return nil
}

func (s *scanner) enter() error {
	s.i++
	if s.depth++; s.depth > maxDepth {
		return s.fail("it nests too deep")
	}
	return nil
}

func (s *scanner) object(n *node, keep int) error {
	if err := s.enter(); err != nil {
		return err
	}
	seen := map[string]bool{}
	for first := true; ; first = false {
		if s.blank() == '}' && first {
			break
		}
		if s.blank() != '"' {
			return s.fail("want a key in quotes")
		}
		at := s.i
		key, err := s.str()
		if err != nil {
			return err
		}
		if seen[key] {
			s.i = at
			return s.fail("this key stands there a second time")
		}
		seen[key] = true
		if s.blank() != ':' {
			return s.fail("want a colon")
		}
		s.i++
		v, err := s.value(keep - 1)
		if err != nil {
			return err
		}
		if keep > 0 {
			n.keys, n.starts, n.values = append(n.keys, key), append(n.starts, at), append(n.values, v)
		}
		if s.blank() == '}' {
			break
		}
		if s.blank() != ',' {
			return s.fail("want a comma or the end of the object")
		}
		s.i++
	}
	s.i++
	s.depth--
	return nil
}

func (s *scanner) array(n *node, keep int) error {
	if err := s.enter(); err != nil {
		return err
	}
	for first := true; ; first = false {
		if s.blank() == ']' && first {
			break
		}
		v, err := s.value(keep - 1)
		if err != nil {
			return err
		}
		if keep > 0 {
			n.values = append(n.values, v)
		}
		if s.blank() == ']' {
			break
		}
		if s.blank() != ',' {
			return s.fail("want a comma or the end of the list")
		}
		s.i++
	}
	s.i++
	s.depth--
	return nil
}

// number reads a number as RFC 8259 writes it.
func (s *scanner) number() (string, error) {
	start := s.i
	digits := func() int {
		from := s.i
		for s.i < len(s.b) && s.b[s.i] >= '0' && s.b[s.i] <= '9' {
			s.i++
		}
		return s.i - from
	}
	next := func() byte {
		if s.i < len(s.b) {
			return s.b[s.i]
		}
		return 0
	}
	if next() == '-' {
		s.i++
	}
	zero := next() == '0'
	if n := digits(); n == 0 || zero && n > 1 {
		return "", s.fail("this is no number")
	}
	if next() == '.' {
		if s.i++; digits() == 0 {
			return "", s.fail("this is no number")
		}
	}
	if c := next(); c == 'e' || c == 'E' {
		s.i++
		if c := next(); c == '+' || c == '-' {
			s.i++
		}
		if digits() == 0 {
			return "", s.fail("this is no number")
		}
	}
	return string(s.b[start:s.i]), nil
}

var errEscape = errors.New("this escape is none")

// str reads a string and returns what it stands for.
func (s *scanner) str() (string, error) {
	s.i++
	var out []byte
	for s.i < len(s.b) {
		switch c := s.b[s.i]; {
		case c == '"':
			s.i++
			return string(out), nil
		case c == '\\':
			r, err := s.escape()
			if err != nil {
				return "", s.fail(err.Error())
			}
			out = utf8.AppendRune(out, r)
		case c < ' ':
			return "", s.fail("a control character stands in a string")
		default:
			out = append(out, c)
			s.i++
		}
	}
	return "", s.fail("a string has no end")
}

// escape reads an escape, both halves of a surrogate pair.
func (s *scanner) escape() (rune, error) {
	if s.i+1 >= len(s.b) {
		return 0, errEscape
	}
	c := s.b[s.i+1]
	const names, stand = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	for i := range len(names) {
		if c == names[i] {
			s.i += 2
			return rune(stand[i]), nil
		}
	}
	high, ok := s.unicode(s.i)
	if !ok {
		return 0, errEscape
	}
	s.i += 6
	if !utf16.IsSurrogate(high) {
		return high, nil
	}
	low, ok := s.unicode(s.i)
	r := utf16.DecodeRune(high, low)
	if !ok || r == utf8.RuneError {
		return 0, errors.New("half of a surrogate pair stands alone")
	}
	s.i += 6
	return r, nil
}

// unicode reads \uXXXX at a place.
func (s *scanner) unicode(at int) (rune, bool) {
	if at+6 > len(s.b) || s.b[at] != '\\' || s.b[at+1] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range s.b[at+2 : at+6] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
