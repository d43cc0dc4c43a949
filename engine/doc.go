// Package engine turns what art engines write into a deck's folder: documents, images, hidden
// attributes and a drop.yaml that its author edits.
//
// It takes the output of HashLips' and nftchef's engines, any folder of numbered documents, a
// list of documents in one file, a table with a template ([Open]), and layers with weights
// (engine/layers). A document stays byte for byte what it was, but for the address of its image
// where the author asks for that ([Images]).
//
// What it reads may be anybody's: it is bounded, through package files, without links. Errors
// name the file, and never quote what may be hidden.
package engine
