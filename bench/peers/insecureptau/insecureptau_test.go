package insecureptau

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/setup/ptau"
)

func written(t *testing.T, power int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, power, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The digest is that of the file snarkjs 0.7.6 makes of sections 1 to 7 with
// `powersoftau prepare phase2`: its Lagrange points are these.
func TestWrite_IsWhatSnarkjsPrepares(t *testing.T) {
	const want = "2e49dd5127af94d9252f944217b48924d4763b878aef9d116cd350de13ac00bb"
	if got := sha256.Sum256(written(t, 5)); hex.EncodeToString(got[:]) != want {
		t.Errorf("SHA-256 %x", got)
	}
}

// TestWrite_IsNoCeremony: nobody may set up real keys with such a file.
func TestWrite_IsNoCeremony(t *testing.T) {
	path := filepath.Join(t.TempDir(), "insecure.ptau")
	if err := os.WriteFile(path, written(t, 3), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := ptau.Read(t.Context(), path, ptau.Options{})
	if err == nil || !strings.Contains(err.Error(), "nobody contributed") {
		t.Errorf("got %v", err)
	}
}

func TestWrite_RefusesOtherPowers(t *testing.T) {
	for _, power := range []int{-1, 0, MaxPower + 1} {
		if Write(new(bytes.Buffer), power, nil) == nil {
			t.Errorf("power %d is accepted", power)
		}
	}
}

func TestWrite_TellsProgress(t *testing.T) {
	var last [2]int
	if err := Write(new(bytes.Buffer), 3, func(done, total int) { last = [2]int{done, total} }); err != nil {
		t.Fatal(err)
	}
	if last[0] == 0 || last[0] != last[1] {
		t.Errorf("ends with %d of %d points", last[0], last[1])
	}
}

func TestMultiples_AreTheLibrarys(t *testing.T) {
	var scalars []fr.Element
	for i := range 20 {
		e := fr.NewElement(uint64(i))
		if i > 5 {
			e.Inverse(&e) // all windows
		}
		scalars = append(scalars, e)
	}
	for i, p := range tableG1().multiples(scalars) {
		var want bn254.G1Affine
		if want.ScalarMultiplicationBase(scalars[i].BigInt(new(big.Int))); !p.Equal(&want) {
			t.Errorf("G1, scalar %d", i)
		}
	}
	for i, p := range tableG2().multiples(scalars) {
		var want bn254.G2Affine
		if want.ScalarMultiplicationBase(scalars[i].BigInt(new(big.Int))); !p.Equal(&want) {
			t.Errorf("G2, scalar %d", i)
		}
	}
}

func TestBarretenberg_HasTheGeneratorsFirst(t *testing.T) {
	var b bytes.Buffer
	if err := WriteG1(&b, 3); err != nil {
		t.Fatal(err)
	}
	_, _, g, _ := bn254.Generators()
	raw := g.RawBytes()
	if b.Len() != 3*64 || !bytes.HasPrefix(b.Bytes(), raw[:]) {
		t.Errorf("%d bytes: %x", b.Len(), b.Bytes())
	}
	// e(τ·G1, G2) = e(G1, τ·G2)
	var first bn254.G1Affine
	if _, err := first.SetBytes(b.Bytes()[64:128]); err != nil {
		t.Fatal(err)
	}
	var second bn254.G2Affine
	for i, c := range []interface{ SetBytesCanonical([]byte) error }{&second.X.A0, &second.X.A1, &second.Y.A0, &second.Y.A1} {
		if err := c.SetBytesCanonical(G2()[32*i : 32*i+32]); err != nil {
			t.Fatal(err)
		}
	}
	_, _, _, h := bn254.Generators()
	first.Neg(&first)
	if ok, err := bn254.PairingCheck([]bn254.G1Affine{first, g}, []bn254.G2Affine{h, second}); err != nil || !ok {
		t.Errorf("the two files have different secrets: %v", err)
	}
}

func TestReplace_FindsThePointOnce(t *testing.T) {
	point, err := hex.DecodeString(realG2)
	if err != nil {
		t.Fatal(err)
	}
	program := append(append([]byte("before"), point...), "after"...)
	out, err := ReplaceInProgram(program)
	if err != nil || !bytes.Equal(out, append(append([]byte("before"), G2()...), "after"...)) {
		t.Errorf("%v: %x", err, out)
	}
	for _, bad := range [][]byte{nil, out, append(program, program...)} {
		if _, err := ReplaceInProgram(bad); err != ErrOtherSetup {
			t.Errorf("%d bytes: %v", len(bad), err)
		}
	}
	var source, want string
	ours := hex.EncodeToString(G2())
	for i := 0; i < len(realG2); i += 64 {
		source, want = source+"x = 0x"+realG2[i:i+64]+";\n", want+"x = 0x"+ours[i:i+64]+";\n"
	}
	if out, err := ReplaceInSource([]byte(source)); err != nil || string(out) != want {
		t.Errorf("%v: %s", err, out)
	}
	for _, bad := range []string{"", want, source + source, source[:len(source)/2]} {
		if _, err := ReplaceInSource([]byte(bad)); err != ErrOtherSetup {
			t.Errorf("%d bytes: %v", len(bad), err)
		}
	}
}
