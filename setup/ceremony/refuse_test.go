package ceremony

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
)

// Each row leaves everything else in order, so that one check alone can refuse it.
func TestVerify_Refuses(t *testing.T) {
	w := newWorld(t)
	k, err := kindPhase2(w.circuit)
	if err != nil {
		t.Fatal(err)
	}
	other := compileToy(t, 4)
	long := binary.BigEndian.AppendUint32(nil, 1<<32-1)
	infinite := make([]byte, g2Bytes)
	infinite[0] = infinityByte
	for _, row := range []struct {
		name, step, want string
		spoil            func(s *spoiler)
	}{
		{"a byte more", "contribution 2, 0002/phase2", "bytes, want", func(s *spoiler) {
			s.edit(2, func(b []byte) []byte { return append(b, 0) })
		}},
		{"a byte less", "contribution 2, 0002/phase2", "bytes, want", func(s *spoiler) {
			s.edit(2, func(b []byte) []byte { return b[:len(b)-1] })
		}},
		{"empty challenge", "contribution 3, 0003/phase2", "bytes, want", func(s *spoiler) {
			s.edit(3, func(b []byte) []byte { return append(b[:len(b)-hashBytes-1], 0) })
			s.attest(3, nil)
		}},
		{"empty challenge, padded", "contribution 3", "its challenge has 0 bytes", func(s *spoiler) {
			s.edit(3, func(b []byte) []byte { b[len(b)-hashBytes-1] = 0; return b })
			s.attest(3, nil)
		}},
		{"length of K at its maximum", "contribution 1, 0001/phase2", "K: the length is not", func(s *spoiler) {
			s.edit(1, func(b []byte) []byte { copy(b[s.k.layout.at(s, "K")-4:], long); return b })
		}},
		{"length of Z at its maximum", "contribution 1", "Z: the length is not", func(s *spoiler) {
			s.edit(1, func(b []byte) []byte { copy(b[s.k.layout.at(s, "Z")-4:], long); return b })
		}},
		{"commitments at their maximum", "contribution 1", "delta: the length is not", func(s *spoiler) {
			s.edit(1, func(b []byte) []byte { copy(b, long[:2]); return b })
		}},
		{"delta at infinity", "contribution 1", "delta, point 0: at infinity", func(s *spoiler) { s.put(1, "delta", infinite[:g1Bytes]...) }},
		{"delta in G2 at infinity", "contribution 1", "delta in G2, point 0: at infinity", func(s *spoiler) { s.put(1, "delta in G2", infinite...) }},
		{"K at infinity", "contribution 1", "K, point 0: at infinity", func(s *spoiler) { s.put(1, "K", infinite[:g1Bytes]...) }},
		{"Z at infinity", "contribution 1", "Z, point 0: at infinity", func(s *spoiler) { s.put(1, "Z", infinite[:g1Bytes]...) }},
		{"Z at infinity from the start", "initial accumulator", "Z, point 0: at infinity", func(s *spoiler) { s.put(0, "Z", infinite[:g1Bytes]...) }},
		{"proof at infinity", "contribution 1", "proof of delta, point 0: at infinity", func(s *spoiler) { s.put(1, "proof of delta", infinite[:g1Bytes]...) }},
		{"proof where there is none", "initial accumulator", "nothing is proved here", func(s *spoiler) { s.put(0, "proof of delta", 0b10<<6) }},
		{"point not compressed", "contribution 1", "K, point 0: not compressed", func(s *spoiler) { s.put(1, "K", 0) }},
		{"coordinate over the modulus", "contribution 1", "decoding", func(s *spoiler) {
			s.put(1, "K", bytes.Repeat([]byte{0xff}, g1Bytes)...)
			s.attest(1, nil)
		}},
		{"G2 point out of the subgroup", "contribution 3, 0003/phase2", "decoding", func(s *spoiler) {
			s.put(3, "delta in G2", offSubgroup(s)...)
			s.attest(3, nil)
		}},
		{"another contribution's proof", "contribution 3", "it does not follow", func(s *spoiler) {
			at := s.k.layout.at(s, "proof of delta")
			s.put(3, "proof of delta", readFile(s, s.path(2))[at:at+g1Bytes+g2Bytes]...)
			s.attest(3, nil)
		}},
		{"a point of K that is not scaled", "contribution 3", "it does not follow", func(s *spoiler) {
			at := s.k.layout.at(s, "K")
			s.put(3, "K", readFile(s, s.path(2))[at:at+g1Bytes]...)
			s.attest(3, nil)
		}},
		{"delta unchanged", "contribution 3", "the contribution changes nothing", func(s *spoiler) {
			p := s.value(2)
			h := sum(readFile(s, s.path(2)))
			p.Challenge = h[:]
			s.write(3, p)
			s.attest(3, nil)
		}},
		{"reordered", "contribution 1, 0001/phase2", "it builds on a file with", func(s *spoiler) { s.swap("0001", "0002") }},
		{"dropped", "contribution 2, 0002/phase2", "it builds on a file with", func(s *spoiler) {
			must(s, os.RemoveAll(filepath.Join(s.dir, "0002")))
			s.move("0003", "0002")
		}},
		{"dropped, a gap", "contribution 2, 0002/phase2", "no such file", func(s *spoiler) { must(s, os.RemoveAll(filepath.Join(s.dir, "0002"))) }},
		{"duplicated", "contribution 4, 0004/phase2", "it builds on a file with", func(s *spoiler) { s.copy("0003", "0004") }},
		{"forked", "contribution 3, 0003/phase2", "it builds on a file with", func(s *spoiler) {
			must(s, os.RemoveAll(filepath.Join(s.dir, "0002")))
			must(s, os.Rename(filepath.Join(s.dir, "0003"), filepath.Join(s.dir, "kept")))
			f, p := s.w.open(s, s.dir)
			if _, err := f.Contribute(ctx, p, contributor("mallory"), nil); err != nil {
				s.Fatal(err)
			}
			s.move("kept", "0003")
		}},
		{"rechained", "contribution 3", "it does not follow", func(s *spoiler) {
			must(s, os.RemoveAll(filepath.Join(s.dir, "0002")))
			must(s, os.Rename(filepath.Join(s.dir, "0003"), filepath.Join(s.dir, "kept")))
			f, p := s.w.open(s, s.dir)
			if _, err := f.Contribute(ctx, p, contributor("mallory"), nil); err != nil {
				s.Fatal(err)
			}
			s.move("kept", "0003")
			s.rechain(3)
			s.attest(3, nil)
		}},
		{"number in another form", "contribution 4, 0004/phase2", "no such file", func(s *spoiler) { s.copy("0003", "00003") }},
		{"no attestation", "contribution 2, 0002/attestation.json", "no such file", func(s *spoiler) {
			must(s, os.Remove(filepath.Join(s.dir, "0002", attestationFile)))
		}},
		{"attestation of another file", "contribution 2, 0002/attestation.json", "with another SHA-256", func(s *spoiler) {
			s.attest(2, func(a *Attestation) { a.Contribution[0] ^= 1 })
		}},
		{"attestation of another predecessor", "contribution 2, 0002/attestation.json", "builds on another file", func(s *spoiler) {
			s.attest(2, func(a *Attestation) { a.BuildsOn[0] ^= 1 })
		}},
		{"attestation of another number", "contribution 2, 0002/attestation.json", "it is of contribution 9", func(s *spoiler) {
			s.attest(2, func(a *Attestation) { a.Number = 9 })
		}},
		{"attestation of another ceremony", "contribution 2, 0002/attestation.json", "another ceremony", func(s *spoiler) {
			s.attest(2, func(a *Attestation) { a.Ceremony[0] ^= 1 })
		}},
		{"attestation of another format", "contribution 2, 0002/attestation.json", "format", func(s *spoiler) {
			s.attest(2, func(a *Attestation) { a.Format = "x" })
		}},
		{"attestation without a time", "contribution 2, 0002/attestation.json", "time", func(s *spoiler) {
			s.attest(2, func(a *Attestation) { a.Time = "2026-01-02T03:04:05+01:00" })
		}},
		{"attestation with a hidden name", "contribution 2, 0002/attestation.json", "name", func(s *spoiler) {
			s.attest(2, func(a *Attestation) { a.Name = "bob\u202e" })
		}},
		{"attestation signed by another", "contribution 2, 0002/attestation.json", "signature", func(s *spoiler) {
			path := filepath.Join(s.dir, "0002", attestationFile)
			a := new(Attestation)
			must(s, decodeStrict(readFile(s, path), a))
			must(s, a.sign(contributor("mallory").Key))
			a.PublicKey = [32]byte(contributor("bob").Key.Public().(ed25519.PublicKey))
			b, _, err := encode(a)
			must(s, err)
			overwrite(s, b, path)
		}},
		{"attestation in another form", "contribution 2, 0002/attestation.json", "one form", func(s *spoiler) {
			path := filepath.Join(s.dir, "0002", attestationFile)
			overwrite(s, bytes.Replace(readFile(s, path), []byte("  "), []byte(" "), 1), path)
		}},
		{"a key twice", "contribution 2, 0002/attestation.json", "one contributor counts once", func(s *spoiler) {
			path := filepath.Join(s.dir, "0002", attestationFile)
			a := new(Attestation)
			must(s, decodeStrict(readFile(s, path), a))
			must(s, a.sign(contributor("alice").Key))
			b, _, err := encode(a)
			must(s, err)
			overwrite(s, b, path)
		}},
		{"announcement changed", "initial accumulator", "another ceremony.json", func(s *spoiler) { s.define(func(d *Definition) { d.Beacon = "ethereum:1:22000001" }) }},
		{"announcement changed, initial too", "contribution 1, 0001/phase2", "it builds on a file", func(s *spoiler) {
			s.define(func(d *Definition) { d.Beacon = "ethereum:1:22000001" })
			f, err := Open(s.dir)
			must(s, err)
			s.edit(0, func(b []byte) []byte { return append(b[:len(b)-hashBytes], f.Digest[:]...) })
		}},
		{"another circuit", "definition, ceremony.json", "its constraint system is", func(s *spoiler) { s.define(func(d *Definition) { d.Circuit.ConstraintSystem = other.Digest }) }},
		{"another circuit's name", "definition, ceremony.json", "it is of circuit", func(s *spoiler) { s.define(func(d *Definition) { d.Circuit.ID = "toy/other" }) }},
		{"another domain", "definition, ceremony.json", "its power is", func(s *spoiler) { s.define(func(d *Definition) { d.Circuit.Source.Power++ }) }},
		{"another ptau", "definition, ceremony.json", "it was made from the ptau", func(s *spoiler) {
			s.redefine(func(d *Definition) { d.Circuit.Source.SHA256[0] ^= 1 })
		}},
		{"another kind of phase 1", "definition, ceremony.json", "its phase 1 is", func(s *spoiler) { s.define(func(d *Definition) { d.Circuit.Source.Kind = "trust me" }) }},
		{"another format", "definition, ceremony.json", "its format is", func(s *spoiler) { s.define(func(d *Definition) { d.Format = "x" }) }},
		{"no beacon announced", "definition, ceremony.json", "its beacon is", func(s *spoiler) { s.define(func(d *Definition) { d.Beacon = "tomorrow" }) }},
		{"both phases", "definition, ceremony.json", "either powers or", func(s *spoiler) { s.define(func(d *Definition) { d.Powers = &Powers{3} }) }},
		{"evaluations changed", "initial accumulator, 0000/evaluations", "its SHA-256 is not", func(s *spoiler) {
			path := filepath.Join(s.dir, filepath.FromSlash(evaluationsFile))
			b := readFile(s, path)
			b[len(b)-1] ^= 1
			overwrite(s, b, path)
		}},
		{"evaluations of another point", "initial accumulator, 0000/phase2", "its A is not that", func(s *spoiler) {
			path := filepath.Join(s.dir, filepath.FromSlash(evaluationsFile))
			b := readFile(s, path)
			_, _, g1, _ := bn254.Generators()
			one := g1.Bytes()
			copy(b[4:], one[:])
			overwrite(s, b, path)
			s.redefine(func(d *Definition) { d.Circuit.Evaluations = sum(b) })
		}},
		{"evaluations of maximal length", "initial accumulator, 0000/evaluations", "A: the length is not", func(s *spoiler) {
			path := filepath.Join(s.dir, filepath.FromSlash(evaluationsFile))
			b := readFile(s, path)
			copy(b, long)
			overwrite(s, b, path)
			s.redefine(func(d *Definition) { d.Circuit.Evaluations = sum(b) })
		}},
		{"another initial delta", "initial accumulator, 0000/phase2", "its delta is not 1", func(s *spoiler) {
			at := s.k.layout.at(s, "delta")
			s.put(0, "delta", readFile(s, s.path(1))[at:at+g1Bytes]...)
		}},
		{"no initial accumulator", "initial accumulator", "no such file", func(s *spoiler) { must(s, os.Remove(s.path(0))) }},
		{"no definition", "definition, ceremony.json", "no such file", func(s *spoiler) { must(s, os.Remove(filepath.Join(s.dir, definitionFile))) }},
		{"a folder for a file", "contribution 1", "not a regular file", func(s *spoiler) {
			must(s, errors.Join(os.Remove(s.path(1)), os.Mkdir(s.path(1), 0o755)))
		}},
		{"keys before the beacon", "keys, vk", "the beacon is not", func(s *spoiler) { overwrite(s, []byte("x"), s.dir, keyFile) }},
		{"transcript before the beacon", "keys, transcript.json", "the beacon is not", func(s *spoiler) { overwrite(s, []byte("x"), s.dir, transcriptFile) }},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := &spoiler{t, w, k, copyOf(t, w.dir)}
			row.spoil(s)
			assertFault(t, w, s.dir, row.step, row.want)
		})
	}
}

