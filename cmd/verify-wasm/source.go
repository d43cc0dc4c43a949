//go:build js

package main

import (
	"errors"
	"fmt"
	"syscall/js"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/publication"
)

// held are CARs that were opened under a name: what is asked about one again is answered
// without reading all of it again. Every block that is read is checked again.
var held = map[string]*publication.Archive{}

// maxHeld bounds them.
const maxHeld = 8

// sourceOf returns where published files are: the members car or files.
func sourceOf(in js.Value) (publication.Source, error) {
	progress, err := progressOf(in)
	if err != nil {
		return nil, err
	}
	if v := member(in, "car"); !v.IsUndefined() {
		return archiveOf(in, v, progress)
	}
	list, err := filesOf(in)
	if err != nil {
		return nil, err
	}
	return folder{list, progress}, nil
}

// archiveOf returns a CAR, the one that is held if it has the same name.
func archiveOf(in, v js.Value, progress *progress) (*publication.Archive, error) {
	name, err := textIn(in, "held")
	if err != nil {
		return nil, err
	}
	if archive := held[name]; archive != nil {
		return archive, nil
	}
	f, err := fileOf("car", v)
	if err != nil {
		return nil, err
	}
	archive, err := publication.NewArchive(progress.reader(f), f.size)
	if err == nil && name != "" {
		if len(held) == maxHeld {
			clear(held)
		}
		held[name] = archive
	}
	return archive, err
}

// textIn returns a member that is a text, "" if it is not there.
func textIn(in js.Value, name string) (string, error) {
	switch v := member(in, name); v.Type() {
	case js.TypeUndefined:
		return "", nil
	case js.TypeString:
		return v.String(), nil
	}
	return "", fmt.Errorf("want a text for %s", name)
}

func images(in js.Value) (string, error) {
	v := member(in, "addresses")
	if !js.Global().Get("Array").Call("isArray", v).Bool() {
		return "", errors.New("want an array of addresses")
	}
	addresses := make([]string, v.Length())
	for i := range addresses {
		if v.Index(i).Type() != js.TypeString {
			return "", errors.New("want an array of addresses")
		}
		addresses[i] = v.Index(i).String()
	}
	from, err := sourceOf(in)
	if err != nil {
		return "", err
	}
	if archive, ok := from.(*publication.Archive); ok {
		return textOf(archive.Images(addresses)), nil
	}
	found, err := publication.FindImages(from, addresses)
	if err != nil {
		return "", err
	}
	return textOf(found), nil
}

// fileIn returns the bytes of one file of a CAR or folder.
func fileIn(in js.Value) (js.Value, error) {
	name, err := textIn(in, "path")
	if err != nil {
		return js.Value{}, err
	}
	from, err := sourceOf(in)
	if err != nil {
		return js.Value{}, err
	}
	data, err := from.Read(name, publication.MaxImage)
	if errors.Is(err, files.ErrTooLarge) {
		return js.Value{}, fmt.Errorf("the file has more than %d bytes", publication.MaxImage)
	}
	if err != nil {
		return js.Value{}, err
	}
	return ownBytes(data), nil
}
