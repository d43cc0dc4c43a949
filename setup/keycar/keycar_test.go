package keycar

import (
	"bytes"
	"crypto/ed25519"
	"strings"
	"testing"
)

var (
	alice = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32))
	bob   = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, 32))
)

func sample() *Manifest {
	return &Manifest{
		Circuit: "cid/standard", Provenance: "ceremony:" + strings.Repeat("0a", 32) + ":3:ethereum:1:22000000",
		Files: Files{File{1, [32]byte{1}}, File{2, [32]byte{2}}, File{3, [32]byte{3}}},
	}
}

func written(t testing.TB, m *Manifest, key ed25519.PrivateKey) string {
	t.Helper()
	b, err := m.Marshal(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestParse_InvertsMarshal(t *testing.T) {
	for _, key := range []ed25519.PrivateKey{nil, alice} {
		m := sample()
		text := written(t, m, key)
		got, err := Parse([]byte(text))
		if err != nil || *got != *m || got.Signed() != (key != nil) {
			t.Errorf("got %+v, %v", got, err)
		}
		if key != nil && !bytes.Equal(got.Signer[:], alice.Public().(ed25519.PublicKey)) {
			t.Errorf("signed by %x", got.Signer)
		}
	}
}

func TestParse_Refuses(t *testing.T) {
	signed, unsigned := written(t, sample(), alice), written(t, sample(), nil)
	swap := func(text, old, new string) string {
		if !strings.Contains(text, old) {
			t.Fatalf("no %q in %s", old, text)
		}
		return strings.Replace(text, old, new, 1)
	}
	const signature = "signature is not by its signer"
	for _, tc := range []struct{ name, text, want string }{
		{"another circuit", swap(signed, "cid/standard", "cid/small"), signature},
		{"another constraint system", swap(signed, `"0x01`, `"0x09`), signature},
		{"another proving key", swap(signed, `"0x02`, `"0x09`), signature},
		{"another verifying key", swap(signed, `"0x03`, `"0x09`), signature},
		{"another size", swap(signed, `"size": 2`, `"size": 9`), signature},
		{"another provenance", swap(signed, ":3:ethereum", ":4:ethereum"), signature},
		{"another signer", swap(signed, hexOf(alice), hexOf(bob)), signature},
		{"no signer", swap(signed, hexOf(alice), strings.Repeat("0", 64)), "a signature of nobody"},
		{"a signer without signature", swap(unsigned, strings.Repeat("0", 64)+`",`, hexOf(alice)+`",`), signature},
		{"a later version", swap(unsigned, `"version": 1`, `"version": 2`), "version 2"},
		{"no circuit", swap(unsigned, "cid/standard", "cid/tiny"), "cid/tiny"},
		{"a circuit of PLONK", swap(unsigned, "cid/standard", "root/small/plonk"), "do not travel"},
		{"no provenance", swap(unsigned, "ceremony", "trusted"), "provenance"},
		{"an empty file", swap(unsigned, `"size": 2`, `"size": 0`), "a file of 0 bytes"},
		{"a giant file", swap(unsigned, `"size": 2`, `"size": 18446744073709551615`), "a file of 18446744073709551615 bytes"},
		{"a negative size", swap(unsigned, `"size": 2`, `"size": -2`), "size"},
		{"another key", swap(unsigned, `"version"`, `"extra": 1, "version"`), "extra"},
		{"a key twice", swap(unsigned, `"version": 1`, `"version": 1, "version": 1`), "version"},
		{"white space", swap(unsigned, `"version": 1`, `"version":  1`), "one form"},
		{"an escape", swap(unsigned, `cid/standard`, `cid\/standard`), "one form"},
		{"a byte more", unsigned + "\n", "one form"},
		{"a file more", swap(unsigned, `"pk": {`, `"../../x": {`), "$.files"},
		{"long", unsigned + strings.Repeat(" ", MaxManifestBytes), "at most"},
		{"empty", "", ""},
		{"null", "null", ""},
	} {
		if m, err := Parse([]byte(tc.text)); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %+v, %v, want %q", tc.name, m, err, tc.want)
		}
	}
}

func hexOf(key ed25519.PrivateKey) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for _, c := range key.Public().(ed25519.PublicKey) {
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}

func TestMarshal_RefusesWhatCannotBeRead(t *testing.T) {
	for name, spoil := range map[string]func(m *Manifest){
		"circuit":    func(m *Manifest) { m.Circuit = "" },
		"provenance": func(m *Manifest) { m.Provenance = "" },
		"size":       func(m *Manifest) { m.Files.VK.Size = 0 },
	} {
		m := sample()
		spoil(m)
		if _, err := m.Marshal(alice); err == nil {
			t.Errorf("%s: written", name)
		}
	}
}

func TestParseSigner_IsThirtyTwoBytes(t *testing.T) {
	want := [32]byte(alice.Public().(ed25519.PublicKey))
	for _, s := range []string{hexOf(alice), "0x" + hexOf(alice)} {
		if got, err := ParseSigner(s); err != nil || got != want {
			t.Errorf("%s: got %x, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "0x", hexOf(alice)[2:], hexOf(alice) + "00", strings.Repeat("00", 32), strings.Repeat("zz", 32)} {
		if _, err := ParseSigner(s); err == nil {
			t.Errorf("%s: accepted", s)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(written(f, sample(), alice)))
	f.Add([]byte(written(f, sample(), nil)))
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Parse(b)
		if err != nil {
			return
		}
		if _, err := ParseSigner(hexOf(alice)); err != nil || m.checkSignature() != nil {
			t.Error("a manifest without a right signature")
		}
	})
}
