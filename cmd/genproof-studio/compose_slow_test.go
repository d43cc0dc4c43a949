//go:build prover_checks

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/genproof/genproof/service/state"
)

// A fleet runs the services of compose.yaml as processes of this machine: each host has a loopback address of
// its own, each path of a container is one below a folder. All else is as the files say.
type fleet struct {
	t    *testing.T
	dir  string
	env  map[string]string
	log  bytes.Buffer
	mu   sync.Mutex
	halt []func()
}

func (f *fleet) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.log.Write(p)
}

// newFleet copies the files, with addresses in the place of names.
func newFleet(t *testing.T) *fleet {
	t.Helper()
	var part [2]byte
	if _, err := rand.Read(part[:]); err != nil {
		t.Fatal(err)
	}
	f := &fleet{t: t, dir: t.TempDir(), env: map[string]string{"NATS_IMAGE": "nats", "STUDIO_IMAGE": "genproof-studio"}}
	for name, mode := range map[string]os.FileMode{"compose.yaml": 0o644, "nats.conf": 0o644, "init.sh": 0o755} {
		text := readDeploy(t, name)
		for n := range 3 {
			text = strings.ReplaceAll(text, fmt.Sprintf("nats-%d", n+1), fmt.Sprintf("127.%d.%d.%d", part[0], part[1], 11+n))
		}
		if err := os.WriteFile(filepath.Join(f.dir, name), []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		for _, stop := range f.halt {
			stop()
		}
	})
	return f
}

// programs puts genproof-studio, which is this test's binary, and a NATS server into a folder.
func (f *fleet) programs() string {
	f.t.Helper()
	bin := f.t.TempDir()
	self, err := os.Executable()
	if err != nil {
		f.t.Fatal(err)
	}
	script := fmt.Sprintf("#!/bin/sh\n%s=1 exec %q \"$@\"\n", asProgram, self)
	if err := os.WriteFile(filepath.Join(bin, "genproof-studio"), []byte(script), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", filepath.Join(bin, "nats"), "github.com/nats-io/nats-server/v2").CombinedOutput(); err != nil {
		f.t.Fatalf("%v: %s", err, out)
	}
	return bin
}

var variable = regexp.MustCompile(`\$\{([A-Z_]+)(:\?[^}]*)?\}`)

// filled puts variables' values in, as compose does.
func (f *fleet) filled(text string) string {
	return variable.ReplaceAllStringFunc(text, func(v string) string {
		name := variable.FindStringSubmatch(v)[1]
		if f.env[name] == "" {
			f.t.Errorf("%s is not set", name)
		}
		return f.env[name]
	})
}

// mounted puts the folders of this machine in the place of a service's.
func (f *fleet) mounted(s *composed, text string) string {
	text = strings.ReplaceAll(text, "/run/secrets/", filepath.Join(f.dir, "secrets")+"/")
	for _, v := range s.Volumes {
		parts := strings.Split(v, ":")
		text = regexp.MustCompile(`(^|[=" ])`+regexp.QuoteMeta(parts[1])+`\b`).ReplaceAllString(text, "${1}"+filepath.Join(f.dir, parts[0]))
	}
	return text
}

// start runs a service and starts it again whenever it ends by itself, as its restart says.
func (f *fleet) start(name, bin string, s *composed) (stop func()) {
	f.t.Helper()
	args := []string{}
	for _, arg := range s.Command {
		args = append(args, f.mounted(s, f.filled(arg)))
	}
	env := append(os.Environ(), "HOME="+f.t.TempDir())
	for k, v := range s.Environment {
		env = append(env, k+"="+strings.Replace(v, "0.0.0.0", name, 1))
	}
	if strings.HasPrefix(name, "127.") { // a node: paths stand in its file
		conf, err := os.ReadFile(filepath.Join(f.dir, "nats.conf"))
		if err != nil {
			f.t.Fatal(err)
		}
		own := filepath.Join(f.dir, name+".conf")
		if err := os.WriteFile(own, []byte(f.mounted(s, string(conf))), 0o600); err != nil {
			f.t.Fatal(err)
		}
		args[len(args)-1] = own
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			c := exec.CommandContext(ctx, filepath.Join(bin, f.filled(s.Image)), args...)
			c.Env, c.Stdout, c.Stderr, c.WaitDelay = env, f, f, 10*time.Second
			c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
			_ = c.Run() // what it says is in the log
			select {
			case <-ctx.Done():
			case <-time.After(500 * time.Millisecond):
			}
		}
	}()
	stop = sync.OnceFunc(func() { cancel(); <-ended })
	f.halt = append(f.halt, stop)
	return stop
}

