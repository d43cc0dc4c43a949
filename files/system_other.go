//go:build !unix

package files

const dontWait = 0

// SyncFolder does nothing: Windows writes names with the files.
func SyncFolder(string) error { return nil }
