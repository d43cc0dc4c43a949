package main

import "fmt"

// counted is a number of things: 1 token, 2 tokens.
func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
