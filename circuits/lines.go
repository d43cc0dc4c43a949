package circuits

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// eachLine hands the fields of each line of a list to read, n of them, separated by single spaces.
// Empty lines and those that begin with # say nothing. Errors name the line.
func eachLine(text string, n int, read func(fields []string) error) error {
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, " ")
		err := fmt.Errorf("%d fields, want %d", len(fields), n)
		if len(fields) == n {
			err = read(fields)
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
	}
	return nil
}

var errDigest = errors.New("want digests of 64 hex digits")

// readDigest reads 64 hex digits.
func readDigest(text string, to *[32]byte) error {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != len(to) {
		return errDigest
	}
	copy(to[:], raw)
	return nil
}
