package document

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/genproof/genproof/circuits/attribute"
)

// lay fills the prefix and the blocks:
//
//	{ constants, patterns without an id     the prefix
//	members                                 each with a comma behind it
//	patterns with an id
//	"attributes":[                          in the last id's block if it fits, else in one of its own
//	attributes                              each with a comma in front of it, but for the first
//
// Where something that is always there comes first, it is in the prefix and costs no block.
func (t *Template) lay() error {
	text, ids, err := t.constants()
	if err != nil {
		return err
	}
	hasMembers := t.hasMembers()
	switch {
	case hasMembers:
		t.layPrefix(text, "")
	case len(ids) > 0:
		ids[0].before = t.layPrefix(text, ids[0].before)
	default:
		t.layPrefix(text+attributesKey, "")
	}
	if len(t.prefix) > maxPrefix {
		return fmt.Errorf("the constant members take %d bytes, at most %d fit", len(t.prefix), maxPrefix)
	}
	t.layFields(true)
	t.layIDs(ids)
	if len(ids) == 0 && hasMembers {
		t.layText(attributesKey)
	}
	t.layFields(false)
	if n := len(t.blocks); n > t.size.Blocks { // so no digest is where none can be
		return fmt.Errorf("the document takes %d blocks, the %s circuits have room for %d", n, t.size.Name, t.size.Blocks)
	}
	for len(t.blocks) < t.size.Blocks {
		t.layText("")
	}
	return nil
}

const attributesKey = `"attributes":[`

// A pattern is a member whose value holds the token's id.
type pattern struct{ before, after string }

func (t *Template) hasMembers() bool {
	for i := range t.config.Fields {
		if t.config.Fields[i].Member != "" {
			return true
		}
	}
	return false
}

// constants returns the constant members, each with a comma behind it, and the patterns with an id.
func (t *Template) constants() (text string, ids []pattern, err error) {
	text = "{"
	for _, m := range t.config.Constants {
		text += quote(m.Key) + ":" + quote(m.Value) + ","
	}
	for _, p := range t.config.patterns() {
		if p.Value == "" {
			continue
		}
		before, after, found, err := t.config.cut(p)
		if err != nil {
			return "", nil, err
		}
		if key := quote(p.Key) + ":"; found {
			ids = append(ids, pattern{key + before, after})
		} else {
			text += key + before + ","
		}
	}
	return text, ids, nil
}

// layPrefix makes whole blocks of text and spaces. A head that a block of an id follows is cut
// where its digits start; what does not fit whole blocks is returned, for the block to start with.
func (t *Template) layPrefix(text, head string) (rest string) {
	spill := 0
	if head != "" {
		spill = idStart
	}
	n := max(len(text)+len(head)-spill, 0)
	whole := (n + blockBytes - 1) / blockBytes * blockBytes
	text += strings.Repeat(" ", whole+spill-len(text)-len(head)) + head
	t.prefix = []byte(text[:whole])
	return text[whole:]
}

// layText lays a block that holds a text of the template.
func (t *Template) layText(s string) { t.blocks = append(t.blocks, blocksOf(s, "", blockBytes)...) }

// layIDs lays the patterns. A comma stands in front of all but the first.
func (t *Template) layIDs(ids []pattern) {
	for i, p := range ids {
		if i > 0 {
			p.before = "," + p.before
		}
		isLast := i == len(ids)-1
		separator := ""
		if rest := "," + attributesKey; isLast && len(p.after)+len(rest) <= idAfter {
			separator = rest
		}
		t.layID(p.before, p.after+separator)
		if isLast && separator == "" {
			t.layText("," + attributesKey)
		}
	}
}

// layID lays blocks that end in before, and in the last of them the id and after.
func (t *Template) layID(before, after string) {
	blocks := blocksOf("", before, idStart)
	last := &blocks[len(blocks)-1]
	last.isID = true
	copy(last.bytes[idStart:], make([]byte, idDigits))
	copy(last.bytes[idStart+idDigits:], after)
	t.blocks = append(t.blocks, blocks...)
}

