package attribute

import (
	"errors"
	"fmt"
)

// Moments are read and written without package time: circuits have no clock, and a
// value must not depend on a machine's time zone. Years run from 1970 to 9999.

const secondsPerDay = 24 * 60 * 60

var errTime = errors.New("write a date as 2026-01-31, or a moment in UTC as 2026-01-31T23:59:59Z")

// parseTime reads the two forms of RFC 3339 that Parse documents as unix seconds.
func parseTime(s string) (int64, error) {
	date, clock := s, "00:00:00"
	if len(s) == len("2026-01-31T23:59:59Z") {
		if s[10] != 'T' || s[19] != 'Z' {
			return 0, errTime
		}
		date, clock = s[:10], s[11:19]
	}
	d, ok := fields(date, "0000-00-00")
	c, okClock := fields(clock, "00:00:00")
	if !ok || !okClock {
		return 0, errTime
	}
	switch year, month, day := d[0], d[1], d[2]; {
	case year < 1970:
		return 0, errors.New("year is before 1970")
	case month < 1 || month > 12:
		return 0, errors.New("month is not between 01 and 12")
	case day < 1 || day > monthDays(year, month):
		return 0, fmt.Errorf("day is not between 01 and %d, the last of its month", monthDays(year, month))
	case c[0] > 23 || c[1] > 59 || c[2] > 59:
		return 0, errors.New("time of day is not between 00:00:00 and 23:59:59")
	default:
		days := yearStart(year) + day - 1
		for m := 1; m < month; m++ {
			days += monthDays(year, m)
		}
		return int64(days)*secondsPerDay + int64(c[0]*3600+c[1]*60+c[2]), nil
	}
}

// fields reads the numbers of s, whose digits stand where pattern has a 0.
func fields(s, pattern string) (numbers [3]int, ok bool) {
	if len(s) != len(pattern) {
		return numbers, false
	}
	n := 0
	for i := range len(s) {
		switch {
		case pattern[i] != '0' && s[i] == pattern[i]:
			n++
		case pattern[i] == '0' && s[i] >= '0' && s[i] <= '9':
			numbers[n] = 10*numbers[n] + int(s[i]-'0')
		default:
			return numbers, false
		}
	}
	return numbers, true
}

// formatTime writes unix seconds between 0 and maxTime.
func formatTime(seconds int64) string {
	days, clock := int(seconds/secondsPerDay), int(seconds%secondsPerDay)
	year := 1970
	for yearStart(year+1) <= days {
		year++
	}
	days -= yearStart(year)
	month := 1
	for days >= monthDays(year, month) {
		days -= monthDays(year, month)
		month++
	}
	return fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, days+1, clock/3600, clock/60%60, clock%60)
}

// yearStart is the number of days from 1970-01-01 to the first of January of a year.
func yearStart(year int) int {
	leapDays := func(y int) int { return y/4 - y/100 + y/400 }
	return 365*(year-1970) + leapDays(year-1) - leapDays(1969)
}

func monthDays(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && year%100 != 0 || year%400 == 0 {
			return 29
		}
		return 28
	}
	return 31
}
