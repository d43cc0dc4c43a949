package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

// outsideAuthority is a drop whose claims somebody else signs, the file of that authority's
// key, and the drop's description for it.
func outsideAuthority(t *testing.T) (dir, key, description string) {
	t.Helper()
	dir = newDrop(t)
	key = filepath.Join(t.TempDir(), "authority.key")
	public := decode[map[string]string](t, succeed(t, "receipt", "new-key", key, "--json"))["public_key"]
	replace(t, filepath.Join(dir, "drop.yaml"), "authority: self", "authority: "+public)
	description = filepath.Join(t.TempDir(), "drop.json")
	succeed(t, "commit", "--drop", dir, "--keys", keys(t), "--out", description)
	return dir, key, description
}

func TestReceipt_WholeWay(t *testing.T) {
	dir, key, description := outsideAuthority(t)
	complains(t, console.ExitTrouble, "no receipt for this token", "prove", "--drop", dir, "--tokens", "1", "--keys", keys(t))

	receipts := filepath.Join(dir, "receipts")
	claims := filepath.Join(dir, "claims.yaml")
	succeed(t, "receipt", "sign", "--drop", description, "--key", key, "--claims", claims, "--tokens", "1-2", "--out", receipts)
	one, two := filepath.Join(receipts, "1.json"), filepath.Join(receipts, "2.json")
	for _, where := range []string{dir, description} {
		list := decode[[]receiptReport](t, succeed(t, "receipt", "verify", one, two, "--drop", where, "--json"))
		if len(list) != 2 || list[1].ID != 2 || list[1].Verdict != "accepted" {
			t.Errorf("report %+v", list)
		}
	}
	if info, err := os.Stat(one); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a receipt holds hidden values: %v, %v", info, err)
	}
	complains(t, console.ExitTrouble, "hidden values", "inspect", one)

	succeed(t, "prove", "--drop", dir, "--tokens", "1-2", "--keys", keys(t))
	r := decode[verifyReport](t, succeed(t, "verify", filepath.Join(dir, "out"), "--json", "--keys", keys(t)))
	if r.Authority.SelfAsserted || r.Authority.Key == "" {
		t.Errorf("authority %+v", r.Authority)
	}
	for _, x := range r.Reservations {
		if x.Name == "authority" && !strings.Contains(x.Text, "ask the authority") {
			t.Errorf("of an outside authority it says %q", x.Text)
		}
	}
}

func TestReceipt_Rejected(t *testing.T) {
	dir, key, description := outsideAuthority(t)
	receipts := filepath.Join(t.TempDir(), "receipts")
	succeed(t, "receipt", "sign", "--drop", description, "--key", key, "--claims", filepath.Join(dir, "claims.yaml"), "--tokens", "1", "--out", receipts)
	file := filepath.Join(receipts, "1.json")
	whole := string(read(t, file))
	for lie, text := range map[string]string{
		"another claim":  strings.Replace(whole, `"0.97"`, `"0.98"`, 1),
		"another token":  strings.Replace(whole, `"token": 1`, `"token": 2`, 1),
		"a key twice":    strings.Replace(whole, `"token": 1`, `"token": 1, "token": 1`, 1),
		"cut":            whole[:len(whole)/2],
		"minus one":      strings.Replace(whole, `"token": 1`, `"token": -1`, 1),
		"two to the 64":  strings.Replace(whole, `"token": 1`, `"token": 18446744073709551617`, 1),
		"nothing":        "",
		"a claim absent": strings.Replace(whole, `"consent"`, `"consents"`, 1),
	} {
		if text == whole {
			t.Fatalf("%s: nothing changed", lie)
		}
		write(t, file, text)
		list := decode[[]receiptReport](t, expect(t, console.ExitRejected, "receipt", "verify", file, "--drop", description, "--json"))
		if list[0].Verdict != "rejected" || list[0].Reason == "" {
			t.Errorf("%s: %+v", lie, list)
		}
	}
	write(t, file, whole)
	other := newDrop(t)
	expect(t, console.ExitRejected, "receipt", "verify", file, "--drop", other)
	complains(t, console.ExitTrouble, "--drop", "receipt", "verify", file, "--drop", t.TempDir())
}

func TestReceipt_KeysStayPrivate(t *testing.T) {
	dir, key, description := outsideAuthority(t)
	claims := filepath.Join(dir, "claims.yaml")
	secret := strings.TrimSpace(string(read(t, key)))
	if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key file: %v, %v", info, err)
	}
	complains(t, console.ExitTrouble, "exists", "receipt", "new-key", key)
	if string(read(t, key)) != secret+"\n" {
		t.Error("the key was replaced")
	}
	sign := []string{"receipt", "sign", "--drop", description, "--tokens", "1", "--out", t.TempDir(), "--claims", claims, "--key"}
	complains(t, console.ExitTrouble, "--log", append(sign, "-")...)
	sign = append([]string{"receipt", "sign", "--log", filepath.Join(t.TempDir(), "log")}, sign[2:]...)
	if r := call(secret, append(sign, "-")...); r.code != console.ExitOK || strings.Contains(r.stdout+r.stderr, secret) {
		t.Errorf("a key from stdin: %+v", r)
	}
	if r := call(secret[1:], append(sign, "-")...); r.code != console.ExitTrouble || strings.Contains(r.stderr, secret[1:9]) {
		t.Errorf("half a key: %+v", r)
	}
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	complains(t, console.ExitTrouble, "others can read", append(sign, key)...)
	second := filepath.Join(t.TempDir(), "second.key")
	succeed(t, "receipt", "new-key", second)
	complains(t, console.ExitTrouble, "not that of the drop's authority", append(sign, second)...)
	complains(t, console.ExitTrouble, "both", "receipt", "sign", "--drop", description, "--tokens", "1", "--claims", "-", "--key", "-")
}
