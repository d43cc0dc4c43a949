//go:build js

package main

import (
	"context"
	"encoding/hex"
	"errors"
	"strings"
	"syscall/js"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// judgeShown judges a claim or a disclosure, against the description that the caller trusts or
// else the one that is published.
func judgeShown(in, v js.Value, t publication.Trust) (string, error) {
	data, err := wholeOf("claim or disclosure", v, bundle.MaxBytes)
	if err != nil {
		return "", err
	}
	if err := describe(in, &t); err != nil {
		return "", err
	}
	switch bundle.Kind(data) {
	case bundle.KindClaim:
		return judgeClaim(in, data, t)
	case bundle.KindDisclosure:
		r, err := publication.JudgeDisclosure(data, t)
		if err != nil {
			return "", err
		}
		return answerOf(verdict.OfDisclosure(r))
	}
	return "", errors.New("this is neither a claim nor a disclosure")
}

// describe reads the description of car or files, if one of them is there and nothing else is trusted.
func describe(in js.Value, t *publication.Trust) error {
	if t.Deck != nil || t.Description != nil || member(in, "car").IsUndefined() && member(in, "files").IsUndefined() {
		return nil
	}
	from, err := sourceOf(in)
	if err != nil {
		return err
	}
	return t.DescribeFrom(from)
}

func judgeClaim(in js.Value, data []byte, t publication.Trust) (string, error) {
	o := verifier.ClaimOptions{Now: uint64(time.Now().Unix())}
	if !member(in, "audience").IsUndefined() {
		name, err := textIn(in, "audience")
		if err != nil {
			return "", err
		}
		o.Name = &name
	}
	if !member(in, "challenge").IsUndefined() {
		text, err := textIn(in, "challenge")
		if err != nil {
			return "", err
		}
		if o.Challenge, err = challengeOf(text); err != nil {
			return "", err
		}
	}
	source := verdict.KeyInClaim
	if t.Key != nil {
		source = verdict.KeyGiven
	}
	r, err := publication.JudgeClaim(context.Background(), data, t, o)
	if err != nil {
		return "", err
	}
	return answerOf(verdict.OfClaim(r, source))
}

func challengeOf(text string) (*[32]byte, error) {
	b, err := hex.DecodeString(strings.TrimPrefix(text, "0x"))
	if err != nil || len(b) != 32 || !strings.HasPrefix(text, "0x") {
		return nil, errors.New("the challenge is no 0x and 64 hex digits")
	}
	return (*[32]byte)(b), nil
}
