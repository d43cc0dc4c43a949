// Package amount writes figures for people.
package amount

import (
	"fmt"
	"time"
)

// Of writes a value in a unit that makes it short: seconds, bytes, or as it is.
func Of(v float64, unit string) string {
	switch {
	case unit == "s" && v < 1e6:
		return time.Duration(v * float64(time.Second)).Round(roundTo(v)).String()
	case unit == "bytes" && v >= 1<<30:
		return fmt.Sprintf("%.1f GiB", v/(1<<30))
	case unit == "bytes" && v >= 1<<20:
		return fmt.Sprintf("%.1f MiB", v/(1<<20))
	case unit == "bytes" && v >= 1<<10:
		return fmt.Sprintf("%.1f KiB", v/(1<<10))
	case unit == "bytes":
		return fmt.Sprintf("%.0f B", v)
	case v == float64(int64(v)):
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.1f", v)
}

// roundTo is the unit that leaves three digits.
func roundTo(seconds float64) time.Duration {
	unit := time.Nanosecond
	for seconds >= 1000*unit.Seconds() {
		unit *= 10
	}
	return unit
}
