package ceremony

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// powersWorld is a finished phase 1 with two contributions, and what a copy of it may be.
func powersWorld(t *testing.T, power uint64) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "phase1")
	f, err := InitPowers(dir, power, block)
	must(t, err)
	p, err := f.Phase(nil)
	must(t, err)
	_, err = f.ApplyBeacon(ctx, p, []byte(blockHash), nil)
	assertRefused(t, "no contributions", err, ErrNoContributions.Error())
	for _, name := range []string{"alice", "bob"} {
		_, err := f.Contribute(ctx, p, contributor(name), nil)
		must(t, err)
	}
	_, err = f.Finalize(ctx, p, nil, nil)
	assertRefused(t, "no beacon", err, ErrOpen.Error())
	_, err = ReadSRS(ctx, dir, power, nil)
	assertRefused(t, "not finished", err, "not finished")
	_, err = f.ApplyBeacon(ctx, p, []byte(blockHash), nil)
	must(t, err)
	_, err = ReadSRS(ctx, dir, power, nil)
	assertRefused(t, "not finished", err, "not finished")
	_, err = f.Finalize(ctx, p, nil, nil)
	must(t, err)
	return dir
}

// gnark's VerifyPhase1 over the same files is the oracle of the powers.
func TestPowers_AreGnarks(t *testing.T) {
	dir := powersWorld(t, 3)
	srs, err := ReadSRS(ctx, dir, 3, nil)
	must(t, err)
	if len(srs.Contributors) != 2 || !strings.HasPrefix(srs.Contributors[1], "bob, key ") || !strings.Contains(srs.Unverified, block) {
		t.Errorf("contributors %q, unverified %q", srs.Contributors, srs.Unverified)
	}
	initial := new(mpcsetup.Phase1)
	_, err = initial.ReadFrom(bytes.NewReader(readFile(t, dir, "0000", "phase1")))
	must(t, err)
	last := initial
	for _, n := range []string{"0001", "0002"} {
		next := new(mpcsetup.Phase1)
		_, err := next.ReadFrom(bytes.NewReader(readFile(t, dir, n, "phase1")))
		must(t, err)
		must(t, last.Verify(next))
		last = next
	}
	want := last.Seal([]byte(blockHash))
	var got, wanted bytes.Buffer
	_, err = srs.Commons.WriteTo(&got)
	must(t, err)
	_, err = want.WriteTo(&wanted)
	must(t, err)
	if !bytes.Equal(got.Bytes(), wanted.Bytes()) || srs.Source.SHA256 != sum(readFile(t, dir, transcriptFile)) {
		t.Error("other powers than gnark's")
	}
}

// A circuit's ceremony from our phase 1, cut to its domain; and not from another.
func TestPowers_ServeACircuit(t *testing.T) {
	c := compileToy(t, 2)
	dir := powersWorld(t, powerOf(c.Domain)+1)
	srs, err := ReadSRS(ctx, dir, powerOf(c.Domain), nil)
	must(t, err)
	w := &world{circuit: c, srs: srs, dir: filepath.Join(t.TempDir(), "phase2")}
	f, err := InitCircuit(ctx, w.dir, c, srs, block, nil)
	must(t, err)
	p, err := f.Phase(c)
	must(t, err)
	_, err = f.Contribute(ctx, p, contributor("alice"), nil)
	must(t, err)
	_, err = w.verify(w.dir)
	must(t, err)
	w.srs, err = ReadSRS(ctx, powersWorld(t, powerOf(c.Domain)), powerOf(c.Domain), nil)
	must(t, err)
	assertFault(t, w, w.dir, "definition, ceremony.json", "it was made from the ceremony")
	w.srs, err = ReadSRS(ctx, dir, powerOf(c.Domain)+1, nil)
	must(t, err)
	assertFault(t, w, w.dir, "definition, ceremony.json", "another domain")
	_, err = InitCircuit(ctx, filepath.Join(t.TempDir(), "x"), c, w.srs, block, nil)
	assertRefused(t, "larger powers", err, "another domain")
	if _, err := ReadSRS(ctx, dir, powerOf(c.Domain)+2, nil); err == nil {
		t.Error("more powers than there are")
	}
	if _, err := f.Phase(nil); err == nil {
		t.Error("a phase 2 taken for a phase 1")
	}
}

