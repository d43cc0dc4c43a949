package evidence_test

import (
	"strings"
	"testing"

	"github.com/genproof/genproof/attest/evidence"
)

func TestParseCheckpoints(t *testing.T) {
	hash := strings.Repeat("5a", 32)
	c, err := evidence.ParseCheckpoints([]string{"1:17:0x" + hash, "18446744073709551615:0:" + hash, "1:17:" + hash})
	if err != nil || len(c) != 2 {
		t.Fatalf("got %v, %v", c, err)
	}
	known := [32]byte([]byte(strings.Repeat("\x5a", 32)))
	blocks := c.Blocks()
	if !blocks(1, 17, known) || !blocks(1<<64-1, 0, known) || blocks(1, 17, [32]byte{1}) || blocks(1, 18, known) || blocks(2, 17, known) || blocks(3, 3, [32]byte{}) {
		t.Error("another block is known than those that are named")
	}
	for text, want := range map[string]string{
		"": "want CHAIN:NUMBER:HASH", "1:17": "want", "1:17:" + hash[1:]: "want", "1:17:" + hash + "00": "want", "-1:17:" + hash: "want", "1:x:" + hash: "want", "1:17:" + hash + ":1": "want",
		"18446744073709551616:17:" + hash: "want", "1:17:0x0x" + hash[4:]: "want", "1:17:" + strings.Repeat("z", 64): "want",
	} {
		if _, err := evidence.ParseCheckpoints([]string{text}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := evidence.ParseCheckpoints([]string{"1:17:" + hash, "1:17:" + strings.Repeat("5b", 32)}); err == nil || !strings.Contains(err.Error(), "two hashes") {
		t.Errorf("two hashes for one block: %v", err)
	}
	if _, err := evidence.ParseCheckpoints(make([]string, 5000)); err == nil || !strings.Contains(err.Error(), "at most 4096") {
		t.Errorf("5000 blocks: %v", err)
	}
	if none, err := evidence.ParseCheckpoints(nil); err != nil || none.Blocks() != nil {
		t.Errorf("no block: %v, and some are known", err)
	}
}
