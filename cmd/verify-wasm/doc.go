//go:build !js

// Verify-wasm is the verifier for pages; it builds for GOOS=js GOARCH=wasm alone.
package main

import "os"

func main() {
	os.Stderr.WriteString("verify-wasm runs in a page: build it with GOOS=js GOARCH=wasm\n")
	os.Exit(2)
}
