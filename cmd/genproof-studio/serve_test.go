package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A server answers those who have a token, says where it is, and ends in order when it is told to.
func TestServe_AnswersAndEnds(t *testing.T) {
	data := t.TempDir()
	made := struct{ ID, Token, Tenant, Scope, Expires string }{}
	if err := json.Unmarshal([]byte(succeed(t, "tokens", "new", "--data", data, "--tenant", "foxes", "--scope", "author", "--json").stdout), &made); err != nil {
		t.Fatal(err)
	}
	p, stderr := start(t, "serve", "--data", data, "--http", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--keys", keys(t), "--log-level", "info", "--log-json", "--json")
	var where struct{ URL, Metrics string }
	log := bufio.NewScanner(stderr)
	for where.URL == "" && log.Scan() {
		_ = json.Unmarshal(log.Bytes(), &where)
	}
	rest := make(chan string, 1)
	go func() { text, _ := io.ReadAll(stderr); rest <- string(text) }()
	get := func(token string) int {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, where.URL+"/v1/drops", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		return answer.StatusCode
	}
	if status := get(made.Token); status != http.StatusOK {
		t.Errorf("a good token: %d", status)
	}
	succeed(t, "tokens", "revoke", made.ID, "--data", data)
	if status := get(made.Token); status != http.StatusUnauthorized {
		t.Errorf("a revoked token: %d", status)
	}
	if text := succeed(t, "tokens", "list", "--data", data).stdout; !strings.Contains(text, "revoked") || strings.Contains(text, "never") || strings.Contains(text, made.Token) {
		t.Error(text)
	}
	stored, err := os.ReadFile(filepath.Join(data, ".studio", "tokens.json"))
	if err != nil || strings.Contains(string(stored), made.Token) {
		t.Errorf("tokens at rest: %v", err)
	}
	if answer, err := http.Get("http://" + where.Metrics + "/metrics"); err != nil || answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("measurements without a token: %v, %v", answer, err)
	}
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- p.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("it ends with %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it does not end")
	}
	if text := <-rest; !strings.Contains(text, `"route":"/v1/drops"`) || strings.Contains(text, made.Token) {
		t.Errorf("the log: %s", text)
	}
	complains(t, "foxes has no drop", "tokens", "new", "--data", data, "--tenant", "foxes", "--scope", "author", "--drop", strings.Repeat("0", 32))
	complains(t, "foxes has no drop", "tokens", "new", "--data", data, "--tenant", "foxes", "--scope", "author", "--drop", "../x")
	complains(t, "is not loopback", "serve", "--data", data, "--http", "0.0.0.0:0", "--keys", keys(t))
	complains(t, "is not loopback", "serve", "--data", data, "--metrics", "0.0.0.0:0", "--keys", keys(t))
	if text := succeed(t, "serve", "--data", data, "--openapi", "--keys", keys(t)).stdout; !strings.Contains(text, `"openapi": "3.1.0"`) {
		t.Error("no OpenAPI file")
	}
}
