package engine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"
)

// noAddress are addresses that lead nowhere: they stand for one that is not known yet, as engines and
// their tutorials write them. A host that anybody can have is none of them, whatever it is called.
var noAddress = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^ipfs://(ipfs/)?(NewUriToReplace|cid|replace[^/.]*|your[^/.]*|<[^/]*>|\{[^/]*\}|\[[^/]*\]|_+[a-z_]+_+|x+|todo)(/|$)`),
	regexp.MustCompile(`(?i)^https?://(replace|your)[^/.:?#]*(:[0-9]+)?([/?#]|$)`),                                        // no host is a word alone
	regexp.MustCompile(`(?i)^https?://([^/?#]*\.)?(invalid|example|test|localhost)(:[0-9]+)?([/?#]|$)`),                   // RFC 6761
	regexp.MustCompile(`(?i)^https?://([^/?#]*\.)?(your[-_]?(` + yours + `)|replace[-_]?(me|this))(\.[^/?#]*)?([/?#]|$)`), // in manuals
}

// yours is what manuals call a host that their readers are to fill in.
const yours = `domain([-_]?name)?|(web[-_]?)?site|url|host|server|bucket|gateway|cid|link`

// bareName is a file's name, for uploaders that replace it.
var bareName = regexp.MustCompile(`(?i)^(\./)?((images|assets)/)?([0-9]+\.[a-z0-9]+|[^/\\:?#]+(` + strings.ReplaceAll(strings.Join(imageExtensions, "|"), ".", `\.`) + `))$`)

// isPlaceholder reports whether the address of an image is one that its engine expects to be replaced.
func isPlaceholder(address string) bool {
	return address == "" || leadsNowhere(address) || bareName.MatchString(address)
}

func leadsNowhere(address string) bool {
	return slices.ContainsFunc(noAddress, func(p *regexp.Regexp) bool { return p.MatchString(address) })
}

// addressKey finds keys whose values are addresses, so that a file's name alone is none.
var addressKey = regexp.MustCompile(`(?i)(image|animation|media|ur[il]|src|files?)$`)

// maxAddress bounds an address that is looked at, in bytes.
const maxAddress = 4096

// Placeholder returns the first placeholder among all strings of a document, which need not be
// strict JSON, and reports whether there is one. An empty address is none.
func Placeholder(data []byte) (string, bool) {
	for s := range stringsOf(data) {
		if leadsNowhere(s.text) || addressKey.MatchString(s.key) && bareName.MatchString(s.text) {
			return s.text, true
		}
	}
	return "", false
}

// A jsonString is a string of a document that is no key.
type jsonString struct {
	address        // its text, if that can be an address, and its place
	key     string // the last key in front of it
}

// stringsOf goes through the strings of a document that need not be strict JSON, in its order.
func stringsOf(data []byte) iter.Seq[jsonString] {
	return func(yield func(jsonString) bool) {
		key := ""
		for at := 0; ; {
			from := bytes.IndexByte(data[at:], '"')
			if from < 0 {
				return
			}
			from += at
			if at = endOfString(data, from+1); at < 0 {
				return
			}
			text := plainString(data[from:at])
			if rest := bytes.TrimLeft(data[at:], " \t\r\n"); len(rest) > 0 && rest[0] == ':' {
				key = text
			} else if !yield(jsonString{address{text, from, at}, key}) {
				return
			}
		}
	}
}

// endOfString returns where a JSON string ends, behind its quote, and -1 if it does not.
func endOfString(data []byte, at int) int {
	for ; at < len(data); at++ {
		switch data[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		}
	}
	return -1
}

// plainString reads a JSON string; what cannot be an address or a key of one is empty.
func plainString(quoted []byte) string {
	inner := quoted[1 : len(quoted)-1]
	if len(inner) > maxAddress {
		return ""
	}
	if !bytes.ContainsRune(inner, '\\') {
		return string(inner)
	}
	var text string
	if json.Unmarshal(quoted, &text) != nil {
		return ""
	}
	return text
}

// TellPlaceholders says which cards' documents hold a placeholder, by the first of them.
func TellPlaceholders(cards []int, first string) string {
	return fmt.Sprintf("PLACEHOLDERS STAY in what is proven, such as %.80q in the document of card %d: %s", first, cards[0], firstOf(cards))
}
