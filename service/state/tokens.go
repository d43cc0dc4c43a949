package state

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Scope is what a token is for. One token has one.
type Scope string

// The scopes.
const (
	Author  Scope = "author"  // makes drops of its tenant and has them proven
	Curator Scope = "curator" // looks at them before they are published
	Auditor Scope = "auditor" // looks at what was done, and at measurements
)

// Scopes are all of them.
func Scopes() []Scope { return []Scope{Author, Curator, Auditor} }

// A Token lets a person or program of one tenant do what its scope allows, until it expires. The
// folder has its SHA-256 and not the token.
type Token struct {
	ID      string    `json:"id"`
	SHA256  string    `json:"sha256"`
	Tenant  string    `json:"tenant"`
	Scope   Scope     `json:"scope"`
	Label   string    `json:"label"`
	Expires time.Time `json:"expires"`
	Revoked bool      `json:"revoked"`
}

const tokensFile = "tokens.json"

type tokenList struct {
	Tokens []Token `json:"tokens"`
}

// tokenPrefix lets programs that look for leaked secrets find tokens.
const tokenPrefix = "gpr_"

var tenantName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// NewToken makes a token, whose secret nobody can read again.
func (f *Folder) NewToken(ctx context.Context, tenant string, scope Scope, label string, lifetime time.Duration) (secret string, made Token, err error) {
	switch {
	case !tenantName.MatchString(tenant):
		return "", made, fmt.Errorf("%.60q is no tenant's name: want up to 40 of a-z, 0-9 and -", tenant)
	case !slices.Contains(Scopes(), scope):
		return "", made, fmt.Errorf("there is no scope %.40q", scope)
	case lifetime <= 0 || lifetime > 366*24*time.Hour:
		return "", made, errors.New("a token lives for at most a year")
	}
	var random, id [32]byte
	for _, b := range [][]byte{random[:], id[:8]} {
		if _, err := rand.Read(b); err != nil {
			return "", made, fmt.Errorf("drawing a token: %w", err)
		}
	}
	check := sha256.Sum256(random[:])
	secret = tokenPrefix + hex.EncodeToString(random[:]) + hex.EncodeToString(check[:4])
	sum := sha256.Sum256([]byte(secret))
	made = Token{hex.EncodeToString(id[:8]), hex.EncodeToString(sum[:]), tenant, scope, label, time.Now().Add(lifetime).UTC().Truncate(time.Second), false}
	err = change(ctx, f, tokensFile, func(l *tokenList) error { l.Tokens = append(l.Tokens, made); return nil })
	return secret, made, err
}

// Tokens lists all tokens that were ever made.
func (f *Folder) Tokens() ([]Token, error) {
	var l tokenList
	err := f.read(tokensFile, &l)
	return l.Tokens, err
}

// Revoke ends a token at once.
func (f *Folder) Revoke(ctx context.Context, id string) error {
	return change(ctx, f, tokensFile, func(l *tokenList) error {
		for i := range l.Tokens {
			if l.Tokens[i].ID == id {
				l.Tokens[i].Revoked = true
				return nil
			}
		}
		return fmt.Errorf("there is no token %.40q", id)
	})
}

// Authenticate returns the token of a secret, if it is good now.
func (f *Folder) Authenticate(secret string, now time.Time) (Token, bool) {
	if !strings.HasPrefix(secret, tokenPrefix) || len(secret) > 200 {
		return Token{}, false
	}
	list, err := f.Tokens()
	if err != nil {
		return Token{}, false
	}
	sum := sha256.Sum256([]byte(secret))
	digest := []byte(hex.EncodeToString(sum[:]))
	for _, t := range list {
		if subtle.ConstantTimeCompare(digest, []byte(t.SHA256)) == 1 {
			return t, !t.Revoked && now.Before(t.Expires)
		}
	}
	return Token{}, false
}
