// A program of its own outside genproof's module: circuits/README.md shows it, and a test
// of circuits builds and runs it.
module example.com/consumer

go 1.26.0

require (
	github.com/consensys/gnark v0.16.1
	github.com/consensys/gnark-crypto v0.21.0
	github.com/genproof/genproof v0.0.0
)

replace github.com/genproof/genproof => ../../..
