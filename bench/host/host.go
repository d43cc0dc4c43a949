// Package host tells what a benchmark runs on, how busy it is with other things, and how
// much memory and processor time a process takes.
//
// On Linux all of it is known. Elsewhere what is not known is left out of the figures.
package host

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/genproof/genproof/bench/record"
)

// Describe returns the machine.
func Describe() record.Machine {
	m := record.Machine{OS: runtime.GOOS, Arch: runtime.GOARCH, Cores: runtime.NumCPU()}
	m.Kernel, m.CPU, m.Memory, m.MHz = details()
	return m
}

// Software returns what this program was built from. Empty is unknown: `go run` and test
// binaries name no commit.
func Software() record.Software {
	s := record.Software{Go: runtime.Version(), Binary: binary()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return s
	}
	s.Genproof = info.Main.Version
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			s.Commit = setting.Value
		case "vcs.modified":
			s.Modified = setting.Value == "true"
		}
	}
	for _, dep := range info.Deps {
		switch dep.Path {
		case "github.com/consensys/gnark":
			s.Gnark = dep.Version
		case "github.com/consensys/gnark-crypto":
			s.GnarkCrypto = dep.Version
		case "github.com/ethereum/go-ethereum":
			s.GoEthereum = dep.Version
		}
	}
	return s
}

func binary() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}

// A Watch tells how busy the machine is with other processes' work while it runs.
type Watch struct {
	start    time.Time
	all, own time.Duration
	known    bool
}

// StartWatch starts a watch.
func StartWatch() *Watch {
	w := &Watch{start: time.Now(), own: Used()}
	w.all, w.known = allUsed()
	return w
}

// Others returns how many cores other processes have kept busy since the start, on
// average; false if the system does not tell. A virtual machine's stolen time counts too.
// own is what other processes of ours have used meanwhile: finished children, say.
func (w *Watch) Others(own time.Duration) (float64, bool) {
	all, known := allUsed()
	elapsed := time.Since(w.start)
	if !known || !w.known || elapsed <= 0 {
		return 0, false
	}
	others := all - w.all - (Used() - w.own) - own
	// Ticks of 10 ms: below a hundredth of a core nothing is known.
	return max(0, float64(int(100*others.Seconds()/elapsed.Seconds()+0.5))/100), true
}

// Look watches the machine while this program rests.
func Look(d time.Duration) record.Busy {
	w := StartWatch()
	time.Sleep(d)
	cores, known := w.Others(0)
	load, _ := load()
	return record.Busy{Known: known, Cores: cores, Load: load}
}
