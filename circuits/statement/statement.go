//go:build !js

package statement

import "github.com/consensys/gnark/frontend"

// A StatementVar is a [Statement] inside a circuit: its public inputs, in order. The
// order of the fields is the order of the inputs: another order is another key.
type StatementVar struct {
	Model        frontend.Variable `gnark:",public"`
	Policy       frontend.Variable `gnark:",public"`
	Template     frontend.Variable `gnark:",public"`
	Authority    frontend.Variable `gnark:",public"`
	Seeds        frontend.Variable `gnark:",public"`
	Beacon       frontend.Variable `gnark:",public"`
	Token        frontend.Variable `gnark:",public"`
	MetadataHigh frontend.Variable `gnark:",public"`
	MetadataLow  frontend.Variable `gnark:",public"`
}

// ValueOf returns the assignment of s.
func ValueOf(s Statement) StatementVar {
	v := s.Vector()
	return StatementVar{
		Model: v[0], Policy: v[1], Template: v[2], Authority: v[3], Seeds: v[4], Beacon: v[5],
		Token: v[6], MetadataHigh: v[7], MetadataLow: v[8],
	}
}
