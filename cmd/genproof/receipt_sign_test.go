package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

// pictured is a drop whose authority claims a picture and a prompt.
func pictured(t *testing.T) (dir, key, description string) {
	t.Helper()
	dir, key, description = outsideAuthority(t)
	replace(t, filepath.Join(dir, "drop.yaml"), "- {name: consent, type: bool}", "- {name: picture, type: digest}")
	replace(t, filepath.Join(dir, "drop.yaml"), "- {name: safety, type: decimal(2)}", "- {name: prompt, type: digest}")
	replace(t, filepath.Join(dir, "policy.cel"), "claim.safety >= 0.80", "has(claim.prompt)")
	write(t, filepath.Join(dir, "claims.yaml"), "default: {license: CC0-1.0}\n")
	replace(t, filepath.Join(dir, "policy.cel"), "claim.consent", "has(claim.picture)")
	if err := os.Remove(description); err != nil {
		t.Fatal(err)
	}
	succeed(t, "commit", "--drop", dir, "--keys", keys(t), "--out", description)
	return dir, key, description
}

func TestReceiptSign_ReplacesNothingUnasked(t *testing.T) {
	dir, key, description := outsideAuthority(t)
	out, claims := filepath.Join(t.TempDir(), "receipts"), filepath.Join(dir, "claims.yaml")
	sign := []string{"receipt", "sign", "--drop", description, "--key", key, "--claims", claims, "--tokens", "1-3", "--out", out, "--json"}
	first := decode[signedReport](t, succeed(t, sign...))
	if first.Signed != 3 || first.Kept != 0 {
		t.Errorf("first %+v", first)
	}
	before := string(read(t, filepath.Join(out, "2.json")))
	if again := decode[signedReport](t, succeed(t, sign...)); again.Signed != 0 || again.Kept != 3 || again.Head != first.Head {
		t.Errorf("again %+v, first %+v", again, first)
	}

	replace(t, claims, "consent: true", "consent: false")
	complains(t, console.ExitTrouble, "something else", sign[:len(sign)-1]...)
	if string(read(t, filepath.Join(out, "2.json"))) != before {
		t.Error("a receipt was replaced unasked")
	}
	if changed := decode[signedReport](t, succeed(t, append(sign, "--replace")...)); changed.Signed == 0 || changed.Head == first.Head {
		t.Errorf("changed %+v", changed)
	}
	log := decode[signaturesReport](t, succeed(t, "receipt", "log", key+".log", "--head", first.Head, "--json"))
	again := 0
	for _, s := range log.Signatures {
		if s.Again {
			again++
		}
	}
	if len(log.Signatures) < 4 || again == 0 || again != len(log.Signatures)-3 {
		t.Errorf("log %+v", log)
	}
}

func TestReceiptSign_ShowsWhatItSigns(t *testing.T) {
	dir, key, description := outsideAuthority(t)
	claims := filepath.Join(dir, "claims.yaml")
	out := filepath.Join(t.TempDir(), "receipts")
	sign := []string{"receipt", "sign", "--drop", description, "--key", key, "--tokens", "1-2", "--out", out, "--claims"}
	r := succeed(t, append(sign, claims, "--dry-run")...)
	for _, want := range []string{"drop: Nebula Foxes", "policy: 0x", "claim.safety", `"0.97": 2`, "Nothing was signed"} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("it does not show %q: %s", want, r.stdout)
		}
	}
	for _, path := range []string{out, key + ".log"} {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("a dry run wrote %s", path)
		}
	}
	empty := filepath.Join(t.TempDir(), "claims.yaml")
	write(t, empty, "tokens:\n  1: {consent: true}\n")
	complains(t, console.ExitTrouble, "1 token without any claim: 2", append(sign, empty)...)
	succeed(t, append(sign, empty, "--allow-empty")...)
}

