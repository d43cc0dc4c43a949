package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
)

// A judgement is a question to the package, and what must come of it.
type judgement struct {
	Base  string `json:"base"`
	Token string `json:"token"`
	// A change of one file of the base: flip, cut, insert or remove; empty for none.
	Op   string `json:"op"`
	Path string `json:"path"`
	At   int    `json:"at"`
	XOR  byte   `json:"xor"`
	// Which files are given how; empty for a folder of all.
	CAR      string            `json:"car,omitempty"`
	Bundle   string            `json:"bundle,omitempty"`
	Document string            `json:"document,omitempty"`
	Image    string            `json:"image,omitempty"`
	URI      string            `json:"uri,omitempty"`
	Answers  map[string]string `json:"answers,omitempty"`
	// Whether attestations are given, and what dates them.
	Attested    bool         `json:"attested,omitempty"`
	Checkpoints []checkpoint `json:"checkpoints,omitempty"`
	Log         bool         `json:"log,omitempty"`

	level, reason, image string
}

type judged struct {
	Level, Reason, Card, Image, Words, Block string
	OK                                       bool
	Attestations                             []attestation
	Attested                                 []string
}

type output struct {
	Results                                            []judged
	Types, Stopped, Globals                            []string
	Late, Again, OtherProgram, Without, VerdictWithout string
}

