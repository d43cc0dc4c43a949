package setup

import (
	"errors"
	"fmt"
)

// check holds the keys against their circuit and against each other: the right number of
// points for its wires, one alpha, beta and delta, and nothing degenerate in the verifying
// key. It is cheap and finds a mix-up that a manifest agrees with.
func (k *Groth16Keys) check() error {
	if err := k.Verifying.Lint(k.Circuit.PublicInputs); err != nil {
		return fmt.Errorf("verifying key: %w", err)
	}
	if err := k.checkProving(); err != nil {
		return fmt.Errorf("proving key: %w", err)
	}
	return nil
}

func (k *Groth16Keys) checkProving() error {
	pk, vk := k.Proving, k.Verifying
	internal, secret, public := k.Circuit.CS.GetNbVariables()
	wires := uint64(internal + secret + public)
	switch {
	case pk.G1.Alpha != vk.Alpha || pk.G2.Beta != vk.Beta || pk.G2.Delta != vk.Delta:
		return errors.New("it belongs to another verifying key")
	case pk.Domain.Cardinality != k.Circuit.Domain:
		return fmt.Errorf("its domain is %d, want %d", pk.Domain.Cardinality, k.Circuit.Domain)
	case len(pk.CommitmentKeys) != 0:
		return errCommitments
	case uint64(len(pk.InfinityA)) != wires || uint64(len(pk.InfinityB)) != wires ||
		uint64(len(pk.G1.A))+pk.NbInfinityA != wires || uint64(len(pk.G1.B))+pk.NbInfinityB != wires ||
		len(pk.G2.B) != len(pk.G1.B) || len(pk.G1.K) != internal+secret ||
		uint64(len(pk.G1.Z)) != k.Circuit.Domain-1:
		return fmt.Errorf("its number of points is not that of %d wires", wires)
	}
	return nil
}
