//go:build ignore

// This program makes confusables.txt and pictographs.go from Unicode's own files:
//
//	go run gen.go confusables.txt emoji-data.txt
//
// The first is published by Unicode for UTS 39, the second with the Unicode Character Database.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"go/format"
	"log"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if err := confusables(os.Args[1]); err != nil {
		log.Fatal(err)
	}
	if err := pictographs(os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

// confusables writes a line for each source, in their order: how far its code point is from that of
// the line before, and the code points of its prototype, in hex.
func confusables(name string) error {
	prototypes := map[int][]string{}
	err := lines(name, func(line string) {
		f := strings.Split(line, ";")
		var prototype []string
		for _, field := range strings.Fields(f[1]) {
			prototype = append(prototype, fmt.Sprintf("%X", codePoint(field)))
		}
		prototypes[codePoint(strings.TrimSpace(f[0]))] = prototype
	})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	last := 0
	for _, source := range slices.Sorted(maps.Keys(prototypes)) {
		fmt.Fprintf(&out, "%X %s\n", source-last, strings.Join(prototypes[source], " "))
		last = source
	}
	return os.WriteFile("confusables.txt", out.Bytes(), 0o644)
}

func codePoint(hex string) int {
	n, err := strconv.ParseInt(hex, 16, 32)
	if err != nil {
		log.Fatal(err)
	}
	return int(n)
}

// pictographs writes the ranges of Extended_Pictographic.
func pictographs(name string) error {
	out := bytes.NewBufferString("// Made by gen.go from Unicode 15.0's emoji-data.txt. DO NOT EDIT.\n\npackage spelling\n\n// pictographs are the ranges of Extended_Pictographic.\nvar pictographs = [][2]rune{\n")
	err := lines(name, func(line string) {
		f := strings.Split(line, ";")
		if strings.TrimSpace(f[1]) != "Extended_Pictographic" {
			return
		}
		from, to, isRange := strings.Cut(strings.TrimSpace(f[0]), "..")
		if !isRange {
			to = from
		}
		fmt.Fprintf(out, "{0x%s, 0x%s},\n", from, to)
	})
	if err != nil {
		return err
	}
	code, err := format.Source(append(out.Bytes(), "}\n"...))
	if err != nil {
		return err
	}
	return os.WriteFile("pictographs.go", code, 0o644)
}

// lines calls f for every line that says something, without its comment.
func lines(name string, f func(string)) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	s := bufio.NewScanner(file)
	for s.Scan() {
		line, _, _ := strings.Cut(strings.TrimPrefix(s.Text(), "\ufeff"), "#")
		if strings.TrimSpace(line) != "" {
			f(line)
		}
	}
	return s.Err()
}
