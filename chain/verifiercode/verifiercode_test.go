package verifiercode_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/chain/verifiercode"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/groth16/anykey"
	"github.com/genproof/genproof/verifier/groth16/keytest"
)

const snarkjsKeys = "../../verifier/groth16/anykey/testdata/"

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// code is that of a file: see testdata/README.md.
func code(t testing.TB, name string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.TrimSpace(string(read(t, "testdata/"+name))))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func key(t testing.TB, path string) *anykey.Key {
	t.Helper()
	k, err := anykey.Read(read(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// upToSign is a key's bytes without the y of its points in G2: gnark's contracts negate them.
func upToSign(vk *groth16.VerifyingKey) []byte {
	b := vk.Bytes()
	for i := range 3 {
		clear(b[4+64+128*i+64 : 4+64+128*i+128])
	}
	return b
}

// lists holds that the faults are those that are wanted, in order.
func lists(t *testing.T, name string, faults []groth16.Fault, want ...string) {
	t.Helper()
	for i := range max(len(faults), len(want)) {
		if len(faults) != len(want) || !strings.Contains(faults[i].Text, want[i]) {
			t.Errorf("%s: got %q, want %q", name, faults, want)
			return
		}
	}
}

// Two tools, their templates of several years, three ways to compile: the key is found in all.
func TestRead_FindsTheKeyInWhatToolsWrite(t *testing.T) {
	for name, row := range map[string]struct {
		key, form           string
		inputs, commitments int
	}{
		"snarkjs-0.7.6.hex":          {snarkjsKeys + "sound.json", "snarkjs", 3, 0},
		"snarkjs-0.7.6-creation.hex": {snarkjsKeys + "sound.json", "snarkjs", 3, 0},
		"snarkjs-0.4.27.hex":         {snarkjsKeys + "sound.json", "snarkjs", 3, 0},
		"gnark-0.14.0.hex":           {"testdata/gnark.key", "gnark", 3, 0},
		"gnark-0.16.1-plain.hex":     {"testdata/gnark.key", "gnark", 3, 0},
		"gnark-0.16.1-ir.hex":        {"testdata/gnark.key", "gnark", 3, 0},
		"gnark-commitment.hex":       {"testdata/gnark-commitment.key", "gnark", 2, 1},
	} {
		v, err := verifiercode.Read(code(t, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := key(t, row.key)
		if !bytes.Equal(upToSign(&v.Key.Points), upToSign(&want.Points)) || v.Key.NbInputs() != row.inputs || v.Key.Commitments != row.commitments || !strings.Contains(v.Key.Form, row.form) {
			t.Errorf("%s: read as %s, %d inputs, %d commitments, or another key", name, v.Key.Form, v.Key.NbInputs(), v.Key.Commitments)
		}
		lists(t, name, append(v.Key.Faults(), v.Faults...))
	}
}

func TestRead_TellsASetupWithoutASecondPhase(t *testing.T) {
	v, err := verifiercode.Read(code(t, "unfinished.hex"))
	if err != nil {
		t.Fatal(err)
	}
	lists(t, "unfinished", v.Key.Faults(), "gamma equals delta up to sign: anybody can forge", "delta is the generator")
	lists(t, "unfinished", v.Faults)
}

// spoiled is code with the words of another key where those of one stand.
func spoiled(t *testing.T, code []byte, from, to *groth16.VerifyingKey) []byte {
	t.Helper()
	words, others, out := from.Bytes()[4:], to.Bytes()[4:], bytes.Clone(code)
	for i := 0; i < len(words); i += 32 {
		if bytes.Count(code, words[i:i+32]) != 1 {
			t.Fatalf("the key's word %d does not stand in the code once", i/32)
		}
		copy(out[bytes.Index(code, words[i:i+32]):], others[i:i+32])
	}
	return out
}

// TestRead_TellsEveryDefect writes spoiled keys over the sound one in compiled code. The
// points need not be any: nothing is computed with them.
func TestRead_TellsEveryDefect(t *testing.T) {
	sound := code(t, "snarkjs-0.7.6.hex")
	vk, other := &key(t, snarkjsKeys+"sound.json").Points, &key(t, "testdata/gnark.key").Points // the first one's gamma is the generator
	for _, d := range keytest.Defects() {
		if strings.Contains(d.Want, "public inputs") {
			continue // that would be another contract
		}
		v, err := verifiercode.Read(spoiled(t, sound, vk, d.Of(other)))
		if err != nil {
			t.Errorf("%s: %v", d.Name, err)
			continue
		}
		lists(t, d.Name, v.Key.Faults(), d.Want)
		lists(t, d.Name, v.Faults)
	}
}

func TestRead_TellsFaultsOfTheCode(t *testing.T) {
	for name, want := range map[string][2]string{
		"heedless.hex": {"", "accepts a proof whose pairing does not hold"},
		"aliases.hex":  {"", "takes public input 1 that is not below"},
		"unbound.hex":  {"K[2]: the point is at infinity", ""},
	} {
		v, err := verifiercode.Read(code(t, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i, faults := range [][]groth16.Fault{v.Key.Faults(), v.Faults} {
			if want[i] == "" {
				lists(t, name, faults)
			} else {
				lists(t, name, faults, want[i])
			}
		}
	}
}

func TestRead_KnowsOurOwn(t *testing.T) {
	vk := &key(t, "testdata/gnark.key").Points
	own := solidity.VerifierCode(vk.Bytes())
	v, err := verifiercode.Read(own)
	if err != nil || !bytes.Equal(v.Key.Points.Bytes(), vk.Bytes()) || v.Key.Form != "genproof's verifier" {
		t.Errorf("got %+v, %v", v, err)
	}
	for _, d := range keytest.Defects()[:3] {
		v, err := verifiercode.Read(solidity.VerifierCode(d.Of(vk).Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		lists(t, d.Name, v.Key.Faults(), d.Want)
	}
	for _, bad := range [][]byte{own[:len(own)-1], append(bytes.Clone(own), 0), solidity.Groth16Verifier.Runtime} {
		if _, err := verifiercode.Read(bad); !errors.Is(err, verifiercode.ErrUnknown) {
			t.Errorf("%d bytes: got %v", len(bad), err)
		}
	}
}

// push is code that pushes a function's selector.
func push(signature string) []byte {
	return append([]byte{0x63}, crypto.Keccak256([]byte(signature))[:4]...)
}

func TestRead_SaysWhatItDoesNotRecognise(t *testing.T) {
	const function = "verifyProof(uint256[2],uint256[2][2],uint256[2],uint256[1])"
	loop := append(push(function), 0x5b, 0x60, 0x05, 0x56) // PUSH4, JUMPDEST, PUSH1 5, JUMP
	for _, n := range []string{"2", "3", "4", "5", "6", "7", "8"} {
		loop = append(loop, push(strings.Replace(function, "[1])", "["+n+"])", 1))...)
	}
	// Calls of the pairing without end, with a megabyte of memory.
	pairings := append(push(function), 0x5b, 0x5f, 0x5f, 0x62, 0x0f, 0xff, 0xff, 0x5f, 0x60, 0x08, 0x5a, 0xfa, 0x60, 0x05, 0x56)
	sound := code(t, "snarkjs-0.7.6.hex")
	cut := sound[:len(sound)/2]
	for name, code := range map[string][]byte{
		"nothing": nil, "a stop": {0}, "a drop's contract": solidity.GenproofDrop.Runtime, "PLONK": solidity.PlonkVerifier.Runtime, "a loop": loop, "what asks for the block and its price": []byte("\x3a\x40\x41\x42\x43\x44\x45\x46\x47\x48\x49\x4a\x5f\x40\x5f\x49"), "pairings without end": pairings,
		"half a verifier": cut, "too much": make([]byte, verifiercode.MaxBytes+1), "ours, its key missing": solidity.Groth16Verifier.Runtime,
		"a proxy": append(append([]byte("\x36\x3d\x3d\x37\x3d\x3d\x3d\x36\x3d\x73"), make([]byte, 20)...), "\x5a\xf4\x3d\x82\x80\x3e\x90\x3d\x91\x60\x2b\x57\xfd\x5b\xf3"...),
	} {
		start := time.Now()
		v, err := verifiercode.Read(code)
		if !errors.Is(err, verifiercode.ErrUnknown) {
			t.Errorf("%s: got %+v, %v", name, v, err)
		}
		if d := time.Since(start); d > 3*time.Second {
			t.Errorf("%s: took %v", name, d)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"snarkjs-0.7.6.hex", "snarkjs-0.7.6-creation.hex", "gnark-0.16.1-ir.hex", "gnark-commitment.hex"} {
		f.Add(code(f, name))
	}
	f.Fuzz(func(t *testing.T, code []byte) {
		v, err := verifiercode.Read(code)
		if err == nil {
			v.Key.Faults()
		} else if !errors.Is(err, verifiercode.ErrUnknown) {
			t.Fatalf("another error: %v", err)
		}
	})
}
