//go:build prover_checks

package page

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

const (
	sold         = "../testdata/sold"
	soldContract = "0x9fe46736679d2d9a65f0992f2272de9f3c7fa6e0"
)

// A question is one of JSON-RPC.
type question struct {
	ID     any    `json:"id"`
	Method string `json:"method"`
	Params []any  `json:"params"`
}

// key is what an answer was written down under, and whether the question names the block by its hash.
func (q *question) key(blockHash string) (key string, atBlock bool) {
	parts := []string{q.Method}
	for _, p := range q.Params {
		switch p := p.(type) {
		case map[string]any:
			if p["blockHash"] != nil {
				atBlock = p["blockHash"] == blockHash
				continue
			}
			parts = append(parts, fmt.Sprint(p["to"], " ", p["data"]))
		default:
			parts = append(parts, fmt.Sprint(p))
		}
	}
	return strings.Join(parts, " "), atBlock || !strings.HasPrefix(q.Method, "eth_call") && q.Method != "eth_getCode"
}

// recorded is a node that says what anvil said, changed in some answers.
func recorded(t *testing.T, change func(method, key string, answer map[string]any)) *host {
	t.Helper()
	var answers map[string]json.RawMessage
	if err := json.Unmarshal(read(t, sold, "rpc.json"), &answers); err != nil {
		t.Fatal(err)
	}
	var head struct{ Result struct{ Hash string } }
	if err := json.Unmarshal(answers["eth_getBlockByNumber latest false"], &head); err != nil {
		t.Fatal(err)
	}
	return newHost(t, true, func(w http.ResponseWriter, r *http.Request) {
		var q question
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
			t.Errorf("the node is asked what is no JSON: %v", err)
		}
		key, atBlock := q.key(head.Result.Hash)
		if !atBlock {
			t.Errorf("%s is asked of another block", key)
		}
		answer := map[string]any{}
		if known := answers[key]; known != nil {
			if err := json.Unmarshal(known, &answer); err != nil {
				t.Error(err)
			}
		} else {
			answer["error"] = map[string]any{"code": 3, "message": "execution reverted"}
		}
		answer["jsonrpc"], answer["id"] = "2.0", q.ID
		if change != nil {
			change(q.Method, key, answer)
		}
		json.NewEncoder(w).Encode(answer)
	})
}

// compares asks nodes about the contract, and returns what the page says of it.
func (p *tab) compares(t *testing.T, contract, tokens string, nodes ...string) string {
	t.Helper()
	p.asks(t, "compare", map[string]string{"node": nodes[0], "node-2": append(nodes, "")[1], "contract": contract, "tokens": tokens})
	p.wait(t, fmt.Sprintf(`document.querySelectorAll("#chain-result .chain").length === %d && document.getElementById("busy").hidden`, len(nodes)))
	return eval[string](t, p, `document.getElementById("chain-result").innerText`)
}

// What nodes say stands apart, under their name and block; a lie of one is named or changes
// nothing, and the verdict on the proofs stays what it was.
func TestSlowOnline_SaysWhatNodesSay(t *testing.T) {
	p := startBrowser(t).open(t, "file://"+fileOf(t, OnlineFile), "")
	if got := p.compares(t, soldContract, "1", recorded(t, nil).URL); !strings.Contains(got, "Give the deck’s published folder or CAR first") {
		t.Errorf("without a deck the page says\n%s", got)
	}
	want := p.judged(t, "files", filepath.Join(sold, "drop.car"))
	if want.Level != "amber" {
		t.Fatalf("got %+v", want)
	}
	node := recorded(t, nil)
	text := p.compares(t, soldContract, "1,2,3", node.URL)
	for _, says := range []string{
		"According to " + strings.TrimPrefix(node.URL, "http://") + " at block 8", "0x2257b83893fd6297657fc3d97831b03fbb49e2f3c28d5f5fec3e60ecbc97811f", "2025-08-18T15:59:13.000Z",
		"This is the node’s word, and no part of the verdict above", "It contradicts nothing of what was compared", "with the key of the publication", "1 of 1 groups, computed from the published batches",
		"card 10", "bafybeibc6rbqnzt7rum2hogoxcbcq6fpfggyerdo35qeby5z367yq2w7rq/10.json", "it is not minted yet", "Not compared", "the transaction that created the contract", "the signature that the assignment was drawn by",
	} {
		if !strings.Contains(text, says) {
			t.Errorf("of the contract the page does not say %q:\n%s", says, text)
		}
	}
	if n := eval[int](t, p, `document.querySelectorAll("#chain-result [data-level=proven], #chain-result [data-level=amber]").length`); n != 0 {
		t.Errorf("%d things of a node's word have the colour of a proof", n)
	}
	for what, row := range lyingNodes(t) {
		text := p.compares(t, soldContract, "1", row.node.URL)
		if !strings.Contains(text, row.says) {
			t.Errorf("%s: the page does not say %q:\n%s", what, row.says, text)
		}
		if got := p.verdict(t); got.Level != want.Level || got.Line != want.Line {
			t.Errorf("%s: the verdict is %+v", what, got)
		}
	}
	if text := p.compares(t, "0x12", "", node.URL); !strings.Contains(text, "no 0x and 40 hex digits") {
		t.Errorf("an address of one byte: %s", text)
	}
	if text := p.compares(t, soldContract, "1,x", node.URL); !strings.Contains(text, "is no number of a token") {
		t.Errorf("a token x: %s", text)
	}
	other := recorded(t, func(method, key string, answer map[string]any) {
		if strings.HasSuffix(key, "0xa2309ff8") { // totalMinted()
			answer["result"] = "0x" + fmt.Sprintf("%064x", 7)
		}
	})
	if text := p.compares(t, soldContract, "1", node.URL, other.URL); !strings.Contains(text, "The two nodes differ in: minted") {
		t.Errorf("two nodes that differ: %s", text)
	}
	if text := p.compares(t, soldContract, "1", node.URL, recorded(t, nil).URL); !strings.Contains(text, "The two nodes say the same") {
		t.Errorf("two nodes that agree: %s", text)
	}
	if v := eval[[]string](t, p, "violations"); len(v) > 0 {
		t.Errorf("violations of the page's policy: %q", v)
	}
}