func TestVerify_RefusesWrongEnds(t *testing.T) {
	w := newWorld(t)
	k, err := kindPhase2(w.circuit)
	must(t, err)
	beacon := func(change func(b *Beacon)) func(s *spoiler) {
		return func(s *spoiler) {
			b := new(Beacon)
			must(s, decodeStrict(readFile(s, s.dir, beaconFile), b))
			change(b)
			data, _, err := encode(b)
			must(s, err)
			overwrite(s, data, s.dir, beaconFile)
		}
	}
	for _, row := range []struct {
		name, step, want string
		spoil            func(s *spoiler)
	}{
		{"another block", "beacon, beacon.json", "announced was", beacon(func(b *Beacon) { b.Beacon = "ethereum:1:22000001" })},
		{"another value", "keys, vk", "not what follows", beacon(func(b *Beacon) { b.Value[0] ^= 1 })},
		{"no value", "beacon, beacon.json", "want the hash of a block", beacon(func(b *Beacon) { b.Value = [32]byte{} })},
		{"a signature of a block", "beacon, beacon.json", "want the hash of a block", beacon(func(b *Beacon) { b.Signature = "00" })},
		{"another format", "beacon, beacon.json", "format", beacon(func(b *Beacon) { b.Format = "" })},
		{"another last one", "beacon, beacon.json", "applied after another contribution", beacon(func(b *Beacon) { b.Last[0] ^= 1 })},
		{"fewer contributions", "contribution 3", "no contribution is accepted any more", beacon(func(b *Beacon) { b.Contributions = 2 })},
		{"more contributions", "beacon, beacon.json", "applied after contribution 4", beacon(func(b *Beacon) { b.Contributions = 4 })},
		{"one after the beacon", "contribution 4", "no contribution is accepted any more", func(s *spoiler) {
			f, p := s.w.open(s, s.dir)
			kept := readFile(s, s.dir, beaconFile)
			must(s, os.Remove(filepath.Join(s.dir, beaconFile)))
			if _, err := f.Contribute(ctx, p, contributor("dave"), nil); err != nil {
				s.Fatal(err)
			}
			overwrite(s, kept, s.dir, beaconFile)
		}},
		{"none before the beacon", "beacon, beacon.json", "nobody has contributed", func(s *spoiler) {
			beacon(func(b *Beacon) { b.Contributions, b.Last = 0, sum(readFile(s, s.path(0))) })(s)
			for n := 1; n <= 3; n++ {
				must(s, os.RemoveAll(filepath.Join(s.dir, numberName(n))))
			}
		}},
		{"another key", "keys, vk", "not what follows", func(s *spoiler) {
			s.editFile(keyFile, func(b []byte) []byte { b[len(b)-1] ^= 1; return b })
		}},
		{"more of the key", "keys, vk", "not what follows", func(s *spoiler) { s.editFile(keyFile, func(b []byte) []byte { return append(b, 0) }) }},
		{"another transcript", "keys, transcript.json", "not what follows", func(s *spoiler) {
			s.editFile(transcriptFile, func(b []byte) []byte { return bytes.Replace(b, []byte("alice"), []byte("alicf"), 1) })
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := &spoiler{t, w, k, copyOf(t, w.final)}
			row.spoil(s)
			assertFault(t, w, s.dir, row.step, row.want)
		})
	}
}
