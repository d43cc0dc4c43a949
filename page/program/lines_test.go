package program

import (
	"bytes"
	"debug/gosym"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestWrite_KeepsTheMemory has Node load the program as Go's linker wrote it, and as it is published. The
// memories that they begin with differ in the table of functions alone; there debug/gosym reads the same
// functions from both, and no lines from the second.
func TestWrite_KeepsTheMemory(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("Node is not installed: the program was not loaded")
	}
	dir := t.TempDir()
	published, linked := filepath.Join(dir, "published.wasm"), filepath.Join(dir, "linked.wasm")
	if err := Write(published, "", nil); err != nil {
		t.Fatal(err)
	}
	if err := link(linked, "", nil); err != nil {
		t.Fatal(err)
	}
	const script = `
const { readFileSync, writeFileSync } = require("node:fs");
for (const path of process.argv.slice(1)) {
  const program = new WebAssembly.Module(readFileSync(path)), imports = {};
  for (const { module, name } of WebAssembly.Module.imports(program)) (imports[module] ??= {})[name] = () => {};
  writeFileSync(path + ".memory", new Uint8Array(new WebAssembly.Instance(program, imports).exports.mem.buffer));
}`
	if out, err := exec.Command(node, "-e", script, published, linked).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	after, before := memoryOf(t, published), memoryOf(t, linked)
	if len(after) != len(before) || bytes.Equal(after, before) {
		t.Fatalf("the memories have %d and %d bytes", len(after), len(before))
	}
	start := bytes.Index(before, []byte{0xf1, 0xff, 0xff, 0xff})
	end := endOfFunctions(before, start)
	if !bytes.Equal(after[:start], before[:start]) || !bytes.Equal(after[end:], before[end:]) {
		t.Fatal("the memories differ outside the table of functions")
	}
	want, got := symbols(t, before[start:end]), symbols(t, after[start:end])
	if len(want.Funcs) != len(got.Funcs) || len(want.Funcs) < 4000 {
		t.Fatalf("there are %d functions, and were %d", len(got.Funcs), len(want.Funcs))
	}
	lines := 0
	for i, f := range want.Funcs {
		g := got.Funcs[i]
		if f.Name != g.Name || f.Entry != g.Entry || f.End != g.End {
			t.Fatalf("function %d is %s from %d, and was %s from %d", i, g.Name, g.Entry, f.Name, f.Entry)
		}
		if _, line, _ := want.PCToLine(f.Entry); line > 0 {
			lines++
		}
		if file, line, _ := got.PCToLine(g.Entry); line > 0 || file != "" {
			t.Fatalf("%s is in %q, line %d", g.Name, file, line)
		}
	}
	if lines < 4000 {
		t.Errorf("%d functions had lines", lines)
	}
	sameTables(t, before[start:end], after[start:end])
}

func memoryOf(t *testing.T, path string) []byte {
	t.Helper()
	memory, err := os.ReadFile(path + ".memory")
	if err != nil {
		t.Fatal(err)
	}
	return memory
}

