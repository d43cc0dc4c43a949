//go:build prover_checks && !js

package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// So many publications are changed in every run, and in that of `just slow`.
const (
	nbMutations     = 250
	nbMutationsLong = 1000
)

// A mutator changes files, always the same ones from the same seed.
type mutator struct{ *rand.Rand }

// pick returns a path of files.
func (m mutator) pick(files map[string][]byte) string {
	paths := slices.Sorted(maps.Keys(files))
	return paths[m.IntN(len(paths))]
}

// digits are those that a hex or decimal digit can become, so that a file keeps its form.
const digits = "0123456789abcdef"

// mutate changes one file: nil says that it is gone.
func (m mutator) mutate(files map[string][]byte, path string) []byte {
	data := bytes.Clone(files[path])
	at := m.IntN(len(data))
	switch m.IntN(9) {
	case 0:
		data[at] ^= 1 << m.IntN(8)
	case 1:
		return data[:at]
	case 2:
		return nil
	case 3:
		return slices.Insert(data, at, data[at:min(at+1+m.IntN(40), len(data))]...)
	case 4:
		return slices.Delete(data, at, min(at+1+m.IntN(9), len(data)))
	case 5: // another file in its place
		return files[m.pick(files)]
	case 6: // two lines change places
		lines := bytes.SplitAfter(data, []byte("\n"))
		i, j := m.IntN(len(lines)), m.IntN(len(lines))
		lines[i], lines[j] = lines[j], lines[i]
		return bytes.Join(lines, nil)
	default: // a digit becomes another one
		for range len(data) {
			if c := data[at]; strings.IndexByte(digits, c) >= 0 {
				if data[at] = digits[m.IntN(16)]; c <= '9' && m.IntN(2) == 0 {
					data[at] = digits[m.IntN(10)]
				}
				break
			}
			at = (at + 1) % len(data)
		}
	}
	return data
}

// A verdictOrTrouble is what a program says of files: a verdict with its line, or why there is none.
type verdictOrTrouble struct {
	verdict any
	line    string
	trouble string
}

// judgedHere judges in this program what a call gives to the other.
func judgedHere(t *testing.T, form string, files map[string][]byte) (v verdictOrTrouble) {
	t.Helper()
	var p *publication.Publication
	var err error
	if form == "car" {
		p, err = publication.ReadCAR(bytes.NewReader(files["drop.car"]), int64(len(files["drop.car"])), publication.Trust{Attest: attest.Options{}})
	} else {
		p, err = publication.Read(publication.Files(files), publication.Trust{Attest: attest.Options{}})
	}
	if err == nil && p.Deck != nil {
		var r *verifier.DeckReport
		if r, err = p.JudgeDeck(t.Context(), nil); err == nil {
			d := verdict.OfDeck(p, r, verdict.KeyAlong)
			return verdictOrTrouble{d, d.Line(), ""}
		}
	} else if err == nil {
		var r *verifier.Report
		if r, err = p.Judge(t.Context()); err == nil {
			d := verdict.OfDrop(p, r, verdict.KeyAlong)
			return verdictOrTrouble{d, d.Line(), ""}
		}
	}
	if damage := new(publication.Damage); errors.As(err, &damage) {
		d := verdict.Reject(err.Error())
		return verdictOrTrouble{d, d.Line(), ""}
	}
	return verdictOrTrouble{trouble: err.Error()}
}

func TestSlowPage_SaysTheSameOfMutations(t *testing.T) { changedPublications(t, nbMutations) }

func TestLongPage_SaysTheSameOfAThousandMutations(t *testing.T) {
	changedPublications(t, nbMutationsLong)
}

