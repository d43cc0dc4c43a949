//go:build js

package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"syscall/js"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/attest/fact"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/files"
)

const (
	maxFacts          = 1 << 8  // that a caller gives
	maxCheckpointText = 1 << 19 // bytes that a caller writes of blocks
)

// dated has attestations dated by the caller's facts, as --fact, --log and --checkpoint have.
func dated(in js.Value, o *attest.Options) error {
	if member(in, "facts").IsUndefined() {
		return nil
	}
	list, err := filesIn(in, "facts")
	if err != nil {
		return err
	}
	if len(list) > maxFacts {
		return fmt.Errorf("%d facts, at most %d are taken", len(list), maxFacts)
	}
	blocks, err := checkpoints(in)
	if err != nil {
		return err
	}
	if blocks == nil {
		return errors.New("a fact dates nothing unless its block is known: anybody can make a header with any time in it")
	}
	var facts []*fact.Seen
	for _, name := range slices.Sorted(maps.Keys(list)) {
		data, err := files.ReadFrom(io.NewSectionReader(list[name], 0, list[name].size), name, fact.MaxBytes)
		if err != nil {
			return err
		}
		seen, err := fact.Parse(data)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		facts = append(facts, seen)
	}
	l, err := logIn(in)
	if err != nil {
		return err
	}
	o.Anchored = evidence.Dated(facts, l, blocks)
	return nil
}

// logIn reads the caller's log, nil if there is none.
func logIn(in js.Value) (*log.State, error) {
	if member(in, "log").IsUndefined() {
		return nil, nil
	}
	list, err := filesIn(in, "log")
	if err != nil {
		return nil, err
	}
	l, err := log.Read(folder{list, &progress{tell: js.Undefined()}})
	if err != nil {
		return nil, fmt.Errorf("the log: %w", err)
	}
	return l, nil
}

// checkpoints are the blocks that the caller knows, a text of CHAIN:NUMBER:HASH with blanks between; nil if there are none.
func checkpoints(in js.Value) (evidence.Blocks, error) {
	text, err := textIn(in, "checkpoints")
	if err != nil {
		return nil, err
	}
	if len(text) > maxCheckpointText {
		return nil, fmt.Errorf("checkpoints: %d bytes, at most %d are read", len(text), maxCheckpointText)
	}
	known, err := evidence.ParseCheckpoints(strings.Fields(text))
	if err != nil {
		return nil, fmt.Errorf("checkpoints: %w", err)
	}
	return known.Blocks(), nil
}
