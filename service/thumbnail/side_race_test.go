//go:build race

package thumbnail_test

// largest is a side that a program takes with the race detector, which is ten times slower, within a child's bounds.
const largest = 1000
