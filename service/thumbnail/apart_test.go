package thumbnail_test

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/service/thumbnail"
)

// The tests' binary is a child, and one that a picture has taken over, which does what it likes within its bounds.
func init() {
	if len(os.Args) != 2 || !strings.HasPrefix(os.Args[1], "as ") {
		return
	}
	none := strings.NewReader("")
	switch os.Args[1] {
	case "as child":
		os.Exit(thumbnail.Child(os.Stdin, os.Stdout, os.Stderr))
	case "as glutton":
		thumbnail.Child(none, nowhere{}, nowhere{})
		var all [][]byte
		for range 64 {
			b := make([]byte, 64<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			all = append(all, b)
		}
		runtime.KeepAlive(all)
		fmt.Fprint(os.Stderr, "it has taken 4 GB")
		os.Exit(3)
	case "as sleeper":
		time.Sleep(time.Hour)
	case "as babbler":
		for {
			if _, err := os.Stdout.Write(make([]byte, 1<<20)); err != nil {
				os.Exit(1)
			}
		}
	case "as liar":
		fmt.Print("<script>alert(1)</script>")
	case "as writer":
		thumbnail.Child(none, nowhere{}, nowhere{})
		f, err := os.CreateTemp("", "genproof-test-thumbnail-")
		if err != nil {
			os.Exit(0)
		}
		os.Remove(f.Name())
		if _, err := f.WriteString("x"); err == nil {
			fmt.Fprint(os.Stderr, "it has written a file")
			os.Exit(3)
		}
	case "as gossip":
		fmt.Fprint(os.Stderr, strings.Join(os.Environ(), " "))
		os.Exit(3)
	}
	os.Exit(0)
}

type nowhere struct{}

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }

func apart(t *testing.T, as string, patience time.Duration) *thumbnail.Apart {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &thumbnail.Apart{Program: program, Args: []string{"as " + as}, Patience: patience}
}

// A process of its own makes what this one would, and refuses with the same words.
func TestApart_MakesTheSame(t *testing.T) {
	var large bytes.Buffer
	if err := png.Encode(&large, painted(largest, largest)); err != nil {
		t.Fatal(err)
	}
	a := apart(t, "child", time.Minute)
	for name, data := range map[string][]byte{"the largest": large.Bytes(), "a bomb": says(65535, 65535), "an SVG": []byte("<svg/>"), "nothing": nil, "too much": make([]byte, thumbnail.MaxBytes+1)} {
		want, wantErr := thumbnail.Make(data)
		got, err := a.Make(data)
		if !bytes.Equal(got, want) || fmt.Sprint(err) != fmt.Sprint(wantErr) || errors.Is(err, thumbnail.ErrNotShown) != errors.Is(wantErr, thumbnail.ErrNotShown) {
			t.Errorf("%s: %d bytes, %v; want %d, %v", name, len(got), err, len(want), wantErr)
		}
	}
}

// Whatever a picture makes of its decoder's process, it ends, and there is no thumbnail.
func TestApart_OutlivesItsChildren(t *testing.T) {
	for as, patience := range map[string]time.Duration{"glutton": time.Minute, "sleeper": time.Second, "babbler": time.Minute, "liar": time.Minute, "writer": time.Minute} {
		if as == "glutton" && runtime.GOOS != "linux" {
			continue // its bound is the collector's there
		}
		start := time.Now()
		got, err := apart(t, as, patience).Make([]byte("x"))
		if got != nil || !errors.Is(err, thumbnail.ErrNotShown) || !strings.Contains(err.Error(), "its decoder gave up") || time.Since(start) > 30*time.Second {
			t.Errorf("%s: %d bytes, %v, %s", as, len(got), err, time.Since(start))
		}
	}
	t.Setenv("GENPROOF_CANARY", "CANARY")
	if _, err := apart(t, "gossip", time.Minute).Make(nil); err == nil || strings.Contains(err.Error(), "CANARY") {
		t.Errorf("it knows the environment: %v", err)
	}
	if _, err := (&thumbnail.Apart{Program: "/no/such/program"}).Make(nil); err == nil || errors.Is(err, thumbnail.ErrNotShown) {
		t.Errorf("without a program the picture is blamed: %v", err)
	}
}
