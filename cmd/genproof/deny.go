package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

// The kinds of what a reader knows to be bad.
var deniable = []string{"key", "model", "author", "authority", "contract"}

// maxDenied bounds the file of --deny, in bytes.
const maxDenied = 1 << 20

// A denial is one line of a reader's own list.
type denial struct {
	kind, value string
	line        int
}

// denials reads the file of --deny: a line each, KIND VALUE and perhaps words behind a #.
func (p *program) denials(path string) (list []denial, err error) {
	if path == "" {
		return nil, nil
	}
	data, err := p.readFile(path, maxDenied)
	if err != nil {
		return nil, err
	}
	for i, line := range strings.Split(string(files.WithoutMark(data)), "\n") {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0:
		case len(fields) != 2 || !slices.Contains(deniable, fields[0]):
			return nil, console.Hint(fmt.Errorf("%s:%d: %.60q is no line of it", path, i+1, line), "write lines of one of "+strings.Join(deniable, ", ")+" and its digits, such as: key 0x…")
		case !isDigits(fields[1]):
			return nil, fmt.Errorf("%s:%d: %.80q is neither an address nor 32 bytes: want 0x and 40 or 64 hex digits", path, i+1, fields[1])
		default:
			list = append(list, denial{fields[0], strings.ToLower(fields[1]), i + 1})
		}
	}
	return list, nil
}

func isDigits(s string) bool {
	digits, ok := strings.CutPrefix(strings.ToLower(s), "0x")
	return ok && (len(digits) == 40 || len(digits) == 64) && strings.Trim(digits, "0123456789abcdef") == ""
}

// known are what a verdict is about, by their kinds.
type known map[string][]string

// denied says which line of the reader's list what was judged is on, or "".
func denied(list []denial, about known) string {
	for _, d := range list {
		for _, value := range about[d.kind] {
			if strings.ToLower(value) == d.value {
				return fmt.Sprintf("your list denies its %s %s, in line %d", d.kind, d.value, d.line)
			}
		}
	}
	return ""
}

// authorOf is who alone may sell a deck.
func authorOf(d *bundle.Deck) []string {
	if d.Home == nil {
		return nil
	}
	return []string{hexOf(d.Home.Author[:])}
}
