package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/attest/fact"
	"github.com/genproof/genproof/attest/fact/gather"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
)

// A checkpoint is a block as callers of the package name it.
type checkpoint struct {
	Chain  string `json:"chain"`
	Number string `json:"number"`
	Hash   string `json:"hash"`
}

type attestation struct {
	File, Standing, Line string
	Reason               *string
	NotLaterThan         *string
}

var signedAt = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func keyOf(t *testing.T, n byte) *attest.Key {
	t.Helper()
	k, err := attest.NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// signed is an attestation of a key about a publication, and its id.
func signed(t *testing.T, about *attest.Target, n byte, expires string) (file []byte, id [32]byte) {
	t.Helper()
	d := attest.NewDraft(attest.CurationName)
	d.Role, d.Statement, d.Detail.Curation.Standard, d.Expires = "museum", "All cards were looked at.", "house rules", expires
	s, err := d.New(attest.Making{About: about, Basis: attest.FromPublication, Now: signedAt}, keyOf(t, n).Identity(), attest.Ed25519)
	if err != nil {
		t.Fatal(err)
	}
	a, err := attest.Sign(t.Context(), s, keyOf(t, n))
	if err == nil {
		file, err = a.Marshal()
	}
	if err == nil {
		a, err = attest.Parse(file)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file, a.ID
}

// factNaming is the fact of a transaction with data, in a block of go-ethereum's with a time, and that block.
func factNaming(t *testing.T, data []byte, number int64, at time.Time) ([]byte, checkpoint) {
	t.Helper()
	tx := types.NewTx(&types.LegacyTx{Data: data, V: big.NewInt(27), R: big.NewInt(1), S: big.NewInt(1)})
	header := &types.Header{Number: big.NewInt(number), Time: uint64(at.Unix()), Difficulty: new(big.Int)}
	b := types.NewBlock(header, &types.Body{Transactions: types.Transactions{tx}}, nil, trie.NewStackTrie(nil))
	f, err := gather.Transaction(5, b.Header(), b.Transactions(), 0)
	var file []byte
	if err == nil {
		file, err = f.Marshal()
	}
	if err != nil {
		t.Fatal(err)
	}
	return file, checkpoint{"5", fmt.Sprint(number), b.Hash().Hex()}
}

// A datedBase is a publication's files with attestations, and what dates them: block 7 names the one that holds, block 8
// the head of a log that has the one that is expired; nothing names the third.
type datedBase struct {
	files  map[string][]byte
	blocks []checkpoint
}

func datedBases(t *testing.T) (list map[string]datedBase) {
	t.Helper()
	list = map[string]datedBase{}
	for name, of := range bases(t) {
		about := targetOf(t, name)
		var named, logged [32]byte
		of["attestations/0-holds.json"], named = signed(t, about, 1, "")
		of["attestations/1-expired.json"], logged = signed(t, about, 2, "2026-02-03T00:00:00Z")
		of["attestations/2-undated.json"], _ = signed(t, about, 3, "")
		of["trust.json"] = fmt.Appendf(nil, `{"version": 1, "kind": "trust", "keys": [{"name": "Aunt Ada", "identity": %q, "roles": ["museum"], "from": "", "until": "", "published": ""}], "withdrawn": []}`, keyOf(t, 1).String())
		head := keepLog(t, of, logged)
		b := datedBase{files: of, blocks: make([]checkpoint, 2)}
		of["facts/named.json"], b.blocks[0] = factNaming(t, named[:], 7, signedAt.Add(time.Minute))
		of["facts/head.json"], b.blocks[1] = factNaming(t, head[:], 8, signedAt.Add(time.Hour))
		list[name] = b
	}
	return list
}

func targetOf(t *testing.T, name string) *attest.Target {
	t.Helper()
	p, err := publication.Open(filepath.Join("../../../testdata", name), publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if p.Deck != nil {
		return attest.TargetOfDeck(p.Deck)
	}
	return attest.TargetOfDrop(p.Description)
}

// keepLog puts a log into files, whose first entry is about an attestation, and returns the hash of its last, which
// is computed here.
func keepLog(t *testing.T, of map[string][]byte, about [32]byte) [32]byte {
	t.Helper()
	dir := t.TempDir()
	l, err := log.Open(dir, keyOf(t, 2))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, a := range []log.Addition{{Kind: "attested", Digest: about}, {Kind: "looked", Text: "the deck"}} {
		if _, err := l.Append(a, signedAt); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{log.EntriesFile, log.HeadsFile} {
		if of["log/"+name], err = files.Read(filepath.Join(dir, name), log.MaxBytes); err != nil {
			t.Fatal(err)
		}
	}
	entries := bytes.Split(bytes.TrimSpace(of["log/"+log.EntriesFile]), []byte("\n"))
	return sha256.Sum256(append([]byte("genproof/log/entry\x00"), entries[len(entries)-1]...))
}

// lines are what this program says of the attestations, as genproof verify does with the same files.
func (b datedBase) lines(t *testing.T, c judgement) (lines []string) {
	t.Helper()
	list, trust := publication.Files{}, publication.Trust{}
	var facts []*fact.Seen
	logs := publication.Files{}
	for _, name := range slices.Sorted(maps.Keys(b.files)) {
		data := b.files[name]
		dir, rest, below := strings.Cut(name, "/")
		switch {
		case dir == "attestations" && below:
			trust.Attestations = append(trust.Attestations, attest.File{Name: rest, Data: data})
		case dir == "facts":
			seen, err := fact.Parse(data)
			if err != nil {
				t.Fatal(err)
			}
			facts = append(facts, seen)
		case dir == "log":
			logs[rest] = data
		default:
			list[name] = data
		}
	}
	var l *log.State
	var err error
	if c.Log {
		if l, err = log.Read(logs); err != nil {
			t.Fatal(err)
		}
	}
	known := evidence.Checkpoints{}
	for _, at := range c.Checkpoints {
		one, err := evidence.ParseCheckpoints([]string{at.Chain + ":" + at.Number + ":" + at.Hash})
		if err != nil {
			t.Fatal(err)
		}
		maps.Copy(known, one)
	}
	o := attest.Options{}
	if o.Trust, err = attest.ParseTrust(b.files["trust.json"]); err != nil {
		t.Fatal(err)
	}
	if blocks := known.Blocks(); blocks != nil {
		o.Anchored = evidence.Dated(facts, l, blocks)
	}
	trust.Attest = o
	p, err := publication.Read(list, trust)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	a, err := verdict.JudgeToken(t.Context(), p, verdict.Question{Token: 2, Source: verdict.KeyAlong})
	if err != nil {
		t.Fatal(err)
	}
	var found []verdict.Attestation
	if a.Deck != nil {
		found = a.Deck.Attestations
	} else {
		found = a.Drawn.Attestations
	}
	for i := range found {
		lines = append(lines, found[i].Line())
	}
	return lines
}

// Facts, a log and blocks that the caller knows date attestations about a deck and about a drawn drop, to the line as in
// Go; blocks that the caller does not know date nothing; and what was tampered with is not dated silently.
func TestPackage_DatesAttestations(t *testing.T) {
	const direct, byHead = "2026-01-02T03:05:05Z", "2026-01-02T04:04:05Z"
	given := datedBases(t)
	all := map[string]map[string][]byte{}
	var cases []judgement
	var dates [][2]string // of the first two attestations
	add := func(c judgement, first, second string) {
		c.Token, c.CAR, c.Attested = "2", "drop.car", true
		cases, dates = append(cases, c), append(dates, [2]string{first, second})
	}
	for _, name := range []string{"deck", "published"} {
		b := given[name]
		all[name] = b.files
		other, elsewhere, uncased := b.blocks[0], b.blocks[0], b.blocks[0]
		other.Hash, elsewhere.Number = "0x"+strings.Repeat("5a", 32), "9"
		uncased.Hash = "0x" + strings.ToUpper(uncased.Hash[2:])
		add(judgement{Base: name, level: "amber"}, "", "")
		add(judgement{Base: name, Checkpoints: b.blocks, Log: true, level: "amber"}, direct, byHead)
		add(judgement{Base: name, Checkpoints: b.blocks, level: "amber"}, direct, "")
		add(judgement{Base: name, Checkpoints: []checkpoint{uncased}, Log: true, level: "amber"}, direct, "")
		add(judgement{Base: name, Checkpoints: []checkpoint{other}, Log: true, level: "amber"}, "", "")
		add(judgement{Base: name, Checkpoints: []checkpoint{elsewhere, b.blocks[1]}, Log: true, level: "amber"}, "", byHead)
		add(judgement{Base: name, Checkpoints: []checkpoint{b.blocks[0], other}, level: "not checked", reason: "block 7 of chain 5 is named with two hashes"}, "", "")
		add(judgement{Base: name, Checkpoints: b.blocks, Op: "flip", Path: "facts/named.json", At: len(b.files["facts/named.json"]) - 20, XOR: 1, level: "not checked", reason: "named.json: "}, "", "")
		add(judgement{Base: name, Checkpoints: b.blocks, Log: true, Op: "cut", Path: "log/" + log.EntriesFile, At: 100, level: "not checked", reason: "the log: "}, "", "")
		add(judgement{Base: name, Checkpoints: b.blocks, Log: true, Op: "flip", Path: "log/" + log.EntriesFile, At: bytes.Index(b.files["log/"+log.EntriesFile], []byte("the deck")), XOR: 1, level: "not checked", reason: "the log: "}, "", "")
		add(judgement{Base: name, Checkpoints: b.blocks, Log: true, Op: "flip", Path: "drop.car", At: 900, XOR: 1, level: "rejected", reason: "the CAR is damaged: "}, "", "")
	}
	for i, r := range judgeAll(t, ownProject(t), all, cases).Results {
		c := cases[i]
		if r.Level != c.level || !strings.Contains(r.Reason, c.reason) || (r.Reason == "") != (c.reason == "") {
			t.Errorf("%d of %s: %+v, want %s %q", i, c.Base, r, c.level, c.reason)
		}
		if c.level != "amber" {
			if r.Attestations != nil || r.Attested != nil {
				t.Errorf("%d of %s: attestations of what is %s: %+v", i, c.Base, r.Level, r.Attestations)
			}
			continue
		}
		if want := given[c.Base].lines(t, c); !slices.Equal(r.Attested, want) {
			t.Errorf("%d of %s: says %q, Go %q", i, c.Base, r.Attested, want)
		}
		r.areDated(t, fmt.Sprintf("%d of %s", i, c.Base), dates[i])
	}
}

// areDated sees that attestations have their standings, and dates where they should.
func (r judged) areDated(t *testing.T, what string, dates [2]string) {
	t.Helper()
	standings := []string{"holds", "expired", "holds"}
	if len(r.Attestations) != len(standings) {
		t.Fatalf("%s: %+v", what, r.Attestations)
	}
	for i, a := range r.Attestations {
		want := slices.Concat(dates[:], []string{""})[i]
		if a.Standing != standings[i] || (a.Reason == nil) != (a.Standing == "holds") || a.Line != r.Attested[i] || !strings.HasPrefix(a.File, fmt.Sprint(i)) {
			t.Errorf("%s: %+v", what, a)
		}
		if (a.NotLaterThan == nil) != (want == "") || want != "" && *a.NotLaterThan != want || strings.Contains(a.Line, "not later than "+want) != (want != "") {
			t.Errorf("%s: attestation %d is dated %v, want %q: %s", what, i, a.NotLaterThan, want, a.Line)
		}
	}
}

// README's lines about dates, as somebody runs them who has installed the tarball.
func TestPackage_ReadmeDates(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(readme), "```js dated\n")
	script, _, found := strings.Cut(after, "```")
	if !found {
		t.Fatal("README has no lines about dates")
	}
	b, project := datedBases(t)["deck"], ownProject(t)
	script = fmt.Sprintf(`import { readFileSync } from "node:fs";
import { verifyToken } from "@genproof/verify";
const [publication, attestation, fact] = ["drop.car", "attestation", "fact"].map((name) => readFileSync(name));
const tokenId = "2", block = { chain: %sn, number: %sn, hash: %q };
`, b.blocks[0].Chain, b.blocks[0].Number, b.blocks[0].Hash) + script
	for name, data := range map[string][]byte{"drop.car": b.files["drop.car"], "attestation": b.files["attestations/0-holds.json"], "fact": b.files["facts/named.json"], "dated.js": []byte(script)} {
		if err := os.WriteFile(filepath.Join(project, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command("node", "dated.js")
	c.Dir = project
	if out, err := c.CombinedOutput(); err != nil || string(out) != "holds 2026-01-02T03:05:05Z\n" {
		t.Errorf("%v\n%s", err, out)
	}
}
