package main

import (
	"bytes"
	"path/filepath"
	"testing"
)

// TestRun_TrainsNothingWithoutAFile: usage is said on stderr, with exit code 2.
func TestRun_TrainsNothingWithoutAFile(t *testing.T) {
	for name, args := range map[string][]string{"no file": nil, "two files": {filepath.Join(t.TempDir(), "a"), "b"}} {
		var out, err bytes.Buffer
		if code := run(args, &out, &err); code != 2 || out.Len() > 0 || err.Len() == 0 {
			t.Errorf("%s: exit code %d, %q, %q", name, code, &out, &err)
		}
	}
}
