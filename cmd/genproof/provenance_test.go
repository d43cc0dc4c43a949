package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/key"
	"github.com/genproof/genproof/verifier/plonk"
)

func TestOriginText_ReadsWell(t *testing.T) {
	zeros := strings.Repeat("00", 32)
	quicknet := "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
	evmnet := "04f1e9062b8a81f848fded9c12306733282b2727ecced50032187751166ec8c3"
	for from, want := range map[string]string{
		"unsafe-development": "unsafe-development",
		"ceremony:" + zeros + ":3:drand:" + quicknet + ":1000": "from a ceremony of 3 contributors, transcript sha256 " + zeros + ", beacon drand quicknet round 1000",
		"ceremony:" + zeros + ":3:drand:" + evmnet + ":1000":   "from a ceremony of 3 contributors, transcript sha256 " + zeros + ", beacon drand evmnet round 1000",
		"ceremony:" + zeros + ":1:drand:" + zeros + ":7":       "from a ceremony of 1 contributor, transcript sha256 " + zeros + ", beacon drand round 7 of chain " + zeros,
		"ceremony:" + zeros + ":3:ethereum:1:22000000":         "from a ceremony of 3 contributors, transcript sha256 " + zeros + ", beacon block 22000000 of chain 1",
		"universal:" + zeros + ":71":                           "from a universal setup of 71 contributors, powers of tau sha256 " + zeros,
		"":                                                     "of unknown origin",
		"ceremony":                                             "of unknown origin",
	} {
		if got := originText(from); got != want {
			t.Errorf("%q: got %q, want %q", from, got, want)
		}
	}
	if got := origin("unsafe-development", true); got != "said to be unsafe-development" {
		t.Errorf("claimed: %q", got)
	}
}

// PLONK has no ceremonies, and its keys do not travel.
func TestUnsafeKeyHint_TellsWhereKeysOfTheProofSystemComeFrom(t *testing.T) {
	for _, known := range []string{"", "unsafe-development"} {
		for _, tc := range []struct {
			vk        key.Verifying
			want, not string
		}{
			{new(groth16.VerifyingKey), "ceremony", "ptau"},
			{new(plonk.VerifyingKey), "genproof setup CIRCUIT --backend plonk --ptau FILE", "ceremony"},
		} {
			err := unsafeKeyHint(&chain.UnsafeKey{ChainID: 5, Backend: tc.vk.Backend(), Known: known})
			if h := console.HintOf(err); !strings.Contains(h, tc.want) || strings.Contains(h, tc.not) {
				t.Errorf("%s, known as %q: got %+v", tc.vk.Backend(), known, err)
			}
		}
	}
}

// A ceremony's keys keep their origin on the way through store, proofs, files and reports.
func TestProvenance_TravelsWithTheKey(t *testing.T) {
	p, store := parcelOf(t), filepath.Join(t.TempDir(), "keys")
	path := p.pack(t, func(q *keyParcel) { q.m.Provenance = ceremonyText })
	const text = "from a ceremony of 3 contributors, transcript sha256 0a0a"
	shows := func(want string, args ...string) {
		t.Helper()
		if out := succeed(t, args...).stdout; !strings.Contains(out, want) || strings.Contains(out, "UNSAFE") {
			t.Errorf("genproof %s: no %q in %s", strings.Join(args, " "), want, out)
		}
	}
	shows(text, "setup", "import", path, "--keys", store, "--signer", p.signer())
	dir := newDrop(t)
	out := filepath.Join(dir, "out")
	shows("The verifying key is "+text, "prove", "--drop", dir, "--tokens", "1", "--keys", store)
	b, err := bundle.Unmarshal(read(t, out, "bundles", "1.json"))
	if err != nil || b.Key.Provenance != ceremonyText {
		t.Fatalf("bundle: %+v, %v", b, err)
	}
	d, err := bundle.UnmarshalDescription(read(t, out, "drop.json"))
	if err != nil || d.Key.Provenance != ceremonyText {
		t.Fatalf("description: %+v, %v", d, err)
	}
	shows("("+text, "verify", out, "--keys", store)
	if r := decode[verifyReport](t, succeed(t, "verify", out, "--keys", store, "--json")); r.Key.Provenance != ceremonyText || r.Key.Claimed {
		t.Errorf("known: %+v", r.Key)
	}
	shows("(said to be "+text, "verify", out, "--keys", t.TempDir())
	r := decode[verifyReport](t, succeed(t, "verify", out, "--keys", t.TempDir(), "--json"))
	if r.Key.Provenance != ceremonyText || !r.Key.Claimed || !strings.Contains(r.Reservations[0].Text, "the description's word. genproof ceremony verify") {
		t.Errorf("claimed: %+v %v", r.Key, r.Reservations)
	}
	// Another store that has the very key as a development key does not let the claim pass.
	if r := decode[verifyReport](t, expect(t, console.ExitRejected, "verify", out, "--keys", keys(t), "--json")); !strings.Contains(r.Reason, "but it is \"unsafe-development\"") {
		t.Errorf("contradicted: %+v", r)
	}
	shows("said to be "+text, "inspect", path)
	shows("0x"+p.signer(), "inspect", path)
	shows("said to be "+text, "inspect", out)
	shows("said to be "+text, "inspect", filepath.Join(out, "bundles", "1.json"))
	shows("The verifying key is "+text, "publish", out, "--keys", store)
	shows("The verifying key is said to be "+text, "publish", out, "--keys", t.TempDir())
	shows("said to be "+text, "export", "snarkjs", out, "--out", t.TempDir())
	shows(text, "setup", "export", "root/small", "--keys", store, "--out", filepath.Join(t.TempDir(), "k.car"))
	shows(text, "setup", "root/small", "--keys", store)
}

// A description that calls its own key safe does not make it so.
func TestMint_BelievesNoClaimWhereItMatters(t *testing.T) {
	out := publishedCopy(t)
	for _, id := range []string{"1", "2", "3"} {
		editBundle(t, out, id, func(b *bundle.Bundle) { b.Key.Provenance = ceremonyText })
	}
	replace(t, filepath.Join(out, "drop.json"), "unsafe-development", ceremonyText)
	key := filepath.Join(t.TempDir(), "key")
	write(t, key, privateKey)
	args := []string{"mint", out, "--tokens", "1", "--rpc", serveNode(t, 5), "--key-file", key, "--drop", provenDrop(t)}
	complains(t, console.ExitTrouble, "does not know the verifying key", append(args, "--keys", t.TempDir())...)
	complains(t, console.ExitRejected, "does not verify", append(args, "--keys", keys(t))...)
}
