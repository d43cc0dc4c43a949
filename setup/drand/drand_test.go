package drand

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/bundle/evmnet"
)

// Rounds that the League published.
var published = []struct {
	chain                 [32]byte
	round                 uint64
	signature, randomness string
}{
	{Quicknet, 1000, "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
		"fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"},
	{Quicknet, 657413, "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
		"fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"},
	{Evmnet, 1, "11f812d738a36b2210dc88c2d635ad8039588205f42445d6de09e6530165c3462a23aca348c84badcf8df5321ac24577b7963d5b0d780bc4626baedb45cde373",
		"781b75698adc3af62cfa55db83cf0c73ae54e1ac8c0d4c3a2224126b65369ec5"},
	{Evmnet, 6390578, "0d0d705983f50d6a2846e77d8d12a238f0be277a2307eb3e0d5206dc6765b0f91f04e596e3b28295086e8fda9047d40d37f7c2d8fb2f6686839101692e4f5f13",
		"466262e8cb50407310fa05024bff96e52a8c701e7f6b209ac5cdbdf01cf903f2"},
	{Evmnet, 9337227, "01d65d6128f4b2df3d08de85543d8efe06b0281d0770246ae3672e8ddd3efda0269373123458f0b5c0073eeed1c816a06809e127421513e34ee07df6987910b3",
		"a1e645cd6193837f626716851f5c42ad4bf63ad75193b2cae40f88c08c8f3bd8"},
}

func TestVerify_AcceptsPublishedRounds(t *testing.T) {
	for _, p := range published {
		randomness, err := Verify(p.chain, p.round, unhex(p.signature))
		if err != nil || hex.EncodeToString(randomness[:]) != p.randomness {
			t.Errorf("%s round %d: got %x, %v", Name(p.chain), p.round, randomness, err)
		}
	}
}

// TestChains_AreWhatTheirHashesName computes the hashes as drand does: period, genesis,
// public key, group hash and name.
func TestChains_AreWhatTheirHashesName(t *testing.T) {
	quicknet := chains[Quicknet].key.(*blsKey).point.Bytes()
	point := evmnet.Key()
	raw := point.RawBytes()
	for _, tc := range []struct {
		name, group string
		hash        [32]byte
		key         []byte
	}{
		{"quicknet", "f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e", Quicknet, quicknet[:]},
		{"evmnet", "cd7ad2f0e0cce5d8c288f2dd016ffe7bc8dc88dbb229b3da2b6ad736490dfed6", Evmnet, raw[:]},
	} {
		c := chains[tc.hash]
		h := sha256.New()
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(c.period)))
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(c.genesis)))
		h.Write(tc.key)
		h.Write(unhex(tc.group))
		h.Write([]byte(c.name))
		if !bytes.Equal(h.Sum(nil), tc.hash[:]) {
			t.Errorf("%s: got %x, want %x", tc.name, h.Sum(nil), tc.hash)
		}
		if hash, err := ByName(tc.name); hash != tc.hash || err != nil || Name(tc.hash) != tc.name {
			t.Errorf("%s: by name %x, %v; its name %q", tc.name, hash, err, Name(tc.hash))
		}
	}
	if _, err := ByName("default"); err == nil || Name([32]byte{}) != "" {
		t.Errorf("other chains: %v, %q", err, Name([32]byte{}))
	}
}

// assertRefused wants an error and no randomness.
func assertRefused(t *testing.T, name string, chain [32]byte, round uint64, signature []byte, want string) {
	t.Helper()
	randomness, err := Verify(chain, round, signature)
	if err == nil || !strings.Contains(err.Error(), want) || randomness != [32]byte{} {
		t.Errorf("%s: got %x, %v, want %q", name, randomness, err, want)
	}
}

func TestVerify_RefusesOtherRoundsAndChains(t *testing.T) {
	for _, p := range published {
		good := unhex(p.signature)
		for round, want := range map[uint64]string{
			p.round + 1: "not the chain's for this round", p.round - 1: "", 0: "rounds begin with 1",
			math.MaxUint64: "not the chain's for this round", p.round | 1<<63: "not the chain's for this round",
		} {
			assertRefused(t, "another round", p.chain, round, good, want)
		}
		assertRefused(t, "empty", p.chain, p.round, nil, "0 bytes")
		for _, hash := range []string{"8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce", strings.Repeat("00", 32)} {
			assertRefused(t, "another chain", [32]byte(unhex(hash)), p.round, good, "not one that is known")
		}
	}
	if _, err := Time([32]byte{}, 1); err == nil {
		t.Error("an unknown chain has times")
	}
	if _, err := Next([32]byte{}, time.Now()); err == nil {
		t.Error("an unknown chain has a next round")
	}
}

func TestTime_CountsFromTheFirstRound(t *testing.T) {
	for _, tc := range []struct {
		chain [32]byte
		round uint64
		want  string
	}{
		{Quicknet, 1, "2023-08-23T15:09:27Z"},
		{Quicknet, 2, "2023-08-23T15:09:30Z"},
		{Quicknet, 27946612, "2026-04-20T00:00:00Z"}, // as another implementation has it
		{Evmnet, 1, "2024-09-28T10:57:55Z"},
		{Evmnet, 9337227, "2025-08-18T15:59:13Z"},
	} {
		at, err := Time(tc.chain, tc.round)
		if err != nil || at.Format(time.RFC3339) != tc.want {
			t.Errorf("%s round %d: got %v, %v, want %s", Name(tc.chain), tc.round, at, err, tc.want)
		}
	}
	for _, chain := range [][32]byte{Quicknet, Evmnet} {
		for _, round := range []uint64{0, math.MaxUint64, math.MaxInt64} {
			if at, err := Time(chain, round); err == nil {
				t.Errorf("%s round %d is at %v", Name(chain), round, at)
			}
		}
	}
}

func TestNext_IsTheFirstRoundAtOrAfter(t *testing.T) {
	for _, chain := range [][32]byte{Quicknet, Evmnet} {
		for _, round := range []uint64{1, 2, 3, 1000, 27946612} {
			at, err := Time(chain, round)
			if err != nil {
				t.Fatal(err)
			}
			for early, want := range map[time.Duration]uint64{
				3 * time.Second: max(round-1, 1), 2 * time.Second: round, time.Second: round, time.Nanosecond: round,
				0: round, -time.Nanosecond: round + 1, -time.Second: round + 1, -3 * time.Second: round + 1,
			} {
				if next, err := Next(chain, at.Add(-early)); err != nil || next != want {
					t.Errorf("%s, %v before round %d: got %d, %v", Name(chain), early, round, next, err)
				}
			}
		}
		for _, before := range []int64{math.MinInt64, -1, 0} {
			if next, err := Next(chain, time.Unix(before, 0)); next != 1 || err != nil {
				t.Errorf("%s, long before: got %d, %v", Name(chain), next, err)
			}
		}
	}
}
