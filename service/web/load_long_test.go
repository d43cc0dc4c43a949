//go:build prover_checks

package web_test

import (
	"os"
	"strings"
	"testing"
	"time"
)

// Fifty clients make ten thousand requests: no answer but those asked for, and reads within 50 ms but for one
// in a hundred. The same while a deck is proven on the same two cores is reported.
func TestLongLoad_FiftyClients(t *testing.T) {
	r := newRig(t, 10_000_000)
	id := r.imported(24, "rule")
	whole := load{50, 10_000}
	start := time.Now()
	reads := whole.run(t, r, mix(id))
	average, _ := os.ReadFile("/proc/loadavg")
	t.Logf("without proving: %d requests in %s; reads: median %s, p99 %s, p99.9 %s; load %s", whole.requests, time.Since(start).Round(time.Millisecond), at(reads, 0.5), at(reads, 0.99), at(reads, 0.999), strings.TrimSpace(string(average)))
	if got := at(reads, 0.99); got > 50*time.Millisecond {
		t.Errorf("p99 of reads is %s, want at most 50 ms", got)
	}
	r.prover()
	busy := r.imported(160, "rule")
	r.expect(202, "ours author", "POST", "/v1/drops/"+busy+"/proofs", `{}`, nil)
	start = time.Now()
	reads = whole.run(t, r, mix(id))
	v := r.expect(200, "ours author", "GET", "/v1/drops/"+busy, "", nil).body
	t.Logf("while proving: %d requests in %s; reads: median %s, p99 %s, p99.9 %s; the drop: %s", whole.requests, time.Since(start).Round(time.Millisecond), at(reads, 0.5), at(reads, 0.99), at(reads, 0.999), strings.TrimSpace(v))
	if !strings.Contains(v, `"status":"proving"`) {
		t.Error("nothing was being proven any more: the second figures are not what they say")
	}
}
