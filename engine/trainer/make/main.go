// Make trains the network of the sample drop dreams, and writes its file:
//
//	go run ./engine/trainer/make drop/templates/dreams/network.onnx
//
// It takes half a minute of one processor. It prints how far the network is from drawings that it
// has not seen. The same commit makes the same file everywhere.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/genproof/genproof/engine/trainer"
	"github.com/genproof/genproof/files"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "usage: go run ./engine/trainer/make FILE")
		return 2
	}
	if err := write(args[0], stdout); err != nil {
		fmt.Fprintln(stderr, "error:", err)
		return 2
	}
	return 0
}

const held = 1000 // scenes that measure it

func write(path string, stdout io.Writer) error {
	trained := trainer.Train(trainer.Sample, held)
	data, err := trainer.File(trained.Layers)
	if err != nil {
		return err
	}
	if err := files.Write(path, data, files.Public); err != nil {
		return err
	}
	scenes := trainer.HeldOut(held)
	say := func(what string, e trainer.Errors) {
		fmt.Fprintf(stdout, "%-22s %.3f levels a pixel, %.1f hundredths a score\n", what, e.Pixel, e.Score)
	}
	say("one picture for all", trainer.Still(scenes))
	say("untrained", trainer.Measure(trained.Untrained, scenes))
	say("trained, floats", trained.Floats)
	say("trained, rounded", trainer.Measure(trained.Layers, scenes))
	return nil
}
