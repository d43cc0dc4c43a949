package evidence

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/genproof/genproof/publication/verdict"
)

// meaning is what a pack shows, for somebody who has never heard of it.
const meaning = `This pack holds what was published about a collection of digital pictures and their descriptions, and what others have signed about it.
A program, genproof, has checked it. It can be checked again on any computer, without a network: <code>genproof evidence verify FILE</code>.`

const glossary = `<dl>
<dt>committed</dt><dd>fixed by a number that can be made of exactly these contents and of no others</dd>
<dt>proven</dt><dd>a rule was checked on contents that stay hidden, and nobody can make such a proof of contents that break it, if the maker of the verifying key was honest or the key is of a ceremony</dd>
<dt>attestation</dt><dd>what somebody has signed. It shows who said it, not that it is true</dd>
<dt>block</dt><dd>a page of a public ledger. What a block names was there before the block was</dd>
<dt>not checked</dt><dd>nobody looked at it, or it cannot be looked at from here</dd>
</dl>`

const limits = `It does not say that what was committed to is true, that a picture looks like its description, or who owns any right to it.
Times are the words of whoever gives them, unless a block is named beside them.`

// maxRows bounds each list of the summary: it has to stay short enough to be printed.
const maxRows = 40

// summary is the page for people: no script, nothing is loaded, one column.
func (in *Inner) summary(h *Head) []byte {
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n" +
		"<title>Evidence</title><style>body{font:11pt/1.5 serif;max-width:42em;margin:2em auto;padding:0 1em}td,th{text-align:left;vertical-align:top;padding:.1em .8em .1em 0;overflow-wrap:anywhere}dt{font-weight:bold}code{overflow-wrap:anywhere}</style></head><body>\n")
	name, model, rule := in.names()
	fmt.Fprintf(&b, "<h1>Evidence about %s</h1>\n<p>%s</p>\n", shown(name), meaning)
	fmt.Fprintf(&b, "<h2>Result</h2>\n<p><strong>%s</strong>, as of %s.</p>\n", shown(in.Line()), shown(h.MadeAt))
	fmt.Fprintf(&b, "<table><tr><th>commitment</th><td><code>%s</code></td></tr><tr><th>the rule</th><td><code>%s</code></td></tr></table>\n", shown(model), shown(rule))
	in.said(&b)
	list(&b, "What nobody checked", h.NotChecked)
	var left []string
	for _, l := range h.LeftOut {
		left = append(left, fmt.Sprintf("%s, commitment %x", l.Name, l.Commitment))
	}
	list(&b, "What was left out", left)
	fmt.Fprintf(&b, "<h2>Who made this pack</h2>\n<p>%s, %s. %s</p>\n<p>Command: <code>%s</code>, genproof %s, %s.</p>\n",
		shown(h.By.Name), shown(h.By.Role), shown(h.By.Method), shown(h.Command), shown(h.Verifier.Version), shown(h.Verifier.Go))
	fmt.Fprintf(&b, "<h2>Words</h2>\n%s\n<h2>Limits</h2>\n<p>%s</p>\n</body></html>\n", glossary, limits)
	return []byte(b.String())
}

func (in *Inner) names() (name, model, rule string) {
	if in.Deck != nil {
		return in.Deck.Drop.Name, in.Deck.Model, in.Deck.Rule
	}
	return in.Drawn.Drop.Name, in.Drawn.Commitments.Model, in.Drawn.Rule
}

// said lists what others say.
func (in *Inner) said(b *strings.Builder) {
	var lines []string
	var reservations []verdict.Reservation
	if in.Deck != nil {
		for i := range in.Deck.Approvals {
			lines = append(lines, in.Deck.Approvals[i].Line())
		}
		reservations = in.Deck.Reservations
	} else {
		reservations = in.Drawn.Reservations
	}
	for i := range in.Attestations {
		lines = append(lines, in.Attestations[i].Line()+". It says: "+in.Attestations[i].Statement)
	}
	list(b, "What others have signed", lines)
	var kept []string
	for _, r := range reservations {
		kept = append(kept, r.Text)
	}
	list(b, "What the proof does not settle", kept)
}

func list(b *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "<h2>%s</h2>\n<ul>\n", title)
	for i, l := range lines {
		if i == maxRows {
			fmt.Fprintf(b, "<li>and %d more, in %s</li>\n", len(lines)-i, ReportFile)
			break
		}
		fmt.Fprintf(b, "<li>%s</li>\n", shown(l))
	}
	b.WriteString("</ul>\n")
}

// shown is a stranger's text as text: what nobody sees, or what changes how others are shown, is spelled out.
func shown(s string) string {
	if runes := []rune(s); len(runes) > 2000 {
		s = string(runes[:2000]) + "…"
	}
	var b strings.Builder
	for _, r := range s {
		if unicode.IsGraphic(r) && !unicode.In(r, unicode.Cf, unicode.Bidi_Control) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "⟨%U⟩", r)
		}
	}
	return "<bdi>" + escaped(b.String()) + "</bdi>"
}

// escaped writes a text as HTML, within a quoted attribute too. Package html would bring the names of all
// characters into the verifier for pages.
func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace(s)
}
