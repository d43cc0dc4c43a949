package ceremony

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/setup/drand"
)

// A process that died has left its lock file and half a contribution.
func TestContribute_GoesOnAfterAProcessThatDied(t *testing.T) {
	w := newWorld(t)
	dir := copyOf(t, w.dir)
	must(t, os.MkdirAll(filepath.Join(dir, partialFile), 0o755))
	overwrite(t, []byte("half"), dir, partialFile, "phase2")
	f, p := w.open(t, dir)
	a, err := f.Contribute(ctx, p, contributor("dave"), nil)
	if err != nil || a.Number != 4 || a.Name != "dave" {
		t.Fatalf("got %+v, %v", a, err)
	}
	if _, err := os.Stat(filepath.Join(dir, partialFile)); err == nil {
		t.Error("the half is still there")
	}
	if r, err := w.verify(dir); err != nil || len(r.Attestations) != 4 || *r.Attestations[3] != *a {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestContribute_Refuses(t *testing.T) {
	w := newWorld(t)
	for _, row := range []struct {
		name, dir, who, want string
		spoil                func(dir string)
	}{
		{"no name", w.dir, "", "name", nil},
		{"a key twice", w.dir, "bob", "has contributed already", nil},
		{"after the beacon", w.sealed, "dave", ErrClosed.Error(), nil},
		{"a folder where it would go", w.dir, "dave", "contribution 4, 0004/phase2", func(dir string) { must(t, os.Mkdir(filepath.Join(dir, "0004"), 0o755)) }},
		{"a bad predecessor", w.dir, "dave", "contribution 3, 0003/phase2: decoding", func(dir string) {
			path := filepath.Join(dir, "0003", "phase2")
			b := readFile(t, path)
			for i := range g1Bytes { // x over the modulus
				b[6+g1Bytes+i] = 0xff
			}
			overwrite(t, b, path)
			k, err := kindPhase2(w.circuit)
			must(t, err)
			(&spoiler{t, w, k, dir}).attest(3, nil)
		}},
		{"a bad chain", w.dir, "dave", "contribution 2, 0002/phase2", func(dir string) { must(t, os.Remove(filepath.Join(dir, "0002", "phase2"))) }},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir := copyOf(t, row.dir)
			if row.spoil != nil {
				row.spoil(dir)
			}
			before := snapshot(t, dir)
			f, p := w.open(t, dir)
			_, err := f.Contribute(ctx, p, contributor(row.who), nil)
			assertRefused(t, row.name, err, row.want)
			after := snapshot(t, dir)
			delete(after, "/"+lockFile)
			delete(before, "/"+lockFile)
			if !maps.Equal(before, after) {
				t.Error("it was written into")
			}
		})
	}
}

func TestContribute_OneAtATime(t *testing.T) {
	w := newWorld(t)
	dir := copyOf(t, w.dir)
	lock, err := files.TryLock(filepath.Join(dir, lockFile))
	must(t, err)
	f, p := w.open(t, dir)
	if _, err := f.Contribute(ctx, p, contributor("dave"), nil); !errors.Is(err, files.ErrBusy) {
		t.Errorf("got %v, want ErrBusy", err)
	}
	if _, err := f.ApplyBeacon(ctx, p, []byte(blockHash), nil); !errors.Is(err, files.ErrBusy) {
		t.Errorf("beacon: got %v, want ErrBusy", err)
	}
	if _, err := f.Finalize(ctx, p, w.srs, nil); !errors.Is(err, files.ErrBusy) {
		t.Errorf("finalize: got %v, want ErrBusy", err)
	}
	lock.Unlock()
	if _, err := f.Contribute(ctx, p, contributor("dave"), nil); err != nil {
		t.Error(err)
	}
}

// Without the lock the name still keeps one from replacing another.
func TestAddFolder_NeverReplaces(t *testing.T) {
	w := newWorld(t)
	dir := copyOf(t, w.dir)
	f, _ := w.open(t, dir)
	before := snapshot(t, dir)
	if err := f.addFolder("0003", files.Named{Name: "phase2", Data: []byte("x")}); !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v", err)
	}
	if err := f.addFile(definitionFile, []byte("x")); !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v", err)
	}
	if !maps.Equal(before, snapshot(t, dir)) {
		t.Error("something changed")
	}
}

