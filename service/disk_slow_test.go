//go:build prover_checks && linux

package service_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/state"
)

// smallDisk is a disk of so many MiB.
func smallDisk(t *testing.T, mib string) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("NOT TRIED: a full disk. Only root can mount one")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+mib+"m"); err != nil {
		t.Skipf("NOT TRIED: a full disk. None can be mounted: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill leaves no room on a disk until what it returns is removed.
func fill(t *testing.T, dir string) (ballast string) {
	t.Helper()
	ballast = filepath.Join(dir, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, block := range [][]byte{make([]byte, 1<<20), make([]byte, 1<<12), make([]byte, 1)} {
		for err = nil; err == nil; _, err = f.Write(block) {
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
	}
	return ballast
}

// The disk that the studio's folder, the queue and the proofs are on is full for a while. Nothing that
// was proven is lost, nothing half-written is left, and the rest is proven once there is room.
func TestSlowStudio_OutlivesAFullDisk(t *testing.T) {
	disk := smallDisk(t, "192")
	d := newDeck(t, 12)
	s := open(t, service.Options{Dir: filepath.Join(disk, "studio"), Listen: "127.0.0.1:0", Coordinator: quick()})
	defer s.Close()
	work := job(t, d)
	work.Out = filepath.Join(disk, "out")
	id, err := s.IDOf()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { _, err := s.Prove(t.Context(), id, work); done <- err }()
	for range 2 {
		remote(t, s, enrolled(t, s), t.TempDir())
	}
	await := func(what string, there func() bool) {
		t.Helper()
		for deadline := time.Now().Add(3 * time.Minute); !there(); {
			select {
			case err := <-done:
				t.Fatalf("%s: %v", what, err)
			case <-time.After(20 * time.Millisecond):
			}
			if time.Now().After(deadline) {
				t.Fatal(what)
			}
		}
	}
	await("nothing is proven", func() bool { return batchesIn(t, work.Out) >= 3 })
	ballast := fill(t, disk)
	loseQueue(t, s) // it has to be made again, where there is no room
	time.Sleep(5 * time.Second)
	before := batchesIn(t, work.Out)
	if before == 12 {
		t.Fatal("all was proven before the disk was full")
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of 12 batches when the disk was full", before)
	holds(t, work.Out, 48)
	if n := events(t, s); n[state.Proven] > 12 || n[state.Bad] != 0 {
		t.Errorf("the journal: %v", n)
	}
}
