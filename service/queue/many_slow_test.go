//go:build prover_checks && linux

package queue_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/service/queue"
)

const (
	manyJobs  = 100_000
	maxMemory = 256 << 10 // KiB
)

// memory reads a line of what Linux knows of this process, in KiB.
func memory(t *testing.T, name string) (kib int) {
	t.Helper()
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		if value, ok := strings.CutPrefix(lines.Text(), name+":"); ok {
			if _, err := fmt.Sscan(value, &kib); err != nil {
				t.Fatal(err)
			}
			return kib
		}
	}
	t.Fatalf("no %s", name)
	return 0
}

// A hundred thousand jobs are queued, listed, and some of them taken, in bounded memory: server,
// coordinator and worker in one process.
func TestLongQueue_HoldsManyJobs(t *testing.T) {
	r := newRig(t, queue.Options{})
	start := time.Now()
	for first := 0; first < manyJobs; first += 1000 {
		var list []queue.Job
		for i := first; i < first+1000; i++ {
			list = append(list, queue.Job{ID: sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(i))), Data: bytes.Repeat([]byte{byte(i)}, 1100)})
		}
		if err := r.queue.Put(t.Context(), list); err != nil {
			t.Fatal(err)
		}
	}
	filled := time.Since(start)
	start = time.Now()
	if n := queued(t, r.queue); n != manyJobs {
		t.Fatalf("%d jobs are queued", n)
	}
	listed := time.Since(start)
	taker := r.take(t)
	for range 200 {
		if err := next(t, taker).Done(); err != nil {
			t.Fatal(err)
		}
	}
	now, most := memory(t, "VmRSS"), memory(t, "VmHWM")
	t.Logf("queued in %.1f s, listed in %.2f s; %d MiB of memory, at most %d", filled.Seconds(), listed.Seconds(), now>>10, most>>10)
	if most > maxMemory {
		t.Errorf("%d KiB of memory, at most %d", most, maxMemory)
	}
}
