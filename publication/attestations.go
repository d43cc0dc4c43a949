package publication

import (
	"fmt"
	"path"
	"slices"

	"github.com/genproof/genproof/attest/result"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
)

// readAttestations reads what is published of attestations. One that cannot be read is a finding,
// and so is a folder of too many: neither hides a proof.
func (p *Publication) readAttestations() error {
	p.Attestations = slices.Clone(p.Attestations)
	names, err := p.source.Names(bundle.AttestationsDir, result.MaxFiles)
	if err != nil {
		p.Attestations = append(p.Attestations, result.File{Name: bundle.AttestationsDir, Err: err})
		return nil
	}
	slices.Sort(names)
	for _, name := range slices.DeleteFunc(names, files.IsSystems) {
		name = path.Join(bundle.AttestationsDir, name)
		data, err := p.source.Read(name, result.MaxBytes)
		if err != nil {
			err = fmt.Errorf("reading an attestation: %w", err)
		}
		p.Attestations = append(p.Attestations, result.File{Name: name, Data: data, Err: err})
	}
	return nil
}
