package ptau

import (
	"bytes"
	"encoding"
	"encoding/binary"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A forgery is a file in pieces: made rightly, then changed by a test, then written with
// everything that depends on the change computed anew, so that one lie is left.
type forgery struct {
	power, ceremony    int
	tauG1, alpha, beta []bn254.G1Affine
	tauG2              []bn254.G2Affine
	betaG2             bn254.G2Affine
	steps              []contribution
}

// newForgery is a file that nobody has contributed to.
func newForgery(power int) *forgery {
	_, _, one, two := bn254.Generators()
	n := 1 << power
	return &forgery{
		power: power, ceremony: power, betaG2: two,
		tauG1: slices.Repeat([]bn254.G1Affine{one}, 2*n-1), tauG2: slices.Repeat([]bn254.G2Affine{two}, n),
		alpha: slices.Repeat([]bn254.G1Affine{one}, n), beta: slices.Repeat([]bn254.G1Affine{one}, n),
	}
}

// forged is a file of a beacon after two contributions.
func forged(t testing.TB, power int) *forgery {
	f := newForgery(power)
	f.contribute(t, "one", number(11), number(13), number(17))
	f.contribute(t, "two", number(19), number(23), number(29))
	f.beacon(t, []byte("beacon"), 4)
	return f
}

// plain is a file of one contribution, which is quicker to read.
func plain(t testing.TB, power int) *forgery {
	f := newForgery(power)
	f.contribute(t, "one", number(11), number(13), number(17))
	return f
}

func number(n int64) (e fr.Element) { return *e.SetInt64(n) }

// contribute multiplies factors into the file and proves that they were known.
func (f *forgery) contribute(t testing.TB, name string, tau, alpha, beta fr.Element) {
	f.step(t, contribution{name: name}, newRandom([32]byte{byte(len(f.steps))}), tau, alpha, beta)
}

func (f *forgery) beacon(t testing.TB, value []byte, iterationsExp int) {
	seed, err := beaconSeed(t.Context(), value, iterationsExp)
	if err != nil {
		t.Fatal(err)
	}
	r := newRandom(seed)
	tau, alpha, beta := r.fr(), r.fr(), r.fr()
	f.step(t, contribution{name: "beacon", beacon: true, beaconValue: value, iterationsExp: iterationsExp}, r, tau, alpha, beta)
}

func (f *forgery) step(t testing.TB, c contribution, r *random, factors ...fr.Element) {
	for i, x := range factors {
		c.keys[i] = newKey(r, i, f.challenge(len(f.steps)), x.BigInt(new(big.Int)))
	}
	tau, alpha, beta := factors[0], factors[1], factors[2]
	scale(f.tauG1, number(1), tau)
	scale(f.tauG2, number(1), tau)
	scale(f.alpha, alpha, tau)
	scale(f.beta, beta, tau)
	f.betaG2.ScalarMultiplication(&f.betaG2, beta.BigInt(new(big.Int)))
	f.steps = append(f.steps, c)
	f.record(t)
}

// scale multiplies point i by first * ratio^i.
func scale[A any, P interface {
	*A
	ScalarMultiplication(*A, *big.Int) *A
}](points []A, first, ratio fr.Element) {
	var k big.Int
	for i := range points {
		P(&points[i]).ScalarMultiplication(&points[i], first.BigInt(&k))
		first.Mul(&first, &ratio)
	}
}

// challenge returns what contribution i answers, counted from 0.
func (f *forgery) challenge(i int) *[challengeSize]byte {
	if i == 0 {
		return initialChallenge(f.ceremony)
	}
	return &f.steps[i-1].nextChallenge
}

// record makes the last contribution one of the file's present points.
func (f *forgery) record(t testing.TB) {
	c := &f.steps[len(f.steps)-1]
	c.accumulated = accumulated{f.tauG1[1], f.alpha[0], f.beta[0], f.tauG2[1], f.betaG2}
	f.rehash(t)
}

// rehash computes the hashes of the last contribution.
func (f *forgery) rehash(t testing.TB) {
	c := &f.steps[len(f.steps)-1]
	response, challenge := newBlake(), newBlake()
	response.Write(f.challenge(len(f.steps) - 1)[:])
	f.each(func(whole, compressed []byte) { response.Write(compressed) })
	c.partialHash = partialOf(t, response)
	response.Write(c.keys.marshal())
	challenge.Write(response.Sum(nil))
	f.each(func(whole, compressed []byte) { challenge.Write(whole) })
	challenge.Sum(c.nextChallenge[:0])
}

// each calls visit with each point, encoded as hashes want it, in the file's order.
func (f *forgery) each(visit func(whole, compressed []byte)) {
	one := func(points ...bn254.G1Affine) {
		for i := range points {
			var w [sizeG1]byte
			var c [sizeG1 / 2]byte
			encodeG1(&points[i], w[:], c[:])
			visit(w[:], c[:])
		}
	}
	two := func(points ...bn254.G2Affine) {
		for i := range points {
			var w [sizeG2]byte
			var c [sizeG2 / 2]byte
			encodeG2(&points[i], w[:], c[:])
			visit(w[:], c[:])
		}
	}
	one(f.tauG1...)
	two(f.tauG2...)
	one(f.alpha...)
	one(f.beta...)
	two(f.betaG2)
}

// partialOf lays out the state of a hash as snarkjs does.
func partialOf(t testing.TB, h any) (out [partialSize]byte) {
	b, err := h.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	b = b[len("b2b"):]
	for i := range 8 {
		binary.LittleEndian.PutUint64(out[128+8*i:], binary.BigEndian.Uint64(b[8*i:]))
	}
	binary.LittleEndian.PutUint64(out[192:], binary.BigEndian.Uint64(b[64:]))
	rest := b[64+16+1:]
	copy(out[:128], rest)
	binary.LittleEndian.PutUint64(out[200:], uint64(rest[128]))
	return out
}

// bytes writes the file.
func (f *forgery) bytes() []byte { return join(f.sections()) }

// A piece is a section: its number and its content.
type piece struct {
	id   uint32
	data []byte
}

func (f *forgery) sections() []piece {
	header := binary.LittleEndian.AppendUint32(nil, fp.Bytes)
	prime := fp.Modulus().Bytes()
	slices.Reverse(prime)
	header = append(header, prime...)
	header = binary.LittleEndian.AppendUint32(header, uint32(f.power))
	header = binary.LittleEndian.AppendUint32(header, uint32(f.ceremony))
	steps := binary.LittleEndian.AppendUint32(nil, uint32(len(f.steps)))
	for i := range f.steps {
		steps = append(steps, f.steps[i].bytes()...)
	}
	return []piece{
		{1, header}, {2, rawG1(f.tauG1...)}, {3, rawG2(f.tauG2...)}, {4, rawG1(f.alpha...)},
		{5, rawG1(f.beta...)}, {6, rawG2(f.betaG2)}, {7, steps},
	}
}

func join(pieces []piece) []byte {
	b := binary.LittleEndian.AppendUint32([]byte("ptau"), 1)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(pieces)))
	for _, p := range pieces {
		b = binary.LittleEndian.AppendUint32(b, p.id)
		b = binary.LittleEndian.AppendUint64(b, uint64(len(p.data)))
		b = append(b, p.data...)
	}
	return b
}

