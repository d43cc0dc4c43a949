package layers

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/genproof/genproof/files"
)

// Bounds of a folder of layers.
const (
	maxWords = 4096 // names in one folder
	maxNodes = 65536
	maxDepth = 8
	maxFile  = 32 << 20 // bytes of a PNG
)

// A Set is a folder of layers and how to draw from it. It may be used by several goroutines
// at once.
type Set struct {
	config *Config
	dir    *files.Folder
	layers map[string]*word               // by the folder's name
	groups map[string]map[string][]string // of a word and a layer, what the word forces there
	nodes  int
	images *images
}

// A word is one thing that may be drawn in a layer: a PNG, or a folder with words in it.
type word struct {
	name   string // without weight and extension
	file   string // slash-separated, below the set's folder
	weight uint64 // in millionths; 0: always there
	isFile bool
	words  []*word // of a folder, sorted by their names on disk
}

// Open reads the names in dir/layers; the caller closes the set. A name's weight stands behind
// the delimiter: a number above 0, with at most six digits after a point. Names without one:
// if no name of a layer's folder has a weight, all its words are as likely; else folders are
// always there, and files are refused: they would be painted on every card and shown on none.
// In folders within layers both are always there, painted in the order of names.
func Open(dir string, c *Config) (*Set, error) {
	folder, err := files.OpenFolder(dir)
	if err != nil {
		return nil, fmt.Errorf("reading layers: %w", err)
	}
	s := &Set{config: c, dir: folder, layers: map[string]*word{}, groups: map[string]map[string][]string{}, images: newImages(folder)}
	if err := s.read(); err != nil {
		return nil, errors.Join(fmt.Errorf("reading layers: %w", err), folder.Close())
	}
	return s, nil
}

// Close closes the folder.
func (s *Set) Close() error { return s.dir.Close() }

func (s *Set) read() error {
	for _, conf := range s.config.Configurations {
		for _, l := range conf.Order {
			if s.layers[l.Name] != nil {
				continue
			}
			root := &word{name: l.Name, file: path.Join("layers", l.Name), weight: 1}
			if err := s.readWords(root, 1); err != nil {
				return err
			}
			if len(root.words) == 0 {
				return fmt.Errorf("%s: there is no such folder with PNG files", root.file)
			}
			if err := root.settleWeights(s.config.Delimiter); err != nil {
				return err
			}
			s.layers[l.Name] = root
		}
	}
	return s.checkRules()
}

// settleWeights makes all words of a layer's folder as likely if none has a weight, and refuses a
// file without one beside words that have some.
func (w *word) settleWeights(delimiter string) error {
	if !slices.ContainsFunc(w.words, func(x *word) bool { return x.weight > 0 }) {
		for _, x := range w.words {
			x.weight = 1_000_000
		}
		return nil
	}
	for _, x := range w.words {
		if x.isFile && x.weight == 0 {
			return fmt.Errorf("%s: it has no weight, and other words of its layer have: call it %q, with the weight that it is to have, or move it to a layer of its own if every card has it",
				x.file, x.name+delimiter+"1.png")
		}
	}
	return nil
}

func (s *Set) readWords(in *word, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("%s: folders more than %d deep", in.file, maxDepth)
	}
	names, err := s.dir.Names(in.file, maxWords)
	if err != nil {
		return err
	}
	slices.Sort(names)
	seen := map[string]string{}
	for _, name := range names {
		if files.IsSystems(name) {
			continue
		}
		w, err := s.parseWord(in.file, name)
		if err != nil {
			return err
		}
		if first, ok := seen[strings.ToLower(w.name)]; ok {
			return fmt.Errorf("%s: %q and %q are the same word", in.file, first, name)
		}
		seen[strings.ToLower(w.name)] = name
		if s.nodes++; s.nodes > maxNodes {
			return fmt.Errorf("%s: more than %d words in all layers", in.file, maxNodes)
		}
		if !w.isFile {
			if err := s.readWords(w, depth+1); err != nil {
				return err
			}
			if len(w.words) == 0 {
				return fmt.Errorf("%s: there are no PNG files in it", w.file)
			}
		}
		in.words = append(in.words, w)
	}
	return nil
}

