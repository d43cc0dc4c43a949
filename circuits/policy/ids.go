package policy

import (
	"errors"
	"fmt"
)

// IDs are the token ids of a drawn drop: First to First + Supply - 1.
type IDs struct{ First, Supply uint64 }

// MaxID is the greatest id of a drawn drop: documents have room for ten decimal digits.
const MaxID = 1e10 - 1

// Validate reports ids that no drop has.
func (i IDs) Validate() error {
	switch {
	case i.Supply < 1:
		return errors.New("supply is 0, want at least 1")
	case i.First > MaxID || i.Supply-1 > MaxID-i.First:
		return fmt.Errorf("ids %d and %d more go beyond %d", i.First, i.Supply-1, uint64(MaxID))
	}
	return nil
}

// Last returns the last id of valid ids.
func (i IDs) Last() uint64 { return i.First + i.Supply - 1 }

// Contains reports whether id is one of valid ids.
func (i IDs) Contains(id uint64) bool { return id >= i.First && id <= i.Last() }