func TestContribute_CancelledLeavesNothing(t *testing.T) {
	w := newWorld(t)
	dir := copyOf(t, w.dir)
	f, p := w.open(t, dir)
	cancelled, cancel := context.WithCancel(ctx)
	_, err := f.Contribute(cancelled, p, contributor("dave"), func(what string, _, _ int64) {
		if what == "contributing" {
			cancel()
		}
	})
	var fault *Fault
	if !errors.Is(err, context.Canceled) || errors.As(err, &fault) {
		t.Errorf("got %v", err)
	}
	if r, err := w.verify(dir); err != nil || len(r.Attestations) != 3 {
		t.Errorf("got %+v, %v", r, err)
	}
}

// A round of drand's quicknet and its signature, from https://api.drand.sh.
const round1000 = "drand:52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971:1000"

// drandWorld is a ceremony that announced a round, with one contribution of before it.
func drandWorld(t *testing.T, name string) (*world, string) {
	t.Helper()
	w := newWorld(t)
	k, err := kindPhase2(w.circuit)
	must(t, err)
	s := &spoiler{t, w, k, copyOf(t, w.dir)}
	s.redefine(func(d *Definition) { d.Beacon = name })
	f, _ := w.open(t, s.dir)
	chain, err := f.walk(ctx, k, false, trusted, nil)
	must(t, err)
	raw, err := chain.contribute(ctx, nil)
	must(t, err)
	_, err = f.add(chain, contributor("alice"), raw, time.Now())
	must(t, err)
	s.attest(1, func(a *Attestation) { a.Time = "2023-08-23T15:00:00Z" })
	return w, s.dir
}

func TestBeacon_DrandIsVerified(t *testing.T) {
	w, dir := drandWorld(t, round1000)
	f, p := w.open(t, dir)
	good := signature1000(t)
	for name, signature := range map[string][]byte{"none": nil, "short": good[1:], "of nothing": make([]byte, 48), "flipped": flip(good)} {
		if _, err := f.ApplyBeacon(ctx, p, signature, nil); err == nil {
			t.Fatalf("%s: accepted", name)
		}
	}
	b, err := f.ApplyBeacon(ctx, p, good, nil)
	must(t, err)
	if want, err := drand.Verify(drand.Quicknet, 1000, good); err != nil || b.Value != want {
		t.Errorf("value %x, %v", b.Value, err)
	}
	r, err := w.verify(dir)
	if err != nil || r.Keys.Provenance.String() != fmt.Sprintf("ceremony:%x:1:%s", sum(r.Transcript), round1000) {
		t.Fatalf("got %+v, %v", r, err)
	}
	k, err := kindPhase2(w.circuit)
	must(t, err)
	s := &spoiler{t, w, k, dir}
	path := filepath.Join(dir, beaconFile)
	whole := readFile(t, path)
	for want, change := range map[string]func(b *Beacon){
		"its value is not": func(b *Beacon) { b.Value[3] ^= 1 },
		"drand":            func(b *Beacon) { b.Signature = strings.Replace(b.Signature, b.Signature[4:6], "00", 1) },
		"lower-case hex":   func(b *Beacon) { b.Signature = strings.ToUpper(b.Signature) },
	} {
		b := new(Beacon)
		must(t, decodeStrict(whole, b))
		change(b)
		data, _, err := encode(b)
		must(t, err)
		overwrite(t, data, path)
		assertFault(t, w, dir, "beacon, beacon.json", want)
	}
	overwrite(t, whole, path)
	s.attest(1, func(a *Attestation) { a.Time = "2023-08-23T16:00:00Z" }) // round 1000 was at 15:59:24
	assertFault(t, w, dir, "contribution 1, 0001/attestation.json", "the beacon was known from 2023-08-23T15:59:24Z")
}

