package ceremony

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/genproof/genproof/bundle/provenance"
	vgroth16 "github.com/genproof/genproof/verifier/groth16"
)

// A Result is what Verify found to be right.
type Result struct {
	Attestations []*Attestation
	Beacon       *Beacon // nil while contributions are accepted
	Final        bool    // transcript.json is there, and right

	Transcript []byte // what transcript.json holds, or will; nil without a beacon
	Keys       *Keys  // of a circuit; nil without a beacon
	SRS        *SRS   // of a phase 1; nil without a beacon
}

// Keys are what a ceremony for a circuit is for.
type Keys struct {
	Proving    *groth16.ProvingKey
	Verifying  *vgroth16.VerifyingKey
	Provenance *provenance.Provenance
}

// Verify checks the whole ceremony from its beginning: the initial accumulator against srs
// (nil for a phase 1), that every contribution follows from that before it, attestations,
// beacon, keys. It writes nothing. The first thing that is wrong is a [*Fault].
//
// A ceremony whose beacon is not applied is right so far and has no keys. One without
// contributions is refused as soon as it has a beacon.
func (f *Folder) Verify(ctx context.Context, p *Phase, srs *SRS, progress Progress) (*Result, error) {
	var e *Evaluations
	c, err := f.walk(ctx, p.kind, true, func(l *link) (err error) {
		e, err = f.checkInitial(ctx, p, srs, l)
		return err
	}, progress)
	if err != nil {
		return nil, err
	}
	r := &Result{Attestations: c.attestations}
	var digest [32]byte
	if r.Beacon, digest, err = f.readBeacon(c); err != nil {
		return nil, fault(stepBeacon, beaconFile, err)
	}
	if r.Beacon == nil {
		return r, f.notFinal()
	}
	progress.report("sealing", 0, 0)
	t := f.transcript(c, digest)
	if err := f.seal(ctx, p, srs, e, c, r, t); err != nil {
		return nil, err
	}
	if r.Final, err = f.checkFinal(r); err != nil {
		return nil, err
	}
	return r, nil
}

// checkInitial checks the initial accumulator and returns the evaluations that go with it.
func (f *Folder) checkInitial(ctx context.Context, p *Phase, srs *SRS, l *link) (*Evaluations, error) {
	if p.circuit == nil {
		want, err := newPowers(f.Definition.Powers.Power, f.Digest[:])
		if err == nil && !bytes.Equal(l.raw, want) {
			err = errors.New("it is not the one with secrets of 1")
		}
		return nil, err
	}
	if srs == nil {
		return nil, errors.New("no powers of tau are given")
	}
	if err := errors.Join(srs.fits(p.circuit), srs.is(f.Definition.Circuit.Source)); err != nil {
		return nil, fault(stepDefinition, definitionFile, err)
	}
	internal, secret, public := p.circuit.CS.GetNbVariables()
	layout := layoutEvaluations(internal+secret+public, public)
	e, err := f.readEvaluations(layout)
	if err != nil {
		return nil, fault(stepInitial, evaluationsFile, err)
	}
	return e, checkInitial(ctx, p.circuit.CS.(*cs.R1CS), srs.Commons, &l.value.(*phase2).Phase2, e)
}

func (s *SRS) is(want Source) error {
	if s.Source != want {
		return fmt.Errorf("it was made from the %s with SHA-256 %x, power %d; given is the %s with %x, power %d",
			want.Kind, want.SHA256, want.Power, s.Source.Kind, s.Source.SHA256, s.Source.Power)
	}
	return nil
}

func (f *Folder) readEvaluations(l layout) (*Evaluations, error) {
	b, err := f.readExactly(evaluationsFile, l.size())
	if err != nil {
		return nil, err
	}
	if sha256.Sum256(b) != f.Definition.Circuit.Evaluations {
		return nil, errors.New("its SHA-256 is not that in ceremony.json")
	}
	return decodeEvaluations(b, l)
}

// seal applies the beacon to the last accumulator, decoded anew: gnark seals in place.
func (f *Folder) seal(ctx context.Context, p *Phase, srs *SRS, e *Evaluations, c *chain, r *Result, t *Transcript) error {
	value, err := p.kind.decode(c.last.raw)
	if err != nil {
		return err
	}
	if p.circuit == nil {
		var commons mpcsetup.SrsCommons
		if err := uninterruptible(ctx, func() { commons = value.(*phase1).Seal(r.Beacon.Value[:]) }); err != nil {
			return err
		}
		var digest [32]byte
		if r.Transcript, digest, err = encode(t); err != nil {
			return err
		}
		r.SRS = &SRS{Source: Source{SourceCeremony, digest, f.Definition.Powers.Power}, Commons: &commons}
		for _, a := range r.Attestations {
			r.SRS.Contributors = append(r.SRS.Contributors, fmt.Sprintf("%s, key %x", a.Name, a.PublicKey))
		}
		if !IsDrand(r.Beacon.Beacon) {
			r.SRS.Unverified = "whether " + r.Beacon.Beacon + " has the hash that was taken for it"
		}
		return nil
	}
	pk, vk := value.(*phase2).Seal(srs.Commons, e, r.Beacon.Value[:])
	keys := &Keys{Proving: pk.(*groth16.ProvingKey), Verifying: convert(vk.(*groth16.VerifyingKey))}
	if err := keys.Verifying.Lint(p.circuit.PublicInputs); err != nil {
		return fault(stepKeys, keyFile, err)
	}
	if t.Keys, err = keys.digests(); err != nil {
		return err
	}
	var digest [32]byte
	if r.Transcript, digest, err = encode(t); err != nil {
		return err
	}
	keys.Provenance = &provenance.Provenance{
		Kind: provenance.Ceremony, Digest: digest, Contributors: len(c.attestations), Beacon: r.Beacon.Beacon,
	}
	r.Keys = keys
	return nil
}

// convert drops from gnark's verifying key what only gnark uses.
func convert(vk *groth16.VerifyingKey) *vgroth16.VerifyingKey {
	return &vgroth16.VerifyingKey{
		Alpha: vk.G1.Alpha,
		Beta:  vk.G2.Beta, Gamma: vk.G2.Gamma, Delta: vk.G2.Delta,
		K: append([]bn254.G1Affine{}, vk.G1.K...),
	}
}
