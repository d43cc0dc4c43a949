package document

import (
	"fmt"
	"strings"
)

// escapes are the characters with a short escape.
var escapes = map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

// quote returns s, which is valid UTF-8, as a JSON string, to the byte as encoding/json does
// without escapes for HTML: beyond what JSON demands it escapes U+2028 and U+2029, which
// would end a line in older JavaScript. (encoding/json itself would be a tenth of the
// verifier for pages.)
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		short, ok := escapes[r]
		switch {
		case ok:
			b.WriteString(short)
		case r < ' ' || r == '\u2028' || r == '\u2029':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// isJSON reports whether b is JSON made of objects, arrays, strings, numbers without exponents
// and booleans, at most maxDepth levels deep: a document has nothing else, so null is refused.
func isJSON(b []byte) bool {
	s := scanner{rest: b}
	return s.value(maxDepth) && s.peek() == 0 && len(s.rest) == 0
}

// maxDepth is a document's: an object with an array of objects with texts.
const maxDepth = 4

type scanner struct{ rest []byte }

// peek skips white space and returns the next byte, 0 at the end.
func (s *scanner) peek() byte {
	for len(s.rest) > 0 && strings.IndexByte(" \t\r\n", s.rest[0]) >= 0 {
		s.rest = s.rest[1:]
	}
	if len(s.rest) == 0 {
		return 0
	}
	return s.rest[0]
}

// take takes c off, if it is next.
func (s *scanner) take(c byte) bool {
	ok := s.peek() == c && len(s.rest) > 0
	if ok {
		s.rest = s.rest[1:]
	}
	return ok
}

func (s *scanner) value(depth int) bool {
	if depth == 0 {
		return false
	}
	switch s.peek() {
	case '"':
		return s.text()
	case '{':
		return s.list('{', '}', func() bool { return s.text() && s.take(':') && s.value(depth-1) })
	case '[':
		return s.list('[', ']', func() bool { return s.value(depth - 1) })
	}
	return s.word()
}

// word takes a number or a boolean off.
func (s *scanner) word() bool {
	n := 0
	for n < len(s.rest) && strings.IndexByte(" \t\r\n,]}", s.rest[n]) < 0 {
		n++
	}
	word := string(s.rest[:n])
	s.rest = s.rest[n:]
	return word == "true" || word == "false" || isNumber(word)
}

// isNumber reports whether s is a JSON number without an exponent.
func isNumber(s string) bool {
	whole, fraction, hasPoint := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	switch {
	case whole == "" || hasPoint && fraction == "":
		return false
	case strings.Trim(whole+fraction, "0123456789") != "":
		return false
	}
	return len(whole) == 1 || whole[0] != '0'
}

func (s *scanner) list(first, last byte, item func() bool) bool {
	if !s.take(first) {
		return false
	}
	if s.take(last) {
		return true
	}
	for item() {
		if s.take(last) {
			return true
		}
		if !s.take(',') {
			return false
		}
	}
	return false
}

// text takes a string off.
func (s *scanner) text() bool {
	if !s.take('"') {
		return false
	}
	for len(s.rest) > 0 {
		c := s.rest[0]
		s.rest = s.rest[1:]
		switch {
		case c == '"':
			return true
		case c < ' ' || c == '\\' && !s.escape():
			return false
		}
	}
	return false
}

// escape takes what follows a backslash off.
func (s *scanner) escape() bool {
	n := 1
	if len(s.rest) > 0 && s.rest[0] == 'u' {
		n = 5
	}
	if len(s.rest) < n {
		return false
	}
	escape := s.rest[:n]
	s.rest = s.rest[n:]
	if n == 1 {
		return strings.IndexByte(`"\/bfnrt`, escape[0]) >= 0
	}
	return strings.Trim(string(escape[1:]), "0123456789abcdefABCDEF") == ""
}
