package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
)

func TestVerify_AcceptsFolderCARAndBundle(t *testing.T) {
	out := filepath.Join(provenDrop(t), "out")
	for _, args := range [][]string{
		{out}, {filepath.Join(out, "drop.car")}, {filepath.Join(out, "bundles", "2.json"), "--drop", out},
		{filepath.Join(out, "bundles", "2.json"), "--drop", filepath.Join(out, "drop.json"), "--key", filepath.Join(out, "verifying.key")},
		{out, "--drop", filepath.Join(out, "drop.json")},
	} {
		r := decode[verifyReport](t, succeed(t, append([]string{"verify", "--json", "--keys", keys(t)}, args...)...))
		if r.Verdict != "amber" || r.Reason != "" || len(r.Tokens) == 0 || r.Key.Source != keyOfStore || r.Key.Claimed || !r.Authority.SelfAsserted {
			t.Errorf("verify %v: %+v", args, r)
		}
		for _, token := range r.Tokens {
			if token.Verdict != "amber" || !strings.HasPrefix(token.CID, "bafkrei") || len(token.Root) != 66 {
				t.Errorf("verify %v: %+v", args, token)
			}
		}
	}
}

func TestVerify_JSON(t *testing.T) {
	r := succeed(t, "verify", filepath.Join(provenDrop(t), "out"), "--json", "--keys", keys(t))
	var v map[string]any
	if err := json.Unmarshal([]byte(r.stdout), &v); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"verdict", "tokens", "authority", "key"} {
		if v[key] == nil {
			t.Errorf("no %s", key)
		}
	}
	token := v["tokens"].([]any)[0].(map[string]any)
	for _, key := range []string{"id", "verdict", "reason", "cid", "root"} {
		if !slices.Contains(slices.Collect(maps.Keys(token)), key) {
			t.Errorf("no %s in a token", key)
		}
	}
}

func TestVerify_WarnsLoudly(t *testing.T) {
	out := filepath.Join(provenDrop(t), "out")
	elsewhere := t.TempDir() // a machine without these keys
	text := succeed(t, "verify", out, "--keys", elsewhere).stdout
	for _, want := range []string{"made on one machine for development", "nobody else vouches", "No chain drew the beacon", "published with the proofs: get it", "Compare them with those"} {
		if !strings.Contains(text, want) {
			t.Errorf("verify does not say %q: %s", want, text)
		}
	}
	for _, args := range [][]string{{"--drop", out}, {"--key", filepath.Join(out, "verifying.key")}, {"--keys", keys(t)}} {
		if text := succeed(t, append([]string{"verify", out, "--keys", elsewhere}, args...)...).stdout; strings.Contains(text, "published with the proofs") {
			t.Errorf("verify %v still says that the key is the publisher's", args)
		}
	}
}

func TestVerify_SaysWhoseWordItIs(t *testing.T) {
	dir, key, _ := outsideAuthority(t)
	replace(t, filepath.Join(dir, "drop.yaml"), "authority: ", "beacon: {chain_id: 11155111, contract: \"0x00000000000000000000000000000000000000c0\", entropy: \"0x"+strings.Repeat("e7", 32)+"\"}\nauthority: ")
	description := filepath.Join(t.TempDir(), "drop.json") // with the beacon: receipts are for it
	succeed(t, "commit", "--drop", dir, "--keys", keys(t), "--out", description)
	succeed(t, "receipt", "sign", "--drop", description, "--key", key, "--claims", filepath.Join(dir, "claims.yaml"), "--tokens", "4", "--out", filepath.Join(dir, "receipts"))
	succeed(t, "prove", "--drop", dir, "--tokens", "4", "--keys", keys(t))
	text := succeed(t, "verify", filepath.Join(dir, "out"), "--keys", keys(t)).stdout
	for _, want := range []string{"not the drop's own", "chain 11155111, contract 0x00000000000000000000000000000000000000c0"} {
		if !strings.Contains(text, want) {
			t.Errorf("verify does not say %q: %s", want, text)
		}
	}
	if strings.Contains(text, "nobody else vouches") || strings.Contains(text, "No chain drew") {
		t.Errorf("nothing here is self-made: %s", text)
	}
}

// editBundle changes a bundle and writes it in its one form.
func editBundle(t *testing.T, out, id string, edit func(*bundle.Bundle)) {
	t.Helper()
	file := filepath.Join(out, "bundles", id+".json")
	b, err := bundle.Unmarshal(read(t, file))
	if err != nil {
		t.Fatal(err)
	}
	edit(b)
	data, err := b.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	write(t, file, string(data))
}

