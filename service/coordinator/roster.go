package coordinator

import (
	"sync"

	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/state"
)

// A Roster knows who may work: the workers that the studio's folder has as enrolled, at the moment
// somebody asks, and those of this process.
type Roster struct {
	state *state.Folder
	mu    sync.Mutex
	own   map[message.PublicKey]message.Worker
}

// NewRoster returns the roster of a studio's folder.
func NewRoster(folder *state.Folder) *Roster {
	return &Roster{state: folder, own: map[message.PublicKey]message.Worker{}}
}

// Enrol lets a worker of this process in, until it ends.
func (r *Roster) Enrol(w message.Worker) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.own[w.Key] = w
}

// isOwn reports whether a worker is of this process.
func (r *Roster) isOwn(key message.PublicKey) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, ok := r.own[key]
	return ok
}

// Enrolled returns the worker that signs with a key, if it may work now.
func (r *Roster) Enrolled(key message.PublicKey) (message.Worker, bool) {
	r.mu.Lock()
	w, ok := r.own[key]
	r.mu.Unlock()
	if ok {
		return w, true
	}
	return r.state.Enrolled(key)
}

// Admits reports whether it may work now.
func (r *Roster) Admits(key message.PublicKey) bool {
	_, ok := r.Enrolled(key)
	return ok
}
