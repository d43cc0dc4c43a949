package web

import "sync"

// Locks are as many as there are names in use.
type locks struct {
	mu   sync.Mutex
	busy map[string]*held
}

// A held lock has its holder and those who wait.
type held struct {
	sync.Mutex
	by int
}

// hold keeps others from the same name until what it returns is called.
func (l *locks) hold(name string) (release func()) {
	l.mu.Lock()
	if l.busy == nil {
		l.busy = map[string]*held{}
	}
	own := l.busy[name]
	if own == nil {
		own = &held{}
		l.busy[name] = own
	}
	own.by++
	l.mu.Unlock()
	own.Lock()
	return func() {
		own.Unlock()
		l.mu.Lock()
		defer l.mu.Unlock()
		if own.by--; own.by == 0 {
			delete(l.busy, name)
		}
	}
}
