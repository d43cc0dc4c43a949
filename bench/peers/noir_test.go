package peers

import "testing"

func TestGatesOf_ReadsOneFunction(t *testing.T) {
	if n, err := gatesOf([]byte("{\"functions\": [\n {\"acir_opcodes\": 19, \"circuit_size\": 4162}\n]}")); err != nil || n != 4162 {
		t.Errorf("%d, %v", n, err)
	}
	for _, bad := range []string{"", "{}", `{"functions":[]}`, `{"functions":[{"circuit_size":0}]}`, `{"functions":[{"circuit_size":1},{"circuit_size":2}]}`} {
		if n, err := gatesOf([]byte(bad)); err == nil {
			t.Errorf("%s: %d gates", bad, n)
		}
	}
}

func TestSaidPeak_IsTheLargest(t *testing.T) {
	log := "Scheme is: ultra_honk, num threads: 2 (mem: 5.00 MiB)\nProof saved (mem: 47.50 MiB)\nend (mem: 6 MiB)\n"
	if got := saidPeak(log); got != 47<<20+1<<19 {
		t.Error(got)
	}
	if got := saidPeak("nothing"); got != 0 {
		t.Error(got)
	}
}
