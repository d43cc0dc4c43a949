package web_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/coordinator"
	"github.com/genproof/genproof/service/queue"
	"github.com/genproof/genproof/service/state"
	"github.com/genproof/genproof/service/vault"
	"github.com/genproof/genproof/service/web"
	"github.com/genproof/genproof/service/worker"
	"github.com/genproof/genproof/setup"
)

// Keys take seconds to make: the tests share one store.
var sharedKeys string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "genproof-test-web-")
	if err != nil {
		panic(err)
	}
	sharedKeys = filepath.Join(dir, "keys")
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// A locked buffer takes what several write.
type locked struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// A rig is a server with tokens.
type rig struct {
	t      *testing.T
	dir    string
	studio *service.Studio
	web    *web.Server
	http   *httptest.Server
	log    *locked
	tokens map[string]string
	again  func() // starts the server anew, on the same folder

	patience web.Patience // of the next server
}

func newRig(t *testing.T, rate int) *rig {
	t.Helper()
	return newRigWith(t, rate, nil)
}

func newRigWith(t *testing.T, rate int, v *vault.Vault) *rig {
	t.Helper()
	r := &rig{t: t, dir: t.TempDir(), log: &locked{}, tokens: map[string]string{}}
	track := web.NewTracker()
	var err error
	r.studio, err = service.Open(t.Context(), service.Options{Dir: filepath.Join(r.dir, "studio"), Coordinator: coordinator.Options{
		Queue: queue.Options{AckWait: 3 * time.Second}, Schedule: 500 * time.Millisecond, Log: zerolog.New(r.log), Progress: track.Set,
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.studio.Close)
	store, err := setup.OpenStore(sharedKeys)
	if err != nil {
		t.Fatal(err)
	}
	serve := func() {
		r.web, err = web.New(t.Context(), web.Options{
			Dir: filepath.Join(r.dir, "drops"), Studio: r.studio, Store: store, Hosts: []string{"127.0.0.1"}, Track: track, Log: zerolog.New(r.log), Rate: rate, Quota: 64 << 20, Vault: v, Patience: r.patience,
		})
		if err != nil {
			t.Fatal(err)
		}
		r.http = httptest.NewServer(r.web.Handler())
	}
	serve()
	stop := func() { r.http.Close(); r.web.Close() }
	r.again = func() { stop(); serve() }
	t.Cleanup(func() { stop() })
	for _, tenant := range []string{"ours", "theirs"} {
		for _, scope := range state.Scopes() {
			r.token(tenant+" "+string(scope), tenant, scope)
		}
	}
	return r
}

func (r *rig) token(name, tenant string, scope state.Scope) state.Token {
	r.t.Helper()
	return r.tokenOf(name, state.Grant{Tenant: tenant, Scope: scope})
}

// tokenOf makes a token that is good for an hour.
func (r *rig) tokenOf(name string, g state.Grant) state.Token {
	r.t.Helper()
	g.Label, g.Lifetime = name, time.Hour
	secret, token, err := r.studio.State.NewToken(context.Background(), g)
	if err != nil {
		r.t.Fatal(err)
	}
	r.tokens[name] = secret
	return token
}

// A reply is an answer that was read.
type reply struct {
	status int
	header http.Header
	body   string
}

func (r *rig) do(name, method, path, body string, header map[string]string) reply {
	r.t.Helper()
	request, err := http.NewRequestWithContext(r.t.Context(), method, r.http.URL+path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	if secret := r.tokens[name]; secret != "" {
		request.Header.Set("Authorization", "Bearer "+secret)
	}
	if strings.HasPrefix(body, "{") {
		request.Header.Set("Content-Type", "application/json")
	}
	for k, v := range header {
		if k == "Host" {
			request.Host = v
		}
		request.Header.Set(k, v)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, string(text)}
}

func (r *rig) expect(status int, name, method, path, body string, header map[string]string) reply {
	r.t.Helper()
	got := r.do(name, method, path, body, header)
	if got.status != status {
		r.t.Fatalf("%s %s %s: status %d, want %d: %s", name, method, path, got.status, status, got.body)
	}
	return got
}

// begin makes a drop of our author and returns its id.
func (r *rig) begin() string {
	r.t.Helper()
	var v struct{ ID string }
	if err := json.Unmarshal([]byte(r.expect(201, "ours author", "POST", "/v1/drops", `{"name": "Foxes"}`, nil).body), &v); err != nil || len(v.ID) != 32 {
		r.t.Fatal(v, err)
	}
	return v.ID
}

func (r *rig) upload(id, name, data string) {
	r.t.Helper()
	digest := sha256.Sum256([]byte(data))
	r.expect(204, "ours author", "PUT", "/v1/drops/"+id+"/source/"+name, data, map[string]string{"Content-SHA256": hex.EncodeToString(digest[:]), "Content-Type": "application/octet-stream"})
}

// measurements are what the listener for them says.
func (r *rig) measurements(name string, status int) string {
	r.t.Helper()
	request := httptest.NewRequestWithContext(r.t.Context(), http.MethodGet, "http://127.0.0.1/metrics", nil)
	if secret := r.tokens[name]; secret != "" {
		request.Header.Set("Authorization", "Bearer "+secret)
	}
	w := httptest.NewRecorder()
	r.web.Metrics().ServeHTTP(w, request)
	if w.Code != status {
		r.t.Fatalf("measurements for %s: status %d, want %d: %s", name, w.Code, status, w.Body)
	}
	return w.Body.String()
}

// prover gives the rig a worker with keys.
func (r *rig) prover() {
	r.t.Helper()
	store, err := setup.OpenStore(sharedKeys)
	if err != nil {
		r.t.Fatal(err)
	}
	circuit, err := store.Circuit(r.t.Context(), statement.CircuitID{Binding: statement.Deck, Size: statement.DeckSmall}, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := store.Groth16Keys(r.t.Context(), circuit, nil); err != nil {
		r.t.Fatal(err)
	}
	if err := r.studio.WorkWith(1, func() (worker.Keys, error) { return &worker.Stored{Store: store}, nil }); err != nil {
		r.t.Fatal(err)
	}
}
