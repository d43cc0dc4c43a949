package chain

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
)

// goldenLists are what OpenZeppelin's own library makes.
type goldenLists struct {
	Comment string
	Cases   []struct {
		Accounts   int
		Root       common.Hash
		DumpSHA256 string `json:"dump_sha256"`
		Dump       string
		Proofs     []struct {
			Index   int
			Account string
			Tokens  uint64
			Path    []common.Hash
		}
	}
}

func readGoldenLists(t *testing.T) (g goldenLists) {
	t.Helper()
	data, err := os.ReadFile("testdata/allowlist/golden.json")
	if err == nil {
		err = json.Unmarshal(data, &g)
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// goldenAllowances are the first n of the golden lists.
func goldenAllowances(n int) (list []Allowance) {
	for i := range n {
		h := sha256.Sum256(fmt.Appendf(nil, "account %d", i))
		list = append(list, Allowance{common.Address(h[:20]), uint64(i%7 + 1)})
	}
	return list
}

func newAllowList(t *testing.T, n int) *AllowList {
	t.Helper()
	l, err := NewAllowList(goldenAllowances(n))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestAllowList_IsOpenZeppelins(t *testing.T) {
	seen := 0
	for _, c := range readGoldenLists(t).Cases {
		l := newAllowList(t, c.Accounts)
		if l.Root() != c.Root {
			t.Errorf("%d accounts: root %x, want %x", c.Accounts, l.Root(), c.Root)
		}
		dump, err := l.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		if h := sha256.Sum256(dump); fmt.Sprintf("%x", h) != c.DumpSHA256 || c.Dump != "" && string(dump) != c.Dump {
			t.Errorf("%d accounts: another dump than the library's: %.500s", c.Accounts, dump)
		}
		back, err := ParseAllowList(dump)
		if err != nil || back.Root() != c.Root || len(back.allowances) != c.Accounts {
			t.Errorf("%d accounts: reading the dump: %v", c.Accounts, err)
		}
		for _, p := range c.Proofs {
			tokens, path, err := l.Path(common.HexToAddress(p.Account))
			if err != nil || tokens != p.Tokens || fmt.Sprintf("%x", path) != fmt.Sprintf("%x", p.Path) {
				t.Errorf("%d accounts: path of account %d: %d tokens by %x, %v", c.Accounts, p.Index, tokens, path, err)
			}
			seen++
		}
	}
	if seen != 12 {
		t.Errorf("%d paths compared, want 12", seen)
	}
}

// climb goes from a leaf to the root as the contract's MerkleProof does.
func climb(node [32]byte, path [][32]byte) [32]byte {
	for _, sibling := range path {
		node = nodeOver(node, sibling)
	}
	return node
}

func TestAllowList_PathsLeadToTheRoot(t *testing.T) {
	for n := 1; n <= 33; n++ {
		l := newAllowList(t, n)
		for _, a := range l.allowances {
			tokens, path, err := l.Path(a.Account)
			if err != nil || tokens != a.Tokens || climb(a.leaf(), path) != l.Root() {
				t.Errorf("%d accounts: the path of %s leads elsewhere: %v", n, a.Account, err)
			}
			more := Allowance{a.Account, a.Tokens + 1}
			if climb(more.leaf(), path) == l.Root() {
				t.Errorf("%d accounts: %s gets more than was granted", n, a.Account)
			}
		}
	}
	if _, _, err := newAllowList(t, 3).Path(common.Address{1}); !errors.Is(err, ErrNotListed) {
		t.Errorf("a stranger: %v", err)
	}
}

func TestAllowList_RefusesWhatIsNoList(t *testing.T) {
	a := Allowance{common.Address{1}, 1}
	for name, list := range map[string][]Allowance{
		"nobody":           nil,
		"an account twice": {a, {a.Account, 2}},
		"nothing granted":  {a, {common.Address{2}, 0}},
		"too many":         make([]Allowance, MaxAllowances+1),
	} {
		if _, err := NewAllowList(list); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestParseAllowList_RefusesOtherFiles(t *testing.T) {
	dump, err := newAllowList(t, 3).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	whole := string(dump)
	swap := func(old, new string) string {
		if !strings.Contains(whole, old) {
			t.Fatalf("the dump has no %s", old)
		}
		return strings.Replace(whole, old, new, 1)
	}
	for name, text := range map[string]string{
		"empty":             "",
		"cut":               whole[:len(whole)/2],
		"more behind":       whole + "{}",
		"another format":    swap("standard-v1", "simple-v1"),
		"another encoding":  swap(`["address","uint256"]`, `["address","uint64"]`),
		"another member":    swap(`"tree"`, `"nodes"`),
		"more tokens":       swap(`,"2"]`, `,"3"]`),
		"no tokens":         swap(`,"2"]`, `,"0"]`),
		"half a token":      swap(`,"2"]`, `,"2.5"]`),
		"a mistyped letter": swap("0x6Ab3", "0x6ab3"),
		"another leaf":      swap(`"treeIndex":3`, `"treeIndex":4`),
		"another node":      swap(`"tree":["0xc0`, `"tree":["0xc1`),
		"a node too few":    swap(`,"0x28bcf9948f32330f61e715107484e0f971fa01e4b60026b00017e195e4be84ba"]`, `]`),
		"a node too many":   swap(`],"values"`, `,"0x00"],"values"`),
		"no nodes":          swap(`"tree":[`, `"tree":{}, "x":[`),
		"a long element":    swap(`"value":[`, `"value":[`+strings.Repeat(" ", maxElement)),
		"a deep value":      swap(`"value":[`, `"value":[[`),
	} {
		if _, err := ParseAllowList([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	for name, text := range map[string]string{"numbers": swap(`,"2"]`, `,2]`), "spaces": swap(`"values":[`, ` "values" : [ `)} {
		if _, err := ParseAllowList([]byte(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A list made to hurt is refused at once.
func TestParseAllowList_IsBounded(t *testing.T) {
	for name, values := range map[string]string{"values": strings.Repeat("{},", 4<<20) + "{}", "nesting": strings.Repeat("[", 9000) + strings.Repeat("]", 9000)} {
		start := time.Now()
		_, err := ParseAllowList([]byte(`{"format":"standard-v1","leafEncoding":["address","uint256"],"tree":[],"values":[` + values + `]}`))
		if took := time.Since(start); err == nil || took > 2*time.Second {
			t.Errorf("%s: %v after %s", name, err, took)
		}
	}
}
