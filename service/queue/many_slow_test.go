//go:build prover_checks && linux

package queue_test

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/service/message"
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

// tokenJob is one of a drawn drop's, as a coordinator signs it.
func tokenJob(t *testing.T, r *rig, id uint64) queue.Job {
	t.Helper()
	j := message.Job{Work: message.Work{
		Drop: message.DropID{1}, Model: fr.NewElement(2), Policy: fr.NewElement(3), Token: id,
		Inputs: sha256.Sum256(binary.BigEndian.AppendUint64(nil, id)), Circuit: "cid/standard", System: [32]byte{4}, Key: [32]byte{5},
	}, Proving: message.File{Size: 1 << 27, SHA256: [32]byte{6}}, Verifying: message.File{Size: 1 << 10, SHA256: [32]byte{7}}, Expires: uint64(time.Now().Add(time.Hour).Unix())}
	data, err := j.Sign(r.coordinator)
	if err != nil {
		t.Fatal(err)
	}
	return queue.Job{ID: j.Work.ID(), Data: data}
}

// A hundred thousand tokens of a drawn drop are queued, listed, and some of them taken, each before the one
// before it is done, in bounded memory: server, coordinator and worker in one process.
func TestLongQueue_HoldsManyJobs(t *testing.T) {
	r := newRig(t, queue.Options{})
	start := time.Now()
	places := map[message.JobID]int{} // as a coordinator has them
	for first := 0; first < manyJobs; first += 1000 {
		var list []queue.Job
		for i := first; i < first+1000; i++ {
			list = append(list, tokenJob(t, r, uint64(i)))
			places[list[len(list)-1].ID] = i
		}
		if err := r.queue.Put(t.Context(), list); err != nil {
			t.Fatal(err)
		}
	}
	filled := time.Since(start)
	start = time.Now()
	there, err := r.queue.Queued(t.Context())
	if err != nil || len(there) != manyJobs || len(places) != manyJobs {
		t.Fatalf("%d jobs are queued, %d were, %v", len(there), len(places), err)
	}
	listed := time.Since(start)
	taker := r.take(t)
	public := message.PublicKey(r.coordinator.Public().(ed25519.PublicKey))
	var before *queue.Delivery
	for range 2000 {
		d := next(t, taker)
		j, err := message.OpenJob(public, d.Data, time.Now())
		if err != nil || !j.Work.IsToken() || !there[j.Work.ID()] {
			t.Fatalf("a job is another one: %v", err)
		}
		if before != nil {
			if err := before.Done(); err != nil {
				t.Fatal(err)
			}
		}
		before = d
	}
	now, most := memory(t, "VmRSS"), memory(t, "VmHWM")
	t.Logf("%d bytes a job; queued in %.1f s, listed in %.2f s; %d MiB of memory, at most %d", len(before.Data), filled.Seconds(), listed.Seconds(), now>>10, most>>10)
	if most > maxMemory {
		t.Errorf("%d KiB of memory, at most %d", most, maxMemory)
	}
}