func TestVerify_RejectsLies(t *testing.T) {
	for name, lie := range map[string]struct {
		tell   func(out string)
		reason string
	}{
		"a proof of another token": {func(out string) {
			other, err := bundle.Unmarshal(read(t, out, "bundles", "1.json"))
			if err != nil {
				t.Fatal(err)
			}
			editBundle(t, out, "2", func(b *bundle.Bundle) { b.Proof = other.Proof })
		}, "proof"},
		"another recipient": {func(out string) {
			editBundle(t, out, "2", func(b *bundle.Bundle) { b.Statement.Recipient[0] = 1 })
		}, "proof"},
		"another text":     {func(out string) { editBundle(t, out, "2", otherText) }, "cid"},
		"a weaker policy":  {func(out string) { replace(t, filepath.Join(out, "drop.json"), "0.80", "0.10") }, "policy"},
		"a policy besides": {func(out string) { replace(t, filepath.Join(out, "policy.cel"), "0.80", "0.90") }, "policy.cel"},
		"another beacon":   {func(out string) { replace(t, filepath.Join(out, "drop.json"), `"chain_id": 0`, `"chain_id": 1`) }, "beacon"},
		"another supply": {func(out string) {
			replace(t, filepath.Join(out, "drop.json"), `"supply": 10000`, `"supply": 99999`)
		}, "policy"},
		"a kinder provenance": {func(out string) {
			replace(t, filepath.Join(out, "drop.json"), `"provenance": "unsafe-development"`, `"provenance": "ceremony:`+strings.Repeat("0a", 32)+`:3:ethereum:1:22000000"`)
		}, "unsafe-development"},
		"a missing document": {func(out string) { removeAll(t, filepath.Join(out, "documents")) }, "document"},
		"another document": {func(out string) {
			for file := range filesOf(t, filepath.Join(out, "documents")) {
				write(t, file, "{}")
			}
		}, "document"},
		"no bundle at all": {func(out string) { write(t, filepath.Join(out, "bundles", "2.json"), "{}") }, "bundle"},
		"the same token twice": {func(out string) {
			write(t, filepath.Join(out, "bundles", "9.json"), string(read(t, out, "bundles", "2.json")))
		}, "bundles of token 2"},
	} {
		t.Run(name, func(t *testing.T) {
			out := publishedCopy(t)
			lie.tell(out)
			r := decode[verifyReport](t, expect(t, console.ExitRejected, "verify", out, "--json", "--keys", keys(t)))
			found := r.Verdict == "rejected"
			for _, token := range r.Tokens {
				found = found && (token.Verdict == "amber" || strings.Contains(token.Reason, lie.reason))
			}
			if !found {
				t.Errorf("report %+v, want a reason with %q", r, lie.reason)
			}
			if text := expect(t, console.ExitRejected, "verify", out, "--keys", keys(t)).stdout; !strings.Contains(text, "\nrejected: ") || !strings.Contains(text, lie.reason) {
				t.Errorf("no reason with %q in %s", lie.reason, text)
			}
		})
	}
}

func otherText(b *bundle.Bundle) {
	for _, text := range []string{"Midnight", "Aurora", "Void"} {
		b.Document = strings.Replace(b.Document, `"`+text+`"`, `"Xxxx"`, 1)
	}
}

func removeAll(t *testing.T, dir string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
}

func TestVerify_RefusesAnotherDropsKeyAndDescription(t *testing.T) {
	out := publishedCopy(t)
	other := newDrop(t)
	succeed(t, "commit", "--drop", other, "--keys", keys(t), "--out", filepath.Join(other, "drop.json"))
	r := decode[verifyReport](t, expect(t, console.ExitRejected, "verify", out, "--drop", filepath.Join(other, "drop.json"), "--key", filepath.Join(out, "verifying.key"), "--json"))
	if r.Verdict != "rejected" || !strings.Contains(r.Tokens[0].Reason, "is not the drop's") {
		t.Errorf("report %+v", r)
	}
}

// hostile are files nobody should trip over.
func hostile(t *testing.T, whole []byte) map[string][]byte {
	t.Helper()
	deep := strings.Repeat(`{"a":`, 100_000) + strings.Repeat("}", 100_000)
	return map[string][]byte{
		"empty": {}, "cut": whole[:len(whole)/2], "two bytes short": whole[:len(whole)-2], "one byte more": append(bytes.Clone(whole), '}'),
		"twice": append(bytes.Clone(whole), whole...), "deep": []byte(deep), "deep array": []byte(strings.Repeat("[", 1<<20)),
		"zeros": make([]byte, 4096), "ones": bytes.Repeat([]byte{0xff}, 4096), "null": []byte("null"), "array": []byte("[]"),
		"binary in JSON": []byte("{\"version\": \"\xff\xfe\x00\"}"), "terminal": []byte("{\"\x1b[2J\": 1}"),
		"big": bytes.Repeat([]byte(" "), 3<<20),
	}
}

