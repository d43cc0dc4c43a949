package drand

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fp"
)

// Rounds that the League published.
var published = []struct {
	round                 uint64
	signature, randomness string
}{
	{1000, "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
		"fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"},
	{657413, "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
		"fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"},
}

func TestVerify_AcceptsPublishedRounds(t *testing.T) {
	for _, p := range published {
		randomness, err := Verify(Quicknet, p.round, unhex(p.signature))
		if err != nil || hex.EncodeToString(randomness[:]) != p.randomness {
			t.Errorf("round %d: got %x, %v", p.round, randomness, err)
		}
	}
}

// TestQuicknet_IsTheHashOfWhatIsPinned computes the hash as drand does: period, genesis,
// public key, group hash and name.
func TestQuicknet_IsTheHashOfWhatIsPinned(t *testing.T) {
	c := chains[Quicknet]
	key := c.key.Bytes()
	h := sha256.New()
	h.Write(binary.BigEndian.AppendUint32(nil, uint32(c.period)))
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(c.genesis)))
	h.Write(key[:])
	h.Write(unhex("f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e"))
	h.Write([]byte(c.name))
	if !bytes.Equal(h.Sum(nil), Quicknet[:]) {
		t.Errorf("got %x, want %x", h.Sum(nil), Quicknet)
	}
}

// small is a point of the curve that is not in the subgroup, compressed.
func small(t *testing.T) []byte {
	t.Helper()
	var p bls.G1Affine
	four := fp.NewElement(4)
	for i := uint64(1); ; i++ {
		p.X.SetUint64(i)
		var y fp.Element
		y.Square(&p.X).Mul(&y, &p.X).Add(&y, &four)
		if p.Y.Sqrt(&y) != nil && p.IsOnCurve() && !p.IsInSubGroup() {
			b := p.Bytes()
			return b[:]
		}
	}
}

func TestVerify_Refuses(t *testing.T) {
	p := published[0]
	good := unhex(p.signature)
	point := new(bls.G1Affine)
	if _, err := point.SetBytes(good); err != nil {
		t.Fatal(err)
	}
	long := point.RawBytes()
	negative := slices.Clone(good)
	negative[0] ^= 0x20
	flipped := slices.Clone(good)
	flipped[47] ^= 1
	infinity := append([]byte{0xc0}, make([]byte, 47)...)
	uncompressed := slices.Clone(good)
	uncompressed[0] &= 0x1f
	_, _, g1, _ := bls.Generators()
	generator := g1.Bytes()
	const foreign, form = "not the chain's for this round", "not a point of its group"
	for _, tc := range []struct {
		name      string
		round     uint64
		signature []byte
		want      string
	}{
		{"the next round", p.round + 1, good, foreign},
		{"the round before", p.round - 1, good, foreign},
		{"round 0", 0, good, "begin with 1"},
		{"the last round", math.MaxUint64, good, foreign},
		{"another round's", p.round, unhex(published[1].signature), foreign},
		{"the negative point", p.round, negative, foreign},
		{"another point", p.round, generator[:], foreign},
		{"a bit flipped", p.round, flipped, ""},
		{"outside the subgroup", p.round, small(t), form},
		{"infinity", p.round, infinity, form},
		{"zero bytes", p.round, make([]byte, SignatureBytes), form},
		{"all ones", p.round, bytes.Repeat([]byte{0xff}, SignatureBytes), form},
		{"not marked as compressed", p.round, uncompressed, form},
		{"uncompressed", p.round, long[:], "96 bytes, want 48"},
		{"empty", p.round, nil, "0 bytes"},
		{"short", p.round, good[:47], "47 bytes"},
		{"long", p.round, append(slices.Clone(good), 0), "49 bytes"},
	} {
		randomness, err := Verify(Quicknet, tc.round, tc.signature)
		if err == nil || !strings.Contains(err.Error(), tc.want) || randomness != [32]byte{} {
			t.Errorf("%s: got %x, %v, want %q", tc.name, randomness, err, tc.want)
		}
	}
	for _, hash := range []string{"8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce", strings.Repeat("00", 32)} {
		if _, err := Verify([32]byte(unhex(hash)), p.round, good); err == nil || !strings.Contains(err.Error(), "not one that is known") {
			t.Errorf("chain %s: got %v", hash, err)
		}
		if _, err := Time([32]byte(unhex(hash)), 1); err == nil {
			t.Errorf("chain %s has times", hash)
		}
		if _, err := Next([32]byte(unhex(hash)), time.Now()); err == nil {
			t.Errorf("chain %s has a next round", hash)
		}
	}
}

func TestTime_CountsFromTheFirstRound(t *testing.T) {
	for round, want := range map[uint64]string{
		1:        "2023-08-23T15:09:27Z",
		2:        "2023-08-23T15:09:30Z",
		27946612: "2026-04-20T00:00:00Z", // as another implementation has it
	} {
		at, err := Time(Quicknet, round)
		if err != nil || at.Format(time.RFC3339) != want {
			t.Errorf("round %d: got %v, %v, want %s", round, at, err, want)
		}
		for early, wantRound := range map[time.Duration]uint64{0: round, time.Nanosecond: round, 2 * time.Second: round, -time.Nanosecond: round + 1} {
			if next, err := Next(Quicknet, at.Add(-early)); err != nil || next != wantRound {
				t.Errorf("%v before round %d: got %d, %v", early, round, next, err)
			}
		}
	}
	if next, err := Next(Quicknet, time.Unix(0, 0)); next != 1 || err != nil {
		t.Errorf("long before: got %d, %v", next, err)
	}
	for _, round := range []uint64{0, math.MaxUint64, math.MaxInt64} {
		if at, err := Time(Quicknet, round); err == nil {
			t.Errorf("round %d is at %v", round, at)
		}
	}
}
