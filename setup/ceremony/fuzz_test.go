package ceremony

import (
	"bytes"
	"testing"
)

// Whatever is read of a definition is written back the same.
func FuzzDefinition(f *testing.F) {
	w, err := theWorld()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(readFile(f, w.final, definitionFile))
	f.Add([]byte(`{"format": "genproof ceremony 1", "beacon": "ethereum:1:2", "powers": {"power": 3}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := parseDefinition(b)
		if err != nil {
			return
		}
		if again, _, err := encode(d); err != nil || !bytes.Equal(again, b) {
			t.Errorf("%s is read, and written as %s", b, again)
		}
	})
}

// No attestation but the signed one is read.
func FuzzAttestation(f *testing.F) {
	a := &Attestation{Format: attestationFormat, Number: 1, Name: "alice", Time: "2026-01-02T03:04:05Z"} // the same in every worker
	must(f, a.sign(contributor("alice").Key))
	whole, _, err := encode(a)
	must(f, err)
	f.Add(whole)
	f.Fuzz(func(t *testing.T, b []byte) {
		if a, err := parseAttestation(b); err == nil && a.PublicKey == [32]byte(contributor("alice").Key[32:]) && !bytes.Equal(b, whole) {
			t.Errorf("forged: %s", b)
		}
	})
}

// A file that is read passes for no other: what is decoded is written as it was.
func FuzzContribution(f *testing.F) {
	w, err := theWorld()
	if err != nil {
		f.Fatal(err)
	}
	k, err := kindPhase2(w.circuit)
	if err != nil {
		f.Fatal(err)
	}
	before := &link{raw: readFile(f, w.final, "0001", "phase2"), hash: sum(readFile(f, w.final, "0001", "phase2"))}
	whole := readFile(f, w.final, "0002", "phase2")
	f.Add(whole, 0, byte(0))
	f.Add(whole, 2, byte(0xff))
	f.Fuzz(func(t *testing.T, b []byte, at int, to byte) {
		b = bytes.Clone(b)
		if at >= 0 && at < len(b) {
			b[at] = to
		}
		if _, err := k.newLink(b, before); err != nil {
			return
		}
		value, err := k.decode(b)
		if err != nil {
			return
		}
		var again bytes.Buffer
		if _, err := value.WriteTo(&again); err != nil || !bytes.Equal(again.Bytes(), b) {
			t.Error("read, and written otherwise")
		}
	})
}

func FuzzPowers(f *testing.F) {
	k := kindPhase1(2)
	raw, err := newPowers(2, make([]byte, hashBytes))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := k.newLink(b, nil); err != nil {
			return
		}
		if _, err := k.decode(b); err != nil {
			return
		}
	})
}

func FuzzEvaluations(f *testing.F) {
	w, err := theWorld()
	if err != nil {
		f.Fatal(err)
	}
	internal, secret, public := w.circuit.CS.GetNbVariables()
	l := layoutEvaluations(internal+secret+public, public)
	f.Add(readFile(f, w.final, "0000", "evaluations"))
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := decodeEvaluations(b, l)
		if err == nil && len(e.G1.A) != internal+secret+public {
			t.Error("another number of wires")
		}
	})
}
