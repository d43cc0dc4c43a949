package ptau

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
)

// TestContributionVerify_RefusesLies changes one point of a right contribution.
func TestContributionVerify_RefusesLies(t *testing.T) {
	f := forged(t, 1)
	before, challenge := &f.steps[0].accumulated, &f.steps[0].nextChallenge
	if err := f.steps[1].verify(before, challenge); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name   string
		change func(c *contribution)
		want   string
	}{
		{"s of τ", func(c *contribution) { c.keys[0].s = otherG1() }, "the proof that its τ was known is wrong"},
		{"sx of τ", func(c *contribution) { c.keys[0].sx = otherG1() }, "the proof that its τ was known is wrong"},
		{"spx of τ", func(c *contribution) { c.keys[0].spx = otherG2() }, "the proof that its τ was known is wrong"},
		{"sx of α", func(c *contribution) { c.keys[1].sx = otherG1() }, "the proof that its α was known is wrong"},
		{"spx of α", func(c *contribution) { c.keys[1].spx = otherG2() }, "the proof that its α was known is wrong"},
		{"sx of β", func(c *contribution) { c.keys[2].sx = otherG1() }, "the proof that its β was known is wrong"},
		{"spx of β", func(c *contribution) { c.keys[2].spx = otherG2() }, "the proof that its β was known is wrong"},
		{"keys of α and β swapped", func(c *contribution) { c.keys[1], c.keys[2] = c.keys[2], c.keys[1] }, "the proof that its α was known is wrong"},
		{"τ in G1", func(c *contribution) { c.tauG1 = otherG1() }, "τ in G1 does not follow"},
		{"τ in G2", func(c *contribution) { c.tauG2 = otherG2() }, "τ in G2 does not follow"},
		{"α", func(c *contribution) { c.alphaG1 = otherG1() }, "α in G1 does not follow"},
		{"β in G1", func(c *contribution) { c.betaG1 = otherG1() }, "β in G1 does not follow"},
		{"β in G2", func(c *contribution) { c.betaG2 = otherG2() }, "β in G2 does not follow"},
		{"τ negated", func(c *contribution) { c.tauG1.Neg(&c.tauG1) }, "τ in G1 does not follow"},
		{"no change of τ", func(c *contribution) { c.tauG1 = before.tauG1 }, "it changes nothing"},
		{"no change of α", func(c *contribution) { c.alphaG1 = before.alphaG1 }, "it changes nothing"},
		{"no change of β", func(c *contribution) { c.betaG1 = before.betaG1 }, "it changes nothing"},
	} {
		c := f.steps[1]
		tc.change(&c)
		if err := c.verify(before, challenge); !errors.Is(err, errChain) || !strings.HasPrefix(err.Error(), tc.want+": ") {
			t.Errorf("%s: got %v, want %s", tc.name, err, tc.want)
		}
	}
	if err := f.steps[1].verify(before, &f.steps[1].nextChallenge); !errors.Is(err, errChain) {
		t.Errorf("another challenge: got %v", err)
	}
	if err := f.steps[1].verify(&f.steps[1].accumulated, challenge); !errors.Is(err, errChain) {
		t.Errorf("other points before: got %v", err)
	}
}

// TestRead_RefusesChains: contributions that are each well made, but not of this file.
func TestRead_RefusesChains(t *testing.T) {
	stranger := newForgery(2)
	stranger.contribute(t, "stranger", number(31), number(37), number(41))
	for _, tc := range []struct {
		name   string
		change func(f *forgery)
		want   string
	}{
		{"reordered", func(f *forgery) { f.steps[0], f.steps[1] = f.steps[1], f.steps[0] }, "contribution 1: the proof that its τ was known is wrong"},
		{"the first one dropped", func(f *forgery) { f.steps = f.steps[1:] }, "contribution 1: the proof"},
		{"one in the middle dropped", func(f *forgery) { f.steps = slices.Delete(f.steps, 1, 2) }, "contribution 2: the proof"},
		{"the last one dropped", func(f *forgery) { f.steps = f.steps[:2] }, "the last contribution is of other points"},
		{"one twice", func(f *forgery) { f.steps = slices.Insert(f.steps, 1, f.steps[0]) }, "contribution 2: it changes nothing"},
		{"the last one twice", func(f *forgery) { f.steps = append(f.steps, f.steps[2]) }, "contribution 4: it changes nothing"},
		{"another file's", func(f *forgery) { f.steps = stranger.steps }, "the last contribution is of other points"},
		{"another file's in place of one", func(f *forgery) { f.steps[0] = stranger.steps[0] }, "contribution 2: the proof"},
		{"another file's first", func(f *forgery) { f.steps = slices.Insert(f.steps, 0, stranger.steps[0]) }, "contribution 2: the proof"},
		{"a challenge between", func(f *forgery) { f.steps[0].nextChallenge[63] ^= 1 }, "contribution 2: the proof"},
		{"the last challenge", func(f *forgery) { f.steps[2].nextChallenge[0] ^= 1 }, "the last challenge is not the hash of this file's points"},
		{"a beacon's value", func(f *forgery) { f.steps[2].beaconValue = []byte("chosen") }, "contribution 3: its factors are not the beacon's"},
		{"a beacon's iterations", func(f *forgery) { f.steps[2].iterationsExp++ }, "contribution 3: its factors are not the beacon's"},
		{"a secret called a beacon", func(f *forgery) {
			f.steps[1].beacon, f.steps[1].beaconValue = true, []byte("beacon")
		}, "contribution 2: its factors are not the beacon's"},
		{"a contribution of another power", func(f *forgery) { f.steps[1].partialHash[192] ^= 128 }, "contribution 2: " + errPartial.Error()},
		{"a partial hash filled otherwise", func(f *forgery) { f.steps[1].partialHash[200]-- }, "contribution 2: " + errPartial.Error()},
	} {
		f := forged(t, 2)
		tc.change(f)
		refused(t, tc.name, f.bytes(), tc.want)
	}
}