// blocksOf returns as few blocks as hold start at their beginning and end in the bytes before byte
// room of the last one.
func blocksOf(start, end string, room int) []block {
	n := blocksBefore(len(start)+len(end), room)
	all := bytes.Repeat([]byte{spaceByte}, (n+1)*blockBytes)
	copy(all, start)
	copy(all[n*blockBytes+room-len(end):], end)
	blocks := make([]block, n+1)
	for i := range blocks {
		copy(blocks[i].bytes[:], all[i*blockBytes:])
	}
	return blocks
}

// blocksBefore is how many blocks are before one that has room for the last of n bytes.
func blocksBefore(n, room int) int { return (max(n-room, 0) + blockBytes - 1) / blockBytes }

// MaxText is the most bytes that the field, of a text, has room for.
func (f *Field) MaxText() int {
	n := len(f.head())
	return min(MaxText, blocksBefore(n, valueEnd-f.room())*blockBytes+valueEnd-1-n)
}

// layFields lays the members, or the attributes.
func (t *Template) layFields(members bool) {
	for i := range t.config.Fields {
		if f := &t.config.Fields[i]; (f.Member != "") == members {
			t.layField(f)
		}
	}
}

// head is what a field's blocks start with.
func (f *Field) head() string {
	if f.Member != "" {
		return quote(f.Member) + ":"
	}
	head := " {" // byte 0 is the comma's
	if f.DisplayType != "" {
		head += `"display_type":` + quote(f.DisplayType) + ","
	}
	head += `"trait_type":` + quote(f.Label) + ","
	if f.MaxValue != "" {
		head += `"max_value":` + f.MaxValue + ","
	}
	return head + `"value":`
}

// room is how many bytes before the end a value needs: also the space or quote in front of it. Of
// the two quotes of a quoted integer one may stand before a sign.
func (f *Field) room() int {
	switch {
	case f.Type.Kind == attribute.Text && f.Wide:
		return MaxText + 1
	case f.Type.Kind == attribute.Text:
		return 2
	case f.Type.Kind == attribute.Bool:
		return len("false")
	case f.Type.Kind == attribute.Digest:
		return cidTail
	case f.Quoted:
		return maxQuotedDigits + 2
	case f.Type.Scale > 0:
		return maxDigits + 2
	}
	return maxDigits + 1
}

// layField lays a field's blocks: its head, spaces, and room for its value. Blocks in front of a digest's
// are left blank until it stands where one can.
func (t *Template) layField(f *Field) {
	blocks := blocksOf(f.head(), f.touching(), valueEnd-f.room())
	if f.Type.Kind == attribute.Digest {
		for i := len(t.blocks) + len(blocks) - 1; i < t.size.Blocks && !t.size.ShowsDigest(i); i++ {
			t.layText("")
		}
	}
	for i := range blocks {
		blocks[i].index = 1 + f.Slot
	}
	blocks[0].opening = f.Member == ""
	last := &blocks[len(blocks)-1]
	last.shows = f
	if f.isQuoted() {
		last.bytes[valueEnd] = quoteByte
	}
	last.bytes[closeEnd] = '}'
	if f.Member != "" {
		last.bytes[closeEnd] = ','
	}
	if f.Type.Kind == attribute.Bool {
		copy(last.bytes[valueEnd-len("false"):], "false")
	}
	t.cells = append(t.cells, cell{f, len(t.blocks), len(t.blocks) + len(blocks) - 1})
	t.blocks = append(t.blocks, blocks...)
}

// touching is what ends where the value begins: of a digest all that is the same in every CID.
func (f *Field) touching() string {
	if f.Type.Kind != attribute.Digest {
		return ""
	}
	return `"ipfs://` + cidOf(f.codec(), [32]byte{})[:cidHead]
}

// isQuoted reports whether the value is a JSON string.
func (f *Field) isQuoted() bool {
	return f.Quoted || f.Type.Kind == attribute.Text || f.Type.Kind == attribute.Digest
}
