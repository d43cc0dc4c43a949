// Package deck holds the binding of DeckDrop, as abigen writes it.
package deck
