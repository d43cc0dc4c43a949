package drop

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

// A shape is what a collection publishes of its traits: for each type the texts that its tokens
// have, and how many tokens have them.
type shape struct {
	tokens uint64
	types  []traitType
	odd    []string // what is odd about it, of those that [shapes] makes
}

type traitType struct {
	label string
	rows  []shapeRow // none of a type that holds numbers
}

type shapeRow struct {
	text  string
	count uint64
}

func (t *traitType) sum() (n uint64) {
	for _, r := range t.rows {
		n += r.count
	}
	return n
}

// repeats is how often a token shows the type at most. Where there are more texts than tokens, by
// more than the tenth that burned tokens explain, a table does not tell it: CryptoPunks have 3.75 accessories
// in the mean and 7 at most, so twice the mean is taken.
func (t *traitType) repeats(tokens uint64) int {
	if 10*t.sum() <= 11*tokens {
		return 1
	}
	return int(2 * t.sum() / tokens)
}

// files writes the shape as a drawn drop whose documents say all that was published: a type is a trait, as often
// as a token shows it, and one that holds numbers a claim. Name and image hold the id.
func (s *shape) files(circuit, spelling string) map[string][]byte {
	var traits, claims, layers strings.Builder
	for i, t := range s.types {
		if len(t.rows) == 0 {
			fmt.Fprintf(&claims, "  - {name: number_%d, type: int, visibility: shown, label: %s}\n", i, yamlText(t.label))
			continue
		}
		for n := range t.repeats(s.tokens) {
			name := t.label
			if n > 0 {
				name = fmt.Sprintf("%s, number %d", t.label, n+1)
			}
			fmt.Fprintf(&traits, "  - {name: %s, label: %s}\n", yamlText(name), yamlText(t.label))
			fmt.Fprintf(&layers, "  %s:\n", yamlText(name))
			t.table(&layers, s.tokens, n)
		}
	}
	definition := "name: A Shape\nauthority: self\nsupply: " + fmt.Sprint(s.tokens) + "\ncircuit: " + circuit + "\nspelling: " + spelling +
		"\ndocument:\n  name: 'Shape #{id}'\n  image: 'ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/{id}.png'\n" +
		section("traits", traits.String(), "[]") + section("claims", claims.String(), "[]")
	return map[string][]byte{
		DefinitionFile: []byte(definition), ModelFile: []byte(section("layers", layers.String(), "{}")), PolicyFile: []byte("true\n"), ClaimsFile: []byte("default: {}\n"),
	}
}

func section(name, lines, none string) string {
	if lines == "" {
		return name + ": " + none + "\n"
	}
	return name + ":\n" + lines
}

// table writes the rows, and the one of tokens that do not show the type, or not once more.
func (t *traitType) table(to *strings.Builder, tokens uint64, repeat int) {
	for _, r := range t.rows {
		fmt.Fprintf(to, "    %s: %d\n", yamlText(r.text), r.count)
	}
	if sum := t.sum(); sum < tokens || repeat > 0 {
		fmt.Fprintf(to, "    null: %d\n", max(1, int64(tokens)-int64(sum)))
	}
}

func yamlText(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		panic("a text is not JSON")
	}
	return strings.TrimSpace(b.String())
}

// circuit returns the smallest circuit of documents that takes the shape, or why the largest does not.
func (s *shape) circuit(t testing.TB, spelling string) (id string, err error) {
	t.Helper()
	dir := t.TempDir()
	if err := CreateSecrets(dir, true, seeded(1)); err != nil {
		t.Fatal(err)
	}
	for _, size := range []statement.Size{statement.Small, statement.Standard, statement.Large} {
		id = statement.CircuitID{Binding: statement.CID, Size: size}.String()
		for name, data := range s.files(id, spelling) {
			write(t, dir, name, string(data))
		}
		if _, err = Load(dir); err == nil {
			return id, nil
		}
	}
	return "", err
}

// fieldTables is how many tables of published collections the figures are of.
const fieldTables = 171

// Quantiles of the field: of 171 published collections and their 1,548 types, at equal steps from the
// least to the greatest that is not odd.
var (
	typesOfTable  = []int{1, 2, 2, 4, 5, 6, 7, 7, 8, 8, 9, 9, 10, 11, 12, 14, 15, 18}
	rowsOfType    = []int{1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 18, 24, 33, 51, 122}
	longestOfType = []int{1, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 22, 26, 33} // bytes of its longest text
	bytesOfLabel  = []int{1, 4, 4, 4, 4, 5, 5, 6, 7, 8, 9, 10, 11, 13, 18}
	odditiesFound = map[string]int{ // tables of the 171 that have it
		"blank text": 10, "blank label": 7, "decomposed": 2, "twin labels": 9, "numbers": 9, "repeated": 20, "left out": 116, "no types": 2,
		"quote": 2, "long text": 4, "many rows": 2, "many types": 7, "a dozen numbers": 1, // where these decide
	}
)

// shapes makes n tables as the field has them: layers, rows, lengths and left-out traits by its quantiles, and of
// each oddity its share. The same seed makes the same tables.
func shapes(seed uint64, n int) []*shape {
	r := rand.New(rand.NewPCG(seed, 171))
	list := make([]*shape, n)
	for i := range list {
		list[i] = &shape{tokens: 100 + r.Uint64N(9901)}
	}
	at := func(quantiles []int) int { return quantiles[r.IntN(len(quantiles))] }
	for _, odd := range oddities {
		share := (odditiesFound[odd.name]*n + fieldTables/2) / fieldTables
		for _, i := range r.Perm(n)[:share] {
			list[i].odd = append(list[i].odd, odd.name)
		}
	}
	for _, s := range list {
		words := &wordMaker{r: r, seen: map[string]bool{}}
		for range at(typesOfTable) {
			t := traitType{label: words.word(at(bytesOfLabel))}
			texts := &wordMaker{r: r, seen: map[string]bool{}}
			longest := at(longestOfType)
			for range at(rowsOfType) {
				t.rows = append(t.rows, shapeRow{texts.word(1 + r.IntN(longest)), 1})
			}
			t.spread(s.tokens)
			s.types = append(s.types, t)
		}
		for _, name := range s.odd {
			s.make(r, name)
		}
	}
	return list
}

// spread gives the texts counts that sum up to n tokens, common ones first.
func (t *traitType) spread(n uint64) {
	for i := range t.rows {
		t.rows[i].count = max(1, n>>min(i+1, 20))
	}
	if sum := t.sum(); sum < n {
		t.rows[0].count += n - sum
	}
}

// A wordMaker makes words of a length in bytes, each once.
type wordMaker struct {
	r    *rand.Rand
	seen map[string]bool
}

func (w *wordMaker) word(n int) string {
	for try := 0; ; try++ {
		b := make([]byte, n+try/8)
		for i := range b {
			b[i] = byte('a' + w.r.IntN(26))
			if i > 0 && i < len(b)-1 && i%7 == 6 {
				b[i] = ' '
			}
		}
		if s := string(b); !w.seen[s] {
			w.seen[s] = true
			return s
		}
	}
}
