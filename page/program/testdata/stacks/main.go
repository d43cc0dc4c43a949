// Command stacks does what Go's runtime reads its tables of functions for: stacks that grow and are
// searched for pointers, panics that are recovered from, and one that is not.
package main

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

type node struct {
	next *node
	n    int
}

// sum holds a pointer in every frame of a deep stack, and collects garbage at its end.
func sum(depth int, last *node) int {
	if depth == 0 {
		runtime.GC()
		n := 0
		for ; last != nil; last = last.next {
			n += last.n
		}
		return n
	}
	here := &node{last, depth}
	return sum(depth-1, here) + here.n - depth
}

// recovered reports what a panic in a deferred call was.
func recovered() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	var n *node
	func() {
		defer func() { panic(errors.Join(fmt.Errorf("again after %v", recover()))) }()
		fmt.Println(n.n)
	}()
	return nil
}

func main() {
	debug.SetGCPercent(1)
	total := 0
	done := make(chan int)
	for i := range 8 {
		go func() { done <- sum(10_000+i, nil) }()
	}
	for range 8 {
		total += <-done
	}
	fmt.Println(total, recovered())
	_, _, line, _ := runtime.Caller(0)
	fmt.Println(line > 0)
	panic("the end")
}