// TestRead_RecomputesTheLastHashes: snarkjs takes a response as recorded; its file here
// is consistent, but the response is of another challenge, or of other points.
func TestRead_RecomputesTheLastHashes(t *testing.T) {
	f := forged(t, 2)
	f.steps[2].partialHash[128] ^= 1
	response, err := responseHash(&f.steps[2].partialHash, &f.steps[2].keys, 2)
	if err != nil {
		t.Fatal(err)
	}
	challenge := newBlake()
	challenge.Write(response[:])
	f.each(func(whole, _ []byte) { challenge.Write(whole) })
	challenge.Sum(f.steps[2].nextChallenge[:0])
	refused(t, "the last response", f.bytes(), "the last response is of other points or another challenge")
}

// TestRead_HashesPointsThatAreNotUsed: the part of a file that is cut away belongs to it.
func TestRead_HashesPointsThatAreNotUsed(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(f *forgery)
	}{
		{"τ in G1", func(f *forgery) { f.tauG1[14] = otherG1() }},
		{"τ in G2", func(f *forgery) { f.tauG2[7] = otherG2() }},
		{"ατ", func(f *forgery) { f.alpha[4] = otherG1() }},
		{"βτ", func(f *forgery) { f.beta[7] = otherG1() }},
	} {
		for _, chunk := range []int{0, 1, 3} {
			f := forged(t, 3)
			tc.change(f)
			if _, err := readBytes(t, f.bytes(), Options{Power: 1, chunk: chunk}); !errors.Is(err, errChain) {
				t.Errorf("%s, chunks of %d: got %v", tc.name, chunk, err)
			}
		}
	}
	pieces := forged(t, 3).sections()
	addModulus(pieces[1].data[14*sizeG1 : 14*sizeG1+32])
	if _, err := readBytes(t, join(pieces), Options{Power: 1}); !errors.Is(err, errLimb) {
		t.Errorf("a coordinate from q on: got %v", err)
	}
}

// cut makes the file one of fewer powers, as snarkjs powersoftau truncate does.
func (f *forgery) cut(power int) {
	n := 1 << power
	f.power = power
	f.tauG1, f.tauG2, f.alpha, f.beta = f.tauG1[:2*n-1], f.tauG2[:n], f.alpha[:n], f.beta[:n]
}

