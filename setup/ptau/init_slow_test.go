//go:build prover_checks

package ptau_test

import (
	"math/bits"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/ceremony"
	"github.com/genproof/genproof/setup/ptau"
)

// BenchmarkInit does what `genproof ceremony init` does for cid/small, from a prepared file on disk, with its Lagrange
// basis and without. cpu-s/op are processor seconds: of compiling, of reading and checking the file, and of all.
//
//	go test -tags prover_checks ./setup/ptau -run '^$' -bench Init -benchtime 3x
func BenchmarkInit(b *testing.B) {
	id := statement.CircuitID{Binding: statement.CID, Size: statement.Small}
	path := ""
	for _, v := range []struct {
		name     string
		prepared bool
	}{{"prepared", true}, {"unprepared", false}} {
		b.Run(v.name, func(b *testing.B) {
			var compiling, reading, all float64
			for b.Loop() {
				start := processorSeconds(b)
				circuit, err := setup.Compile(id)
				if err != nil {
					b.Fatal(err)
				}
				compiling += processorSeconds(b) - start
				power := bits.TrailingZeros64(circuit.Domain)
				if path == "" {
					b.StopTimer()
					made := processorSeconds(b)
					path = ptau.Large(b, power)
					start += processorSeconds(b) - made
					b.StartTimer()
				}
				read := processorSeconds(b)
				srs, err := ptau.Read(b.Context(), path, ptau.Options{Power: power, Lagrange: v.prepared})
				if err != nil {
					b.Fatal(err)
				}
				reading += processorSeconds(b) - read
				powers := &ceremony.SRS{
					Source:  ceremony.Source{Kind: ceremony.SourcePtau, SHA256: srs.SHA256, Power: uint64(power)},
					Commons: srs.Commons, Lagrange: srs.Lagrange,
				}
				if _, err := ceremony.InitCircuit(b.Context(), filepath.Join(b.TempDir(), "ceremony"), circuit, powers, "ethereum:1:22000000", nil); err != nil {
					b.Fatal(err)
				}
				all += processorSeconds(b) - start
			}
			b.ReportMetric(compiling/float64(b.N), "compiling-cpu-s/op")
			b.ReportMetric(reading/float64(b.N), "reading-cpu-s/op")
			b.ReportMetric(all/float64(b.N), "cpu-s/op")
		})
	}
}

func processorSeconds(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}
