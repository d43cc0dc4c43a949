package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/service/vault"
)

// Who is in the file of recipients opens what is at rest, from then on and with rewrap what was there before; who
// is left out opens nothing.
func TestRecipients_OpenWhatIsAtRest(t *testing.T) {
	const canary = "CANARY-licence"
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	recipient := map[string]string{}
	for _, name := range []string{"vault.key", "offline.key", "later.key"} {
		recipient[name] = strings.Fields(succeed(t, "vault", "new", at(name)).stdout)[0]
	}
	token := decode[map[string]any](t, succeed(t, "tokens", "new", "--data", at("data"), "--tenant", "foxes", "--scope", "author", "--json"))["token"].(string)
	write(t, at("first"), "# the safe's\n"+recipient["offline.key"]+"\n")
	s := serving(t, at("data"), token, "--vault", at("vault.key"), "--recipients", at("first"), "--workers", "0")
	drop := filepath.Join(at("data"), "drops", s.collection(canary))
	complains(t, "another process is at work", "vault", "rewrap", "--data", at("data"), "--vault", at("vault.key"))
	s.stop()
	opens := func(name string) bool {
		t.Helper()
		key, err := os.ReadFile(at(name))
		if err != nil {
			t.Fatal(err)
		}
		v, err := vault.Open(key, "")
		if err != nil {
			t.Fatal(err)
		}
		list, err := v.Read(drop)
		return err == nil && strings.Contains(string(list["source/claims.csv"]), canary)
	}
	if !opens("vault.key") || !opens("offline.key") || opens("later.key") {
		t.Error("who opens what was sealed with the first file")
	}
	write(t, at("second"), recipient["later.key"]+"\n"+recipient["later.key"]+"\n")
	if text := succeed(t, "vault", "rewrap", "--data", at("data"), "--vault", at("vault.key"), "--recipients", at("second")).stdout; !strings.Contains(text, "1 drops") {
		t.Error(text)
	}
	if !opens("vault.key") || opens("offline.key") || !opens("later.key") {
		t.Error("who opens what was wrapped again")
	}
	complains(t, "two recipients", "backup", "--data", at("data"), "--out", at("x.age"), "--recipients", at("second"))
	write(t, at("both"), recipient["later.key"]+"\n"+recipient["offline.key"]+"\n")
	succeed(t, "backup", "--data", at("data"), "--out", at("x.age"), "--recipients", at("both"))
	succeed(t, "restore", "--in", at("x.age"), "--identity", at("later.key"), "--data", at("new"), "--vault", at("vault.key"), "--check")
	write(t, at("odd"), "ssh-ed25519 AAAA\n")
	complains(t, "--recipients", "serve", "--data", at("data"), "--vault", at("vault.key"), "--recipients", at("odd"), "--keys", keys(t))
	complains(t, "--vault is missing", "vault", "rewrap", "--data", at("data"))
	complains(t, "there is no studio", "vault", "rewrap", "--data", at("none"), "--vault", at("vault.key"))
}