// TestRead_CutFiles: the hashes cannot be recomputed, which is said; all else is checked.
func TestRead_CutFiles(t *testing.T) {
	f := forged(t, 3)
	f.cut(2)
	srs, err := readBytes(t, f.bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if srs.Chain.Verified || !strings.Contains(srs.Chain.Why, "hashes of 2^3 powers, and the file is cut to 2^2") || len(srs.Chain.Contributions) != 3 {
		t.Errorf("got %+v", srs.Chain)
	}
	for _, tc := range []struct {
		name   string
		change func(f *forgery)
		want   string
	}{
		{"a step", func(f *forgery) { f.steps[1].alphaG1 = otherG1() }, "contribution 2: α in G1 does not follow"},
		{"τ in G1", func(f *forgery) { f.tauG1[1] = otherG1() }, "the last contribution is of other points"},
		{"τ in G2", func(f *forgery) { f.tauG2[1] = otherG2() }, "the last contribution is of other points"},
		{"α", func(f *forgery) { f.alpha[0] = otherG1() }, "the last contribution is of other points"},
		{"β", func(f *forgery) { f.beta[0] = otherG1() }, "the last contribution is of other points"},
		{"β in G2", func(f *forgery) { f.betaG2 = otherG2() }, "the last contribution is of other points"},
		{"said to be whole", func(f *forgery) { f.ceremony = 2 }, "contribution 1: " + errPartial.Error()},
		{"said to be cut from more", func(f *forgery) { f.ceremony = 4 }, "contribution 1: " + errPartial.Error()},
		{"said so in each partial hash too", func(f *forgery) {
			f.ceremony = 4
			for i := range f.steps {
				binary.LittleEndian.PutUint64(f.steps[i].partialHash[192:], 192<<4)
			}
		}, "contribution 1: the proof"},
	} {
		f := forged(t, 3)
		f.cut(2)
		tc.change(f)
		refused(t, tc.name, f.bytes(), tc.want)
	}
}

// TestRead_SaysWhichBeaconsItCannotRecompute, and checks the rest of the chain.
func TestRead_SaysWhichBeaconsItCannotRecompute(t *testing.T) {
	for _, exp := range []int{25, 30, 63, 64, 255} {
		f := forged(t, 1)
		f.steps[2].iterationsExp = exp
		srs, err := readBytes(t, f.bytes(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if srs.Chain.Verified || !strings.Contains(srs.Chain.Why, "contribution 3 ") {
			t.Errorf("2^%d iterations: got %+v", exp, srs.Chain)
		}
	}
	f := forged(t, 2)
	f.steps[2].iterationsExp = 30
	f.cut(1)
	srs, err := readBytes(t, f.bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(srs.Chain.Why, "cut to 2^1; contribution 3 ") {
		t.Errorf("two reasons: got %q", srs.Chain.Why)
	}
}

// TestRead_WantsAContributor: what only a beacon made, everybody can.
func TestRead_WantsAContributor(t *testing.T) {
	f := newForgery(2)
	refused(t, "nobody", f.bytes(), errNobody.Error())
	f.beacon(t, []byte("one"), 1)
	refused(t, "a beacon", f.bytes(), errNobody.Error())
	f.beacon(t, []byte("two"), 1)
	refused(t, "two beacons", f.bytes(), errNobody.Error())
	f.contribute(t, "", number(2), number(3), number(5))
	srs, err := readBytes(t, f.bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if srs.Contributors != 1 || srs.Chain.Contributions[2].Name != "" || srs.Chain.Contributions[2].Beacon {
		t.Errorf("got %+v", srs.Chain)
	}
}

// TestRead_RefusesParameters: section 7 cannot be read in two ways.
func TestRead_RefusesParameters(t *testing.T) {
	const kind, length = fixedSize - 8, fixedSize - 4
	// section makes section 7 of one contribution, with this type and these parameters.
	f := newForgery(1)
	f.contribute(t, "", number(2), number(3), number(5))
	one := f.steps[0].bytes()
	section := func(count, kindOf, lengthOf uint32, params ...byte) []byte {
		b := append(binary.LittleEndian.AppendUint32(nil, count), one...)
		binary.LittleEndian.PutUint32(b[4+kind:], kindOf)
		binary.LittleEndian.PutUint32(b[4+length:], lengthOf)
		return append(b, params...)
	}
	for _, tc := range []struct {
		name string
		data []byte
		want string
	}{
		{"no contributions", section(0, 0, 0), errNobody.Error()},
		{"two of one", section(2, 0, 0), "2 contributions do not fit"},
		{"2^32-1 contributions", section(math.MaxUint32, 0, 0), "contributions do not fit"},
		{"1025 contributions", append(section(maxContributions+1, 0, 0), make([]byte, maxContributions*fixedSize)...), "1025 contributions do not fit"},
		{"two, the first one's name in the room of the second", append(section(2, 0, 257, 1, 255), bytes.Repeat([]byte("x"), fixedSize-2)...), "contribution 2: " + errParams.Error()},
		{"a byte more", section(1, 0, 0, 0), "1 bytes after the last contribution"},
		{"type 2", section(1, 2, 0), "unknown type 2"},
		{"type 2^32-1", section(1, math.MaxUint32, 0), "unknown type"},
		{"length past the end", section(1, 0, 3, 1, 1), errParams.Error()},
		{"length 2^32-1", section(1, 0, math.MaxUint32, 1, 1, 'x'), errParams.Error()},
		{"length of all", section(1, 0, maxParams+1, make([]byte, maxParams+1)...), errParams.Error()},
		{"half a parameter", section(1, 0, 1, 1), errParams.Error()},
		{"a name past the end", section(1, 0, 3, 1, 2, 'x'), errParams.Error()},
		{"parameter 0", section(1, 0, 2, 0, 0), errParams.Error()},
		{"parameter 4", section(1, 0, 2, 4, 0), errParams.Error()},
		{"two names", section(1, 0, 6, 1, 1, 'x', 1, 1, 'y'), errParams.Error()},
		{"out of order", section(1, 1, 8, 2, 1, 1, 1, 'x', 3, 1, 0), errParams.Error()},
		{"a beacon without a value", section(1, 1, 2, 2, 1), errBeacon.Error()},
		{"a beacon without iterations", section(1, 1, 3, 3, 1, 0), errBeacon.Error()},
		{"a beacon without parameters", section(1, 1, 0), errBeacon.Error()},
		{"a value without a beacon", section(1, 0, 5, 2, 1, 3, 1, 0), errBeacon.Error()},
		{"iterations without a beacon", section(1, 0, 2, 2, 1), errBeacon.Error()},
	} {
		pieces := f.sections()
		pieces[6].data = tc.data
		refused(t, tc.name, join(pieces), tc.want)
	}
	pieces := f.sections()
	pieces[6].data = section(1, 0, 4, 1, 2, 'x', 0xff)
	srs, err := readBytes(t, join(pieces), Options{})
	if err != nil || srs.Chain.Contributions[0].Name != "x\ufffd" {
		t.Errorf("a name that is not UTF-8: got %+v, %v", srs, err)
	}
}

// TestResponseHash_CompletesLongResponses: from power 25 on a response is longer than
// 4 GB, and snarkjs drops the upper half of its length.
func TestResponseHash_CompletesLongResponses(t *testing.T) {
	f := forged(t, 1)
	keys := &f.steps[0].keys
	for _, ceremony := range []int{24, 25, 28} {
		h := newBlake()
		h.Write(make([]byte, responseSize(0))) // of another length, which the state is told to be
		partial := partialOf(t, h)
		binary.LittleEndian.PutUint64(partial[200:], 96)
		full := uint64(192) << ceremony
		binary.LittleEndian.PutUint64(partial[192:], full)
		want, err := responseHash(&partial, keys, ceremony)
		if err != nil {
			t.Fatal(err)
		}
		binary.LittleEndian.PutUint64(partial[192:], full&math.MaxUint32)
		got, err := responseHash(&partial, keys, ceremony)
		if err != nil || got != want {
			t.Errorf("power %d: got %x, %v; want %x", ceremony, got, err, want)
		}
		binary.LittleEndian.PutUint64(partial[192:], full+1<<32)
		if _, err := responseHash(&partial, keys, ceremony); !errors.Is(err, errPartial) {
			t.Errorf("power %d, another length: got %v", ceremony, err)
		}
	}
}

// TestInitialChallenge_IsTheHashOfGenerators, for the powers that are quick to hash; for
// the largest one the Perpetual Powers of Tau published it, and for 12 every guide to snarkjs.
func TestInitialChallenge_IsTheHashOfGenerators(t *testing.T) {
	for power := 1; power <= 10; power++ {
		if got := computeInitial(power); got != *initialChallenge(power) {
			t.Errorf("power %d: hashing gives %x", power, got)
		}
	}
	for power, want := range map[int]string{
		12: "9e63a5f62b96538daaed2372481920d1a40b91959ea38ef9f5f6a3033b8865160710d067c09d09615f928ea517bcdf49ad75abd2c8340b400e3b18e968b4ffef",
		28: "93da91920d5a54a8a0fde55cd9dc3a10c4f3eef768b62c0948741370864254b4c1920f3f29d4ebc0ef3acecf2e2db63a755713d77e1ed77347a56fbc317c7a93",
	} {
		if got := hex.EncodeToString(initialChallenge(power)[:]); got != want {
			t.Errorf("power %d: got %s", power, got)
		}
	}
}

// TestRandom_PointsAreInTheirGroups, also where an x has no y and is drawn again.
func TestRandom_PointsAreInTheirGroups(t *testing.T) {
	for i := range 16 {
		r := newRandom([32]byte{byte(i)})
		p, q := r.g1(), r.g2()
		if p.IsInfinity() || !p.IsOnCurve() || q.IsInfinity() || !q.IsInSubGroup() {
			t.Errorf("seed %d: %v %v", i, p, q)
		}
	}
	var zero bn254.G2Affine
	if checkCurve(&zero) == nil {
		t.Error("infinity passes")
	}
}
