package ceremony

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/genproof/genproof/files"
)

// A Contributor is who signs a contribution.
type Contributor struct {
	Name string
	Key  ed25519.PrivateKey
}

// Contribute adds a contribution with a fresh secret, whole or not at all, and returns its
// attestation. It checks hashes and attestations of those before it, and decodes the last;
// that they are right is for Verify to say, which needs the powers of tau. It is
// [files.ErrBusy] while another process writes into the folder, and [ErrClosed] after the beacon.
func (f *Folder) Contribute(ctx context.Context, p *Phase, who Contributor, progress Progress) (*Attestation, error) {
	if err := CheckName(who.Name); err != nil {
		return nil, err
	}
	unlock, err := f.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	if closed, err := f.has(beaconFile); err != nil || closed {
		return nil, errors.Join(err, ErrClosed)
	}
	if err := checkStillSecret(f.Definition.Beacon, time.Now()); err != nil {
		return nil, err
	}
	chain, err := f.walk(ctx, p.kind, false, trusted, progress)
	if err != nil {
		return nil, err
	}
	if len(chain.attestations) == MaxContributions {
		return nil, errors.New("the ceremony has as many contributions as there may be")
	}
	if err := chain.mayAdd(who); err != nil {
		return nil, err
	}
	raw, err := chain.contribute(ctx, progress)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	if err := checkStillSecret(f.Definition.Beacon, now); err != nil { // it took a while
		return nil, err
	}
	return f.add(chain, who, raw, now)
}

// mayAdd refuses a key that has contributed.
func (c *chain) mayAdd(who Contributor) error {
	public := [32]byte(who.Key.Public().(ed25519.PublicKey))
	for _, a := range c.attestations {
		if a.PublicKey == public {
			return errors.New("this key has contributed already: one contributor counts once")
		}
	}
	return nil
}

// contribute returns the file of the contribution after the last.
func (c *chain) contribute(ctx context.Context, progress Progress) ([]byte, error) {
	n := len(c.attestations)
	value, err := c.kind.decode(c.last.raw)
	if err != nil {
		return nil, fault(stepContribution(n), numberName(n)+"/"+c.kind.file, err)
	}
	progress.report("contributing", 0, 0)
	if err := uninterruptible(ctx, value.Contribute); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := value.WriteTo(&b); err != nil {
		return nil, err
	}
	if _, err := c.kind.newLink(b.Bytes(), c.last); err != nil {
		return nil, err // a secret of 0 or 1, or a disagreement with gnark
	}
	return b.Bytes(), nil
}

// add signs and writes a contribution.
func (f *Folder) add(c *chain, who Contributor, raw []byte, now time.Time) (*Attestation, error) {
	n := len(c.attestations) + 1
	a := &Attestation{
		Format: attestationFormat, Ceremony: f.Digest, Number: uint64(n), Name: who.Name,
		BuildsOn: c.last.hash, Contribution: sha256.Sum256(raw), Time: now.UTC().Format(time.RFC3339),
	}
	if err := a.sign(who.Key); err != nil {
		return nil, err
	}
	signed, _, err := encode(a)
	if err != nil {
		return nil, err
	}
	return a, f.addFolder(numberName(n), files.Named{Name: c.kind.file, Data: raw}, files.Named{Name: attestationFile, Data: signed})
}

// Attestation returns the signed attestation of a contribution, checked against its file,
// in its one form: what a contributor publishes.
func (f *Folder) Attestation(ctx context.Context, p *Phase, number int, progress Progress) (*Attestation, []byte, error) {
	chain, err := f.walk(ctx, p.kind, false, trusted, progress)
	if err != nil {
		return nil, nil, err
	}
	if number < 1 || number > len(chain.attestations) {
		return nil, nil, errors.New("there is no such contribution")
	}
	a := chain.attestations[number-1]
	b, _, err := encode(a)
	return a, b, err
}
