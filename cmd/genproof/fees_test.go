package main

import (
	"bytes"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/internal/console"
)

// Nothing costs more than was told: what would is told of, and asked about, by itself.
func TestConfirm_AsksAboutWhatCostsMore(t *testing.T) {
	node := evm.Start(1)
	t.Cleanup(func() { node.Close() })
	for _, yes := range []bool{true, false} {
		var told bytes.Buffer
		p := &program{console.Console{Stdin: strings.NewReader(""), Stderr: &told}}
		s, err := p.sender(t.Context(), node, chain.NodeAccount([20]byte{1}), nil)
		if err != nil {
			t.Fatal(err)
		}
		ask := p.confirm(s, yes)
		for i, tc := range []struct {
			fees, value int64
			told        bool
		}{{100, 0, true}, {200, 0, false}, {201, 0, true}, {402, 0, false}, {10, 7, true}, {20, 7, false}, {20, 8, true}} {
			before := told.Len()
			err := ask(chain.EventMint, big.NewInt(tc.fees), big.NewInt(tc.value))
			if (told.Len() > before) != tc.told && yes || (err == nil) != yes {
				t.Errorf("yes %v, %d: told %q, %v", yes, i, told.String()[before:], err)
			}
		}
	}
}

// Who does not know what became of a purchase is told what to do before it is made again.
func TestExplain_SaysHowToGoOn(t *testing.T) {
	for want, err := range map[string]error{
		"run the same with --again": &chain.UnclearError{Why: "it is not known"},
		"run the same again":        fmt.Errorf("buying: %w", &chain.StuckError{}),
	} {
		if _, hint := explain(err); !strings.Contains(hint, want) {
			t.Errorf("%v: hint %q, want %q", err, hint, want)
		}
	}
}
