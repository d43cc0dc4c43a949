package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/genproof/genproof/verifier"
)

// shardSize is the number of entries in one file of data.
const shardSize = 2000

// codes are the levels in the data.
var codes = []verifier.Level{verifier.Proven, verifier.Amber, verifier.Rejected, verifier.NotChecked}

// writeData writes what the script searches in: the words of attributes, and the entries. All of it
// is arrays of texts and numbers, since a file on a disk can be loaded as a script alone.
func (w *writing) writeData() error {
	words := w.vocabulary()
	if err := w.call("words.js", "genproofWords", words.list()); err != nil {
		return err
	}
	for i := range w.shards() {
		var rows [][]any
		for _, e := range w.Entries[i*shardSize : min((i+1)*shardSize, len(w.Entries))] {
			rows = append(rows, w.row(&e, words))
		}
		if err := w.call(fmt.Sprintf("%d.js", i), "genproofEntries", rows); err != nil {
			return err
		}
	}
	return nil
}

// shards is how many files of entries there are.
func (w *writing) shards() int { return (len(w.Entries) + shardSize - 1) / shardSize }

// call writes a file that calls a function of the script. JSON has no sign in it that ends a script.
func (w *writing) call(name, function string, data any) error {
	var out bytes.Buffer
	out.WriteString(function + "(")
	encoded, err := json.Marshal(data)
	if err != nil {
		return err
	}
	out.Write(encoded)
	out.WriteString(");\n")
	return w.write(dataDir+"/"+name, out.Bytes())
}

// row is an entry as the script has it: number, token, level, name, image, mark, whether it moves,
// and label and value of each attribute by their places in the vocabulary.
func (w *writing) row(e *Entry, words *vocabulary) []any {
	shot := w.shots[e.Image().Address]
	if e.Level == verifier.Rejected {
		shot = Shot{Mark: markNotShown}
	}
	places := []int{}
	for _, a := range e.Shown {
		l, v := words.place(a.Label, a.Value)
		places = append(places, l, v)
	}
	return []any{e.Number, e.Token, slices.Index(codes, e.Level), encoded(plain(short(e.Name))), shot.File, shot.Mark, shot.Moves, places}
}

// encoded is a text for the script: an array of plain texts, and of [text, class, why].
func encoded(list []Piece) []any {
	out := []any{}
	for _, p := range list {
		if p.Class == "" {
			out = append(out, p.Text)
		} else {
			out = append(out, []string{p.Text, p.Class, p.Why})
		}
	}
	return out
}

// A vocabulary is all labels and values that are shown, in the order of their first use.
type vocabulary struct {
	labels []string
	values [][]string
	places map[[2]string][2]int
	label  map[string]int
}

func (w *writing) vocabulary() *vocabulary {
	v := &vocabulary{places: map[[2]string][2]int{}, label: map[string]int{}}
	w.rarity = map[[2]string]int{}
	for _, e := range w.Entries {
		counted := map[[2]string]bool{}
		for _, a := range e.Shown {
			v.place(a.Label, a.Value)
			if key := [2]string{a.Label, a.Value}; !counted[key] {
				counted[key] = true
				w.rarity[key]++
			}
		}
	}
	return v
}

func (v *vocabulary) place(label, value string) (int, int) {
	key := [2]string{label, value}
	if at, there := v.places[key]; there {
		return at[0], at[1]
	}
	l, there := v.label[label]
	if !there {
		l = len(v.labels)
		v.label[label] = l
		v.labels, v.values = append(v.labels, label), append(v.values, nil)
	}
	v.values[l] = append(v.values[l], value)
	v.places[key] = [2]int{l, len(v.values[l]) - 1}
	return l, len(v.values[l]) - 1
}

// list is the vocabulary for the script: each label with its values.
func (v *vocabulary) list() []any {
	out := []any{}
	for i, label := range v.labels {
		values := []any{}
		for _, x := range v.values[i] {
			values = append(values, encoded(plain(short(x))))
		}
		out = append(out, []any{encoded(plain(short(label))), values})
	}
	return out
}
