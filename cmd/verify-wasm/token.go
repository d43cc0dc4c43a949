//go:build js

package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"syscall/js"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// A tokenAnswer is an answer about one token.
type tokenAnswer struct {
	Level    verifier.Level `json:"level"`
	Reason   string         `json:"reason"` // why it is rejected or not checked
	Card     string         `json:"card"`   // of a deck the number, in decimal
	Document string         `json:"document"`
	Image    string         `json:"image"` // publication.ImageNamed and so on; empty if none was given
	Address  string         `json:"address"`
	Answer   string         `json:"answer"` // as of genproofVerify; empty if nothing was judged
}

// token judges one token: what a marketplace asks.
func token(in js.Value) (string, error) {
	t, err := trust(in)
	if err != nil {
		return "", err
	}
	q, err := questionIn(in)
	if err != nil {
		return "", err
	}
	p, err := openToken(in, t)
	var damage *publication.Damage
	if errors.As(err, &damage) || errors.Is(err, publication.ErrOtherDeck) {
		return textOf(tokenAnswer{Level: verifier.Rejected, Reason: err.Error()}), nil
	}
	if err != nil {
		return "", err
	}
	defer p.Close()
	r, err := verdict.JudgeToken(context.Background(), p, q)
	if err != nil {
		return "", err
	}
	a := tokenAnswer{Level: r.Level, Reason: r.Reason, Card: r.Number(), Document: r.Document, Image: r.Image, Address: r.Address}
	switch {
	case r.Deck != nil:
		a.Answer, err = answerOfDeck(p, r.Deck)
	case r.Drawn != nil:
		a.Answer, err = answerOfDrop(p, r.Drawn)
	}
	return textOf(a), err
}

func questionIn(in js.Value) (q verdict.Question, err error) {
	if q.Token, err = numberIn(in, "token"); err != nil {
		return q, err
	}
	if q.URI, err = textIn(in, "uri"); err != nil {
		return q, err
	}
	if q.Contract, err = textIn(in, "contract"); err == nil && q.Contract != "" {
		q.ChainID, err = numberIn(in, "chain")
	}
	if err != nil {
		return q, err
	}
	for _, f := range []struct {
		name string
		most int64
		to   *[]byte
	}{{"document", bundle.MaxDocumentOfDeck, &q.Document}, {"image", publication.MaxImage, &q.Image}} {
		if v := member(in, f.name); !v.IsUndefined() {
			if *f.to, err = wholeOf(f.name, v, f.most); err != nil {
				return q, err
			}
		}
	}
	if q.Source = verdict.KeyAlong; !member(in, "key").IsUndefined() {
		q.Source = verdict.KeyGiven
	}
	return q, nil
}

// openToken opens what a caller has: a CAR, files or one bundle.
func openToken(in js.Value, t publication.Trust) (*publication.Publication, error) {
	v := member(in, "bundle")
	if v.IsUndefined() {
		return open(in, t)
	}
	data, err := wholeOf("bundle", v, bundle.MaxCardBundle)
	if err != nil {
		return nil, err
	}
	return publication.One("bundle", data, t)
}

// numberIn returns a member that is a number in decimal text.
func numberIn(in js.Value, name string) (uint64, error) {
	text, err := textIn(in, name)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s: want a number in decimal, below 2^64", name)
	}
	return n, nil
}
