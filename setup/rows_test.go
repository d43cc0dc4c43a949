package setup

import (
	"bytes"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
)

type cubic struct {
	Y    frontend.Variable `gnark:",public"`
	X, Z frontend.Variable
}

func (c *cubic) Define(api frontend.API) error {
	api.AssertIsEqual(c.Y, api.Add(api.Mul(c.X, c.X, api.Sub(c.X, 3)), api.Mul(7, c.Z), 5))
	return nil
}

// Rows read back from the text hold for gnark's own solution, and for no solution with a wire changed.
func TestWriteRows_AreTheSystems(t *testing.T) {
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &cubic{})
	if err != nil {
		t.Fatal(err)
	}
	witness, err := frontend.NewWitness(&cubic{Y: 4*4*1 + 7*11 + 5, X: 4, Z: 11}, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	solved, err := compiled.Solve(witness)
	if err != nil {
		t.Fatal(err)
	}
	wires := solved.(*cs.R1CSSolution).W
	var text bytes.Buffer
	if err := (&Circuit{CS: compiled}).WriteRows(&text); err != nil {
		t.Fatal(err)
	}
	head := fmt.Sprintf("(prime-number %d)\n(num-wires %d)\n(in 1 2 3)\n(out)\n", fr.Modulus(), len(wires))
	if !strings.HasPrefix(text.String(), head) {
		t.Fatalf("got %s, want it to begin with %s", text.String(), head)
	}
	rows := strings.Split(strings.TrimSpace(strings.TrimPrefix(text.String(), head)), "\n")
	if len(rows) != compiled.GetNbConstraints() {
		t.Errorf("%d rows, want %d", len(rows), compiled.GetNbConstraints())
	}
	if broken := brokenRows(t, rows, wires); broken != 0 {
		t.Errorf("%d rows do not hold", broken)
	}
	for i := range wires {
		changed := append(fr.Vector{}, wires...)
		changed[i].SetUint64(97)
		if brokenRows(t, rows, changed) == 0 {
			t.Errorf("wire %d is in no row", i)
		}
	}
	gates, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, &cubic{})
	if err != nil {
		t.Fatal(err)
	}
	if err := (&Circuit{CS: gates}).WriteRows(&text); err != ErrNoRows {
		t.Errorf("of gates: %v", err)
	}
}

var (
	formText = regexp.MustCompile(`\[([^\]]*)\]`)
	termText = regexp.MustCompile(`\((\d+) (\d+)\)`)
)

func brokenRows(t *testing.T, rows []string, wires fr.Vector) (n int) {
	t.Helper()
	for _, row := range rows {
		forms := formText.FindAllStringSubmatch(row, -1)
		if len(forms) != 3 || !strings.HasPrefix(row, "(constraint [") {
			t.Fatalf("row %q", row)
		}
		var sums [3]fr.Element
		for i, f := range forms {
			for _, term := range termText.FindAllStringSubmatch(f[1], -1) {
				c, _ := new(big.Int).SetString(term[1], 10)
				var wire int
				if _, err := fmt.Sscan(term[2], &wire); err != nil || c.Cmp(fr.Modulus()) >= 0 {
					t.Fatalf("term %q", term[0])
				}
				var x fr.Element
				x.SetBigInt(c).Mul(&x, &wires[wire])
				sums[i].Add(&sums[i], &x)
			}
		}
		if sums[0].Mul(&sums[0], &sums[1]); sums[0] != sums[2] {
			n++
		}
	}
	return n
}
