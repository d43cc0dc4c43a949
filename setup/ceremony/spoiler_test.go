package ceremony

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// at is where a part of the toy's phase2 file begins.
func (l layout) at(t testing.TB, name string) int {
	t.Helper()
	at := 0
	for _, p := range l.parts {
		if at += len(p.prefix); p.name == name {
			return at
		}
		at += p.count * p.bytes
	}
	t.Fatal("no part " + name)
	return 0
}

// A spoiler changes a copy of a ceremony.
type spoiler struct {
	*testing.T
	w   *world
	k   *kind
	dir string
}

func (s *spoiler) path(n int) string { return filepath.Join(s.dir, numberName(n), s.k.file) }

// edit changes a contribution's file.
func (s *spoiler) edit(n int, change func(b []byte) []byte) {
	s.Helper()
	overwrite(s, change(readFile(s, s.path(n))), s.path(n))
}

// put overwrites bytes of a part of contribution n.
func (s *spoiler) put(n int, part string, data ...byte) {
	s.Helper()
	at := s.k.layout.at(s, part)
	s.edit(n, func(b []byte) []byte { copy(b[at:], data); return b })
}

// attest signs contribution n again, as it is now, so that only gnark or ours can refuse it.
func (s *spoiler) attest(n int, change func(a *Attestation)) {
	s.Helper()
	f, err := Open(s.dir)
	if err != nil {
		s.Fatal(err)
	}
	names := []string{"", "alice", "bob", "carol", "dave", "erin"}
	who := contributor(names[n])
	before, raw := readFile(s, s.path(n-1)), readFile(s, s.path(n))
	a := &Attestation{
		Format: attestationFormat, Ceremony: f.Digest, Number: uint64(n), Name: who.Name,
		BuildsOn: sum(before), Contribution: sum(raw), Time: "2026-01-02T03:04:05Z",
	}
	if change != nil {
		change(a)
	}
	if err := a.sign(who.Key); err != nil {
		s.Fatal(err)
	}
	b, _, err := encode(a)
	if err != nil {
		s.Fatal(err)
	}
	overwrite(s, b, s.dir, numberName(n), attestationFile)
}

// rechain gives contribution n the challenge of its predecessor's present SHA-256.
func (s *spoiler) rechain(n int) {
	s.Helper()
	h := sum(readFile(s, s.path(n-1)))
	s.edit(n, func(b []byte) []byte { return append(b[:len(b)-hashBytes], h[:]...) })
}

func (s *spoiler) swap(a, b string) {
	s.Helper()
	a, b = filepath.Join(s.dir, a), filepath.Join(s.dir, b)
	if err := errors.Join(os.Rename(a, a+"x"), os.Rename(b, a), os.Rename(a+"x", b)); err != nil {
		s.Fatal(err)
	}
}

func (s *spoiler) move(a, b string) {
	s.Helper()
	if err := os.Rename(filepath.Join(s.dir, a), filepath.Join(s.dir, b)); err != nil {
		s.Fatal(err)
	}
}

func (s *spoiler) copy(a, b string) {
	s.Helper()
	if err := os.CopyFS(filepath.Join(s.dir, b), os.DirFS(filepath.Join(s.dir, a))); err != nil {
		s.Fatal(err)
	}
}

// value decodes contribution n, trusting it.
func (s *spoiler) value(n int) *mpcsetup.Phase2 {
	s.Helper()
	p := new(mpcsetup.Phase2)
	if _, err := p.ReadFrom(bytes.NewReader(readFile(s, s.path(n)))); err != nil {
		s.Fatal(err)
	}
	return p
}

func (s *spoiler) write(n int, p *mpcsetup.Phase2) {
	s.Helper()
	var b bytes.Buffer
	if _, err := p.WriteTo(&b); err != nil {
		s.Fatal(err)
	}
	overwrite(s, b.Bytes(), s.path(n))
}

// offSubgroup is a point of G2's curve outside of the subgroup, compressed.
func offSubgroup(t testing.TB) []byte {
	t.Helper()
	for x := byte(1); ; x++ {
		b := make([]byte, g2Bytes)
		b[0], b[g2Bytes-1] = 0b10<<6, x
		dec := bn254.NewDecoder(bytes.NewReader(b), bn254.NoSubgroupChecks())
		var p bn254.G2Affine
		if dec.Decode(&p) == nil && p.IsOnCurve() && !p.IsInSubGroup() {
			return b
		}
	}
}

var infinityByte = byte(flagInfinity << 6)

// assertFault holds that a folder is refused, soon, at the right place, and not written into.
func assertFault(t *testing.T, w *world, dir, step, want string) {
	t.Helper()
	before, start := snapshot(t, dir), time.Now()
	_, err := w.verify(dir)
	var f *Fault
	if !errors.As(err, &f) || !strings.HasPrefix(err.Error(), step) || !strings.Contains(f.Err.Error(), want) {
		t.Errorf("got %v, want %s: ... %s", err, step, want)
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("refused after %s", d)
	}
	if after := snapshot(t, dir); len(after) != len(before) {
		t.Error("it was written into")
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// define changes ceremony.json alone.
func (s *spoiler) define(change func(d *Definition)) {
	s.Helper()
	d := new(Definition)
	must(s, decodeStrict(readFile(s, s.dir, definitionFile), d))
	change(d)
	b, _, err := encode(d)
	must(s, err)
	overwrite(s, b, s.dir, definitionFile)
}

// redefine changes ceremony.json and what is bound to it: all contributions go.
func (s *spoiler) redefine(change func(d *Definition)) {
	s.Helper()
	s.define(change)
	h := sum(readFile(s, s.dir, definitionFile))
	s.edit(0, func(b []byte) []byte { return append(b[:len(b)-hashBytes], h[:]...) })
	for n := 1; n <= 3; n++ {
		must(s, os.RemoveAll(filepath.Join(s.dir, numberName(n))))
	}
}

func (s *spoiler) editFile(name string, change func(b []byte) []byte) {
	s.Helper()
	overwrite(s, change(readFile(s, s.dir, name)), s.dir, name)
}
