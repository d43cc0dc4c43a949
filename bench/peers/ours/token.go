package ours

import (
	"errors"
	"fmt"
	"os"

	"github.com/genproof/genproof/bench/subject"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/statement"

	"github.com/genproof/genproof/bench/peers/groth"
)

// Token is the whole statement for a token of the standard size's sample drop, which lies
// in a folder of dir while it is read.
func Token(dir string, binding statement.Binding) (_ *groth.Case, err error) {
	if dir, err = os.MkdirTemp(dir, "drop-"); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	id := statement.CircuitID{Binding: binding, Size: statement.Standard}
	d, err := subject.NewDrop(dir, id, "peers")
	if err != nil {
		return nil, err
	}
	result, err := d.Result(1, [20]byte{})
	if err != nil {
		return nil, fmt.Errorf("generating the sample token: %w", err)
	}
	return &groth.Case{Circuit: generation.Placeholder(id), Assignment: result.Assignment, Own: true}, nil
}
