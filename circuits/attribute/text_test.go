package attribute

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/poseidon"
)

// textHash is the encoding once more: digits of base 2^248 of one hexadecimal number.
func textHash(t *testing.T, s string) fr.Element {
	t.Helper()
	whole, ok := new(big.Int).SetString("0"+fmt.Sprintf("%x", s), 16)
	if !ok {
		t.Fatal("no hexadecimal number")
	}
	in := []fr.Element{fr.NewElement(uint64(len(s)))}
	base := new(big.Int).Lsh(big.NewInt(1), 248)
	for range max(2, (len(s)+30)/31) {
		digit := new(big.Int)
		whole.DivMod(whole, base, digit)
		in = append(in, *new(fr.Element).SetBigInt(digit))
	}
	return poseidon.Hash(poseidon.Text, in...)
}

func TestTextHash_MatchesEncoding(t *testing.T) {
	long := strings.Repeat("a hidden prompt, ", 300)
	for _, n := range []int{0, 1, 2, 30, 31, 32, 33, 61, 62, 63, 92, 93, 94, 434, 435, 466, 5000} {
		if got, want := TextHash(long[:n]), textHash(t, long[:n]); !got.Equal(&want) {
			t.Errorf("%d bytes: another hash", n)
		}
	}
}

func FuzzTextHash_MatchesEncoding(f *testing.F) {
	f.Add("")
	f.Add("Laser")
	f.Add(strings.Repeat("\x00", 62))
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := TextHash(s), textHash(t, s); !got.Equal(&want) {
			t.Fatalf("%q: another hash", s)
		}
	})
}

func TestTextHash_TellsTextsApart(t *testing.T) {
	seen := map[fr.Element]string{}
	for _, s := range []string{
		"", "\x00", "\x00\x00", "a", "\x00a", "a\x00", strings.Repeat("\x00", 31), strings.Repeat("\x00", 32),
		strings.Repeat("a", 31), strings.Repeat("a", 32), "\u00e9", "e\u0301", "Laser", "laser", "Laser ",
	} {
		h := TextHash(s)
		if other, ok := seen[h]; ok {
			t.Errorf("%q and %q have one hash", s, other)
		}
		seen[h] = s
	}
}

func TestOfText_TakesUpToItsLimit(t *testing.T) {
	for _, s := range []string{"", "Laser", "\u00e9\U0001f98a", strings.Repeat("x", MaxText)} {
		slot, err := OfText(s)
		if err != nil {
			t.Errorf("%.20q: %v", s, err)
		}
		if want := TextHash(s); !slot.Present || !slot.Value.Equal(&want) {
			t.Errorf("%.20q: another slot", s)
		}
	}
}
