package ceremony

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path"
)

// A chain is what a walk over a ceremony found to be right.
type chain struct {
	kind         *kind
	initial      *link
	last         *link
	attestations []*Attestation
	files        [][32]byte // SHA-256 of each attestation.json
}

// walk reads the accumulators one after the other. It checks sizes, hashes, flags and
// attestations, and, if deep, with gnark that each follows from that before it. The caller
// checks the initial one, with check.
func (f *Folder) walk(ctx context.Context, k *kind, deep bool, check func(*link) error, progress Progress) (*chain, error) {
	count, err := f.count()
	if err != nil {
		return nil, err
	}
	w := &walker{f: f, k: k, deep: deep, used: map[string]int{}, chain: &chain{kind: k}}
	progress.report(stepInitial, 0, 0)
	if err := w.start(check); err != nil {
		return nil, fault(stepInitial, path.Join(numberName(0), k.file), err)
	}
	for n := 1; n <= count; n++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		progress.report(fmt.Sprintf("%s of %d", stepContribution(n), count), 0, 0)
		if err := w.step(n); err != nil {
			return nil, fault(stepContribution(n), path.Join(numberName(n), k.file), err)
		}
	}
	return w.chain, nil
}

type walker struct {
	*chain
	f    *Folder
	k    *kind
	deep bool
	used map[string]int // what may occur once, and the contribution it occurred in
}

func (w *walker) start(check func(*link) error) error {
	raw, err := w.f.readExactly(path.Join(numberName(0), w.k.file), w.k.layout.size())
	if err != nil {
		return err
	}
	l, err := w.k.newLink(raw, nil)
	if err != nil {
		return err
	}
	if challengeOf(raw) != w.f.Digest {
		return errors.New("it was made for another ceremony.json")
	}
	if w.deep {
		if l.value, err = w.k.decode(raw); err != nil {
			return err
		}
	}
	if err := check(l); err != nil {
		return err
	}
	w.initial, w.last = l, l
	return w.fresh(0, l)
}

func (w *walker) step(n int) error {
	raw, err := w.f.readExactly(path.Join(numberName(n), w.k.file), w.k.layout.size())
	if err != nil {
		return err
	}
	l, err := w.k.newLink(raw, w.last)
	if err != nil {
		return err
	}
	if err := w.fresh(n, l); err != nil {
		return err
	}
	if err := w.attested(n, l); err != nil {
		return fault(stepContribution(n), path.Join(numberName(n), attestationFile), err)
	}
	if w.deep {
		if l.value, err = w.k.decode(raw); err != nil {
			return err
		}
		if err := w.last.value.follow(l.value); err != nil {
			return fmt.Errorf("it does not follow from that before it: %w", err)
		}
	}
	w.last = l
	return nil
}

// fresh refuses a contribution that changes nothing, and one that undoes earlier ones.
func (w *walker) fresh(n int, l *link) error {
	for name, point := range w.k.layout.freshPoints(l.raw) {
		if err := w.once(name+string(point), n); err != nil {
			return fmt.Errorf("%s is %w", name, err)
		}
	}
	return nil
}

func (w *walker) once(what string, n int) error {
	if m, there := w.used[what]; there {
		return fmt.Errorf("that of %s: the contribution changes nothing", numberName(m))
	}
	w.used[what] = n
	return nil
}

func (w *walker) attested(n int, l *link) error {
	b, err := w.f.read(path.Join(numberName(n), attestationFile), maxJSONBytes)
	if err != nil {
		return err
	}
	a, err := parseAttestation(b)
	if err != nil {
		return err
	}
	if err := a.covers(w.f.Digest, n, w.last.hash, l.hash); err != nil {
		return err
	}
	if err := checkTime(w.f.Definition.Beacon, a); err != nil {
		return err
	}
	for i, other := range w.attestations {
		if other.PublicKey == a.PublicKey {
			return fmt.Errorf("its key is that of contribution %d: one contributor counts once", i+1)
		}
	}
	w.attestations = append(w.attestations, a)
	w.files = append(w.files, sha256.Sum256(b))
	return nil
}
