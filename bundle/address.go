package bundle

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/sha3"
)

// ErrMistyped says that an address has capital letters that do not fit its digits.
var ErrMistyped = errors.New("the address is mistyped")

// ParseAddress reads an address of an account or contract as people write it: 40 hex digits
// with or without 0x. Where it has both small and capital letters they are its check digits,
// EIP-55, and must fit, else it is [ErrMistyped]: what is misread is paid to nobody, or to
// somebody else, for ever.
func ParseAddress(s string) (a [20]byte, err error) {
	digits := strings.TrimPrefix(s, "0x")
	raw, err := hex.DecodeString(digits)
	if err != nil || len(raw) != len(a) {
		return a, fmt.Errorf("%.50q is not an address: want 0x and 40 hex digits", s)
	}
	a = [20]byte(raw)
	mixed := digits != strings.ToLower(digits) && digits != strings.ToUpper(digits)
	if want := FormatAddress(a); mixed && want[2:] != digits {
		return [20]byte{}, fmt.Errorf("%w: %s does not fit its capital letters, with these digits it would be %s", ErrMistyped, s, want)
	}
	return a, nil
}

// FormatAddress writes an address with 0x and the capital letters of EIP-55.
func FormatAddress(a [20]byte) string {
	digits := []byte(hex.EncodeToString(a[:]))
	h := sha3.NewLegacyKeccak256()
	h.Write(digits)
	sum := h.Sum(nil)
	for i, d := range digits {
		nibble := sum[i/2] >> (4 - 4*(i%2)) & 0xf
		if d >= 'a' && nibble >= 8 {
			digits[i] = d - 'a' + 'A'
		}
	}
	return "0x" + string(digits)
}
