//go:build !race

package thumbnail_test

// largest is the side of the largest picture there may be.
const largest = 4000