// The compose file's services, as processes: three nodes with TLS and keys, a server with a vault, two workers.
// A deck is proven by both workers, while a node goes.
func TestSlowCompose_RunsAsProcesses(t *testing.T) {
	f := newFleet(t)
	bin := f.programs()
	setup := exec.Command("sh", "init.sh", "127.0.0.1")
	setup.Dir, setup.Env = f.dir, append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	if out, err := setup.CombinedOutput(); err != nil {
		t.Fatalf("init.sh: %v: %s", err, out)
	}
	f.readEnv()
	if err := os.Remove(filepath.Join(f.dir, "keys")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(keys(t), filepath.Join(f.dir, "keys")); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(f.dir, "compose.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	address := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	composed := parseCompose(t, strings.NewReplacer("--http=0.0.0.0:8480", "--http="+address, "--metrics=0.0.0.0:8481", "--metrics=127.0.0.1:0").Replace(string(text)))
	stops := map[string]func(){}
	for name, s := range composed.Services {
		stops[name] = f.start(name, bin, s)
	}
	token := decode[map[string]any](t, succeed(t, "tokens", "new", "--data", filepath.Join(f.dir, "data"), "--tenant", "foxes", "--scope", "author", "--json"))["token"].(string)
	s := &server{t: t, url: "https://" + address, token: token, client: f.client()}
	for end := time.Now().Add(2 * time.Minute); !s.ready(); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the server does not become ready: %s", f.said())
		}
	}
	id := s.collectionOf("CANARY-licence", 64)
	s.ask(202, "POST", "/v1/drops/"+id+"/proofs", `{}`)
	time.Sleep(3 * time.Second)
	for name, stop := range stops {
		if strings.HasPrefix(name, "127.") {
			stop() // one of three
			break
		}
	}
	var last struct {
		Status      string
		Done, Total int
	}
	for end := time.Now().Add(5 * time.Minute); last.Status != "done"; time.Sleep(time.Second) {
		if err := json.Unmarshal([]byte(s.ask(200, "GET", "/v1/drops/"+id, "")), &last); err != nil || time.Now().After(end) {
			t.Fatalf("%+v, %v: %s", last, err, f.said())
		}
	}
	holds(t, filepath.Join(f.dir, "data", "drops", id, "out"), 64)
	folder, err := state.Open(filepath.Join(f.dir, "data", ".studio"))
	if err != nil {
		t.Fatal(err)
	}
	workers, err := workersOf(folder)
	if err != nil || len(workers) != 2 || workers[0].Proven == 0 || workers[1].Proven == 0 {
		t.Errorf("%+v, %v", workers, err)
	}
	if text := f.said(); strings.Contains(text, "CANARY") || strings.Contains(text, token) {
		t.Error("a log holds what is hidden")
	}
}

func (f *fleet) said() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	text := f.log.String()
	return text[max(0, len(text)-8000):]
}

// readEnv reads .env.
func (f *fleet) readEnv() {
	f.t.Helper()
	data, err := os.ReadFile(filepath.Join(f.dir, ".env"))
	if err != nil {
		f.t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			f.env[name] = value
		}
	}
	if len(f.env["COORDINATOR"]) != 64 {
		f.t.Fatalf(".env is %s", data)
	}
}

// client trusts the authority that init.sh made, and no other.
func (f *fleet) client() *http.Client {
	f.t.Helper()
	text, err := os.ReadFile(filepath.Join(f.dir, "secrets", "ca.pem"))
	if err != nil {
		f.t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}, Timeout: time.Minute}
}

func (s *server) ready() bool {
	answer, err := s.client.Get(s.url + "/v1/ready")
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode == http.StatusOK
}

// freePort is one that nobody listens at.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
