package attribute

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// OfDecimal returns the slot of a non-negative decimal number, multiplied by 10^scale.
// The number is taken digit by digit, so it is exact: one with more digits after the
// point than scale is an error, unless they are zeros.
func OfDecimal(s string, scale uint8) (Slot, error) {
	if scale > MaxScale {
		return Slot{}, fmt.Errorf("decimal of scale %d: at most %d digits fit after the point", scale, MaxScale)
	}
	whole, fraction, hasPoint := strings.Cut(s, ".")
	if err := checkDecimal(whole, fraction, hasPoint); err != nil {
		return Slot{}, err
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > int(scale) {
		return Slot{}, fmt.Errorf("%d digits after the point, at most %d fit", len(fraction), scale)
	}
	digits := whole + fraction + strings.Repeat("0", int(scale)-len(fraction))
	u, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		return Slot{}, fmt.Errorf("number is above %s", formatDecimal(math.MaxUint64, scale))
	}
	return OfUint(u), nil
}

// checkDecimal checks the shape of the number, not its size.
func checkDecimal(whole, fraction string, hasPoint bool) error {
	if strings.HasPrefix(whole, "-") {
		return errors.New("a decimal is not negative, use int for numbers below zero")
	}
	if _, err := parseDigits(whole); err != nil && !errors.Is(err, strconv.ErrRange) {
		return fmt.Errorf("before the point: %w", err)
	}
	if !hasPoint {
		return nil
	}
	if fraction == "" {
		return errors.New("after the point: no digits")
	}
	for i := range len(fraction) {
		if fraction[i] < '0' || fraction[i] > '9' {
			return fmt.Errorf("after the point: character %d is not a digit", i+1)
		}
	}
	return nil
}

// formatDecimal writes u / 10^scale with all digits of the scale.
func formatDecimal(u uint64, scale uint8) string {
	digits := strconv.FormatUint(u, 10)
	if scale == 0 {
		return digits
	}
	if missing := int(scale) + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - int(scale)
	return digits[:point] + "." + digits[point:]
}
