package program

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// module is one whose memory of one page begins with the pieces given.
func module(pieces ...string) []byte {
	section := []byte{byte(len(pieces))}
	for _, p := range pieces {
		section = append(section, p...)
	}
	m := []byte("\x00asm\x01\x00\x00\x00" + "\x05\x03\x01\x00\x01" + "\x07\x07\x01\x03mem\x02\x00")
	return append(append(m, dataSection, byte(len(section))), section...)
}

func unchanged([]byte) error { return nil }

func TestRewriteData(t *testing.T) {
	for _, row := range []struct {
		what     string
		in, want []byte
	}{
		{"one after the other", module("\x00\x41\x08\x0b\x02ab", "\x00\x41\x0a\x0b\x01c"), module("\x00\x41\x08\x0b\x03abc")},
		{"zeros between", module("\x00\x41\x00\x0b\x01a", "\x00\x41\x03\x0b\x01b"), module("\x00\x41\x00\x0b\x04a\x00\x00b")},
		{"64 zeros", module("\x00\x41\x00\x0b\x01a", "\x00\x41\xc1\x00\x0b\x01b"), module("\x00\x41\x00\x0b\x42a" + strings.Repeat("\x00", 64) + "b")},
		{"65 zeros", module("\x00\x41\x00\x0b\x01a", "\x00\x41\xc2\x00\x0b\x01b"), module("\x00\x41\x00\x0b\x01a", "\x00\x41\xc2\x00\x0b\x01b")},
		{"addresses of two bytes", module("\x00\x41\xc0\x00\x0b\x01a", "\x00\x41\xff\x01\x0b\x01b"), module("\x00\x41\xc0\x00\x0b\x01a", "\x00\x41\xff\x01\x0b\x01b")},
		{"in no order", module("\x00\x41\x08\x0b\x02ab", "\x00\x41\x06\x0b\x01c"), module("\x00\x41\x06\x0b\x04c\x00ab")},
		{"none", module(), module()},
	} {
		got, err := rewriteData(row.in, unchanged)
		if err != nil || !bytes.Equal(got, row.want) {
			t.Errorf("%s: got %q, %v, want %q", row.what, got, err, row.want)
		}
	}
}

func TestRewriteData_Refuses(t *testing.T) {
	one := module("\x00\x41\x08\x0b\x02ab")
	for _, row := range []struct {
		in   []byte
		want string
	}{
		{nil, "no WebAssembly module"},
		{[]byte("\x00asm\x02\x00\x00\x00"), "no WebAssembly module"},
		{one[:len(one)-1], "cut off"},
		{one[:9], "no number"},
		{module("\x00\x41\x08\x0b\x02ab", "\x00\x41\x09\x0b\x01c"), "before the end of another"},
		{module("\x00\x41\x08\x0b\x01a", "\x00\x41\x07\x0b\x02bc"), "before the end of another"},
		{module("\x01\x01a"), "not placed by one constant"},
		{module("\x00\x23\x00\x0b\x01a"), "not placed by one constant"},
		{module("\x00\x41\x00\x6a\x01a"), "not placed by one constant"},
		{module("\x00\x41\x78\x0b\x01a"), "beyond 64 MiB"},
		{module("\x00\x41\x80\x80\x80\x80\x08\x0b\x01a"), "beyond 64 MiB"},
		{module("\x00\x41\x80\x80\x80\x80\x80\x00\x0b\x01a"), "beyond 64 MiB"},
		{module("\x00\x41\x08\x0b\x09ab"), "cut off"},
		{append(slices.Clone(one), dataCountSection, 1, 1), "by number"},
		{append(one[:len(one)-10:len(one)-10], dataSection, 8, 1, 0, 0x41, 8, 0x0b, 1, 'a', 'b'), "more follows"},
	} {
		if _, err := rewriteData(row.in, unchanged); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%q: got %v, want %s", row.in, err, row.want)
		}
	}
}
