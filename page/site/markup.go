package site

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A page of a site is in a small part of HTML that every browser reads in the same way: elements
// and attributes of a list, values in double quotes, no sign < or > within a text or value, no
// comment, no style or script of its own. Whatever is in no such form did not come from here.

// start is how every page begins: its policy stands before anything else.
var start = func() []byte {
	data, err := sources.ReadFile("templates/parts.html")
	if err != nil {
		panic("site: " + err.Error())
	}
	_, data, _ = bytes.Cut(data, []byte(`{{define "head"}}`))
	data, _, _ = bytes.Cut(data, []byte("{{end}}"))
	return data
}()

// admission stands on every page.
const admission = "Checked by this page, which its publisher wrote: it cannot vouch for its publisher."

// elements are those of a page's body, and the attributes that each may have besides the global ones.
var elements = map[string][]string{
	"html": nil, "head": nil, "body": nil, "title": nil, "header": nil, "main": nil, "footer": nil, "nav": nil, "section": nil, "article": nil, "div": nil, "span": nil,
	"p": nil, "h1": nil, "h2": nil, "h3": nil, "ul": nil, "ol": nil, "li": nil, "dl": nil, "dt": nil, "dd": nil, "strong": nil, "em": nil, "bdi": nil, "code": nil, "pre": nil,
	"table": nil, "thead": nil, "tbody": nil, "tr": nil, "th": {"scope"}, "td": nil, "details": nil, "summary": nil, "noscript": nil,
	"a": {"href", "rel"}, "img": {"src", "alt", "width", "height", "loading"}, "svg": {"viewBox"}, "path": {"d"},
	"link": {"rel", "href"}, "script": {"src", "defer"},
}

var global = []string{"class", "id", "role", "hidden", "title", "aria-label", "aria-hidden", "data-level", "data-file", "data-mark", "data-moves", "data-known", "data-what", "data-preview"}

// values are the forms of attributes that lead somewhere.
var values = map[string]*regexp.Regexp{
	"a href":      regexp.MustCompile(`^((\.\./)?(index|proof|verifier|(pages|tokens)/\d{1,20})\.html|\d{1,20}\.html|(\.\./)?proof\.html#(independent|attested)|#main|https://[!-~]+|mailto:[!-~]+)$`),
	"img src":     regexp.MustCompile(`^(\.\./)?images/[0-9a-f]{64}\.(png|jpg|gif|webp|svg)$`),
	"link rel":    regexp.MustCompile(`^stylesheet$`),
	"link href":   regexp.MustCompile(`^(\.\./)?site\.css$`),
	"script src":  regexp.MustCompile(`^((\.\./)?site\.js|data/(words|\d{1,6})\.js)$`),
	"a rel":       regexp.MustCompile(`^(prev|next|noopener noreferrer nofollow)$`),
	"th scope":    regexp.MustCompile(`^(row|col)$`),
	"path d":      regexp.MustCompile(`^[MmLlHhVvCcZzAaSs0-9 .,-]+$`),
	"svg viewBox": regexp.MustCompile(`^0 0 24 24$`),
}

var (
	tagForm       = regexp.MustCompile(`^/?([a-z][a-z0-9]*)((?: [a-zA-Z-]+(?:="[^"<>]*")?)*)$`)
	attributeForm = regexp.MustCompile(` ([a-zA-Z-]+)(?:="([^"<>]*)")?`)
)

// checkPage reports what makes a page another one than this program writes, and the addresses within
// the site that it leads to.
func checkPage(data []byte) (leads []string, err error) {
	rest, ok := bytes.CutPrefix(data, start)
	switch {
	case !ok:
		return nil, errors.New("it does not begin with the policy of a site’s page")
	case !bytes.Contains(rest, []byte(admission)):
		return nil, errors.New("it does not say who wrote it")
	}
	text := string(rest)
	for {
		before, after, found := strings.Cut(text, "<")
		if strings.ContainsAny(before, ">\x00") {
			return nil, errors.New("a > stands outside of an element")
		}
		if !found {
			return leads, nil
		}
		tag, behind, closed := strings.Cut(after, ">")
		if !closed {
			return nil, errors.New("an element has no end")
		}
		lead, err := checkTag(tag)
		if err != nil {
			return nil, err
		}
		if lead != "" {
			leads = append(leads, lead)
		}
		if isScript := strings.HasPrefix(tag, "script"); isScript && !strings.HasPrefix(behind, "</script>") {
			return nil, errors.New("it has a script of its own")
		}
		text = behind
	}
}

// checkTag returns where a tag leads, if it does.
func checkTag(tag string) (lead string, err error) {
	m := tagForm.FindStringSubmatch(tag)
	if m == nil {
		return "", fmt.Errorf("it has <%.60s>", tag)
	}
	name := m[1]
	own, known := elements[name]
	switch {
	case !known:
		return "", fmt.Errorf("it has an element %.20q", name)
	case tag[0] == '/' && m[2] != "":
		return "", fmt.Errorf("it has <%.60s>", tag)
	case name == "script" && tag[0] != '/' && !strings.Contains(m[2], ` src="`):
		return "", errors.New("it has a script of its own")
	}
	seen := []string{}
	for _, a := range attributeForm.FindAllStringSubmatch(m[2], -1) {
		if !slices.Contains(own, a[1]) && !slices.Contains(global, a[1]) || slices.Contains(seen, a[1]) {
			return "", fmt.Errorf("its %s has an attribute %.40q", name, a[1])
		}
		seen = append(seen, a[1])
		form := values[name+" "+a[1]]
		if form != nil && !form.MatchString(a[2]) {
			return "", fmt.Errorf("its %s has the %s %.80q", name, a[1], a[2])
		}
		if a[1] == "href" || a[1] == "src" {
			lead = a[2]
		}
	}
	return lead, nil
}
