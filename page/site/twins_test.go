package site

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
	"unicode"
)

// pagesOwn runs text.js of the verifier's page, with as much of a document as it needs.
const pagesOwn = `
const { readFileSync } = require("node:fs");
globalThis.document = { createElement: (name) => ({ name, attributes: {}, text: "", setAttribute(k, v) { this.attributes[k] = v; }, append(...c) { this.text += c.join(""); } }) };
const cases = JSON.parse(readFileSync(0));
const script = readFileSync("../script/text.js", "utf8");
const pieces = new Function(script + "; return pieces;")();
console.log(JSON.stringify(cases.map(({ text, lines, ours }) => {
  const out = [];
  for (const p of pieces(text, lines, ours)) {
    const piece = typeof p === "string" ? { Text: p, Class: "", Why: "" } : { Text: p.text, Class: p.attributes.class, Why: p.attributes.title ?? "" };
    const last = out.at(-1);
    if (piece.Class === "" && last?.Class === "") last.Text += piece.Text;
    else out.push(piece);
  }
  return out;
})));
`

// A site and the verifier's page show a stranger's text in the same pieces: the same signs stand as code
// points, the same words in boxes, for the same reasons.
func TestTwins_ShowTextsInTheSameWay(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the page's script was not run")
	}
	type one struct {
		Text  string `json:"text"`
		Lines bool   `json:"lines"`
		Ours  bool   `json:"ours"`
	}
	texts := []string{
		"", "Moss", "two words", "proven", "Proven!", "it is REJECTED.", "ｐｒｏｖｅｎ", "\u2714 proven", "a\u202eb", "a\u00adb", "line\nline", "tab\tbed", "pr\u043even", "\u0441\u0430\u0442",
		"\U0001d429roven", "𝐩𝐫𝐨𝐯𝐞𝐧", "👩\u200d👩\u200d👧", "a\u200db", "e" + strings.Repeat("\u0301", 30), "\u2800\u3164\u115f", "\ue000", "\ufffe", "\U000e0041", "שלום", "ok ✅ 🔒 fine", "ⓟⓡⓞⓥⓔⓝ", "\u00a0x\u2003y", "verified, authentic & official",
	}
	for r := rune(0); r < 0x3000; r += 7 {
		if unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf) { // what others were added to Unicode since differs
			texts = append(texts, "a"+string(r)+"b")
		}
	}
	var cases []one
	for _, s := range texts {
		cases = append(cases, one{s, false, false}, one{s, true, true})
	}
	input, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(node, "-e", pagesOwn)
	c.Stdin = strings.NewReader(string(input))
	out, err := c.Output()
	var there [][]Piece
	if err == nil {
		err = json.Unmarshal(out, &there)
	}
	if err != nil || len(there) != len(cases) {
		t.Fatalf("%v: %.300s", err, out)
	}
	for i, x := range cases {
		here := pieces([]rune(x.Text), style{lines: x.Lines, ours: x.Ours})
		for n := range here {
			if here[n].Class == "cp" {
				here[n].Why = "" // the page has none
			}
		}
		a, _ := json.Marshal(here)
		b, _ := json.Marshal(there[i])
		if len(here)+len(there[i]) > 0 && string(a) != string(b) {
			t.Errorf("%q: a site shows %s, the page %s", x.Text, a, b)
		}
	}
}
