package setup

import (
	"context"
	"strings"
	"testing"
)

// Nobody, root included, can make files in these folders.
func TestStore_ReadOnlyFolderIsNamed(t *testing.T) {
	const dir = "/proc/self/fdinfo"
	s, err := OpenStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Keys(context.Background(), compilePower(t, "toy/power", 4), func(phase Phase, _, _ int64) {
		if phase == PhaseSetup {
			t.Error("the long work was begun")
		}
	})
	if err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "writable") {
		t.Errorf("got %v, want an error with %s and what to do", err, dir)
	}
	if _, err := OpenStore("/proc/self/genproof"); err == nil || !strings.Contains(err.Error(), "/proc/self/genproof") {
		t.Errorf("got %v, want an error with the folder", err)
	}
}