// parseWord reads a name such as Blue#70.png.
func (s *Set) parseWord(dir, name string) (*word, error) {
	w := &word{file: path.Join(dir, name)}
	if !utf8.ValidString(name) {
		return nil, fmt.Errorf("%q: the name is not UTF-8, and documents are: rename it", w.file)
	}
	stem := name
	if ext := path.Ext(name); strings.EqualFold(ext, ".png") {
		w.isFile, stem = true, strings.TrimSuffix(name, ext)
	} else if s.isFile(w.file) {
		return nil, fmt.Errorf("%s: words are PNG files and folders of them: save it as PNG, or move it out of the layers", w.file)
	}
	var weight string
	var ok bool
	if w.name, weight, ok = cutLast(stem, s.config.Delimiter); ok {
		var err error
		if w.weight, err = parseWeight(weight); err != nil {
			return nil, fmt.Errorf("%s: %w", w.file, err)
		}
	}
	if w.name == "" {
		return nil, fmt.Errorf("%s: a weight and no word", w.file)
	}
	return w, nil
}

// isFile reports whether a name is a file's, and no folder's or link's.
func (s *Set) isFile(name string) bool {
	f, _, err := s.dir.Open(name)
	if err != nil {
		return false
	}
	f.Close()
	return true
}

func cutLast(s, delimiter string) (before, after string, ok bool) {
	i := strings.LastIndex(s, delimiter)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(delimiter):], true
}

// parseWeight reads 70 or 0.5, in millionths.
func parseWeight(s string) (uint64, error) {
	whole, fraction, _ := strings.Cut(s, ".")
	u, err := strconv.ParseUint(whole+(fraction + "000000")[:max(6, len(fraction))], 10, 64)
	if err != nil || whole == "" || len(fraction) > 6 || len(whole) > 9 || u == 0 {
		return 0, errors.New("a weight is a number above 0, below a billion, with at most six digits after a point")
	}
	return u, nil
}

// checkRules sees that the rules speak of words that there are: a slip of the pen would
// otherwise be a rule that never holds anything back.
func (s *Set) checkRules() error {
	known := map[string]bool{}
	for _, l := range s.layers {
		here := map[string]bool{}
		collect(l.words, here)
		for name := range here {
			known[name] = true
		}
		s.group(l.name, here)
	}
	for _, rules := range []struct {
		key  string
		rule map[string][]string
	}{{"incompatible", s.config.Incompatible}, {"forcedCombinations", s.config.Forced}} {
		for _, word := range sortedKeys(rules.rule) {
			for _, name := range append([]string{word}, rules.rule[word]...) {
				if !known[name] {
					return fmt.Errorf("%s: no layer has a word %.64q", rules.key, name)
				}
			}
		}
	}
	for i, e := range s.config.Exact {
		l := s.layers[e.Layer]
		if l == nil || l.find(e.Word) == nil {
			return fmt.Errorf("exact[%d]: no layer %.64q has a word %.64q at its top", i, e.Layer, e.Word)
		}
	}
	return nil
}

// group notes what the words of forced combinations ask of a layer.
func (s *Set) group(layer string, here map[string]bool) {
	for word, forced := range s.config.Forced {
		for _, name := range forced {
			if !here[name] {
				continue
			}
			if s.groups[word] == nil {
				s.groups[word] = map[string][]string{}
			}
			s.groups[word][layer] = append(s.groups[word][layer], name)
		}
	}
}

func collect(words []*word, known map[string]bool) {
	for _, w := range words {
		known[w.name] = true
		collect(w.words, known)
	}
}

// find returns the word of a folder, nil if it has none or if it is always there.
func (w *word) find(name string) *word {
	for _, x := range w.words {
		if x.name == name && x.weight > 0 {
			return x
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