func rawElements(elements ...fp.Element) (b []byte) {
	for _, e := range elements {
		for _, limb := range e {
			b = binary.LittleEndian.AppendUint64(b, limb)
		}
	}
	return b
}

func rawG1(points ...bn254.G1Affine) (b []byte) {
	for i := range points {
		b = append(b, rawElements(points[i].X, points[i].Y)...)
	}
	return b
}

func rawG2(points ...bn254.G2Affine) (b []byte) {
	for i := range points {
		p := &points[i]
		b = append(b, rawElements(p.X.A0, p.X.A1, p.Y.A0, p.Y.A1)...)
	}
	return b
}

func (c *contribution) bytes() []byte {
	var kind uint32
	var params []byte
	if c.name != "" {
		params = append([]byte{1, byte(len(c.name))}, c.name...)
	}
	if c.beacon {
		kind = 1
		params = append(params, 2, byte(c.iterationsExp), 3, byte(len(c.beaconValue)))
		params = append(params, c.beaconValue...)
	}
	b := bytes.Join([][]byte{rawG1(c.tauG1), rawG2(c.tauG2), rawG1(c.alphaG1, c.betaG1), rawG2(c.betaG2)}, nil)
	for i := range c.keys {
		b = append(b, rawG1(c.keys[i].s, c.keys[i].sx)...)
	}
	for i := range c.keys {
		b = append(b, rawG2(c.keys[i].spx)...)
	}
	b = append(b, c.partialHash[:]...)
	b = append(b, c.nextChallenge[:]...)
	b = binary.LittleEndian.AppendUint32(b, kind)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(params)))
	return append(b, params...)
}

// readBytes reads a file from memory.
func readBytes(t testing.TB, b []byte, opt Options) (*SRS, error) {
	t.Helper()
	return check(t.Context(), bytes.NewReader(b), int64(len(b)), &opt)
}
