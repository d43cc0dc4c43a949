package circuits

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"
)

//go:embed PROOFS
var proofs string

// A Proof says of how many wires of a constraint system a machine has proven that rows and inputs
// leave them no choice: SPEC.md, section 7.
type Proof struct {
	Circuit  string   // "deck/standard"
	System   [32]byte // the constraint system's digest
	Rows     int
	Wires    int // Inputs + Proven + Axioms + Free + Unproven
	Inputs   int // public and secret, and the constant one
	Proven   int // no choice, by lemmas
	Axioms   int // no choice, by the arithmetic of a curve, on paper
	Free     int // a choice that the text explains and nothing reads
	Unproven int

	LeftOut   int // rows left out, each alone: Killed + Asserting + OfAxiom + Survivors
	Killed    int // without it a wire has a choice, and the proof names which
	Tried     int // of these: a forgery was looked for
	Second    int // of those tried: a second solution of equal inputs was found without the row
	Forged    int // of those tried: one of other inputs was found, which the row alone refuses
	Asserting int // it compares what others determine, or gives what no other row reads
	OfAxiom   int // it is part of what is proven on paper
	Survivors int // the proof uses it, and another row can take its place
}

// Proofs returns those of this version.
func Proofs() []Proof {
	list, err := ParseProofs(proofs)
	if err != nil {
		panic("circuits: PROOFS: " + err.Error())
	}
	return list
}

// ParseProofs reads a list in the form of the file PROOFS: a circuit a line, its name, its
// digest and fifteen numbers separated by single spaces; lines that begin with # say nothing.
func ParseProofs(text string) ([]Proof, error) {
	var list []Proof
	err := eachLine(text, 17, func(f []string) error {
		p := Proof{Circuit: f[0]}
		if err := readDigest(f[1], &p.System); err != nil {
			return err
		}
		for i, to := range []*int{
			&p.Rows, &p.Wires, &p.Inputs, &p.Proven, &p.Axioms, &p.Free, &p.Unproven,
			&p.LeftOut, &p.Killed, &p.Tried, &p.Second, &p.Forged, &p.Asserting, &p.OfAxiom, &p.Survivors,
		} {
			v, err := strconv.ParseUint(f[2+i], 10, 31)
			if err != nil {
				return fmt.Errorf("field %d is no number", 3+i)
			}
			*to = int(v)
		}
		if p.Inputs+p.Proven+p.Axioms+p.Free+p.Unproven != p.Wires {
			return errors.New("the kinds of wires do not sum to all of them")
		}
		if p.Killed+p.Asserting+p.OfAxiom+p.Survivors != p.LeftOut || p.LeftOut > p.Rows || p.Tried > p.Killed || p.Second+p.Forged > p.Tried {
			return errors.New("the kinds of rows do not sum to those left out")
		}
		list = append(list, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}
