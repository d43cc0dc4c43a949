package ceremony

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"os"

	"github.com/genproof/genproof/files"
)

// A Transcript names everything that a ceremony's keys come from. The same folder has the
// same transcript, whoever writes it.
type Transcript struct {
	Format        string      `json:"format"`
	Ceremony      [32]byte    `json:"ceremony"` // SHA-256 of ceremony.json, and so on
	Initial       [32]byte    `json:"initial"`
	Contributions []Entry     `json:"contributions"`
	Beacon        [32]byte    `json:"beacon"`
	Keys          *KeyDigests `json:"keys,omitempty"` // of a circuit
}

// An Entry is one contribution.
type Entry struct {
	Name         string   `json:"name"`
	PublicKey    [32]byte `json:"public_key"`
	Contribution [32]byte `json:"contribution"`
	Attestation  [32]byte `json:"attestation"`
}

// KeyDigests are SHA-256 of the keys as the key store holds them.
type KeyDigests struct {
	Verifying [32]byte `json:"verifying"`
	Proving   [32]byte `json:"proving"`
}

const transcriptFormat = "genproof ceremony transcript 1"

func (f *Folder) transcript(c *chain, beacon [32]byte) *Transcript {
	t := &Transcript{Format: transcriptFormat, Ceremony: f.Digest, Initial: c.initial.hash, Beacon: beacon}
	for i, a := range c.attestations {
		t.Contributions = append(t.Contributions, Entry{a.Name, a.PublicKey, a.Contribution, c.files[i]})
	}
	return t
}

func (k *Keys) digests() (*KeyDigests, error) {
	h := sha256.New()
	if err := k.Proving.WriteDump(h); err != nil {
		return nil, err
	}
	return &KeyDigests{k.Verifying.Digest(), [32]byte(h.Sum(nil))}, nil
}

// notFinal refuses keys and a transcript from before the beacon.
func (f *Folder) notFinal() error {
	for _, name := range []string{transcriptFile, keyFile} {
		there, err := f.has(name)
		if err == nil && there {
			err = errors.New("it is there, and the beacon is not")
		}
		if err != nil {
			return fault(stepKeys, name, err)
		}
	}
	return nil
}

// checkFinal compares what Finalize wrote, if it did, with what is right.
func (f *Folder) checkFinal(r *Result) (bool, error) {
	final := false
	for _, want := range r.finalFiles() {
		there, err := f.has(want.Name)
		if err != nil {
			return false, err
		}
		if !there {
			continue
		}
		got, err := f.read(want.Name, maxJSONBytes)
		if err == nil && !bytes.Equal(got, want.Data) {
			err = errors.New("it is not what follows from the ceremony")
		}
		if err != nil {
			return false, fault(stepKeys, want.Name, err)
		}
		final = want.Name == transcriptFile
	}
	return final, nil
}

// finalFiles are those that Finalize writes, the transcript last.
func (r *Result) finalFiles() []files.Named {
	var list []files.Named
	if r.Keys != nil {
		list = append(list, files.Named{Name: keyFile, Data: r.Keys.Verifying.Bytes()})
	}
	return append(list, files.Named{Name: transcriptFile, Data: r.Transcript})
}

// ErrOpen says that there is no beacon yet.
var ErrOpen = errors.New("the beacon is not applied yet")

// Finalize verifies the ceremony and adds the transcript, and a circuit's verifying key. On a
// folder that has them it only verifies, so that anybody can get the keys with it.
func (f *Folder) Finalize(ctx context.Context, p *Phase, srs *SRS, progress Progress) (*Result, error) {
	unlock, err := f.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	r, err := f.Verify(ctx, p, srs, progress)
	if err != nil {
		return nil, err
	}
	if r.Beacon == nil {
		return nil, ErrOpen
	}
	for _, file := range r.finalFiles() {
		if err := f.addFile(file.Name, file.Data); err != nil && !errors.Is(err, os.ErrExist) { // those there are right
			return nil, err
		}
	}
	r.Final = true
	return r, nil
}
