//go:build !linux

package host

import "time"

func details() (kernel, cpu string, memory uint64, mhz float64) { return "", "", 0, 0 }

// Peak returns 0: the largest resident size is not known here.
func Peak() uint64 { return 0 }

// Used returns 0: the processor time is not known here.
func Used() time.Duration { return 0 }

func allUsed() (time.Duration, bool) { return 0, false }

func load() (float64, bool) { return 0, false }

// OnCores calls start. The caller limits the process with GOMAXPROCS, as there is no other way.
func OnCores(_ int, start func() error) error { return start() }

// Pinned reports whether [OnCores] gives a process its cores, or only GOMAXPROCS.
const Pinned = false
