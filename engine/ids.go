package engine

import (
	"fmt"
	"regexp"
	"strconv"
)

// otherIDs gathers cards whose documents have another number than the token's id: an id that was
// taken from the wrong place shows there.
type otherIDs struct{ editions, names told }

var numberInName = regexp.MustCompile(`#\s?([0-9]{1,15})\s*$`)

// add looks at the document of a card, whose name is title.
func (o *otherIDs) add(card int, name string, id uint64, data []byte, title string) {
	if edition, _, ok := editionOf(data); ok && edition != id {
		o.editions.add(card, fmt.Sprintf("%s: edition %d, token %d", name, edition, id))
	}
	if m := numberInName.FindStringSubmatch(title); m != nil {
		if n, err := strconv.ParseUint(m[1], 10, 64); err == nil && n != id {
			o.names.add(card, fmt.Sprintf("%s: #%d, token %d", name, n, id))
		}
	}
}

// notes tells of them, in sentences.
func (o *otherIDs) notes() (list []string) {
	for _, row := range []struct {
		told
		what string
	}{{o.editions, "an edition"}, {o.names, "a number in its name"}} {
		if len(row.cards) > 0 {
			list = append(list, fmt.Sprintf("a document has %s that is not the token's id (%s): %s", row.what, row.example, firstOf(row.cards)))
		}
	}
	return list
}
