package attribute

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Parse reads a value as a person writes it.
//
//	uint     42              int   -42
//	decimal  0.85            at most Scale digits after the point, zeros at the end aside
//	time     2026-01-31 or 2026-01-31T23:59:59Z
//	bool     true or false   text  any UTF-8 of at most MaxText bytes
//
// There is one way to write a number: no sign but an int's minus, no zeros in front, no
// exponent, no separators. Nothing is rounded or cut.
func Parse(t Type, s string) (Slot, error) {
	if err := t.Validate(); err != nil {
		return Slot{}, err
	}
	slot, err := parse(t, s)
	if err != nil {
		return Slot{}, fmt.Errorf("value of type %s: %w", t, err)
	}
	return slot, nil
}

func parse(t Type, s string) (Slot, error) {
	switch t.Kind {
	case Uint:
		u, err := parseDigits(s)
		if errors.Is(err, strconv.ErrRange) {
			err = fmt.Errorf("number is above %d", uint64(math.MaxUint64))
		}
		return present(OfUint(u), err)
	case Int:
		i, err := parseInt(s)
		return present(OfInt(i), err)
	case Decimal:
		return OfDecimal(s, t.Scale)
	case Time:
		seconds, err := parseTime(s)
		if err != nil {
			return Slot{}, err
		}
		return OfTime(seconds)
	case Bool:
		if s != "true" && s != "false" {
			return Slot{}, errors.New("neither true nor false")
		}
		return OfBool(s == "true"), nil
	}
	return OfText(s)
}

// present returns s, or no slot after an error.
func present(s Slot, err error) (Slot, error) {
	if err != nil {
		return Slot{}, err
	}
	return s, nil
}

// parseDigits reads a number below 2^64 written in its one way. The error of a larger
// one is strconv.ErrRange, for the caller to name its limit.
func parseDigits(s string) (uint64, error) {
	if s == "" {
		return 0, errors.New("no digits")
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, fmt.Errorf("character %d is not a digit", i+1)
		}
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

func parseInt(s string) (int64, error) {
	digits, isNegative := strings.CutPrefix(s, "-")
	u, err := parseDigits(digits)
	switch {
	case errors.Is(err, strconv.ErrRange), isNegative && u > signBit, !isNegative && u >= signBit:
		return 0, fmt.Errorf("number is not between %d and %d", math.MinInt64, math.MaxInt64)
	case err != nil:
		return 0, err
	case isNegative && u == 0:
		return 0, errors.New("write 0 without a sign")
	case isNegative:
		return int64(-u), nil
	}
	return int64(u), nil
}

// Format writes a slot as [Parse] reads it. It returns "" where that cannot be done: for
// an absent slot, a text (only its hash is known), and a value that is none of type t.
func Format(t Type, s Slot) string {
	if !s.Present || t.Check(s) != nil {
		return ""
	}
	u := s.Value.Uint64()
	switch t.Kind {
	case Uint:
		return strconv.FormatUint(u, 10)
	case Int:
		return strconv.FormatInt(int64(u^signBit), 10)
	case Decimal:
		return formatDecimal(u, t.Scale)
	case Time:
		return formatTime(int64(u))
	case Bool:
		return strconv.FormatBool(u == 1)
	}
	return ""
}
