package ceremony

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestInitCircuit_RefusesPlonk(t *testing.T) {
	c := compileToy(t, 4)
	srs := toySRS(t, c)
	c.Plonk = true
	if _, err := InitCircuit(ctx, filepath.Join(t.TempDir(), "ceremony"), c, srs, block, nil); err == nil || !strings.Contains(err.Error(), "no phase 2") {
		t.Errorf("got %v", err)
	}
}
