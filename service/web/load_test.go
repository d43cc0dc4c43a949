package web_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A load is so many requests by so many clients, one after the other by each, on this machine alone.
type load struct {
	clients, requests int
}

// A request of a load: what is asked, by whom, and what has to come.
type asked struct {
	who, method, path, body string
	status                  int
	read                    bool // it is counted among reads
}

// mix are the requests of a load, in turn: mostly reads, some changes, some that have to be refused.
func mix(id string) []asked {
	drop := "/v1/drops/" + id
	reads := []string{"/v1/drops", drop, drop + "/cards?count=24", drop + "/approvals", drop + "/log", drop + "/cost", "/v1/me", drop + "/publication"}
	var list []asked
	for i, path := range reads {
		list = append(list, asked{"ours curator", "GET", path, "", 200, true}, asked{"ours author", "GET", reads[(i+3)%len(reads)], "", 200, true})
	}
	return append(list,
		asked{"nobody", "GET", "/v1/health", "", 200, true}, asked{"ours author", "GET", drop + "/source", "", 200, true},
		asked{"ours author", "PUT", drop + "/policy", `{"policy": "true"}`, 204, false}, asked{"ours curator", "GET", drop + "/cards/1/thumbnail", "", 200, false},
		asked{"nobody", "GET", "/v1/drops", "", 401, false}, asked{"theirs author", "GET", drop, "", 404, false}, asked{"ours auditor", "POST", drop + "/proofs", "{}", 403, false},
		asked{"ours author", "GET", drop + "/car", "", 409, false},
	)
}

// run makes the requests, and returns how long reads took, the shortest first. Every answer but the one that
// was asked for is an error.
func (l load) run(t *testing.T, r *rig, list []asked) (reads []time.Duration) {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: l.clients, MaxConnsPerHost: l.clients}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 30 * time.Second}
	var next, wrong, opened atomic.Int64
	var mu sync.Mutex
	var all sync.WaitGroup
	for range l.clients {
		all.Go(func() {
			var own []time.Duration
			for n := next.Add(1); n <= int64(l.requests) && wrong.Load() < 10; n = next.Add(1) {
				a := list[int(n)%len(list)]
				took, status, err := one(client, r, a, &opened)
				if err != nil || status != a.status {
					wrong.Add(1)
					t.Errorf("%s %s by %s: status %d, want %d, %v", a.method, a.path, a.who, status, a.status, err)
				}
				if a.read {
					own = append(own, took)
				}
			}
			mu.Lock()
			defer mu.Unlock()
			reads = append(reads, own...)
		})
	}
	all.Wait()
	if n := opened.Load(); n > int64(2*l.clients) {
		t.Errorf("%d connections for %d clients", n, l.clients)
	}
	slices.Sort(reads)
	return reads
}

func one(client *http.Client, r *rig, a asked, opened *atomic.Int64) (time.Duration, int, error) {
	request, err := http.NewRequest(a.method, r.http.URL+a.path, strings.NewReader(a.body))
	if err != nil {
		return 0, 0, err
	}
	if !strings.HasPrefix(request.URL.Host, "127.0.0.1:") {
		return 0, 0, fmt.Errorf("%s is not this machine", request.URL.Host)
	}
	request = request.WithContext(httptrace.WithClientTrace(request.Context(), &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) {
		if !i.Reused {
			opened.Add(1)
		}
	}}))
	if secret := r.tokens[a.who]; secret != "" {
		request.Header.Set("Authorization", "Bearer "+secret)
	}
	if a.body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	start := time.Now()
	answer, err := client.Do(request)
	if err != nil {
		return 0, 0, err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return time.Since(start), answer.StatusCode, err
}

// at is a quantile of sorted times.
func at(times []time.Duration, q float64) time.Duration {
	return times[min(len(times)-1, int(q*float64(len(times))))].Round(100 * time.Microsecond)
}

// Ten clients are answered as they should, each request with its own answer.
func TestLoad_HasNoErrors(t *testing.T) {
	r := newRig(t, 1_000_000)
	id := r.imported(24, "rule")
	reads := load{10, 600}.run(t, r, mix(id))
	t.Logf("reads: median %s, p99 %s", at(reads, 0.5), at(reads, 0.99))
	if got := at(reads, 0.99); got > time.Second { // how fast it is, just slow tells
		t.Errorf("the slowest reads take %s", got)
	}
}
