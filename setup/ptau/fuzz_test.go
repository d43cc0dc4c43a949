package ptau

import (
	"bytes"
	"crypto/sha256"
	"testing"
)

// FuzzScan: lengths and contributions are taken apart, or refused, before any arithmetic;
// what is taken apart is all of the file.
func FuzzScan(f *testing.F) {
	for _, name := range []string{"small.ptau", "prepared.ptau", "cut.ptau"} {
		f.Add(golden(f, name))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		lay, err := scan(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		whole := lay.prefix()
		for _, s := range lay.sections {
			whole = append(append(whole, s.prefix()...), b[s.start:s.start+s.size]...)
		}
		if !bytes.Equal(whole, b) {
			t.Error("the sections are not the file")
		}
		if list, err := parseContributions(lay.contributions); err == nil && (len(list) < 1 || 4+len(list)*fixedSize > len(lay.contributions)) {
			t.Errorf("%d contributions in %d bytes", len(list), len(lay.contributions))
		}
	})
}

// FuzzRead: whatever the bytes, the reader returns, and what it accepts is whole, of these
// bytes, and accepted again.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"small.ptau", "prepared.ptau", "cut.ptau"} {
		b := golden(f, name)
		f.Add(b, 0)
		f.Add(b, 1)
		f.Add(b[:len(b)-1], 0)
		f.Add(b[:len(b)/2], 0)
	}
	lied := plain(f, 1)
	f.Add(lied.bytes(), 1)
	lied.tauG1[2] = otherG1()
	lied.record(f)
	f.Add(lied.bytes(), 1)
	two := forged(f, 1)
	two.cut(1)
	two.ceremony = 28
	f.Add(two.bytes(), 0)
	f.Add(newForgery(2).bytes(), 0)
	f.Add(put32(put32(golden(f, "small.ptau"), atPower, 28), atPower+4, 28), 28)
	f.Fuzz(func(t *testing.T, b []byte, power int) {
		srs, err := check(t.Context(), bytes.NewReader(b), int64(len(b)), &Options{Power: power, Lagrange: true})
		if err != nil {
			return
		}
		n := 1 << srs.Power
		g1, g2 := &srs.Commons.G1, &srs.Commons.G2
		if len(g1.Tau) != 2*n-1 || len(g1.AlphaTau) != n || len(g1.BetaTau) != n || len(g2.Tau) != n || srs.Power > srs.FilePower {
			t.Errorf("power %d of %d with %d powers", srs.Power, srs.FilePower, len(g1.Tau))
		}
		if l := srs.Lagrange; l != nil && (len(l.G1.Tau) != n || len(l.G1.AlphaTau) != n || len(l.G1.BetaTau) != n || len(l.G2.Tau) != n) {
			t.Errorf("power %d with %d points in the Lagrange basis", srs.Power, len(l.G2.Tau))
		}
		if srs.SHA256 != sha256.Sum256(b) || srs.Contributors < 1 || srs.Contributors > len(srs.Chain.Contributions) {
			t.Errorf("digest %x, %d contributors", srs.SHA256, srs.Contributors)
		}
		again, err := check(t.Context(), bytes.NewReader(b), int64(len(b)), &Options{Power: power, Digest: srs.SHA256, chunk: 1})
		if err != nil || again.Commons.G2.Tau[n-1] != g2.Tau[n-1] {
			t.Errorf("accepted once and then not: %v", err)
		}
	})
}
