package thumbnail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os/exec"
	"strings"
	"time"
)

// maxMade bounds a thumbnail, in bytes: Side² pixels of four bytes each, and a PNG's own.
const maxMade = 4*Side*Side + 1<<16

// Apart makes thumbnails in processes of their own, one for each picture: whatever a picture does to its decoder
// it does to that process, which has bounds of memory and time, an empty environment and no open files.
type Apart struct {
	Program  string   // one that calls [Child]
	Args     []string // what makes it call it
	Patience time.Duration
}

// patience is how long a process may take, if nothing else is said.
const patience = 20 * time.Second

// Make is [Make] in a process of its own.
func (a *Apart) Make(data []byte) ([]byte, error) {
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%w: the file has %d bytes, at most %d", ErrNotShown, len(data), MaxBytes)
	}
	atOnce <- struct{}{}
	defer func() { <-atOnce }()
	wait := a.Patience
	if wait == 0 {
		wait = patience
	}
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	out, said := &bounded{limit: maxMade}, &bounded{limit: 1 << 10}
	c := exec.CommandContext(ctx, a.Program, a.Args...)
	c.Env, c.Dir, c.Stdin, c.Stdout, c.Stderr, c.WaitDelay = []string{"GOTRACEBACK=none"}, "/", bytes.NewReader(data), out, said, time.Second
	err := c.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() == refused:
		return nil, fmt.Errorf("%w: %s", ErrNotShown, said.text())
	case errors.As(err, &exit), errors.Is(err, errTooMuch), err == nil && !isThumbnail(out.b.Bytes()):
		return nil, fmt.Errorf("%w: its decoder gave up", ErrNotShown)
	case err != nil:
		return nil, fmt.Errorf("decoding a picture in a process of its own: %w", err)
	}
	return out.b.Bytes(), nil
}

// isThumbnail sees that what a process has made is a small PNG.
func isThumbnail(data []byte) bool {
	head, err := png.DecodeConfig(bytes.NewReader(data))
	return err == nil && head.Width <= Side && head.Height <= Side
}

var errTooMuch = errors.New("more than there is room for")

// bounded keeps what is written, up to a limit.
type bounded struct {
	b     bytes.Buffer
	limit int
}

func (w *bounded) Write(p []byte) (int, error) {
	if w.b.Len()+len(p) > w.limit {
		return 0, errTooMuch
	}
	return w.b.Write(p)
}

// text is what was written, if it is one of our own sentences.
func (w *bounded) text() string {
	for _, c := range w.b.Bytes() {
		if c < ' ' || c == 0x7f {
			return "its decoder gave up"
		}
	}
	return w.b.String()
}

// refused is the code with which a child ends that makes no thumbnail, and says why on stderr.
const refused = 3

// Child makes a thumbnail of what it reads, within the bounds of a process of its own, and returns the
// process' exit code.
func Child(stdin io.Reader, stdout, stderr io.Writer) int {
	if err := confine(); err != nil {
		fmt.Fprint(stderr, err)
		return 2
	}
	data, err := io.ReadAll(io.LimitReader(stdin, MaxBytes+1))
	if err == nil {
		data, err = Make(data)
	}
	if err != nil {
		fmt.Fprint(stderr, strings.TrimPrefix(err.Error(), ErrNotShown.Error()+": "))
		return refused
	}
	if _, err := stdout.Write(data); err != nil {
		return 2
	}
	return 0
}
