// Package bindings speaks to the contracts: what abigen makes of their interfaces.
package bindings

//go:generate go run ./generate
