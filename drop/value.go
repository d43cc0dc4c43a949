package drop

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
)

// parseValue reads a value as a person writes it.
//
//	uint     42              int   -42
//	decimal  0.85            at most Scale digits after the point, zeros at the end aside
//	time     2026-01-31 or 2026-01-31T23:59:59Z
//	bool     true or false   text  any UTF-8 of at most attribute.MaxText bytes
//
// There is one way to write a number: no sign but an int's minus, no zeros in front, no
// exponent, no separators. Nothing is rounded or cut. Errors name places and limits and
// never quote a value, because values may be hidden.
func parseValue(t attribute.Type, s string) (attribute.Slot, error) {
	if err := t.Validate(); err != nil {
		return attribute.Slot{}, err
	}
	slot, err := parseAs(t, s)
	if odd := oddNumber(t, s); err != nil && odd != "" && t.Kind <= attribute.Decimal {
		err = fmt.Errorf("%w: %s", err, odd)
	}
	if err != nil {
		return attribute.Slot{}, fmt.Errorf("value of type %s: %w", t, err)
	}
	return slot, nil
}

func parseAs(t attribute.Type, s string) (attribute.Slot, error) {
	switch t.Kind {
	case attribute.Uint:
		u, err := parseDigits(s)
		if errors.Is(err, strconv.ErrRange) {
			err = fmt.Errorf("number is above %d", uint64(math.MaxUint64))
		}
		return attribute.OfUint(u), err
	case attribute.Int:
		i, err := parseInt(s)
		return attribute.OfInt(i), err
	case attribute.Decimal:
		u, err := parseDecimal(s, t.Scale)
		return attribute.OfUint(u), err
	case attribute.Time:
		seconds, err := parseTime(s)
		if err != nil {
			return attribute.Slot{}, err
		}
		return attribute.OfTime(seconds)
	case attribute.Bool:
		if s != "true" && s != "false" {
			return attribute.Slot{}, errors.New("neither true nor false")
		}
		return attribute.OfBool(s == "true"), nil
	}
	if t.Kind == attribute.Digest {
		return value.Parse(value.Type{Type: t}, s)
	}
	return attribute.OfText(s)
}

// parse is parseValue of what a drawn drop says: its texts are spelled as the drop's are,
// words are of the vocabulary, and a number that documents show is one that readers keep.
func (a Attribute) parse(s string) (attribute.Slot, error) {
	switch a.Type.Kind {
	case attribute.Text:
		if err := a.checkText(s); err != nil {
			return attribute.Slot{}, fmt.Errorf("value of type %s: %w", a.Type, err)
		}
	case attribute.Enum:
		return value.Parse(value.Type{Type: a.Type, Words: a.Words}, s)
	}
	slot, err := parseValue(a.Type, s)
	if err != nil {
		return slot, err
	}
	return slot, a.checkShown(slot)
}

// checkText reports a text that is not spelled as it has to be, or that no document can show where one does.
func (a Attribute) checkText(s string) error {
	if err := a.checkSpelling(s); err != nil || a.Hidden() {
		return err
	}
	if document.ValidateText(s) != nil { // whose error quotes a character
		return fmt.Errorf("a document shows 1 to %d bytes without quotes, backslashes and control characters", document.MaxText)
	}
	return nil
}

// parseDigest reads a digest as a person writes it.
func parseDigest(s string) (digest [32]byte, err error) {
	raw, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil || copy(digest[:], raw) != len(digest) {
		return digest, errors.New("this is no digest of 32 bytes")
	}
	return digest, nil
}

// checkShown reports a number that no document can show as the attribute has it.
func (a Attribute) checkShown(s attribute.Slot) error {
	if a.Type.Kind > attribute.Decimal || a.Hidden() {
		return nil
	}
	text, err := value.Format(value.Type{Type: a.Type}, s)
	if err != nil {
		return err
	}
	return a.Public.CheckValue(text)
}

// parseDigits reads a number below 2^64 written in its one way. The error of a larger
// one is strconv.ErrRange, for the caller to name its limit.
func parseDigits(s string) (uint64, error) {
	if s == "" {
		return 0, errors.New("no digits")
	}
	if i := notDigit(s); i >= 0 {
		return 0, fmt.Errorf("character %d is not a digit", i+1)
	}
	if len(s) > 1 && s[0] == '0' {
		return 0, errors.New("number starts with 0")
	}
	u, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return 0, strconv.ErrRange // strconv's own error quotes the value
	}
	return u, nil
}

// notDigit returns the index of the first byte that is not a digit, -1 for none.
func notDigit(s string) int {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func parseInt(s string) (int64, error) {
	digits, isNegative := strings.CutPrefix(s, "-")
	if _, err := parseDigits(digits); err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0, err
	}
	if isNegative && digits == "0" {
		return 0, errors.New("write 0 without a sign")
	}
	i, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("number is not between %d and %d", math.MinInt64, math.MaxInt64)
	}
	return i, nil
}

// parseDecimal reads a number that is not negative, multiplied by 10^scale. The number is
// taken digit by digit, so it is exact.
func parseDecimal(s string, scale uint8) (uint64, error) {
	whole, fraction, hasPoint := strings.Cut(s, ".")
	if strings.HasPrefix(whole, "-") {
		return 0, errors.New("a decimal is not negative, use int for numbers below zero")
	}
	if _, err := parseDigits(whole); err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0, fmt.Errorf("before the point: %w", err)
	}
	if hasPoint && fraction == "" {
		return 0, errors.New("after the point: no digits")
	}
	if i := notDigit(fraction); i >= 0 {
		return 0, fmt.Errorf("after the point: character %d is not a digit", i+1)
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > int(scale) {
		return 0, fmt.Errorf("%d digits after the point, at most %d fit", len(fraction), scale)
	}
	u, err := strconv.ParseUint(whole+fraction+strings.Repeat("0", int(scale)-len(fraction)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("number is above %s", formatDecimal(math.MaxUint64, scale))
	}
	return u, nil
}

// formatDecimal writes u / 10^scale with all digits of the scale.
func formatDecimal(u uint64, scale uint8) string {
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	return new(big.Rat).SetFrac(new(big.Int).SetUint64(u), power).FloatString(int(scale))
}

var errTime = errors.New("write a date as 2026-01-31, or a moment in UTC as 2026-01-31T23:59:59Z")

// parseTime reads the two forms of RFC 3339 that parseValue documents as unix seconds.
// Package time takes other forms too and names no limits, so both are done before it.
func parseTime(s string) (int64, error) {
	date, clock := s, "00:00:00"
	shape := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return r
	}, s)
	switch shape {
	case "0000-00-00":
	case "0000-00-00T00:00:00Z":
		date, clock = s[:10], s[11:19]
	default:
		return 0, errTime
	}
	if date[:4] < "1970" {
		return 0, errors.New("year is before 1970")
	}
	first, err := time.Parse("2006-01", date[:7])
	if err != nil {
		return 0, errors.New("month is not between 01 and 12")
	}
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0, fmt.Errorf("day is not between 01 and %d, the last of its month", first.AddDate(0, 1, -1).Day())
	}
	of, err := time.Parse(time.TimeOnly, clock)
	if err != nil {
		return 0, errors.New("time of day is not between 00:00:00 and 23:59:59")
	}
	return day.Unix() + int64(of.Hour()*3600+of.Minute()*60+of.Second()), nil
}