func TestPowers_Refuses(t *testing.T) {
	dir := powersWorld(t, 3)
	k := kindPhase1(3)
	infinite := append([]byte{infinityByte}, make([]byte, g2Bytes-1)...)
	verify := func(dir string) error {
		f, err := Open(dir)
		if err != nil {
			return err
		}
		p, err := f.Phase(nil)
		if err == nil {
			_, err = f.Verify(ctx, p, nil, nil)
		}
		return err
	}
	must(t, verify(dir))
	for _, row := range []struct {
		name, want string
		spoil      func(s *spoiler)
	}{
		{"a byte more", "contribution 1, 0001/phase1: it has", func(s *spoiler) { s.edit(1, func(b []byte) []byte { return append(b, 0) }) }},
		{"size at its maximum", "contribution 1, 0001/phase1: beta in G2: the length is not", func(s *spoiler) {
			s.edit(1, func(b []byte) []byte {
				binary.BigEndian.PutUint64(b[s.k.layout.at(s, "beta in G2")-8:], 1<<63)
				return b
			})
		}},
		{"tau at infinity", "powers of tau, point 0: at infinity", func(s *spoiler) { s.put(1, "powers of tau", infinite[:g1Bytes]...) }},
		{"beta at infinity", "beta in G2, point 0: at infinity", func(s *spoiler) { s.put(1, "beta in G2", infinite...) }},
		{"alpha at infinity", "alpha tau, point 0: at infinity", func(s *spoiler) { s.put(1, "alpha tau", infinite[:g1Bytes]...) }},
		{"empty challenge", "its challenge has 0 bytes", func(s *spoiler) { s.edit(1, func(b []byte) []byte { b[len(b)-hashBytes-1] = 0; return b }) }},
		{"out of the subgroup", "contribution 2, 0002/phase1: decoding", func(s *spoiler) {
			s.put(2, "powers of tau in G2", offSubgroup(s)...)
			s.attest(2, nil)
		}},
		{"another initial", "initial accumulator, 0000/phase1: it is not the one with secrets of 1", func(s *spoiler) {
			at := s.k.layout.at(s, "alpha tau")
			s.put(0, "alpha tau", readFile(s, s.path(1))[at:at+g1Bytes]...)
		}},
		{"one power of another", "contribution 2, 0002/phase1: it does not follow", func(s *spoiler) {
			at := s.k.layout.at(s, "beta tau") + g1Bytes
			one := readFile(s, s.path(1))[at : at+g1Bytes]
			s.edit(2, func(b []byte) []byte { copy(b[at:], one); return b })
			s.attest(2, nil)
		}},
		{"alpha unchanged", "alpha tau is that of 0001: the contribution changes nothing", func(s *spoiler) {
			at := s.k.layout.at(s, "alpha tau")
			s.put(2, "alpha tau", readFile(s, s.path(1))[at:at+g1Bytes]...)
			s.attest(2, nil)
		}},
		{"beta unchanged", "beta in G2 is that of 0001: the contribution changes nothing", func(s *spoiler) {
			at := s.k.layout.at(s, "beta in G2")
			s.put(2, "beta in G2", readFile(s, s.path(1))[at:at+g2Bytes]...)
			s.attest(2, nil)
		}},
		{"tau unchanged", "powers of tau is that of 0001: the contribution changes nothing", func(s *spoiler) {
			at := s.k.layout.at(s, "powers of tau")
			s.put(2, "powers of tau", readFile(s, s.path(1))[at:at+g1Bytes]...)
			s.attest(2, nil)
		}},
		{"reordered", "contribution 1, 0001/phase1: it builds on", func(s *spoiler) { s.swap("0001", "0002") }},
		{"another transcript", "keys, transcript.json: it is not what follows", func(s *spoiler) {
			s.editFile(transcriptFile, func(b []byte) []byte { return append(b, '\n') })
		}},
		{"power out of range", "its power is 0", func(s *spoiler) { s.define(func(d *Definition) { d.Powers.Power = 0 }) }},
		{"power out of range ", "its power is 64", func(s *spoiler) { s.define(func(d *Definition) { d.Powers.Power = 64 }) }},
		{"another power", "initial accumulator, 0000/phase1: it has", func(s *spoiler) { s.define(func(d *Definition) { d.Powers.Power = 20 }) }},
		{"none before the beacon", ErrNoContributions.Error(), func(s *spoiler) {
			must(s, os.RemoveAll(filepath.Join(s.dir, "0001")))
			must(s, os.RemoveAll(filepath.Join(s.dir, "0002")))
			b := &Beacon{Format: beaconFormat, Beacon: block, Last: sum(readFile(s, s.path(0))), Value: [32]byte([]byte(blockHash))}
			data, _, err := encode(b)
			must(s, err)
			overwrite(s, data, s.dir, beaconFile)
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := &spoiler{t, nil, k, copyOf(t, dir)}
			row.spoil(s)
			assertRefused(t, row.name, verify(s.dir), row.want)
		})
	}
}