// changedPublications holds that of n publications, each with something changed, a page says what this
// program says, to the word, and that none of them brings it down.
func changedPublications(t *testing.T, n int) {
	bases := map[string]map[string][]byte{"published": withoutCAR(filesBelow(t, published)), "deck": withoutImages(withoutCAR(filesBelow(t, deck)))}
	m := mutator{rand.New(rand.NewPCG(2026, 4))}
	var calls []call
	var want []verdictOrTrouble
	for i := range n {
		name := []string{"published", "deck"}[i%2]
		base := bases[name]
		changed := map[string][]byte{}
		for range 1 + m.IntN(2) {
			path := m.pick(base)
			changed[path] = m.mutate(base, path)
		}
		files := maps.Clone(base)
		for path, data := range changed {
			if files[path] = data; data == nil {
				delete(files, path)
			}
		}
		c := call{Form: "files", Files: changed, Base: name}
		if i%10 == 0 { // as a CAR whose hashes are right
			files = map[string][]byte{"drop.car": archiveOf(t, files)}
			c = call{Form: "car", Files: files}
		}
		calls, want = append(calls, c), append(want, judgedHere(t, c.Form, files))
	}
	results, _ := inPage(t, calls, bases)
	kinds := map[string]int{}
	for i, r := range results {
		what := fmt.Sprintf("mutation %d of %s: %q", i, calls[i].Base, slices.Sorted(maps.Keys(calls[i].Files)))
		if strings.HasPrefix(r.Error, "judging: ") {
			t.Errorf("%s: the program panics: %s", what, r.Error)
		}
		if r.Answer == nil {
			if kinds["not checked"]++; r.Error != want[i].trouble {
				t.Errorf("%s: got the error %q, natively %q %q", what, r.Error, want[i].trouble, want[i].line)
			}
			continue
		}
		a := r.answer(t, what)
		var got any = a.drawn
		if a.deck != nil {
			got = a.deck
		}
		kinds[string(a.level())]++
		if a.Line != want[i].line || !reflect.DeepEqual(got, want[i].verdict) {
			t.Errorf("%s: got %q %+v, natively %q %+v%s", what, a.Line, got, want[i].line, want[i].verdict, want[i].trouble)
		}
	}
	t.Logf("of %d mutations: %v", len(results), kinds)
	if kinds["rejected"] < n/3 || kinds["not checked"] < n/20 || kinds["amber"] == 0 {
		t.Errorf("the mutations are of one kind: %v", kinds)
	}
}

func withoutImages(files map[string][]byte) map[string][]byte {
	maps.DeleteFunc(files, func(path string, _ []byte) bool { return strings.HasPrefix(path, "images/") })
	return files
}

// Sets of attestations, and packs, are changed so often in every run, and in that of `just slow`.
const (
	nbAttested     = 150
	nbAttestedLong = 1000
)

// lighter leaves two of a deck's three batches out: a thousand of its verdicts take a minute less.
func lighter(files map[string][]byte) map[string][]byte {
	for _, dir := range []string{"out/", "publication/"} {
		delete(files, dir+"batches/0.json")
		delete(files, dir+"batches/2.json")
	}
	return files
}

// changeOne changes one or two files of a set.
func (m mutator) changeOne(base map[string][]byte, paths []string) (files, changed map[string][]byte) {
	files, changed = maps.Clone(base), map[string][]byte{}
	for range 1 + m.IntN(2) {
		path := paths[m.IntN(len(paths))]
		if changed[path] = m.mutate(base, path); changed[path] == nil {
			delete(files, path)
			continue
		}
		files[path] = changed[path]
	}
	return files, changed
}

func TestSlowPage_SaysTheSameOfAttestations(t *testing.T) { changedAttestations(t, nbAttested) }

func TestLongPage_SaysTheSameOfAThousandAttestations(t *testing.T) {
	changedAttestations(t, nbAttestedLong)
}

