package poseidon

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// grain is the shift register from which Poseidon2 draws its constants: Grain's, of 80 bits,
// with the feedback x⁸⁰+x⁶²+x⁵¹+x³⁸+x²³+x¹³+1 and self-shrinking output. (L. Grassi and
// others, "Poseidon", eprint 2019/458, appendix E; Poseidon2, eprint 2023/323, keeps it.)
type grain struct {
	bits  [80]bool
	first int // the oldest bit
}

// newGrain starts the register for w: field kind 1, s-box kind 0, the bits of the modulus,
// the width, full and partial rounds, then ones.
func newGrain(w width) *grain {
	g := new(grain)
	n := 0
	put := func(value, size int) {
		for size--; size >= 0; size-- {
			g.bits[n] = value>>size&1 == 1
			n++
		}
	}
	put(1, 2)
	put(0, 4)
	put(fr.Bits, 12)
	put(w.t, 12)
	put(fullRounds, 10)
	put(w.partialRounds, 10)
	put(1<<30-1, 30)
	for range 160 {
		g.step()
	}
	return g
}

func (g *grain) step() bool {
	at := func(i int) bool { return g.bits[(g.first+i)%80] }
	bit := at(62) != at(51) != at(38) != at(23) != at(13) != at(0)
	g.bits[g.first] = bit
	g.first = (g.first + 1) % 80
	return bit
}

// bit returns the second bit of the next pair whose first one is set.
func (g *grain) bit() bool {
	for !g.step() {
		g.step()
	}
	return g.step()
}

// element returns the next number below the modulus, most significant bit first.
func (g *grain) element() (e fr.Element) {
	for {
		var b [fr.Bytes]byte
		for i := 8*fr.Bytes - fr.Bits; i < 8*fr.Bytes; i++ {
			if g.bit() {
				b[i/8] |= 0x80 >> (i % 8)
			}
		}
		if e.SetBytesCanonical(b[:]) == nil {
			return e
		}
	}
}

// constants are what the permutation of one width adds and multiplies by.
type constants struct {
	keys     [][]fr.Element // of each round: t elements, in partial rounds one
	diagonal []fr.Element   // of the internal matrix, less one
}

func newConstants(w width) *constants {
	c := &constants{keys: make([][]fr.Element, fullRounds+w.partialRounds)}
	g := newGrain(w)
	for r := range c.keys {
		n := w.t
		if w.isPartial(r) {
			n = 1
		}
		for range n {
			c.keys[r] = append(c.keys[r], g.element())
		}
	}
	for _, hex := range diagonals[w.t] {
		x, _ := new(big.Int).SetString(hex, 16)
		c.diagonal = append(c.diagonal, *new(fr.Element).SetBigInt(x))
	}
	return c
}

// diagonals are the internal matrices' diagonals, less one: random ones for which no subspace
// is invariant, as the authors' script chose them
// (https://github.com/HorizenLabs/poseidon2, poseidon2_rust_params.sage).
var diagonals = map[int][]string{
	4: {
		"10dc6e9c006ea38b04b1e03b4bd9490c0d03f98929ca1d7fb56821fd19d3b6e7",
		"0c28145b6a44df3e0149b3d0a30b3bb599df9756d4dd9b84a86b38cfb45a740b",
		"00544b8338791518b2c7645a50392798b21f75bb60e3596170067d00141cac15",
		"222c01175718386f2e2e82eb122789e352e105a3b8fa852613bc534433ee428b",
	},
	8: {
		"05bffb5e301d8c468c35e24eb2165b6b71725fb7ac9a48efe5ce041bdb05676d",
		"2aa7a81812688343fc6d78073312996d75f4c5505db0ed22af5ec0df7888cdc7",
		"2f5856fd71dab60d78cc3af15a89c1e4d61ba189849a4cea10acc1dd228faf00",
		"12299a260999ac95d271e184968cda40bd4358877a6dcf43d779251fffa61348",
		"1443aad4693d692a62a8e21f03d5643a123f0c8783a3d27c275f9d01089685fb",
		"21561b0204a44488082e31472f5885a3adc179bb278233aedc4b316369ec9937",
		"0c7cc2afa53f9898f30a69b294a4e24f6b2176e1ae0ca49b021792d55e34e97d",
		"2dd221096053de389fae88e7caa5c43ab55e22aeb758ee130d1246c1dff47b53",
	},
	12: {
		"20bb1e98f40bfe80b8e2f2c885ea13a2ea1f146ff61218c31075ad79dd8f4ffa",
		"1ed6abd05c8d678fa14c0c77d90f02fa1f8af249915fa6518f5f8d5e5c649fb2",
		"29107b18658b47d566f5063975d6bbc504382b81777e0796c7cb81f9b4e2cf46",
		"134ceec3ec069dd76fc9804ff029c2c27c5646986ff5dbeb17091d9c479ae923",
		"0ee2e4f4a3c23a1b71834d1a95ea402504b8d68fab6f74855c884df898c286f9",
		"0a469d3f3cb250181cc1e70c8227dace349b1c52fe8f7375744c8be5b80771e5",
		"0cfa92ab38d116f1cdc24ecc083ad1cb17a215de9968726a81970dde9cca70d6",
		"173df1a0df85f4533605f9578b1f58ccadf1f810e1fcca66808382efa84d684a",
		"2ced3bf3cf641c12a311b16b4107663388876a894e70c28c5498946c7fd8dcd4",
		"0912073a16428c84bfbb6170108adf6d168100ac5587c23c9405cf1f7ca8f13b",
		"250b310cd13063ee49c78680c1434853968f464d2fc99166c23a2e330dd71d54",
		"08b593b39852f7ad095a03a3eee546c388e02896d460454c6f1887c8d1c82e37",
	},
	16: {
		"269aaf7c0e0ae1a709c1b7cd137c366a3ef21c0ca7d9fb2b33b5a1ae235768e4",
		"30543ee04032614e317229edfaf3b27da10dd0792f35ecb2fb82a20c30eb1de3",
		"017416b13160b7d8d73ffd44efc75ce642f1d002e332ad4bd68469b8b83c5fc4",
		"09b103f438a43f1aabb6bc5d3490d3c443d773b966d902d36c81490614939eaf",
		"08f9e81ea21aa882da55bde42c830d261462c4489451ab181513614983fcdb30",
		"026d2cf77cf485777fb797f7c3bf17acafcb3679549ac98acb6e430eb53e4be5",
		"0652442bfa09590b710b3273f0d3c3de61defe08359aa8289b63f36eec1d7a7b",
		"0d6e46bf1e3725ff884f82602321db7d05c152349b4cd1117195e5f778f9c27b",
		"285754e689291a5f02e4a3c9b07359d3fc33a687a755f842cc45a037774d0542",
		"09a4884b8ce2a5dc8eee7e181526dd65567e70aa4cb62c3d128e7d94345a4dc4",
		"06af44dac4ca6cc95e692a20907607defa711623ca94934bea9d70bd555a594d",
		"0f8b7738afe6bd0d66cb58970bf7484be2c67a4519d1406f074ae165ab5d2ad5",
		"294dbe90e673accdcc6d7211bb0ac3aab902a88476ef7f7ac6fe3ba7b128c71a",
		"05c3f9cecad533b14bace3f9d7d7713ccf40c9429b4fce2cfa3aa4ee3d4ae039",
		"26cbff872ac3df2a3787878f24ee28b6ad4f1dcab41126b80f4038f40510d7e1",
		"1ba0b493c987b9c1424ede9239ba100dc005e717aa71ca6d6a605561e379bdce",
	},
}
