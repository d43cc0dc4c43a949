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
	Drops   []string  `json:"drops,omitempty"`  // it reaches these alone; none: all of the tenant's
	Person  string    `json:"person,omitempty"` // who has it; empty: nobody who has another one
}

// Reaches reports whether the token is for a drop of its tenant.
func (t *Token) Reaches(drop string) bool { return len(t.Drops) == 0 || slices.Contains(t.Drops, drop) }

// Holder names who has the token, among all of its tenant: tokens of one person have one.
func (t *Token) Holder() string {
	if t.Person == "" {
		return "token " + t.ID
	}
	return "person " + t.Person
}

// A Grant is what a token is to be for.
type Grant struct {
	Tenant   string
	Scope    Scope
	Label    string
	Lifetime time.Duration // at most a year
	Drops    []string      // ids, 32 hex digits each; none: all of the tenant's, and new ones
	Person   string        // who will have it, as the person's other tokens say; may be empty
}

const tokensFile = "tokens.json"

type tokenList struct {
	Tokens []Token `json:"tokens"`
}

// tokenPrefix lets programs that look for leaked secrets find tokens.
const tokenPrefix = "gpr_"

// Bounds of a token.
const (
	maxTokenDrops = 100
	maxPerson     = 100 // bytes
)

var (
	tenantName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	dropName   = regexp.MustCompile(`^[0-9a-f]{32}$`)
)

func (g *Grant) check() error {
	switch {
	case !tenantName.MatchString(g.Tenant):
		return fmt.Errorf("%.60q is no tenant's name: want up to 40 of a-z, 0-9 and -", g.Tenant)
	case !slices.Contains(Scopes(), g.Scope):
		return fmt.Errorf("there is no scope %.40q", g.Scope)
	case g.Lifetime <= 0 || g.Lifetime > 366*24*time.Hour:
		return errors.New("a token lives for at most a year")
	case len(g.Drops) > maxTokenDrops:
		return fmt.Errorf("a token names at most %d drops", maxTokenDrops)
	case len(g.Person) > maxPerson:
		return fmt.Errorf("a person's name has at most %d bytes", maxPerson)
	}
	for _, d := range g.Drops {
		if !dropName.MatchString(d) {
			return fmt.Errorf("%.60q is no drop's id: want 32 hex digits", d)
		}
	}
	return nil
}

// NewToken makes a token, whose secret nobody can read again.
func (f *Folder) NewToken(ctx context.Context, g Grant) (secret string, made Token, err error) {
	if err := g.check(); err != nil {
		return "", made, err
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
	made = Token{
		ID: hex.EncodeToString(id[:8]), SHA256: hex.EncodeToString(sum[:]), Tenant: g.Tenant, Scope: g.Scope, Label: g.Label,
		Expires: time.Now().Add(g.Lifetime).UTC().Truncate(time.Second), Drops: g.Drops, Person: g.Person,
	}
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
