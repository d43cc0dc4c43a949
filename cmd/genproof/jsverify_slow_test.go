//go:build prover_checks

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A provider of EIP-1193 over a node's socket, and one question to the package.
const marketplace = `import { connect } from "node:net";
import { readFileSync } from "node:fs";
import { verifyToken } from %q;

const [rpc, car, contract, ...asked] = process.argv.slice(2);
let id = 0, rest = "";
const open = new Map();
const socket = connect(rpc);
socket.on("data", (data) => {
  const lines = (rest + data).split("\n");
  rest = lines.pop();
  for (const line of lines.filter(Boolean)) {
    const { id, result, error } = JSON.parse(line);
    const { resolve, reject } = open.get(id);
    error ? reject(Object.assign(new Error(error.message), error)) : resolve(result);
  }
});
const methods = new Set();
const call = ({ method, params }) => {
  methods.add(method);
  return new Promise((resolve, reject) => {
    open.set(++id, { resolve, reject });
    socket.write(JSON.stringify({ jsonrpc: "2.0", id, method, params }) + "\n");
  });
};
const publication = readFileSync(car);
const out = [];
for (const tokenId of asked) {
  const v = await verifyToken({ publication, tokenId, chain: { id: "1337", contract, call } });
  out.push({ level: v.level, reason: v.reason ?? "", card: v.card?.toString() ?? "", uri: v.chain?.uri ?? "", reservations: v.reservations?.map((r) => r.name) ?? [], all: JSON.stringify(v, (_, x) => (typeof x === "bigint" ? x.toString() : x)) });
}
socket.end();
console.log(JSON.stringify({ out, methods: [...methods].sort() }));
`

// A marketplace's question against a chain: which card a token shows, at a contract that is the
// deck's, and at one that only names its documents.
func TestSlowVerifyToken_AsksAChain(t *testing.T) {
	w, contract := sold(t)
	w.draw(t)
	dir := filepath.Join(t.TempDir(), "verify")
	if err := os.CopyFS(dir, os.DirFS("../../js/verify")); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "run", "github.com/genproof/genproof/js/verify/make", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	script := filepath.Join(dir, "marketplace.mjs")
	write(t, script, fmt.Sprintf(marketplace, filepath.Join(dir, "dist", "node.js")))
	type answer struct {
		Level, Reason, Card, URI, All string
		Reservations                  []string
	}
	levels := map[string]int{}
	closed, _ := schemaOf(t, "../../bundle/token.schema.json", true)
	ask := func(car string, tokens ...string) (list []answer) {
		t.Helper()
		out, err := exec.Command("node", append([]string{script, w.rpc, car, contract}, tokens...)...).Output()
		if err != nil {
			t.Fatal(err)
		}
		var said struct {
			Out     []answer
			Methods []string
		}
		if err := json.Unmarshal(out, &said); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		for _, m := range said.Methods { // it asks, and sends nothing
			if !slices.Contains([]string{"eth_call", "eth_chainId", "eth_getBlockByNumber", "eth_getCode"}, m) {
				t.Errorf("the provider is asked for %s", m)
			}
		}
		for _, a := range said.Out { // what it says is of the schema for it
			if err := closed.Validate(instance(t, "token", a.All)); err != nil {
				t.Errorf("%v\n%s", err, a.All)
			}
			levels[a.Level]++
		}
		return said.Out
	}
	car := filepath.Join(w.out, "drop.car")
	shown := decode[deckReport](t, succeed(t, "verify", w.out, "--rpc", w.rpc, "--contract", contract, "--tokens", "1-11", "--keys", sharedKeys, "--json")).Chain.Tokens
	for i, a := range ask(car, "1", "2", "11") {
		tk := shown[[]int{0, 1, 10}[i]]
		if a.Level != "amber" || a.Card != fmt.Sprint(tk.Card) || a.URI != tk.URI || strings.Contains(strings.Join(a.Reservations, " "), "contract") {
			t.Errorf("token %d, card %d: %+v", tk.Token, tk.Card, a)
		}
	}
	if a := ask(car, "12", "1"); a[0].Level != "not checked" || !strings.HasPrefix(a[0].Reason, "on the chain: ") || a[1].Level != "amber" {
		t.Errorf("a token that was not minted: %+v", a)
	}
	// Another deck's publication is none of this contract.
	if a := ask(deckCAR, "1"); a[0].Level == "amber" || a[0].Level == "proven" {
		t.Errorf("another deck: %+v", a)
	}
	if len(levels) != 3 {
		t.Errorf("the schema was held against %v", levels)
	}
}
