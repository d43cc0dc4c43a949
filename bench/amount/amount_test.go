package amount

import "testing"

func TestOf_IsShort(t *testing.T) {
	for want, c := range map[string]struct {
		v    float64
		unit string
	}{
		"1.23s": {1.2345, "s"}, "12.3s": {12.345, "s"}, "2m3s": {123.45, "s"}, "20m30s": {1234.5, "s"},
		"12.3ms": {0.012345, "s"}, "1.23µs": {1.2345e-6, "s"}, "12ns": {12.3e-9, "s"}, "0s": {0, "s"}, "2000000.0": {2e6 + 0.04, "s"},
		"12 B": {12, "bytes"}, "1.5 KiB": {1536, "bytes"}, "2.0 MiB": {2 << 20, "bytes"}, "3.5 GiB": {3.5 * (1 << 30), "bytes"},
		"112240": {112240, "constraints"}, "156.1": {156.148, "constraints"},
	} {
		if got := Of(c.v, c.unit); got != want {
			t.Errorf("%v %s: %q, want %q", c.v, c.unit, got, want)
		}
	}
}
