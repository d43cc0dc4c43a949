package program

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// withoutLines clears what tells a program's functions from which file and line they are: a panic in it
// names functions and has "?:0" for lines, as it has for functions without that table. It is a fifteenth
// of what is compressed. Everything else in Go's tables stays: how large frames are, what they hold, and
// what functions are called. Source: Go's runtime, types pcHeader and _func, and pcvalue, to which an
// offset of 0 means that a table does not exist.
func withoutLines(memory []byte) error {
	t, err := findFunctions(memory)
	if err != nil {
		return err
	}
	used := make([]bool, len(t.values))
	used[0] = true
	for _, f := range t.functions {
		for _, offset := range f.tables() {
			if err := markTable(used, t.values, offset); err != nil {
				return err
			}
		}
		for _, field := range []int{filesField, linesField, unitField, startLineField} {
			f.clear(field)
		}
	}
	for i := range t.values {
		if !used[i] {
			t.values[i] = 0
		}
	}
	clear(t.files)
	return nil
}

// A functionTable is what Go's linker writes of a program's functions.
type functionTable struct {
	files     []byte // names of files, and of which unit they are
	values    []byte // tables of values by program counter, one after the other, shared between functions
	functions []function
}

// A function is the record of one: fields of 32 bits, then offsets of its tables and of its data.
type function []byte

// Where the fields of a record begin, in bytes.
const (
	framesField    = 16
	filesField     = 20
	linesField     = 24
	countField     = 28 // of the further tables
	unitField      = 32
	startLineField = 36
	recordSize     = 44
)

func (f function) uint32(at int) int { return int(binary.LittleEndian.Uint32(f[at:])) }
func (f function) clear(at int)      { clear(f[at : at+4]) }

// tables returns the offsets of a function's tables that are not of files and lines.
func (f function) tables() []int {
	offsets := []int{f.uint32(framesField)}
	for i := range f.uint32(countField) {
		offsets = append(offsets, f.uint32(recordSize+4*i))
	}
	return offsets
}

// findFunctions finds the table of functions in a program's memory. It refuses one that is not as Go 1.26
// writes it for pointers of 8 bytes and instructions of one.
func findFunctions(memory []byte) (t functionTable, err error) {
	magic := []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}
	const headerSize = 9 * 8
	at := bytes.Index(memory, magic)
	if at < 0 || len(memory)-at < headerSize || bytes.Contains(memory[at+1:], magic) {
		return t, errors.New("the program's table of functions is not found")
	}
	table := memory[at:]
	field := func(i int) uint64 { return binary.LittleEndian.Uint64(table[8*i:]) }
	count, units, values, records := field(1), field(5), field(7), field(8)
	if !(headerSize <= units && units <= field(6) && field(6) <= values && values < records && records <= uint64(len(table))) {
		return t, errors.New("the parts of the program's table of functions are in another order")
	}
	t.files, t.values = table[units:values], table[values:records]
	index := table[records:]
	if count == 0 || count > uint64(len(index))/8 {
		return t, fmt.Errorf("the program's table of functions has no room for %d", count)
	}
	for i := range count {
		start := uint64(binary.LittleEndian.Uint32(index[8*i+4:]))
		if start+recordSize > uint64(len(index)) {
			return t, fmt.Errorf("function %d lies outside the table", i)
		}
		f := function(index[start:])
		if f.uint32(countField) > (len(f)-recordSize)/4 {
			return t, fmt.Errorf("function %d has %d tables", i, f.uint32(countField))
		}
		t.functions = append(t.functions, f)
	}
	return t, nil
}

// markTable marks the bytes of the table of values that begins at an offset: pairs of how the value and
// the counter change, up to a value that does not change.
func markTable(used []bool, values []byte, offset int) error {
	if offset == 0 {
		return nil
	}
	for at, pairs := offset, 0; ; pairs++ {
		for half := range 2 {
			if at >= len(values) {
				return fmt.Errorf("the table at %d has no end", offset)
			}
			v, n := binary.Uvarint(values[at:])
			if n <= 0 {
				return fmt.Errorf("the table at %d holds no number at %d", offset, at)
			}
			for i := range n {
				used[at+i] = true
			}
			at += n
			if half == 0 && v == 0 && pairs > 0 {
				return nil
			}
		}
	}
}
