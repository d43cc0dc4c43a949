package site

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// What a page shows of images at most.
const (
	MaxImage = 20 << 20 // bytes
	maxSVG   = 1 << 20  // bytes
	maxSide  = 8192     // pixels
	maxArea  = 32e6     // pixels
)

// A picture is what an image's header says of it. Nothing is decoded here.
type picture struct {
	kind          string // the ending of its file
	width, height int    // of an SVG 0
	moves         bool   // it has several frames
}

// measure tells what an image is, or why it is not shown.
func measure(b []byte) (p picture, refused string) {
	if len(b) > MaxImage {
		return p, fmt.Sprintf("it has %d bytes, more than are shown here", len(b))
	}
	p, ok := header(b)
	switch {
	case !ok:
		return p, "it is no PNG, JPEG, GIF, WebP or SVG"
	case p.kind == "svg" && len(b) > maxSVG:
		return p, "an SVG of more than 1 MiB"
	case p.kind == "svg":
		return p, ""
	case p.width <= 0 || p.height <= 0:
		return p, "its header says that it is empty"
	case p.width > maxSide || p.height > maxSide || float64(p.width)*float64(p.height) > maxArea:
		return p, fmt.Sprintf("it says that it is %d × %d pixels, more than are shown here", p.width, p.height)
	}
	return p, ""
}

var svgStart = regexp.MustCompile(`(?i)^\s*(<\?xml[^>]*\?>\s*)?(<!DOCTYPE svg[^>\[]*>\s*)?<svg[\s>]`)

func header(b []byte) (p picture, ok bool) {
	defer func() {
		if recover() != nil { // it ends before its header does
			p, ok = picture{}, false
		}
	}()
	switch {
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return pngHeader(b)
	case bytes.HasPrefix(b, []byte("GIF87a")), bytes.HasPrefix(b, []byte("GIF89a")):
		return gifHeader(b), true
	case bytes.HasPrefix(b, []byte("RIFF")) && len(b) >= 30 && string(b[8:12]) == "WEBP":
		return webpHeader(b)
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return jpegHeader(b)
	case svgStart.Match(b[:min(len(b), 1024)]):
		return picture{kind: "svg"}, true
	}
	return picture{}, false
}

func big16(b []byte) int    { return int(binary.BigEndian.Uint16(b)) }
func little16(b []byte) int { return int(binary.LittleEndian.Uint16(b)) }

func pngHeader(b []byte) (picture, bool) {
	if len(b) < 33 || string(b[12:16]) != "IHDR" {
		return picture{}, false
	}
	p := picture{kind: "png", width: int(binary.BigEndian.Uint32(b[16:])), height: int(binary.BigEndian.Uint32(b[20:]))}
	for at := 8; at >= 0 && at+12 <= len(b); { // chunks: length, type, data, checksum
		kind := string(b[at+4 : at+8])
		p.moves = p.moves || kind == "acTL"
		if kind == "IDAT" {
			break
		}
		at += 12 + int(binary.BigEndian.Uint32(b[at:]))
	}
	return p, true
}

// gifHeader looks at two frames, since the second one makes it move. Frames may be larger than
// the picture says that it is.
func gifHeader(b []byte) picture {
	p := picture{kind: "gif", width: little16(b[6:]), height: little16(b[8:])}
	table := func(flags byte) int {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	blocks := func(at int) int {
		for at < len(b) && b[at] != 0 {
			at += int(b[at]) + 1
		}
		return at + 1
	}
	frames := 0
	for at := 13 + table(b[10]); at+10 < len(b) && frames < 2; {
		switch b[at] {
		case 0x21:
			at = blocks(at + 2)
		case 0x2c:
			frames++
			p.width = max(p.width, little16(b[at+1:])+little16(b[at+5:]))
			p.height = max(p.height, little16(b[at+3:])+little16(b[at+7:]))
			at = blocks(at + 11 + table(b[at+9]))
		default:
			at = len(b)
		}
	}
	p.moves = frames > 1
	return p
}

func webpHeader(b []byte) (picture, bool) {
	p := picture{kind: "webp"}
	u24 := func(at int) int { return int(b[at]) | int(b[at+1])<<8 | int(b[at+2])<<16 }
	switch string(b[12:16]) {
	case "VP8X":
		p.width, p.height, p.moves = u24(24)+1, u24(27)+1, b[20]&2 != 0
	case "VP8L":
		bits := binary.LittleEndian.Uint32(b[21:])
		p.width, p.height = int(bits&0x3fff)+1, int(bits>>14&0x3fff)+1
	case "VP8 ":
		p.width, p.height = little16(b[26:])&0x3fff, little16(b[28:])&0x3fff
	default:
		return p, false
	}
	return p, true
}

func jpegHeader(b []byte) (picture, bool) {
	for at := 2; at+9 < len(b); {
		marker := b[at+1]
		switch {
		case b[at] != 0xff:
			return picture{}, false
		case marker == 0xff:
			at++
		case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
			return picture{kind: "jpg", height: big16(b[at+5:]), width: big16(b[at+7:])}, true
		case marker == 0xda || marker == 0xd9:
			return picture{}, false
		case marker == 0x01 || marker >= 0xd0 && marker <= 0xd8:
			at += 2
		default:
			at += 2 + big16(b[at+2:])
		}
	}
	return picture{}, false
}

// embedded returns the bytes of a data: address, which are the document's own.
func embedded(address string) ([]byte, bool) {
	body, is := strings.CutPrefix(address, "data:")
	head, body, whole := strings.Cut(body, ",")
	if !is || !whole || len(body) > 2*MaxImage {
		return nil, false
	}
	if strings.HasSuffix(strings.ToLower(head), ";base64") {
		data, err := base64.StdEncoding.DecodeString(body)
		return data, err == nil
	}
	text, err := url.PathUnescape(body)
	return []byte(text), err == nil
}
