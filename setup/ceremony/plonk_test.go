package ceremony

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

func TestInitCircuit_RefusesPlonk(t *testing.T) {
	c := compileToy(t, 4)
	srs := toySRS(t, c)
	c.Backend = statement.Plonk
	if _, err := InitCircuit(ctx, filepath.Join(t.TempDir(), "ceremony"), c, srs, block, nil); err == nil || !strings.Contains(err.Error(), "no phase 2") {
		t.Errorf("got %v", err)
	}
}
