//go:build !linux

package setup

import "errors"

// programDigest: a path may name other bytes by now than those that run.
func programDigest() (string, error) { return "", errors.ErrUnsupported }