func TestReceiptLog_NamesWhatWasChanged(t *testing.T) {
	dir, key, description := outsideAuthority(t)
	sign := []string{"receipt", "sign", "--drop", description, "--key", key, "--claims", filepath.Join(dir, "claims.yaml"), "--out", t.TempDir(), "--tokens"}
	succeed(t, append(sign, "1")...)
	head := decode[signedReport](t, succeed(t, append(sign, "2-3", "--json")...)).Head
	log := key + ".log"
	whole := string(read(t, log))
	if info, err := os.Stat(log); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the log: %v, %v", info, err)
	}
	lines := strings.SplitAfter(whole, "\n")
	for what, text := range map[string]string{
		"left out":  lines[0] + lines[2],
		"exchanged": lines[1] + lines[0] + lines[2],
		"token":     strings.Replace(whole, `"token": 2`, `"token": 4`, 1),
		"time":      strings.Replace(whole, `"at": "2`, `"at": "3`, 1),
		"blank":     strings.Replace(whole, `"token": 2`, `"token":  2`, 1),
		"doubled":   whole + lines[2],
		"no line":   whole + "x\n",
	} {
		if text == whole {
			t.Fatalf("%s: nothing changed", what)
		}
		write(t, log, text)
		complains(t, console.ExitTrouble, "was changed", "receipt", "log", log)
		complains(t, console.ExitTrouble, "was changed", append(sign, "4")...)
	}
	write(t, log, lines[0]+lines[1]) // the end cut off shows only to whoever has a head
	succeed(t, "receipt", "log", log)
	expect(t, console.ExitRejected, "receipt", "log", log, "--head", head)
	write(t, log, whole+lines[0][:20]) // what a process that died has left
	succeed(t, append(sign, "4")...)
	if got := string(read(t, log)); !strings.HasPrefix(got, whole+"{") || strings.Count(got, "\n") != 4 {
		t.Errorf("half a line stays: %q", got[len(whole):])
	}
	succeed(t, "receipt", "log", log, "--head", head)
}

func TestReceiptSign_DigestsFiles(t *testing.T) {
	dir, key, description := pictured(t)
	work := t.TempDir()
	for id := 1; id <= 2; id++ {
		write(t, filepath.Join(work, fmt.Sprintf("%d.png", id)), fmt.Sprintf("picture %d", id))
		write(t, filepath.Join(work, fmt.Sprintf("%d.txt", id)), "a fox in the snow")
	}
	claims := filepath.Join(work, "claims.yaml")
	write(t, claims, "default: {license: CC0-1.0}\n")
	out, openings := filepath.Join(dir, "receipts"), filepath.Join(work, "openings")
	sign := []string{"receipt", "sign", "--drop", description, "--key", key, "--claims", claims, "--tokens", "1-2", "--out", out, "--openings", openings,
		"--files", "picture=" + filepath.Join(work, "{id}.png"), "--commit", "prompt=" + filepath.Join(work, "{id}.txt")}
	shown := succeed(t, sign...)
	if strings.Contains(shown.stdout+shown.stderr, "a fox in the snow") {
		t.Error("the prompt is shown")
	}
	picture := sha256.Sum256([]byte("picture 1"))
	one, two := string(read(t, filepath.Join(out, "1.json"))), string(read(t, filepath.Join(out, "2.json")))
	if !strings.Contains(one, hex.EncodeToString(picture[:])) {
		t.Errorf("the receipt has not the picture's digest: %s", one)
	}
	prompt := sha256.Sum256([]byte("a fox in the snow"))
	if strings.Contains(one, hex.EncodeToString(prompt[:])) || strings.Contains(one, "snow") {
		t.Error("whoever guesses the prompt sees that he is right")
	}

	var digests []string
	for id := 1; id <= 2; id++ {
		file := filepath.Join(openings, "prompt", fmt.Sprintf("%d.json", id))
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("an opening: %v, %v", info, err)
		}
		r := decode[openedReport](t, succeed(t, "receipt", "opens", file, filepath.Join(work, "1.txt"), "--json"))
		if !r.Opens || !strings.Contains([]string{one, two}[id-1], r.Digest) {
			t.Errorf("token %d: %+v", id, r)
		}
		digests = append(digests, r.Digest)
		expect(t, console.ExitRejected, "receipt", "opens", file, filepath.Join(work, "1.png"))
	}
	if digests[0] == digests[1] {
		t.Error("two tokens with one prompt share a digest")
	}

	if again := decode[signedReport](t, succeed(t, append(sign, "--json")...)); again.Kept != 2 || again.Signed != 0 {
		t.Errorf("the same once more: %+v", again)
	}
	write(t, filepath.Join(work, "2.txt"), "another prompt")
	complains(t, console.ExitTrouble, "opens something else", sign...)
	succeed(t, "receipt", "verify", filepath.Join(out, "1.json"), "--drop", description)
}