// symbols reads a table of functions with the standard library's own reader.
func symbols(t *testing.T, table []byte) *gosym.Table {
	t.Helper()
	s, err := gosym.NewTable(nil, gosym.NewLineTable(table, 0))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func word(b []byte, at int) int { return int(binary.LittleEndian.Uint32(b[at:])) }

// endOfFunctions is where the last record of a table of functions ends.
func endOfFunctions(memory []byte, start int) (end int) {
	eachRecord(memory[start:], func(at int, record []byte) {
		end = max(end, start+at+44+4*word(record, 28)+4*int(record[43]))
	})
	return end
}

func eachRecord(table []byte, visit func(at int, record []byte)) {
	records := word(table, 64)
	for i := range word(table, 8) {
		at := records + word(table, records+8*i+4)
		visit(at, table[at:])
	}
}

// sameTables compares what the runtime finds in two tables of functions for frames, pointers and
// safe points, step by step.
func sameTables(t *testing.T, before, after []byte) {
	t.Helper()
	values := word(before, 56)
	compared := 0
	eachRecord(before, func(at int, record []byte) {
		later := after[at:]
		for field := range 11 + word(record, 28) + int(record[43]) {
			switch field {
			case 5, 6, 8, 9: // files, lines, unit, first line
				if word(later, 4*field) != 0 {
					t.Fatalf("the record at %d keeps its field %d", at, field)
				}
				continue
			}
			if word(record, 4*field) != word(later, 4*field) {
				t.Fatalf("the record at %d has another field %d", at, field)
			}
			if offset := word(record, 4*field); offset != 0 && (field == 4 || field >= 11 && field < 11+word(record, 28)) {
				compared += sameSteps(t, before[values+offset:], after[values+offset:])
			}
		}
	})
	if compared < 30_000 {
		t.Errorf("%d pairs were compared", compared)
	}
}

// sameSteps compares two tables of values, pair by pair, and returns how many pairs they have.
func sameSteps(t *testing.T, before, after []byte) (pairs int) {
	t.Helper()
	for i := 0; before[i] != 0 || pairs == 0; pairs++ {
		for range 2 {
			a, n := binary.Uvarint(before[i:])
			b, m := binary.Uvarint(after[i:])
			if a != b || n != m {
				t.Fatalf("pair %d is another", pairs)
			}
			i += n
		}
	}
	return pairs
}

// TestWithoutLines_ProgramsRun runs a program that needs the runtime's tables, as it was linked and without
// lines. They do the same, and differ in what the last panic prints.
func TestWithoutLines_ProgramsRun(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("Node is not installed: no program was run")
	}
	dir := t.TempDir()
	linked, published := filepath.Join(dir, "linked.wasm"), filepath.Join(dir, "published.wasm")
	compile := exec.Command("go", append(append([]string{"build"}, Flags...), "-o", linked, "./testdata/stacks")...)
	compile.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	if out, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	module, err := os.ReadFile(linked)
	if err != nil {
		t.Fatal(err)
	}
	if module, err = rewriteData(module, withoutLines); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(published, module, 0o644); err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	lib := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec_node.js")
	run := func(program string) (stdout, stderr string) {
		c := exec.Command(node, lib, program)
		var out, said bytes.Buffer
		c.Stdout, c.Stderr = &out, &said
		if err := c.Run(); err == nil {
			t.Errorf("%s ended well", program)
		}
		return out.String(), said.String()
	}
	wantOut, wantSaid := run(linked)
	out, said := run(published)
	if !strings.HasPrefix(wantOut, "400") || !strings.Contains(wantOut, "recovered: again after runtime error") || !strings.HasSuffix(wantOut, "true\n") {
		t.Errorf("as linked: %s", wantOut)
	}
	if want := strings.TrimSuffix(wantOut, "true\n") + "false\n"; out != want {
		t.Errorf("without lines: %s, want %s", out, want)
	}
	for _, said := range []string{said, wantSaid} {
		if !strings.Contains(said, "panic: the end") || !strings.Contains(said, "main.main()") {
			t.Errorf("the last panic: %s", said)
		}
	}
	if !strings.Contains(wantSaid, "main.go:") || strings.Contains(said, "main.go") {
		t.Errorf("the last panic: %s\nas linked: %s", said, wantSaid)
	}
}

// TestWithoutLines_Refuses changes a small table so that it is not one.
func TestWithoutLines_Refuses(t *testing.T) {
	small := func() []byte {
		m := make([]byte, 200)
		copy(m[8:], []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8})
		table := m[8:]
		for i, v := range []uint64{1, 0, 0, 72, 80, 84, 88, 96} { // count, files, -, names, units, files, values, records
			binary.LittleEndian.PutUint64(table[8+8*i:], v)
		}
		copy(table[80:], []byte{9, 9, 9, 9, 8, 8, 8, 8})
		copy(table[88:], []byte{0, 2, 1, 0, 4, 1, 0, 0}) // frames at 1, lines at 4
		record := table[96+16:]
		binary.LittleEndian.PutUint32(table[96+4:], 16)
		binary.LittleEndian.PutUint32(record[framesField:], 1)
		binary.LittleEndian.PutUint32(record[linesField:], 4)
		return m
	}
	m := small()
	if err := withoutLines(m); err != nil {
		t.Fatal(err)
	}
	if got, want := m[88:104], []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0}; !bytes.Equal(got, want) {
		t.Errorf("got % x, want % x", got, want)
	}
	for _, row := range []struct {
		change func(m []byte)
		want   string
	}{
		{func(m []byte) { m[8]++ }, "not found"},
		{func(m []byte) { copy(m[150:], m[8:16]) }, "not found"},
		{func(m []byte) { m[8+5*8] = 71 }, "another order"},
		{func(m []byte) { m[8+7*8] = 96 }, "another order"},
		{func(m []byte) { m[8+8*8] = 200 }, "another order"},
		{func(m []byte) { m[8+8] = 0 }, "no room for 0"},
		{func(m []byte) { m[8+8] = 13 }, "no room for 13"},
		{func(m []byte) { m[8+96+4] = 60 }, "outside the table"},
		{func(m []byte) { m[8+96+16+countField] = 11 }, "has 11 tables"},
		{func(m []byte) { m[8+96+16+framesField] = 9 }, "has no end"},
		{func(m []byte) { copy(m[8+88+1:], []byte{1, 1, 1, 1, 1, 1, 1}) }, "has no end"},
		{func(m []byte) { copy(m[8+88+1:], []byte{1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80}) }, "no number"},
	} {
		m := small()
		row.change(m)
		if err := withoutLines(m); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("got %v, want %s", err, row.want)
		}
	}
	if err := withoutLines(small()[:60]); err == nil {
		t.Error("a table that is cut off is read")
	}
}