// filesBelow reads a published folder and its CAR.
func filesBelow(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files[path], err = os.ReadFile(filepath.Join(dir, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func bases(t *testing.T) map[string]map[string][]byte {
	t.Helper()
	all := map[string]map[string][]byte{}
	for _, name := range []string{"published", "deck"} {
		all[name] = filesBelow(t, filepath.Join("../../../testdata", name))
	}
	return all
}

// judgeAll has cases judged by the package in a project.
func judgeAll(t *testing.T, project string, bases map[string]map[string][]byte, cases []judgement) output {
	t.Helper()
	script, err := os.ReadFile("../test/judge.mjs")
	if err == nil {
		err = os.WriteFile(filepath.Join(project, "judge.mjs"), script, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	input, err := json.Marshal(map[string]any{"bases": bases, "cases": cases})
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	c := exec.Command("node", "judge.mjs")
	c.Dir, c.Stdin, c.Stderr = project, bytes.NewReader(input), &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.Bytes())
	}
	var o output
	if err := json.Unmarshal(out, &o); err != nil || len(o.Results) != len(cases) {
		t.Fatalf("%v: %d results of %d", err, len(o.Results), len(cases))
	}
	return o
}

// What a token's caller can hand over, and the levels that come of it.
func TestPackage_Judges(t *testing.T) {
	project := ownProject(t)
	all := bases(t)
	deck, err := bundle.UnmarshalDeck(all["deck"]["drop.json"])
	if err != nil {
		t.Fatal(err)
	}
	cid := func(path string) string { return strings.TrimSuffix(filepath.Base(path), ".json") }
	var documents []string
	for path := range all["published"] {
		if strings.HasPrefix(path, "documents/") {
			documents = append(documents, path)
		}
	}
	slices.Sort(documents)
	b, err := bundle.Unmarshal(all["published"]["bundles/2.json"])
	if err != nil {
		t.Fatal(err)
	}
	all["published"]["document"] = []byte(b.Document)
	own := documents[slices.IndexFunc(documents, func(p string) bool { return bytes.Equal(all["published"][p], []byte(b.Document)) })]
	another := documents[slices.IndexFunc(documents, func(p string) bool { return p != own })]
	const fourth = "documents/0/03.json"
	uri := directoryOf(t, all["deck"], deck) + "/07.json"
	whole := all["published"]["drop.car"]
	all["published"]["twice.car"] = slices.Concat(whole, whole[len(car.Header(car.CID{})):])
	all["published"]["more.car"] = slices.Concat(whole, car.Section(car.Raw([]byte("more")), []byte("more")))
	cases := []judgement{
		{Base: "published", Token: "2", CAR: "twice.car", level: "amber"},
		{Base: "published", Token: "2", CAR: "more.car", level: "not checked", reason: "the CAR holds more than the drop: "},
		{Base: "published", Token: "2", CAR: "more.car", Op: "flip", Path: "more.car", At: len(all["published"]["more.car"]) - 1, XOR: 1, level: "rejected", reason: "the CAR is damaged: "},
		{Base: "published", Token: "2", level: "amber"},
		{Base: "published", Token: "2", CAR: "drop.car", level: "amber"},
		{Base: "published", Token: "2", Document: own, level: "amber"},
		{Base: "published", Token: "2", Document: another, level: "rejected", reason: "documents: the file of the token's document has other bytes"},
		{Base: "published", Token: "2", Document: own, Op: "insert", Path: own, At: 5, XOR: ' ', level: "rejected", reason: "documents: the file of the token's document has other bytes"},
		{Base: "published", Token: "2", Op: "flip", Path: "bundles/1.json", At: 60, XOR: 1, level: "amber"}, // another token's
		{Base: "published", Token: "2", Op: "flip", Path: "drop.car", At: 900, XOR: 1, CAR: "drop.car", level: "rejected", reason: "the CAR is damaged: "},
		{Base: "published", Token: "2", URI: "ipfs://" + cid(own), level: "amber"},
		{Base: "published", Token: "2", URI: "ipfs://" + cid(another), level: "rejected", reason: "the contract's tokenURI is "},
		{Base: "published", Token: "77", level: "not checked", reason: "there is no bundle of token 77"},
		{Base: "published", Token: "2", Bundle: "bundles/2.json", level: "not checked", reason: "a bundle alone says nothing about its drop"},
		{Base: "deck", Token: "4", level: "amber"},
		{Base: "deck", Token: "4", Document: fourth, level: "amber"},
		{Base: "deck", Token: "4", Document: "documents/0/04.json", level: "rejected", reason: "document: its SHA-256 is not the proven one"},
		{Base: "deck", Token: "4", Image: imageOf(all["deck"], "3"), level: "amber", image: publication.ImageNamed},
		{Base: "deck", Token: "4", Image: imageOf(all["deck"], "5"), level: "rejected", reason: "the image is another one than the document names"},
		{Base: "deck", Token: "4", Image: imageOf(all["deck"], "3"), Op: "remove", Path: imageOf(all["deck"], "5"), level: "amber", image: publication.ImageNotChecked},
		{Base: "deck", Token: "13", level: "not checked", reason: "token 13: the deck has tokens 1 to 12"},
		{Base: "deck", Token: "8", URI: uri, level: "not checked", reason: "comparing the contract 0x1212"}, // a node that answers tokenURI alone
		{Base: "deck", Token: "9", URI: uri, level: "rejected", reason: "the contract's tokenURI is "},
		{Base: "deck", Token: "8", URI: strings.Replace(uri, "bafy", "bafz", 1), level: "not checked", reason: "is in another directory"},
		{Base: "deck", Token: "8", URI: uri, Answers: map[string]string{"chainId": "0x5"}, level: "not checked", reason: "on the chain: the node is of chain 5, and chain 1 is asked about"},
		{Base: "deck", Token: "8", URI: uri, Answers: map[string]string{"chainId": "1"}, level: "not checked", reason: "on the chain: the node's chain id is no quantity"},
		{Base: "deck", Token: "8", URI: uri, Answers: map[string]string{"call": "0x"}, level: "not checked", reason: "on the chain: tokenURI's answer is no text"},
		{Base: "deck", Token: "8", URI: uri, Answers: map[string]string{"call": "<html>"}, level: "not checked", reason: "on the chain: tokenURI's answer is no text"},
		{Base: "deck", Token: "8", URI: uri, Answers: map[string]string{"call": "0x" + strings.Repeat("00", 1<<20)}, level: "not checked", reason: "on the chain: tokenURI's answer is no text"},
		{Base: "deck", Token: "8", URI: uri, Answers: map[string]string{"call": "0x" + strings.Repeat("0", 62) + "20" + strings.Repeat("f", 64)}, level: "not checked", reason: "on the chain: tokenURI's answer is no text"},
	}
	o := judgeAll(t, project, all, cases)
	for i, c := range cases {
		r := o.Results[i]
		if r.Level != c.level || !strings.Contains(r.Reason, c.reason) || (r.Reason == "") != (c.reason == "") || r.Image != c.image || r.OK {
			t.Errorf("%+v: %+v", c, r)
		}
		if want := c.URI != "" && c.Answers == nil; (r.Block == "16") != want {
			t.Errorf("%+v: at block %q", c, r.Block)
		}
		if c.level == "amber" && !strings.HasPrefix(r.Words, "holds only if the maker of this key was honest") {
			t.Errorf("says %s", r.Words)
		}
	}
	for i, text := range o.Types {
		if !strings.Contains(text, "want ") {
			t.Errorf("argument %d: %s", i, text)
		}
	}
	const stopped = "not checked: disposed of"
	if len(o.Types) != 34 || !slices.Equal(o.Stopped, []string{stopped, stopped}) || !strings.HasPrefix(o.Late, "not checked: the verifier gave no sign for 1 milliseconds") || o.Again != "amber" {
		t.Errorf("%d, %q, %q, %q", len(o.Types), o.Stopped, o.Late, o.Again)
	}
	for _, text := range []string{o.Without, o.VerdictWithout} {
		if !strings.Contains(text, "WebAssembly is missing or switched off here. Check it on a machine instead: genproof verify ") {
			t.Errorf("without WebAssembly: %s", text)
		}
	}
	if !strings.HasPrefix(o.OtherProgram, "TypeError: wasm: its SHA-256 is ") || len(o.Globals) != 0 {
		t.Errorf("%q, %q", o.OtherProgram, o.Globals)
	}
}

func imageOf(files map[string][]byte, number string) string {
	for path := range files {
		if strings.HasPrefix(path, "images/") && strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) == number {
			return path
		}
	}
	return "images/" + number
}

// directoryOf is the address of the directory of a deck of one group.
func directoryOf(t *testing.T, files map[string][]byte, d *bundle.Deck) string {
	t.Helper()
	size, err := d.Size()
	if err != nil {
		t.Fatal(err)
	}
	var digests [][32]byte
	var sizes []uint64
	for n := uint64(0); n*uint64(size.Cards) < d.Cards; n++ {
		b, err := bundle.UnmarshalBatch(files[bundle.BatchPath(n)], size, d.Cards)
		if err != nil {
			t.Fatal(err)
		}
		digests, sizes = append(digests, b.Digests...), append(sizes, b.Sizes...)
	}
	return "ipfs://" + bundle.DirectoryCID(bundle.DirectoryDigest(0, d.Cards, digests, sizes))
}

// mutations are n changes of published files, and what Go says of each.
func mutations(t *testing.T, all map[string]map[string][]byte, n int) (cases []judgement) {
	t.Helper()
	rng := rand.New(rand.NewPCG(8, 2026))
	for len(cases) < n {
		c := judgement{Base: []string{"published", "deck"}[rng.IntN(2)], Token: fmt.Sprint(1 + rng.IntN(3)), Op: []string{"flip", "flip", "flip", "cut", "insert", "remove"}[rng.IntN(6)], XOR: byte(1 + rng.IntN(255))}
		var paths []string
		for path := range all[c.Base] {
			paths = append(paths, path)
		}
		slices.Sort(paths)
		c.Path = paths[rng.IntN(len(paths))]
		c.At = rng.IntN(len(all[c.Base][c.Path]))
		c.native(t, all[c.Base])
		cases = append(cases, c)
	}
	return cases
}

// native fills in what this program says.
func (c *judgement) native(t *testing.T, base map[string][]byte) {
	t.Helper()
	files := publication.Files{}
	for path, data := range base {
		files[path] = data
	}
	data := base[c.Path]
	switch c.Op {
	case "flip":
		data = bytes.Clone(data)
		data[c.At] ^= c.XOR
	case "cut":
		data = data[:c.At]
	case "insert":
		data = slices.Concat(data[:c.At], []byte{c.XOR}, data[c.At:])
	}
	if files[c.Path] = data; c.Op == "remove" {
		delete(files, c.Path)
	}
	p, err := publication.Read(files, publication.Trust{})
	var a *verdict.Answer
	if err == nil {
		var id uint64
		if _, err := fmt.Sscan(c.Token, &id); err != nil {
			t.Fatal(err)
		}
		a, err = verdict.JudgeToken(t.Context(), p, verdict.Question{Token: id, Source: verdict.KeyAlong})
	}
	if c.level = "not checked"; err != nil {
		c.reason = err.Error()
		return
	}
	if c.level, c.reason = string(a.Level), a.Reason; c.level == "not checked" && c.reason == "" {
		c.reason = a.Deck.Line()
	}
}

func compareMutations(t *testing.T, project string, n int) {
	t.Helper()
	all := bases(t)
	for _, files := range all { // what no verdict on a token reads
		for path := range files {
			if path == "drop.car" || strings.HasPrefix(path, "images/") {
				delete(files, path)
			}
		}
	}
	cases := mutations(t, all, n)
	levels := map[string]int{}
	for i, r := range judgeAll(t, project, all, cases).Results {
		c := cases[i]
		if levels[r.Level]++; r.Level != c.level || r.Reason != c.reason {
			t.Errorf("%s %s at %d of %s: got %s %q, Go says %s %q", c.Op, c.Path, c.At, c.Base, r.Level, r.Reason, c.level, c.reason)
		}
	}
	t.Logf("levels %v", levels)
	if len(levels) < 3 || levels["proven"] != 0 {
		t.Errorf("levels %v", levels)
	}
}

// Whatever was changed, the package says what Go says.
func TestPackage_SaysWhatGoSays(t *testing.T) { compareMutations(t, ownProject(t), 60) }
