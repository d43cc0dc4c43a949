package site

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/genproof/genproof/bundle/spelling"
)

// A Piece is a part of a stranger's text as a page shows it.
type Piece struct {
	Text  string
	Class string // empty for plain text, else cp or boxed
	Why   string // of what is boxed
}

// A Foreign is a stranger's text, shown so that it can pretend to be nothing else: signs that
// nobody sees stand as their code points, words and signs that look like a verdict in a box.
type Foreign struct {
	Pieces []Piece
	Rest   []Piece // what is behind the limit, shown if asked for
	Cut    bool    // the text is longer than its pieces
	Length int     // characters of the whole text
}

const (
	maxShown = 300    // characters of a text before the rest
	maxRest  = 20_000 // characters of the rest
	maxMarks = 8      // combining marks one above the other
)

// A style says how a text is shown.
type style struct {
	limit int  // characters
	rest  int  // of them behind the limit
	lines bool // ends of lines are kept
	ours  bool // the verifier says it, quoting strangers: its words are verdicts
}

func foreign(text string) Foreign { return styled(text, style{limit: maxShown, rest: maxRest}) }

// value is a text for a table.
func value(text string) Foreign { return styled(text, style{limit: 120, rest: maxRest}) }

// short is a text that nobody can ask more of.
func short(text string) Foreign { return styled(text, style{limit: 120}) }

// said is a text of the verifier's.
func said(text string) Foreign { return styled(text, style{limit: 1000, ours: true}) }

// lines is a text of several lines.
func lines(text string) Foreign { return styled(text, style{limit: 4000, rest: maxRest, lines: true}) }

func styled(text string, s style) Foreign {
	runes := []rune(text[:min(len(text), 1<<20)])
	n := min(len(runes), s.limit)
	rest := runes[n:min(len(runes), n+s.rest)]
	return Foreign{pieces(runes[:n], s), pieces(rest, s), len(runes) > n, len(runes)}
}

// plain is a text without what is behind its limit, for lists.
func plain(f Foreign) []Piece {
	if f.Cut {
		return append(f.Pieces, Piece{Text: "…"})
	}
	return f.Pieces
}

// flat is a text for a window's title, where nothing can be boxed.
func flat(text string) string {
	var out strings.Builder
	for _, p := range plain(short(text)) {
		out.WriteString(p.Text)
	}
	return out.String()
}

// badgeLike are signs that look like a verdict's.
const badgeLike = "\u2610\u2611\u2612\u2713\u2714\u2715\u2716\u2717\u2718\u2705\u274c\u274e\u26a0\U0001f5f8\U0001f5f9\U0001f6e1\U0001f512\U0001f510\U0001f7e2\U0001f7e0\U0001f7e1\U0001f534\U0001f48e"

// A speller collects pieces.
type speller struct {
	style
	out   []Piece
	run   strings.Builder // a word so far
	plain strings.Builder // plain text that is no piece yet
}

func pieces(runes []rune, s style) []Piece {
	p := &speller{style: s}
	marks := 0
	for i, r := range runes {
		if marks++; !unicode.Is(unicode.M, r) {
			marks = 0
		}
		switch {
		case r == ' ' || r == '\n' && s.lines:
			p.flush()
			p.plain.WriteRune(r)
		case unseen(r) && !joins(runes, i):
			p.flush()
			p.add(Piece{fmt.Sprintf("⟨U+%04X⟩", r), "cp", "a sign that nobody sees"})
		case strings.ContainsRune(badgeLike, r):
			p.flush()
			p.add(Piece{string(r), "boxed", "a sign of the text, not a verdict"})
		case marks == maxMarks+1:
			p.run.WriteRune('…')
		case marks <= maxMarks:
			p.run.WriteRune(r)
		}
	}
	p.flush()
	p.close()
	return p.out
}

// flush ends a run without blanks.
func (p *speller) flush() {
	if p.run.Len() == 0 {
		return
	}
	word := p.run.String()
	p.run.Reset()
	if why := p.looksLike(word); why != "" {
		p.add(Piece{word, "boxed", why})
		return
	}
	p.plain.WriteString(word)
}

func (p *speller) add(x Piece) {
	p.close()
	p.out = append(p.out, x)
}

// close ends a piece of plain text.
func (p *speller) close() {
	if p.plain.Len() > 0 {
		p.out = append(p.out, Piece{Text: p.plain.String()})
		p.plain.Reset()
	}
}

// verdicts are the words of a verdict, and those that people take for one, as they look.
var verdicts = func() map[string]bool {
	list := map[string]bool{}
	for _, w := range strings.Fields("proven verified verifiziert amber rejected authentic certified genuine trusted official safe") {
		list[spelling.Skeleton(w)] = true
	}
	return list
}()

// alike are alphabets with letters that look like Latin ones.
var alike = []*unicode.RangeTable{unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Lisu}

// looksLike says why a word stands in a box, or nothing.
func (p *speller) looksLike(word string) string {
	latin, other, signs := false, false, false
	for _, r := range word {
		latin = latin || unicode.Is(unicode.Latin, r) && !letterLike(r)
		other = other || unicode.In(r, alike...)
		signs = signs || letterLike(r)
	}
	switch {
	case latin && (other || signs):
		return "letters of several scripts that look alike"
	case signs:
		return "signs that look like letters"
	case !p.ours && verdicts[spelling.Skeleton(strings.Map(letter, word))]:
		return "a word of the text, not a verdict"
	}
	return ""
}

// letter drops what is no letter.
func letter(r rune) rune {
	if unicode.IsLetter(r) {
		return unicode.ToLower(r)
	}
	return -1
}

// letterLike reports whether a sign is a letter in another dress: mathematical, wide, in circles.
func letterLike(r rune) bool {
	return r >= 0x1d400 && r <= 0x1d7ff || r >= 0xff01 && r <= 0xff5e || r >= 0x2460 && r <= 0x24ff || r >= 0x1f100 && r <= 0x1f189
}

// unseen reports whether a character shows as nothing, or turns what is around it.
func unseen(r rune) bool {
	switch {
	case !unicode.IsGraphic(r), r >= 0xfff0 && r <= 0xffff:
		return true
	case r != ' ' && unicode.Is(unicode.Zs, r):
		return true
	}
	return strings.ContainsRune("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0", r)
}

// joins reports whether the joiner at i holds two pictographs together, as in families.
func joins(runes []rune, i int) bool {
	const joiner, emoji = '\u200d', '\ufe0f'
	if runes[i] != joiner || i == 0 || i+1 == len(runes) {
		return false
	}
	before, after := runes[i-1], runes[i+1]
	skin := before >= 0x1f3fb && before <= 0x1f3ff
	return (before == emoji || skin || unicode.Is(unicode.So, before)) && unicode.Is(unicode.So, after)
}
