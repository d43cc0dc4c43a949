package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"github.com/genproof/genproof/files"
)

// What a person can say of a card.
const (
	Approved = "approved"
	Rejected = "rejected"
)

// A Card is one that is decided about, by what it is: another document makes another card of it.
type Card struct {
	Number   int
	Document [32]byte // SHA-256 of its document
}

// A Decision is what a person said of cards, all at once and for one reason.
type Decision struct {
	At      time.Time `json:"at"`
	Verdict string    `json:"verdict"`
	Cards   []int     `json:"cards"`
	Digests []string  `json:"digests"`          // 64 hex digits, the documents' in the order of cards
	By      string    `json:"by,omitempty"`     // a token's id; personal
	Reason  string    `json:"reason,omitempty"` // personal
}

// Bounds of decisions.
const (
	MaxCards     = 500  // of one decision
	MaxReason    = 1000 // characters
	maxDecisions = 32 << 20
)

// Decide writes a decision down: into the log, then beside it.
func (b *Book) Decide(verdict string, cards []Card, by Actor, reason string) (*Decision, error) {
	if verdict != Approved && verdict != Rejected || len(cards) == 0 || len(cards) > MaxCards || len(reason) > 4*MaxReason {
		return nil, errors.New("deciding about cards: no such decision")
	}
	d := &Decision{At: time.Now().UTC().Truncate(time.Second), Verdict: verdict, By: by.Token, Reason: reason}
	sum := sha256.New()
	for _, c := range cards {
		d.Cards, d.Digests = append(d.Cards, c.Number), append(d.Digests, hex.EncodeToString(c.Document[:]))
		fmt.Fprintf(sum, "%d %x\n", c.Number, c.Document)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	list, err := b.read()
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf("%s by a person: cards %s", verdict, numbers(d.Cards))
	if _, err := b.write(Action{Kind: "looked", Digest: [32]byte(sum.Sum(nil)), Text: text, By: by, Reason: reason}); err != nil {
		return nil, err
	}
	return d, b.store(append(list, *d))
}

// Decisions lists all of them, the first one first.
func (b *Book) Decisions() ([]Decision, error) { return b.read() }

// A Word is the last word about a card.
type Word struct {
	Verdict string
	Digest  string
	Reason  string
	At      time.Time
}

// Words are the last words about cards, by their numbers. Whoever counts on one compares its digest with
// the card's document.
func Words(list []Decision) map[int]Word {
	last := map[int]Word{}
	for _, d := range list {
		for i, n := range d.Cards {
			last[n] = Word{d.Verdict, d.Digests[i], d.Reason, d.At}
		}
	}
	return last
}

func (b *Book) path() string { return filepath.Join(b.dir, decisionsFile) }

func (b *Book) read() (list []Decision, err error) {
	data, err := files.Read(b.path(), maxDecisions)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &list)
	}
	if err != nil {
		return nil, fmt.Errorf("reading decisions: %w", err)
	}
	return list, nil
}

func (b *Book) store(list []Decision) error {
	data, err := json.Marshal(list)
	if err == nil && len(data) > maxDecisions {
		err = errors.New("there is no room for more of them")
	}
	if err != nil {
		return fmt.Errorf("keeping decisions: %w", err)
	}
	return files.Write(b.path(), data, files.Secret)
}

// numbers writes 1-3, 7 for 1, 2, 3, 7.
func numbers(list []int) (text string) {
	sorted := slices.Sorted(slices.Values(list))
	for i := 0; i < len(sorted); {
		j := i
		for j+1 < len(sorted) && sorted[j+1] == sorted[j]+1 {
			j++
		}
		if text != "" {
			text += ", "
		}
		if text += fmt.Sprint(sorted[i]); j > i {
			text += fmt.Sprintf("-%d", sorted[j])
		}
		i = j + 1
	}
	return text
}
