package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func sumOf(data string) string {
	sum := sha256.Sum256([]byte(data))
	return hex.EncodeToString(sum[:])
}

// What was uploaded is listed by its digest, by a server that was started anew too, so that a client that was
// cut off sends what is missing; half a file is none.
func TestUpload_GoesOn(t *testing.T) {
	r := newRig(t, 100_000)
	id := r.begin()
	r.upload(id, "0.json", `{"a": 1}`)
	r.upload(id, "1.json", `{"a": 2}`)
	r.upload(id, "1.json", `{"a": 3}`)
	// a client goes away in the middle of a file
	request, err := http.NewRequestWithContext(t.Context(), "PUT", r.http.URL+"/v1/drops/"+id+"/source/2.json", io.MultiReader(strings.NewReader(`{"a": `), failing{}))
	if err != nil {
		t.Fatal(err)
	}
	request.ContentLength = 100
	request.Header.Set("Authorization", "Bearer "+r.tokens["ours author"])
	request.Header.Set("Content-SHA256", strings.Repeat("0", 64))
	if answer, err := http.DefaultClient.Do(request); err == nil {
		answer.Body.Close()
	}
	want := `{"name":"0.json","size":8,"sha256":"` + sumOf(`{"a": 1}`) + `"},{"name":"1.json","size":8,"sha256":"` + sumOf(`{"a": 3}`) + `"}]`
	for range 2 {
		for end := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			got := r.expect(200, "ours author", "GET", "/v1/drops/"+id+"/source", "", nil).body
			if strings.Contains(got, want) {
				break
			}
			if time.Now().After(end) {
				t.Fatalf("%s, want %s", got, want)
			}
		}
		left := filepath.Join(r.dir, "drops", id, "source", ".genproof-123.tmp")
		if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		r.again()
		r.expect(200, "ours author", "GET", "/v1/drops/"+id+"/source", "", nil)
		if _, err := os.Lstat(left); err == nil {
			t.Error("half a file is still there")
		}
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// Files have bounds, by what the header says before anything is read, and by what comes.
func TestUpload_HasBounds(t *testing.T) {
	r := newRig(t, 100_000)
	id := r.begin()
	put := func(name string, length int64, body io.Reader, sum string) int {
		request, err := http.NewRequestWithContext(t.Context(), "PUT", r.http.URL+"/v1/drops/"+id+"/source/"+name, body)
		if err != nil {
			t.Fatal(err)
		}
		request.ContentLength = length
		request.Header.Set("Authorization", "Bearer "+r.tokens["ours author"])
		request.Header.Set("Content-SHA256", sum)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			return 0
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	large := bytes.Repeat([]byte("x"), 20<<20)
	if got := put("0.png", int64(len(large)), bytes.NewReader(large), sumOf(string(large))); got != 204 {
		t.Errorf("20 MiB: %d", got)
	}
	if got := put("1.png", 20<<20+1, bytes.NewReader(append(large, 'x')), sumOf("x")); got != 413 && got != 0 {
		t.Errorf("more: %d", got)
	}
	if got := put("2.png", -1, io.MultiReader(strings.NewReader("x")), sumOf("x")); got != 411 && got != 422 {
		t.Errorf("no length: %d", got)
	}
	// the tenant's quota is 64 MiB in tests: three of these have no room together
	var mu sync.Mutex
	statuses := map[int]int{}
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			got := put(string(rune('3'+i))+".png", int64(len(large)), bytes.NewReader(large), sumOf(string(large)))
			mu.Lock()
			defer mu.Unlock()
			statuses[got]++
		})
	}
	all.Wait()
	if statuses[204] != 2 {
		t.Errorf("four files where two have room: %v", statuses)
	}
}

// An idempotency key is good for a server that was started anew, and for one that died before it answered.
func TestKeys_OutliveTheServer(t *testing.T) {
	r := newRig(t, 10_000)
	key := map[string]string{"Idempotency-Key": "k"}
	first := r.expect(201, "ours author", "POST", "/v1/drops", `{"name": "a"}`, key)
	r.again()
	if got := r.expect(201, "ours author", "POST", "/v1/drops", `{"name": "a"}`, key); got.body != first.body {
		t.Errorf("%s, %s", first.body, got.body)
	}
	r.expect(422, "ours author", "POST", "/v1/drops", `{"name": "b"}`, key)
	// as a server leaves it that died between making the drop and noting the answer
	answers, err := filepath.Glob(filepath.Join(r.dir, "drops", "answers", "*"))
	if err != nil || len(answers) != 1 {
		t.Fatal(answers, err)
	}
	data, err := os.ReadFile(answers[0])
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(data), `,"answer"`)
	if err := os.WriteFile(answers[0], []byte(before+"}"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.again()
	if got := r.expect(201, "ours author", "POST", "/v1/drops", `{"name": "a"}`, key); got.body != first.body {
		t.Errorf("%s, %s", first.body, got.body)
	}
	if list := r.expect(200, "ours author", "GET", "/v1/drops", "", nil).body; strings.Count(list, `"id"`) != 1 {
		t.Errorf("more than one drop: %s", list)
	}
}

// Measurements are for auditors, on a listener of their own, and their labels come from closed lists: more
// drops, routes and failures make no more lines.
func TestMetrics_AreClosed(t *testing.T) {
	r := newRig(t, 100_000)
	r.measurements("nobody", 401)
	r.measurements("ours author", 403)
	for _, path := range []string{"/metrics", "/v1/metrics"} {
		r.expect(404, "ours auditor", "GET", path, "", nil)
	}
	once := func() {
		id := r.begin()
		r.do("ours author", "GET", "/v1/drops/"+id, "", nil)
		r.do("ours author", "GET", "/"+id, "", nil)
		r.do("ours author", "BREW", "/v1/drops/"+id, "", nil)
		r.do("ours author", "POST", "/v1/drops/"+id+"/import", `{"home": "none"}`, nil)
	}
	once()
	lines := strings.Count(r.measurements("ours auditor", 200), "\n")
	for range 30 {
		once()
	}
	got := r.measurements("ours auditor", 200)
	if n := strings.Count(got, "\n"); n != lines {
		t.Errorf("%d lines of measurements, then %d", lines, n)
	}
	for _, want := range []string{"genproof_queue_depth 0", "genproof_proofs_per_minute 0", "genproof_prove_seconds_count 0", `genproof_failures_total{kind="refused"} 31`, `genproof_failures_total{kind="bad proof"} 0`, `genproof_cards_cleared_total{by="people"} 0`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}
