package layers

import "math/rand/v2"

// A source of numbers that the seed determines.
type source struct{ chacha *rand.ChaCha8 }

func newSource(seed [32]byte) *source { return &source{rand.NewChaCha8(seed)} }

// below returns a number below n > 0, each as likely as another: words that would favour some
// are thrown away.
func (s *source) below(n uint64) uint64 {
	if n == 0 {
		panic("layers: a number below 0")
	}
	first := -n % n // 2^64 mod n
	for {
		if w := s.chacha.Uint64(); w >= first {
			return w % n
		}
	}
}

// order returns the numbers below n in an order that is as likely as any other.
func (s *source) order(n int) []int {
	list := make([]int, n)
	for i := range list {
		j := int(s.below(uint64(i) + 1))
		list[i], list[j] = list[j], i
	}
	return list
}
