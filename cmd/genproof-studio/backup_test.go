package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A server is genproof-studio serve in a process of its own.
type server struct {
	t       *testing.T
	process *exec.Cmd
	url     string
	token   string
	client  *http.Client
}

func serving(t *testing.T, data, token string, more ...string) *server {
	t.Helper()
	p, stderr := start(t, append([]string{"serve", "--data", data, "--http", "127.0.0.1:0", "--keys", keys(t), "--json"}, more...)...)
	var where struct{ URL string }
	lines := bufio.NewScanner(stderr)
	for where.URL == "" && lines.Scan() {
		_ = json.Unmarshal(lines.Bytes(), &where)
	}
	if where.URL == "" {
		t.Fatal("the server does not start")
	}
	go io.Copy(io.Discard, stderr)
	return &server{t, p, where.URL, token, http.DefaultClient}
}

// stop ends it in order.
func (s *server) stop() {
	s.t.Helper()
	if err := s.process.Process.Signal(os.Interrupt); err != nil {
		s.t.Fatal(err)
	}
	if err := s.process.Wait(); err != nil {
		s.t.Fatalf("it ends with %v", err)
	}
}

func (s *server) ask(status int, method, path, body string) string {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(body))
	request.Header.Set("Authorization", "Bearer "+s.token)
	request.Header.Set("Content-SHA256", hex.EncodeToString(sum[:]))
	if !strings.Contains(path, "/source/") && body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := s.client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != status {
		s.t.Fatalf("%s %s: status %d, want %d: %s, %v", method, path, answer.StatusCode, status, text, err)
	}
	return string(text)
}

// collection makes a drop of four cards with hidden values and imports it.
func (s *server) collection(canary string) string { return s.collectionOf(canary, 4) }

func (s *server) collectionOf(canary string, cards int) string {
	s.t.Helper()
	var v struct{ ID string }
	if err := json.Unmarshal([]byte(s.ask(201, "POST", "/v1/drops", `{"name": "Foxes"}`)), &v); err != nil {
		s.t.Fatal(err)
	}
	claims := "card,licence\n"
	for i := range cards {
		s.ask(204, "PUT", fmt.Sprintf("/v1/drops/%s/source/%d.json", v.ID, i), fmt.Sprintf(`{"name": "Fox #%d", "attributes": [{"trait_type": "Eyes", "value": "Laser"}]}`, i))
		claims += fmt.Sprintf("%d,%s-%d\n", i, canary, i)
	}
	s.ask(204, "PUT", "/v1/drops/"+v.ID+"/source/claims.csv", claims)
	s.ask(204, "POST", "/v1/drops/"+v.ID+"/import", `{"home": "none"}`)
	return v.ID
}

// A server's folder is backed up while it is at work, restored on an empty root by another identity, and goes
// on there: the deck that was imported is proven.
func TestBackup_GoesOnElsewhere(t *testing.T) {
	const canary = "CANARY-licence"
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write(t, at("passphrase"), "correct horse battery staple\n")
	succeed(t, "vault", "new", at("locked.key"), "--vault-passphrase", at("passphrase"))
	succeed(t, "vault", "new", at("vault.key"))
	recipients := []string{}
	for _, name := range []string{"near.key", "offline.key"} {
		recipients = append(recipients, strings.Fields(succeed(t, "vault", "new", at(name)).stdout)[0])
	}
	token := decode[map[string]any](t, succeed(t, "tokens", "new", "--data", at("data"), "--tenant", "foxes", "--scope", "author", "--json"))["token"].(string)
	vault := []string{"--vault", at("vault.key")}
	s := serving(t, at("data"), token, append(vault, "--workers", "0")...)
	id := s.collection(canary)
	succeed(t, "backup", "--data", at("data"), "--out", at("studio.age"), "--to", recipients[0], "--to", recipients[1])
	s.stop()
	err := filepath.WalkDir(at("data"), func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), canary) || strings.Contains(string(text), "blind:") {
			t.Errorf("%s holds what is hidden, in the clear", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	restore := func(to string, more ...string) []string {
		return append(append([]string{"restore", "--in", at("studio.age"), "--identity", at("offline.key"), "--data", at(to)}, vault...), more...)
	}
	if r := decode[restoreReport](t, succeed(t, restore("new", "--check", "--json")...)); r.Decks != 1 || !r.Checked || time.Since(r.MadeAt) > time.Hour {
		t.Errorf("%+v", r)
	}
	if _, err := os.Lstat(at("new")); err == nil {
		t.Error("a check writes")
	}
	complains(t, "there is something already", restore("data")...)
	succeed(t, "vault", "new", at("stranger.key"))
	complains(t, "opens no such backup", "restore", "--in", at("studio.age"), "--identity", at("stranger.key"), "--data", at("new"))
	succeed(t, restore("new")...)
	s = serving(t, at("new"), token, vault...)
	s.ask(202, "POST", "/v1/drops/"+id+"/proofs", `{}`)
	if last := s.ask(200, "GET", "/v1/drops/"+id+"/progress", ""); !strings.Contains(last, `"status":"done"`) {
		t.Errorf("it ends with %s", last)
	}
	s.stop()
	holds(t, filepath.Join(at("new"), "drops", id, "out"), 4)
	complains(t, "where its lock is", "serve", "--data", dir, "--vault", at("vault.key"), "--keys", keys(t))
	complains(t, "passphrase is missing", "serve", "--data", at("new"), "--vault", at("locked.key"), "--keys", keys(t))
	complains(t, "two recipients", "backup", "--data", at("data"), "--out", at("x"), "--to", recipients[0])
}
