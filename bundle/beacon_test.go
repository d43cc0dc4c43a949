package bundle

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle/evmnet"
)

// publishedRound is one that drand's servers tell.
const (
	publishedRound      = 9337227
	publishedSignature  = "01d65d6128f4b2df3d08de85543d8efe06b0281d0770246ae3672e8ddd3efda0269373123458f0b5c0073eeed1c816a06809e127421513e34ee07df6987910b3"
	publishedRandomness = "a1e645cd6193837f626716851f5c42ad4bf63ad75193b2cae40f88c08c8f3bd8"
)

func drandBeacon(t *testing.T) *Beacon {
	t.Helper()
	raw, err := hex.DecodeString(publishedSignature)
	if err != nil {
		t.Fatal(err)
	}
	b, err := DrandBeacon(publishedRound, [evmnet.Size]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBeacon_OfDrandIsChecked(t *testing.T) {
	b := drandBeacon(t)
	if hex.EncodeToString(b.Entropy[:]) != publishedRandomness || b.SelfChosen() || !b.ByDrand() || b.Check() != nil {
		t.Errorf("%+v: %v", b, b.Check())
	}
	if at := b.RoundTime().Unix(); at != 1727521075+(publishedRound-1)*3 {
		t.Errorf("round %d is of %d", publishedRound, at)
	}
	for what, lie := range map[string]func(*Beacon){
		"another round":     func(b *Beacon) { b.Round++ },
		"another signature": func(b *Beacon) { b.Signature[40] ^= 1 },
		"another entropy":   func(b *Beacon) { b.Entropy[0] ^= 1; b.Value = b.Derive() },
		"another value":     func(b *Beacon) { b.Value.SetUint64(7) },
		"a chain, too":      func(b *Beacon) { b.ChainID = 1; b.Value = b.Derive() },
		"a contract, too":   func(b *Beacon) { b.Contract[3] = 1; b.Value = b.Derive() },
		"no round":          func(b *Beacon) { b.Round = 0 },
		"other words":       func(b *Beacon) { b.Source = "drand evmnet, round 1" },
		"beyond all rounds": func(b *Beacon) { b.Round = 1 << 63 },
	} {
		b := drandBeacon(t)
		if lie(b); b.Check() == nil {
			t.Errorf("%s: accepted", what)
		}
	}
	self := &Beacon{Entropy: b.Entropy, Source: BeaconSelfChosen}
	if self.Value = self.Derive(); !self.SelfChosen() || self.Check() != nil {
		t.Errorf("a self-chosen one: %v", self.Check())
	}
	if _, err := DrandBeacon(publishedRound+1, b.Signature); err == nil || !strings.Contains(err.Error(), "not the chain's") {
		t.Errorf("another round's signature: %v", err)
	}
}
