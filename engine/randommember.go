package engine

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/engine/internal/plainyaml"
	"github.com/genproof/genproof/files"
)

// A random member makes a document one that nobody can guess: its digest is public before the
// document is, and whoever knows a deck's traits could else try them all. It is 128 bits of fresh
// randomness in 32 lower-case hex digits, the last member of the document.

// randomBytes is how much randomness a document gets.
const randomBytes = 16

// knownMembers have a meaning for wallets and markets: randomness there would be shown.
var knownMembers = []string{"name", "description", "image", "image_data", "image_url", "animation_url", "external_url", "background_color",
	"youtube_url", "attributes", "properties", "localization", "decimals"}

var memberName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]{0,63}$`)

// checkRandomMember refuses names of members that mean something else.
func checkRandomMember(name string) error {
	switch {
	case !memberName.MatchString(name):
		return fmt.Errorf("random member %.70q: want a name of at most 64 letters, digits, _ and -, such as salt", name)
	case slices.Contains(knownMembers, strings.ToLower(name)):
		return fmt.Errorf("random member %q: wallets and markets read this member: take another name, such as salt", name)
	}
	return nil
}

// settleRandomMember takes the name that drop.yaml has, if there is one: a deck whose documents
// have random members keeps them.
func (w *work) settleRandomMember(context.Context) error {
	if !w.stage.isNew {
		data, err := files.Read(filepath.Join(w.To, DropFile), plainyaml.MaxBytes)
		if err != nil {
			return err
		}
		var have deckFile
		if err := plainyaml.Decode(data, &have, false); err != nil {
			return fmt.Errorf("reading %s: %w", DropFile, err)
		}
		if w.RandomMember != "" && have.RandomMember != "" && have.RandomMember != w.RandomMember {
			return fmt.Errorf("random member %q: %s has random_member: %s, and a document has one", w.RandomMember, DropFile, yamlText(have.RandomMember))
		}
		if w.RandomMember == "" {
			w.RandomMember = have.RandomMember
		}
	}
	w.summary.RandomMember = w.RandomMember
	if w.RandomMember == "" {
		return nil
	}
	return checkRandomMember(w.RandomMember)
}

// addRandomMembers gives every document its random member.
func (w *work) addRandomMembers(ctx context.Context) error {
	if w.RandomMember == "" {
		return nil
	}
	n := w.collection.Len()
	return each(ctx, n, func(done int) { w.progress("random members", done, n) }, func(i int) error {
		data, err := files.Read(w.documentPath(i), MaxDocument)
		if err != nil {
			return err
		}
		var have []byte
		if !w.stage.isNew { // what cannot be read is made anew
			have, _ = files.Read(filepath.Join(w.To, DocumentsDir, filepath.Base(w.documentPath(i))), MaxDocument)
		}
		if data, err = withRandomMember(data, have, w.RandomMember); err != nil {
			return fmt.Errorf("the document of card %d: %w", i, err)
		}
		return os.WriteFile(w.documentPath(i), data, 0o644)
	})
}

// withRandomMember returns a document with a random member behind its others, and no other
// byte changed. If the document that the deck has is such a one it stays: another document never
// gets its value, which a reveal has perhaps made public.
func withRandomMember(data, have []byte, name string) ([]byte, error) {
	members, err := metadata.Members(data)
	if err != nil {
		return nil, fmt.Errorf("it can have no random member %q: %w", name, err)
	}
	at, before := bytes.IndexByte(data, '{')+1, ""
	if n := len(members); n > 0 {
		blanks := data[at:members[0].Start] // as in front of its first member
		at, before = members[n-1].End, ","+string(blanks)
	}
	for _, m := range members {
		if m.Key == name {
			return nil, fmt.Errorf("it has a member %q already: take another name for the random one", name)
		}
	}
	front := slices.Concat(data[:at], []byte(before+quote(name)+`: "`))
	back := slices.Concat([]byte(`"`), data[at:])
	if len(front)+2*randomBytes+len(back) > MaxDocument {
		return nil, fmt.Errorf("with a random member it has more than %d bytes", MaxDocument)
	}
	if value, ok := bytes.CutPrefix(have, front); ok {
		if value, ok = bytes.CutSuffix(value, back); ok && isRandomValue(string(value)) {
			return have, nil
		}
	}
	var random [randomBytes]byte
	if _, err := rand.Read(random[:]); err != nil {
		return nil, err
	}
	return slices.Concat(front, []byte(hex.EncodeToString(random[:])), back), nil
}

func isRandomValue(s string) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == randomBytes && hex.EncodeToString(raw) == s
}