func TestVerify_HostileFiles(t *testing.T) {
	out := publishedCopy(t)
	for _, name := range []string{"drop.json", "verifying.key", "policy.cel", "bundles/2.json", "drop.car"} {
		file := filepath.Join(out, filepath.FromSlash(name))
		whole := read(t, file)
		for kind, data := range hostile(t, whole) {
			write(t, file, string(data))
			where := out
			if name == "drop.car" {
				where = file
			}
			start := time.Now()
			r := call("", "verify", where, "--keys", keys(t))
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("%s, %s: it took %v", name, kind, took)
			}
			if r.code != console.ExitRejected && r.code != console.ExitTrouble {
				t.Errorf("%s, %s: exit code %d: %s", name, kind, r.code, r.stdout)
			}
			if r.code == console.ExitTrouble && (!strings.Contains(r.stderr, "genproof: error: ") || strings.Contains(r.stderr, "bug in genproof")) {
				t.Errorf("%s, %s: %s", name, kind, r.stderr)
			}
			if strings.Contains(r.stdout+r.stderr, "\x1b") {
				t.Errorf("%s, %s: escape sequences reach the terminal", name, kind)
			}
			if r := call("", "inspect", file); strings.Contains(r.stderr, "bug in genproof") || strings.Contains(r.stdout+r.stderr, "\x1b") {
				t.Errorf("%s, %s: inspect: %s", name, kind, r.stderr)
			}
		}
		write(t, file, string(whole))
	}
	succeed(t, "verify", out, "--keys", keys(t))
}

// What other tools add to a CAR is no forgery: a block twice is taken, a file packed along is not judged.
func TestVerify_TellsCARsOfOtherTools(t *testing.T) {
	file := filepath.Join(publishedCopy(t), "drop.car")
	whole := read(t, file)
	write(t, file, string(whole)+string(whole[len(car.Header(car.CID{})):]))
	succeed(t, "verify", file, "--keys", keys(t))
	write(t, file, string(whole)+string(car.Section(car.Raw([]byte("a picture")), []byte("a picture"))))
	for _, args := range [][]string{{"verify", file, "--keys", keys(t)}, {"verify", file, "--keys", keys(t), "--json"}} {
		r := call("", args...)
		if r.code != console.ExitTrouble || !strings.Contains(r.stderr, "not judged: the CAR holds more than the drop: ") || !strings.Contains(r.stderr, "genproof publish FOLDER --car FILE") || strings.Contains(r.stdout+r.stderr, "damaged") {
			t.Errorf("%v: exit code %d: %s%s", args, r.code, r.stdout, r.stderr)
		}
	}
	write(t, file, string(whole)+string(car.Section(car.Raw([]byte("another")), []byte("a picture"))))
	if r := call("", "verify", file, "--keys", keys(t)); r.code != console.ExitRejected || !strings.Contains(r.stdout, "the CAR is damaged: ") {
		t.Errorf("a wrong hash: exit code %d: %s%s", r.code, r.stdout, r.stderr)
	}
}

func TestVerify_NumbersOutOfRange(t *testing.T) {
	out := publishedCopy(t)
	file := filepath.Join(out, "bundles", "2.json")
	whole := string(read(t, file))
	const r = "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001"
	for _, id := range []string{"-1", "18446744073709551616", "18446744073709551618", "2.0", "2e0", `"2"`, "02", "null", "[]"} {
		write(t, file, strings.Replace(whole, `"id": 2`, `"id": `+id, 1))
		expect(t, console.ExitRejected, "verify", out, "--keys", keys(t))
	}
	b, err := bundle.Unmarshal([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{r, "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000000", strings.Repeat("f", 64), strings.Repeat("f", 66), "-1"} {
		write(t, file, strings.Replace(whole, hexElement(b.Statement.Model), "0x"+value, 1))
		expect(t, console.ExitRejected, "verify", out, "--keys", keys(t))
	}
	write(t, file, strings.Replace(whole, `"version": 2`, `"version": 2, "version": 2`, 1))
	expect(t, console.ExitRejected, "verify", out, "--keys", keys(t))
}

func TestVerify_SymlinksAndPipesAreRefused(t *testing.T) {
	out := publishedCopy(t)
	file := filepath.Join(out, "bundles", "2.json")
	secret := filepath.Join(t.TempDir(), "elsewhere")
	write(t, secret, base64.StdEncoding.EncodeToString([]byte("elsewhere")))
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, file); err != nil {
		t.Fatal(err)
	}
	r := decode[verifyReport](t, expect(t, console.ExitRejected, "verify", out, "--keys", keys(t), "--json"))
	for _, token := range r.Tokens {
		if bad := token.File == "bundles/2.json"; bad != (token.Verdict == "rejected") || bad != strings.Contains(token.Reason, "not a regular file") {
			t.Errorf("one link among the bundles: %+v", token)
		}
	}
	if len(r.Tokens) != 3 {
		t.Errorf("%d verdicts, want one for each token", len(r.Tokens))
	}
	complains(t, console.ExitRejected, "is not published", "publish", out, "--keys", keys(t))
}

func TestVerify_NothingToVerify(t *testing.T) {
	out := publishedCopy(t)
	complains(t, console.ExitTrouble, "says nothing about its drop", "verify", filepath.Join(out, "bundles", "2.json"))
	complains(t, console.ExitTrouble, "drop.json", "verify", t.TempDir())
	removeAll(t, filepath.Join(out, "bundles"))
	complains(t, console.ExitTrouble, "no bundles", "verify", out)
}
