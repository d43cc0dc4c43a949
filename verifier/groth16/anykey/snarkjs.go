package anykey

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"github.com/genproof/genproof/verifier/internal/point"
)

const snarkjsForm = "snarkjs's JSON"

// readSnarkjs reads snarkjs's verification_key.json (snarkjs, src/zkey_export_verificationkey.js):
// numbers as texts, points with a third coordinate that is one, or zero at infinity, an
// extension field element with its real part first. Names are taken as JavaScript takes them:
// by case, the last of two.
func readSnarkjs(data []byte) (*Key, error) {
	d := document{}
	if err := json.Unmarshal(data, &d.members); err != nil {
		return nil, fmt.Errorf("%s: %w", snarkjsForm, err)
	}
	var protocol, curve string
	var inputs int
	d.member("protocol", &protocol)
	d.member("curve", &curve)
	d.member("nPublic", &inputs)
	switch {
	case d.err != nil:
	case protocol != "groth16":
		d.err = fmt.Errorf("the protocol is %.40q, want groth16", protocol)
	case curve != "bn128" && curve != "bn254":
		d.err = fmt.Errorf("the curve is %.40q, want bn128", curve)
	case inputs < 0 || inputs >= MaxPoints:
		d.err = fmt.Errorf("nPublic is %d, want 0 to %d", inputs, MaxPoints-1)
	}
	w := new(Words)
	d.g1("vk_alpha_1", &w.Alpha)
	d.g2("vk_beta_2", &w.Beta)
	d.g2("vk_gamma_2", &w.Gamma)
	d.g2("vk_delta_2", &w.Delta)
	var list [][]string
	d.member("IC", &list)
	if d.err == nil && len(list) > MaxPoints {
		d.err = fmt.Errorf("%d K points, want at most %d", len(list), MaxPoints)
	}
	if d.err == nil {
		w.K = make([][point.G1Bytes]byte, len(list))
		for i := range list {
			d.keep(fmt.Sprintf("IC[%d]", i), projective(list[i], w.K[i][:]))
		}
	}
	if d.err != nil {
		return nil, fmt.Errorf("%s: %w", snarkjsForm, d.err)
	}
	return New(snarkjsForm, inputs, 0, w)
}

// A document is a JSON object; it keeps the first error.
type document struct {
	members map[string]json.RawMessage
	err     error
}

func (d *document) keep(name string, err error) {
	if d.err == nil {
		d.err = point.Named(name, err)
	}
}

func (d *document) member(name string, to any) {
	raw, there := d.members[name]
	if !there {
		d.keep(name, errMissing)
		return
	}
	if json.Unmarshal(raw, to) != nil {
		d.keep(name, errors.New("it has another type than snarkjs gives it"))
	}
}

func (d *document) g1(name string, words *[point.G1Bytes]byte) {
	var p []string
	d.member(name, &p)
	if d.err == nil {
		d.keep(name, projective(p, words[:]))
	}
}

func (d *document) g2(name string, words *[point.G2Bytes]byte) {
	var p [][]string
	d.member(name, &p)
	if d.err != nil {
		return
	}
	var flat []string
	for _, e := range p {
		if len(e) != 2 {
			d.keep(name, errCoordinates)
			return
		}
		flat = append(flat, e[1], e[0])
	}
	d.keep(name, projective(flat, words[:]))
}

var (
	errMissing     = errors.New("it is missing")
	errCoordinates = errors.New("it has another number of coordinates")
	errZ           = errors.New("the third coordinate is neither 0 nor 1")
)

// projective writes x and y of a point whose z is one, and zeros for one whose z is zero.
// Each of the three is one number or two: words has room for two of them.
func projective(numbers []string, words []byte) error {
	size := len(words) / fp.Bytes / 2
	if len(numbers) != 3*size {
		return errCoordinates
	}
	z := numbers[2*size:]
	if size == 2 && z[0] != "0" { // the imaginary part
		return errZ
	}
	switch z[size-1] {
	case "0":
		return nil // the words are zeros
	case "1":
		for i := range 2 * size {
			if err := setWord(words[i*fp.Bytes:(i+1)*fp.Bytes], numbers[i]); err != nil {
				return err
			}
		}
		return nil
	}
	return errZ
}

// setWord writes a number of at most 256 bits, decimal or hexadecimal with 0x.
func setWord(word []byte, number string) error {
	digits, base := number, 10
	if len(number) > 2 && (number[:2] == "0x" || number[:2] == "0X") {
		digits, base = number[2:], 16
	}
	n, ok := new(big.Int), false
	if len(digits) <= maxDigits && digits != "" && digits[0] != '-' && digits[0] != '+' {
		n, ok = n.SetString(digits, base)
	}
	if !ok || n.BitLen() > 256 {
		return fmt.Errorf("%.20q is not a number of 256 bits", number)
	}
	n.FillBytes(word)
	return nil
}

// maxDigits is that of 2^256, decimal, and two zeros before it.
const maxDigits = 80
