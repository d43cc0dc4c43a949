package web

import (
	"context"
	"errors"
	"fmt"

	"github.com/rs/zerolog"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/service/record"
	"github.com/genproof/genproof/service/vault"
)

// ErrCommitment says that a drop does not commit to what its log says it has committed to.
var ErrCommitment = errors.New("it is not what was committed to")

// Verify looks at the drops in a folder that no server is at work in, and sees that every deck that is not
// forgotten comes out with the commitment that its log names last. It returns how many do.
func Verify(ctx context.Context, dir string, v *vault.Vault) (n int, err error) {
	s := &Server{o: Options{Dir: dir, Vault: v, Log: zerolog.Nop()}}
	drops, err := s.list("")
	if err != nil {
		return 0, err
	}
	for _, p := range drops {
		state, err := record.Open(p.dir, nil).Log()
		if err != nil {
			return n, fmt.Errorf("drop %s: %w", p.id, err)
		}
		if p.meta.Forgot || state == nil || !drop.IsDeck(p.path(deckDir)) {
			continue
		}
		var committed *[32]byte
		for i := range state.Entries {
			if state.Entries[i].Kind == "committed" {
				committed = &state.Entries[i].Digest
			}
		}
		if committed == nil {
			continue // its import was cut short
		}
		d, err := s.load(ctx, p)
		if err == nil && d.Model.Bytes() != *committed {
			err = ErrCommitment
		}
		if err != nil {
			return n, fmt.Errorf("drop %s: %w", p.id, err)
		}
		n++
	}
	return n, nil
}
