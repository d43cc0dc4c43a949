package chain

import (
	"fmt"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/verifier/key"
)

// An UnsafeKey refuses a verifying key on a chain of value: whoever made the key can forge
// proofs with it, or nobody vouches that they cannot.
type UnsafeKey struct {
	ChainID uint64
	Backend string // the key's
	Known   string // what [Client.KnownKey] says of it; "" for nothing
}

func (e *UnsafeKey) Error() string {
	if _, err := provenance.Parse(e.Known); err != nil {
		return fmt.Sprintf("this machine's key store does not know the verifying key, and chain %d is not a development chain: whoever made the key may be able to forge proofs", e.ChainID)
	}
	return fmt.Sprintf("the verifying key's provenance is %s, and chain %d is not a development chain: whoever made the key can forge proofs", e.Known, e.ChainID)
}

// known is what this machine knows of a key.
func (c *Client) known(vk key.Verifying) string {
	if c.KnownKey == nil {
		return ""
	}
	return c.KnownKey(vk.Digest())
}

// MayUse refuses a key that is unsafe, or that nobody vouches for, on a chain of value: the
// error is an [UnsafeKey]. What a description says of its own key counts for nothing.
// DeployVerifier, Mint and Update ask it themselves, of the key that they use.
func (c *Client) MayUse(vk key.Verifying) error {
	known := c.known(vk)
	from, err := provenance.Parse(known)
	if c.Local() || c.AllowUnsafeKeys || err == nil && from.Safe() {
		return nil
	}
	return &UnsafeKey{ChainID: c.ChainID, Backend: vk.Backend(), Known: known}
}
