package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/service/web"
)

// slow is a server that waits for nobody for long, and where it is.
func slow(t *testing.T, r *rig) string {
	t.Helper()
	p := web.Patience{Header: time.Second, File: 2 * time.Second, Idle: time.Second, Write: time.Second}
	r.patience = p
	r.again()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- r.web.Serve(t.Context(), func(h *http.Server) error { return h.Serve(p.Listen(l)) }) }()
	t.Cleanup(func() { l.Close(); <-ended })
	return l.Addr().String()
}

// drip sends a text, and then a byte now and then until the server has enough. It returns what the server said,
// and how long it took.
func drip(t *testing.T, at, text, more string) (said string, took time.Duration) {
	t.Helper()
	c, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	start := time.Now()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	answer := make(chan string, 1)
	go func() { data, _ := io.ReadAll(c); answer <- string(data) }()
	for tick := time.NewTicker(100 * time.Millisecond); ; {
		select {
		case said := <-answer:
			tick.Stop()
			return said, time.Since(start)
		case <-tick.C:
			_, _ = io.WriteString(c, more) // the server may have closed it
		}
		if time.Since(start) > 30*time.Second {
			t.Fatalf("the server still waits for %q", text)
		}
	}
}

// A client that sends a byte now and then is not waited for, wherever it is in its request, and meanwhile others
// are answered.
func TestServer_WaitsForNobodyForLong(t *testing.T) {
	r := newRig(t, 100_000)
	id := r.begin()
	at := slow(t, r)
	head := func(method, path, more string) string {
		return fmt.Sprintf("%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%s", method, path, at, r.tokens["ours author"], more)
	}
	const json = "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
	for name, tc := range map[string]struct {
		text, more string
		least      time.Duration
		most       time.Duration
		says       string
	}{
		"a header without an end":    {head("GET", "/v1/drops", "X-A: "), "b", 0, 6 * time.Second, ""},
		"a body of JSON":             {head("POST", "/v1/drops", json), " ", 0, 20 * time.Second, "HTTP/1.1 4"},
		"a file":                     {head("PUT", "/v1/drops/"+id+"/source/0.json", "Content-SHA256: "+strings.Repeat("0", 64)+"\r\nContent-Length: 1000\r\n\r\n{"), " ", time.Second, 20 * time.Second, "HTTP/1.1 408"},
		"nothing":                    {"", "", 0, 6 * time.Second, ""},
		"nothing behind an answer":   {head("GET", "/v1/drops", "\r\n"), "", 0, 10 * time.Second, "HTTP/1.1 200"},
		"a body without permission":  {strings.Replace(head("POST", "/v1/drops", json), "Bearer gpr_", "Bearer gpx_", 1), " ", 0, 20 * time.Second, "HTTP/1.1 401"},
		"chunks that are never done": {head("POST", "/v1/drops", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"), "1\r\n \r\n", 0, 20 * time.Second, "HTTP/1.1 4"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			said, took := drip(t, at, tc.text, tc.more)
			if !strings.HasPrefix(said, tc.says) || took < tc.least || took > tc.most {
				t.Errorf("after %s: %.200q", took, said)
			}
		})
	}
	t.Run("others", func(t *testing.T) {
		t.Parallel()
		for range 300 { // and go on holding them
			c, err := net.Dial("tcp", at)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			fmt.Fprint(c, head("GET", "/v1/drops", "X-A: "))
		}
		start := time.Now()
		answer, err := http.Get("http://" + at + "/v1/health")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if took := time.Since(start); answer.StatusCode != 200 || took > 5*time.Second {
			t.Errorf("%s after %s", answer.Status, took)
		}
	})
}

// A client that takes nothing of an answer is let go; one that takes it in small parts gets all of it.
func TestPatience_EndsAnswersThatNobodyTakes(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone, part := make(chan error, 1), make([]byte, 1<<20)
	h := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var err error
		for n := 0; n < 64 && err == nil; n++ {
			_, err = w.Write(part)
		}
		if r.URL.Path == "/gone" {
			gone <- err
		}
	})}
	go h.Serve(web.Patience{Write: time.Second}.Listen(inner))
	defer h.Close()
	c, err := net.Dial("tcp", inner.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "GET /gone HTTP/1.1\r\nHost: x\r\n\r\n")
	if _, err := bufio.NewReaderSize(c, 16).ReadByte(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-gone:
		if err == nil {
			t.Error("64 MB were written to nobody")
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it waits for ever")
	}
	answer, err := http.Get("http://" + inner.Addr().String() + "/all")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	for n, start := 0, time.Now(); n < 64<<20; {
		m, err := io.ReadFull(answer.Body, part[:min(len(part), 64<<20-n)])
		if n += m; err != nil {
			t.Fatalf("after %d bytes and %s: %v", n, time.Since(start), err)
		}
		time.Sleep(40 * time.Millisecond) // 2.5 s altogether, which is more than one patience
	}
}
