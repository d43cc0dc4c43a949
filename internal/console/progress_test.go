package console

import (
	"bytes"
	"testing"
	"time"
)

// inTime fails the test if f hangs: bars that are never done must not keep the program.
func inTime(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("it hangs")
	}
}

func TestBars_EndWhatIsLeft(t *testing.T) {
	inTime(t, func() {
		b := new(Bars)
		b.Start(new(bytes.Buffer))
		left := b.Count("left", 10)
		left.Set(3)
		b.Spin("forever")
		b.Finish()
		b.Finish()
		left.Set(4)
		left.End()
		b.Bytes("after the end", 5).Set(5)
		b.Finish()
	})
}