// A liar is a node, and what the page has to say of it.
type liar struct {
	node *host
	says string
}

// changes is a node that gives one result in place of its own.
func changes(t *testing.T, key string, result any) *host {
	return recorded(t, func(_, asked string, answer map[string]any) {
		if asked == key || strings.HasSuffix(asked, key) {
			answer["result"] = result
		}
	})
}

func lyingNodes(t *testing.T) map[string]liar {
	t.Helper()
	word := func(n int) string { return fmt.Sprintf("0x%064x", n) }
	raw := func(cors bool, text string) *host {
		return newHost(t, cors, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, text) })
	}
	deep := `{"jsonrpc":"2.0","id":1,"result":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`
	return map[string]liar{
		"another chain":               {changes(t, "eth_chainId", "0x1"), "the deck's home is another chain than this one, 1"},
		"a chain above 2^53":          {changes(t, "eth_chainId", "0x20000000000001"), "another chain than this one, 9007199254740993"},
		"a chain of 256 bits":         {changes(t, "eth_chainId", "0x"+strings.Repeat("f", 64)), "want at most 64 bits"},
		"no chain":                    {changes(t, "eth_chainId", 7), "chain is no number"},
		"a block without hash":        {changes(t, "eth_getBlockByNumber latest false", map[string]any{"number": "0x8"}), "the node's block has no hash"},
		"no block":                    {changes(t, "eth_getBlockByNumber latest false", nil), "the node's block has no hash"},
		"another home":                {changes(t, "0x9fa92f9d", word(5)), "the contract is another author's"},
		"another directory":           {changes(t, "0x50c6ae5f"+strings.Repeat("0", 64), word(5)), "group 0: the contract has the directory of other documents"},
		"a million groups":            {changes(t, "0x5bf89d9e", word(1000000)), "more than a deck has"},
		"other code":                  {changes(t, "eth_getCode "+soldContract, "0x6001"), "OTHER CONTRACT: its code is not DeckDrop's"},
		"no contract":                 {changes(t, "eth_getCode "+soldContract, "0x"), "there is no deck's contract at this address"},
		"code that is no hex":         {changes(t, "eth_getCode "+soldContract, "0x0"), "code is no hex"},
		"another verifier's code":     {changes(t, "eth_getCode 0x5fbdb2315678afecb367f032d93f642f64180aa3", "0x6001"), "is not genproof's verifier"},
		"another card":                {changes(t, "0xc22b8d82"+fmt.Sprintf("%064x", 1), word(5)), "the contract says another card, and it is card 10"},
		"an answer of no words":       {changes(t, "0xc19d93fb", "0x01"), "another form than the contract's function gives"},
		"an answer that is an object": {changes(t, "0xc19d93fb", map[string]any{"then": "x"}), "answer is no hex"},
		"a page":                      {raw(true, "<!DOCTYPE html><title>login</title>"), "is no node: its answer to eth_chainId is no JSON"},
		"another question's answer":   {raw(true, `{"jsonrpc":"2.0","id":0,"result":"0x1"}`), "is not one of JSON-RPC"},
		"null":                        {raw(true, `null`), "is not one of JSON-RPC"},
		"JSON of 41 levels":           {raw(true, deep), "of more than 16 levels"},
		"an answer without end":       {newHost(t, true, func(w http.ResponseWriter, r *http.Request) { io.Copy(w, endless{r}) }), "sends more than 1048576 bytes"},
		"silence": {newHost(t, true, func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body) // or the server does not see that nobody waits any more
			<-r.Context().Done()
		}), "gives no answer within 10 seconds"},
		"a redirect": {newHost(t, true, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/other", http.StatusTemporaryRedirect)
		}), "sends the page elsewhere"},
		"no leave for other origins": {raw(false, `{}`), "geth --http.corsdomain, anvil --allow-origin"},
		"an error": {recorded(t, func(_, _ string, a map[string]any) {
			a["error"] = map[string]any{"code": -32005, "message": "<b>pay</b>"}
		}), "answers to eth_chainId: <b>pay</b>"},
	}
}
