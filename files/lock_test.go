package files_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/files"
)

func TestTryLock_NamesItsHolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	lock, err := files.TryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = files.TryLock(path)
	if !errors.Is(err, files.ErrBusy) || !strings.Contains(err.Error(), fmt.Sprintf("process %d since ", os.Getpid())) {
		t.Errorf("held: %v", err)
	}
	if err := os.WriteFile(path, []byte("\x1b[31mevil"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := files.TryLock(path); !errors.Is(err, files.ErrBusy) || strings.Contains(err.Error(), "evil") {
		t.Errorf("a holder's line that no holder wrote: %v", err)
	}
	if err := os.WriteFile(path, []byte("process 1 since then\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	lock.Unlock()
	if left, err := os.ReadFile(path); err != nil || len(left) != 0 {
		t.Errorf("a released lock still says %q, %v", left, err)
	}
	again, err := files.TryLock(path)
	if err != nil {
		t.Fatalf("released: %v", err)
	}
	again.Unlock()
}

// A lock file that leads elsewhere must not be written to.
func TestTryLock_FollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	mine, path := filepath.Join(dir, "mine"), filepath.Join(dir, "lock")
	put(t, mine, "precious")
	if err := os.Symlink("mine", path); err != nil {
		t.Fatal(err)
	}
	if _, err := files.TryLock(path); !errors.Is(err, files.ErrNotRegular) {
		t.Errorf("a link: %v", err)
	}
	if data, err := os.ReadFile(mine); err != nil || string(data) != "precious" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestWaitLock_SharesAndExcludes(t *testing.T) {
	path, ctx := filepath.Join(t.TempDir(), "lock"), context.Background()
	if lock, err := files.WaitLock(ctx, path, false, nil); lock != nil || err != nil {
		t.Errorf("shared, of no file: %v, %v", lock, err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a shared lock makes the file")
	}
	writer, err := files.WaitLock(ctx, path, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	waited := 0
	soon, cancel := context.WithTimeout(ctx, 250*time.Millisecond)
	defer cancel()
	if _, err := files.WaitLock(soon, path, false, func() { waited++ }); !errors.Is(err, context.DeadlineExceeded) || waited != 1 {
		t.Errorf("shared beside exclusive: %v, told %d times", err, waited)
	}
	writer.Unlock()
	first, err := files.WaitLock(ctx, path, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := files.WaitLock(ctx, path, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := files.TryLock(path); !errors.Is(err, files.ErrBusy) {
		t.Errorf("exclusive beside shared: %v", err)
	}
	first.Unlock()
	second.Unlock()
	last, err := files.TryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	last.Unlock()
}