// changedAttestations holds that n sets of attestations and trust files, each with something
// changed, are judged as here.
func changedAttestations(t *testing.T, n int) {
	base := lighter(attestedFiles(t))
	var paths []string
	for name := range base {
		if strings.HasPrefix(name, "given/") || name == "trust" || strings.HasPrefix(name, "out/attestations") {
			paths = append(paths, name)
		}
	}
	slices.Sort(paths)
	m := mutator{rand.New(rand.NewPCG(2026, 12))}
	var calls []call
	var want []*answered
	for range n {
		files, changed := m.changeOne(base, paths)
		calls, want = append(calls, call{Form: "attested", Files: changed, Base: "deck"}), append(want, attestedHere(t, files))
	}
	results, _ := inPage(t, calls, map[string]map[string][]byte{"deck": base})
	kinds := map[string]int{}
	for i, r := range results {
		what := fmt.Sprintf("mutation %d: %q", i, slices.Sorted(maps.Keys(calls[i].Files)))
		if sameAttested(t, what, r, want[i]); r.Answer == nil {
			kinds["trouble"]++
			continue
		}
		for _, a := range r.answer(t, what).deck.Attestations {
			kinds[string(a.Standing)]++
		}
	}
	t.Logf("%v", kinds)
	if kinds["refused"] < n*3/2 || kinds["holds"] < n*2 || kinds["trouble"] < n/50 {
		t.Errorf("the mutations are of one kind: %v", kinds)
	}
}

func TestSlowPage_SaysTheSameOfPacks(t *testing.T) { changedPacks(t, nbAttested) }

func TestLongPage_SaysTheSameOfAThousandPacks(t *testing.T) { changedPacks(t, nbAttestedLong) }

// changedPacks holds that n packs, changed after they were packed or by whoever packed them, are
// judged as here, to the byte of the report's JSON.
func changedPacks(t *testing.T, n int) {
	in := lighter(inputs(t))
	whole := packed(t, in)
	m := mutator{rand.New(rand.NewPCG(2027, 1))}
	var calls []call
	var want [][2]string
	for i := range n {
		files, changed := m.changeOne(whole, slices.Sorted(maps.Keys(whole)))
		c := call{Form: "a pack's folder", Files: changed, Base: "pack"}
		if i%3 > 0 { // the packer lies: the manifest fits
			if files, _ = m.changeOne(in, slices.Sorted(maps.Keys(in))); packed(t, files) == nil {
				continue
			}
			files = packed(t, files)
			c = call{Form: "a pack's folder", Files: files}
		}
		var from evidence.Source = evidence.Items(files)
		var err error
		if i%5 == 0 { // as a zip, whose bytes are changed too
			data := m.mutate(map[string][]byte{"pack": zipped(t, files)}, "pack")
			c = call{Form: "a pack", Files: map[string][]byte{"pack": data}}
			from, err = evidence.Open(bytes.NewReader(data), int64(len(data)))
		} else if files[evidence.ManifestFile] == nil {
			continue // then it is a folder like any other
		}
		report, trouble := packHere(t, from, err)
		if errors.Is(err, evidence.ErrEncrypted) || c.Files["pack"] == nil && c.Form == "a pack" {
			continue
		}
		calls, want = append(calls, c), append(want, [2]string{report, trouble})
	}
	results, _ := inPage(t, calls, map[string]map[string][]byte{"pack": whole})
	kinds := map[string]int{}
	for i, r := range results {
		what := fmt.Sprintf("mutation %d, %s: %.300q", i, calls[i].Form, slices.Sorted(maps.Keys(calls[i].Files)))
		samePack(t, what, r, want[i][0], want[i][1])
		switch {
		case want[i][1] != "":
			kinds["trouble"]++
		case strings.Contains(want[i][0], `"verdict":"rejected"`):
			kinds["rejected"]++
		default:
			kinds["holds"]++
		}
	}
	t.Logf("of %d packs: %v", len(results), kinds)
	if len(results) < n*6/10 || kinds["rejected"] < n/5 || kinds["trouble"] < n/50 || kinds["holds"] < n/50 {
		t.Errorf("the mutations are of one kind: %v", kinds)
	}
}