// A round of drand's evmnet ends a ceremony as one of quicknet does.
func TestBeacon_MayBeEvmnets(t *testing.T) {
	w, dir := drandWorld(t, "drand:04f1e9062b8a81f848fded9c12306733282b2727ecced50032187751166ec8c3:1")
	f, p := w.open(t, dir)
	good, err := hex.DecodeString("11f812d738a36b2210dc88c2d635ad8039588205f42445d6de09e6530165c3462a23aca348c84badcf8df5321ac24577b7963d5b0d780bc4626baedb45cde373")
	must(t, err)
	for name, signature := range map[string][]byte{"quicknet's": signature1000(t), "flipped": flip(good)} {
		if _, err := f.ApplyBeacon(ctx, p, signature, nil); err == nil {
			t.Fatalf("%s: accepted", name)
		}
	}
	b, err := f.ApplyBeacon(ctx, p, good, nil)
	must(t, err)
	if got := hex.EncodeToString(b.Value[:]); got != "781b75698adc3af62cfa55db83cf0c73ae54e1ac8c0d4c3a2224126b65369ec5" {
		t.Errorf("value %s", got)
	}
	if r, err := w.verify(dir); err != nil || r.Keys == nil {
		t.Errorf("got %+v, %v", r, err)
	}
}

// A late contribution is found while it can be mended: by verify, and before the beacon.
func TestBeacon_LateContributionsAreRefusedBefore(t *testing.T) {
	w, dir := drandWorld(t, round1000)
	k, err := kindPhase2(w.circuit)
	must(t, err)
	s := &spoiler{t, w, k, dir}
	s.attest(1, func(a *Attestation) { a.Time = "2099-01-01T00:00:00Z" })
	const where, why = "contribution 1, 0001/attestation.json", "the beacon was known from 2023-08-23T15:59:24Z"
	assertFault(t, w, dir, where, why)
	f, p := w.open(t, dir)
	_, err = f.ApplyBeacon(ctx, p, signature1000(t), nil)
	assertRefused(t, "a late contribution", err, why)
	if there, err := f.has(beaconFile); there || err != nil {
		t.Errorf("the beacon was applied, %v", err)
	}
	onTime := func(a *Attestation) { a.Time = "2023-08-23T15:00:00Z" }
	at := s.k.layout.at(s, "K") // a point that is not scaled
	s.put(1, "K", readFile(s, s.path(0))[at:at+g1Bytes]...)
	s.attest(1, onTime)
	_, err = f.ApplyBeacon(ctx, p, signature1000(t), nil)
	assertRefused(t, "a contribution that does not follow", err, "it does not follow")
}

// What is known already is not an announcement, and a contribution after it is refused.
func TestBeacon_MustBeToCome(t *testing.T) {
	w, dir := drandWorld(t, round1000)
	f, p := w.open(t, dir)
	if _, err := f.Contribute(ctx, p, contributor("dave"), nil); !errors.Is(err, errKnown) {
		t.Errorf("contribute: got %v", err)
	}
	elsewhere := filepath.Join(t.TempDir(), "new")
	for beacon, want := range map[string]string{
		round1000: errKnown.Error(),
		"drand:" + strings.Repeat("00", 32) + ":99999999999": "not one that is known",
		"lottery:1:2": "its beacon is", "": "its beacon is",
	} {
		_, err := InitCircuit(ctx, elsewhere, w.circuit, w.srs, beacon, nil)
		assertRefused(t, beacon, err, want)
		_, err = InitPowers(elsewhere, 3, beacon)
		assertRefused(t, beacon, err, want)
	}
	round, err := drand.Next(drand.Quicknet, time.Now().Add(time.Hour))
	must(t, err)
	if f, err := InitPowers(elsewhere, 2, strings.TrimSuffix(round1000, "1000")+strconv.FormatUint(round, 10)); err != nil || f == nil {
		t.Errorf("a round to come: %v", err)
	}
}

// signature1000 is the League's of that round.
func signature1000(t *testing.T) []byte {
	t.Helper()
	b, err := hex.DecodeString("b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39")
	must(t, err)
	return b
}

func flip(b []byte) []byte {
	c := bytes.Clone(b)
	c[len(c)-1] ^= 1
	return c
}