func TestReceiptSign_RefusesWrongFiles(t *testing.T) {
	_, key, description := pictured(t)
	work := t.TempDir()
	write(t, filepath.Join(work, "1.png"), "picture")
	claims := filepath.Join(work, "claims.yaml")
	write(t, claims, "default: {license: CC0-1.0, picture: \"0x"+strings.Repeat("0", 64)+"\"}\n")
	sign := []string{"receipt", "sign", "--drop", description, "--key", key, "--out", filepath.Join(work, "receipts")}
	for want, args := range map[string][]string{
		"one file for 2":       {"--tokens", "1-2", "--files", "picture=" + filepath.Join(work, "1.png")},
		"no such file":         {"--tokens", "1-2", "--files", "picture=" + filepath.Join(work, "{id}.png")},
		"not CLAIM=PATH":       {"--tokens", "1", "--files", "picture"},
		"not a claim":          {"--tokens", "1", "--files", "image=" + filepath.Join(work, "1.png")},
		"of type text":         {"--tokens", "1", "--files", "license=" + filepath.Join(work, "1.png")},
		"in the claims file":   {"--tokens", "1", "--claims", claims, "--files", "picture=" + filepath.Join(work, "1.png")},
		"no claims are named":  {"--tokens", "1"},
		"not a regular file":   {"--tokens", "1", "--commit", "prompt=" + work},
		"--commit prompt=":     {"--tokens", "1", "--commit", "=x"},
		"without any claim: 2": {"--tokens", "1-2", "--claims", onlyOne(t)},
	} {
		if want == "--commit prompt=" {
			want = "not CLAIM=PATH"
		}
		complains(t, console.ExitTrouble, want, append(sign, args...)...)
	}
}

func onlyOne(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "claims.yaml")
	write(t, path, "tokens:\n  1: {license: CC0-1.0}\n")
	return path
}

func TestReceiptRequest_IsAnswered(t *testing.T) {
	dir, key, description := outsideAuthority(t)
	work := t.TempDir()
	request, answer := filepath.Join(work, "request.json"), filepath.Join(work, "answer.jsonl")
	succeed(t, "receipt", "request", "--drop", description, "--tokens", "1-2,5", "--out", request)
	text := string(read(t, request))
	for _, want := range []string{"Please sign what is true about 3 tokens of Nebula Foxes", "1-2,5", "claim.safety"} {
		if !strings.Contains(text, want) {
			t.Errorf("the request does not say %q", want)
		}
	}
	signing := []string{"receipt", "answer", request, "--key", key, "--claims", filepath.Join(dir, "claims.yaml"), "--out", answer}
	succeed(t, signing...)
	complains(t, console.ExitTrouble, "never replaced", signing...)
	if info, err := os.Stat(answer); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("an answer holds hidden values: %v, %v", info, err)
	}

	whole := string(read(t, answer))
	lines := strings.SplitAfter(whole, "\n")
	for what, text := range map[string]string{
		"changed": strings.Replace(whole, `"0.97"`, `"0.98"`, 1),
		"doubled": whole + lines[0],
		"cut":     whole[:len(whole)-20],
		"empty":   "",
	} {
		write(t, answer, text)
		expect(t, console.ExitTrouble, "receipt", "accept", answer, "--drop", dir)
		if _, err := os.Stat(filepath.Join(dir, "receipts")); err == nil {
			t.Errorf("%s: something was written", what)
		}
	}
	write(t, answer, whole)
	succeed(t, "receipt", "accept", answer, "--drop", dir)
	succeed(t, "receipt", "accept", answer, "--drop", dir) // the same once more
	succeed(t, "receipt", "verify", filepath.Join(dir, "receipts", "5.json"), "--drop", description)
	write(t, filepath.Join(dir, "receipts", "5.json"), "{}")
	complains(t, console.ExitTrouble, "something else about token 5", "receipt", "accept", answer, "--drop", dir)
	succeed(t, "receipt", "accept", answer, "--drop", dir, "--replace")
	succeed(t, "prove", "--drop", dir, "--tokens", "1", "--keys", keys(t))

	for what, text := range map[string]string{
		"another version": strings.Replace(text, `"version": 1`, `"version": 9`, 1),
		"other tokens":    strings.Replace(text, `"1-2,5"`, `"1-99999999"`, 1),
		"cut":             text[:len(text)/2],
		"no description":  `{"version": 1}`,
	} {
		write(t, request, text)
		expect(t, console.ExitTrouble, "receipt", "answer", request, "--key", key, "--claims", filepath.Join(dir, "claims.yaml"), "--out", filepath.Join(work, what))
	}
}
