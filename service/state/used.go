package state

import (
	"context"
	"sync"
	"time"
)

// usedFile has when each token was used last, to a minute or so.
const usedFile = "used.json"

// usedEvery is how often one token's use is written down.
const usedEvery = time.Minute

type useList struct {
	Used map[string]time.Time `json:"used"` // by ids
}

// uses are those that this process has written down.
type uses struct {
	mu   sync.Mutex
	last map[string]time.Time
}

// due reports whether a use is to be written down, which the caller then does.
func (u *uses) due(id string, now time.Time) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if last, ok := u.last[id]; ok && now.Sub(last) < usedEvery {
		return false
	}
	if u.last == nil {
		u.last = map[string]time.Time{}
	}
	u.last[id] = now
	return true
}

// Use notes that a token was used, at most once a minute.
func (f *Folder) Use(ctx context.Context, id string, now time.Time) error {
	if !f.uses.due(id, now) {
		return nil
	}
	return change(ctx, f, usedFile, func(l *useList) error {
		if l.Used == nil {
			l.Used = map[string]time.Time{}
		}
		l.Used[id] = now.UTC().Truncate(time.Second)
		return nil
	})
}

// Used returns when tokens were used last, by their ids. Those that nobody has used are not there.
func (f *Folder) Used() (map[string]time.Time, error) {
	var l useList
	err := f.read(usedFile, &l)
	return l.Used, err
}
