package ptau

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// put32 returns b with four bytes replaced.
func put32(b []byte, at int, v uint32) []byte {
	b = slices.Clone(b)
	binary.LittleEndian.PutUint32(b[at:], v)
	return b
}

func put64(b []byte, at int, v uint64) []byte {
	b = slices.Clone(b)
	binary.LittleEndian.PutUint64(b[at:], v)
	return b
}

// refused wants an error that says want, quickly and in little memory, whatever the
// lengths in b say.
func refused(t *testing.T, name string, b []byte, want string) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	srs, err := readBytes(t, b, Options{})
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	switch {
	case err == nil:
		t.Errorf("%s: accepted: %+v", name, srs)
	case !strings.Contains(err.Error(), want):
		t.Errorf("%s: got %q, want %q", name, err, want)
	case took > 5*time.Second: // a second on a machine that does nothing else
		t.Errorf("%s: refused after %s", name, took)
	case after.TotalAlloc-before.TotalAlloc > 32<<20:
		t.Errorf("%s: took %d bytes", name, after.TotalAlloc-before.TotalAlloc)
	}
}

// Offsets in a file: its first section's prefix, content, and the second one's prefix.
const (
	atCount   = 8
	atHeader  = filePrefix + sectionPrefix
	atPower   = atHeader + 4 + 32
	atSection = atHeader + headerSize
)

// TestRead_RefusesLayout: one lie about where things are, or how large.
func TestRead_RefusesLayout(t *testing.T) {
	whole, prepared := golden(t, "small.ptau"), golden(t, "prepared.ptau")
	for _, tc := range []struct {
		name string
		file []byte
		want string
	}{
		{"nothing", nil, "cut off"},
		{"half a prefix", whole[:filePrefix-1], "cut off"},
		{"another magic", put32(whole, 0, 0x79656b7a), "not a .ptau file"},
		{"version 0", put32(whole, 4, 0), "format version 0"},
		{"version 2", put32(whole, 4, 2), "format version 2"},
		{"no sections", put32(whole, atCount, 0), "after the last section"},
		{"a section fewer", put32(whole, atCount, 6), "after the last section"},
		{"a section more", put32(whole, atCount, 8), "cut off"},
		{"16 sections", put32(whole, atCount, 16), "16 sections"},
		{"2^32-1 sections", put32(whole, atCount, math.MaxUint32), "sections"},
		{"a huge section", put64(whole, atSection+4, math.MaxUint64), "section 2 is cut off"},
		{"a negative section", put64(whole, atSection+4, 1<<63), "section 2 is cut off"},
		{"a section past the end", put64(whole, atSection+4, uint64(len(whole))), "section 2 is cut off"},
		{"cut in the middle", whole[:len(whole)/2], "is cut off"},
		{"cut by one byte", whole[:len(whole)-1], "section 7 is cut off"},
		{"cut at the second prefix", whole[:atSection+5], "cut off"},
		{"a byte more", append(slices.Clone(whole), 0), "1 bytes after the last section"},
		{"another prime", put32(whole, atHeader+4, 0), "prime"},
		{"another size of limbs", put32(whole, atHeader, 48), "prime"},
		{"power 0", put32(whole, atPower, 0), "power 0 of a ceremony of power 3"},
		{"power above the ceremony's", put32(whole, atPower+4, 2), "power 3 of a ceremony of power 2"},
		{"power 29", put32(put32(whole, atPower, 29), atPower+4, 29), "power 29"},
		{"a ceremony of power 29", put32(whole, atPower+4, 29), "power 29"},
		{"power 2^32-1", put32(put32(whole, atPower, math.MaxUint32), atPower+4, math.MaxUint32), "power"},
		{"a larger power", put32(put32(whole, atPower, 28), atPower+4, 28), "section 2 has 960 bytes"},
		{"a smaller power", put32(whole, atPower, 2), "section 2 has 960 bytes"},
		{"prepared for another power", put32(prepared, atPower, 2), "section 2 has 960 bytes"},
	} {
		refused(t, tc.name, tc.file, tc.want)
	}
}

// TestRead_RefusesSections: a section is missing, twice, misplaced, unknown, or of another
// size, in a file whose lengths agree with each other.
func TestRead_RefusesSections(t *testing.T) {
	at := func(id uint32) func(p piece) bool { return func(p piece) bool { return p.id == id } }
	edit := func(name, want string, change func([]piece) []piece) {
		t.Helper()
		refused(t, name, join(change(split(golden(t, "prepared.ptau")))), want)
	}
	for id := uint32(1); id <= 7; id++ {
		edit("missing", "is missing", func(p []piece) []piece { return slices.DeleteFunc(p, at(id)) })
	}
	for _, id := range []uint32{1, 2, 7, 12, 15} {
		edit("twice", "comes after section", func(p []piece) []piece {
			i := slices.IndexFunc(p, at(id))
			return slices.Insert(p, i, p[i])
		})
		edit("at the end", "comes after section", func(p []piece) []piece { return append(p, p[slices.IndexFunc(p, at(id))]) })
	}
	edit("swapped", "section 3 comes after section 4", func(p []piece) []piece {
		p[2], p[3] = p[3], p[2]
		return p
	})
	for _, id := range []uint32{0, 8, 11, 16, math.MaxUint32} {
		edit("unknown", "unknown section", func(p []piece) []piece {
			p[6].id = id
			return p
		})
	}
	for _, id := range []uint32{1, 2, 3, 4, 5, 6, 12, 13, 14, 15} {
		for _, change := range []int{-1, 1, -64, 64} {
			edit("of another size", " bytes, want ", func(p []piece) []piece {
				q := &p[slices.IndexFunc(p, at(id))]
				q.data = append(slices.Clone(q.data), make([]byte, 64)...)[:max(0, len(q.data)+change)]
				return p
			})
		}
	}
	for _, size := range []int{0, 3, 4 + maxContributions*maxContribution + 1} {
		edit("contributions of another size", "section 7 has", func(p []piece) []piece {
			p[6].data = make([]byte, size)
			return p
		})
	}
}

// split takes a file apart.
func split(b []byte) (pieces []piece) {
	for b = b[filePrefix:]; len(b) > 0; {
		size := binary.LittleEndian.Uint64(b[4:])
		pieces = append(pieces, piece{binary.LittleEndian.Uint32(b), b[sectionPrefix : sectionPrefix+size]})
		b = b[sectionPrefix+size:]
	}
	return pieces
}

// TestRead_RefusesAChangingFile: what was scanned and what is read are two things.
func TestRead_RefusesAChangingFile(t *testing.T) {
	whole := golden(t, "small.ptau")
	contributions := len(whole) - len(split(whole)[6].data)
	for _, tc := range []struct {
		name  string
		later []byte
	}{
		{"the header", put32(whole, atPower+4, 28)},
		{"the number of sections", put32(whole, atCount, 8)},
		{"a size", put64(whole, atSection+4, 64)},
		{"a contribution", put32(whole, contributions+4+2*sizeG1+sizeG2, 7)},
		{"longer", append(slices.Clone(whole), 0)},
		{"shorter", whole[:len(whole)-1]},
	} {
		f := struct {
			io.Reader
			io.ReaderAt
		}{bytes.NewReader(tc.later), bytes.NewReader(whole)}
		if _, err := check(t.Context(), f, int64(len(whole)), &Options{}); !errors.Is(err, errChanged) {
			t.Errorf("%s: got %v", tc.name, err)
		}
	}
}
