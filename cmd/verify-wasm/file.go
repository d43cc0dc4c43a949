//go:build js

package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strings"
	"syscall/js"

	"github.com/genproof/genproof/files"
)

// A file is one that the page holds: bytes, or size and read(offset, length).
type file struct {
	name string
	size int64
	data []byte   // nil if read is there
	read js.Value // the object that has the function
}

// fileOf reads no more than the file's size, or copies a Uint8Array.
func fileOf(name string, v js.Value) (*file, error) {
	if isBytes(v) {
		data, err := bytesOf(name, v)
		return &file{name: name, size: int64(len(data)), data: data}, err
	}
	if v.Type() != js.TypeObject || member(v, "read").Type() != js.TypeFunction || member(v, "size").Type() != js.TypeNumber {
		return nil, fmt.Errorf("reading %q: want a Uint8Array, or size and read", name)
	}
	size := member(v, "size").Float()
	if !(size >= 0 && size < 1<<53 && size == math.Trunc(size)) {
		return nil, fmt.Errorf("reading %q: its size is %v", name, size)
	}
	return &file{name: name, size: int64(size), read: v}, nil
}

// ReadAt implements [io.ReaderAt]. What the page throws is its error: it may run in any goroutine.
func (f *file) ReadAt(b []byte, offset int64) (n int, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			n, err = 0, fmt.Errorf("reading %q: %v", f.name, fault)
		}
	}()
	if offset < 0 {
		return 0, errors.New("reading before the start of a file")
	}
	want := min(int64(len(b)), max(f.size-offset, 0))
	switch {
	case want == 0:
	case f.data != nil:
		copy(b[:want], f.data[offset:])
	default:
		data, err := bytesOf(f.name, f.read.Call("read", offset, want))
		if err != nil {
			return 0, err
		}
		if int64(len(data)) != want {
			return 0, fmt.Errorf("reading %q: got %d bytes of %d", f.name, len(data), want)
		}
		copy(b, data)
	}
	if want < int64(len(b)) {
		err = io.EOF
	}
	return int(want), err
}

// wholeOf returns all bytes of a file, at most limit.
func wholeOf(name string, v js.Value, limit int64) ([]byte, error) {
	f, err := fileOf(name, v)
	if err != nil {
		return nil, err
	}
	return files.ReadFrom(io.NewSectionReader(f, 0, f.size), name, limit)
}

// A folder is the files of the page as a publication's source.
type folder struct {
	files    map[string]*file
	progress *progress
}

func (f folder) Names(dir string, limit int) (names []string, err error) {
	for p := range f.files {
		name, below := strings.CutPrefix(p, dir+"/")
		if !below || strings.Contains(name, "/") {
			continue
		}
		if names = append(names, name); len(names) > limit {
			return nil, fmt.Errorf("%s: %w: it has more than %d files", dir, files.ErrTooLarge, limit)
		}
	}
	return names, nil
}

func (f folder) Read(name string, limit int64) ([]byte, error) {
	file, there := f.files[name]
	if !there {
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	f.progress.step()
	return files.ReadFrom(io.NewSectionReader(file, 0, file.size), name, limit)
}

func (f folder) Close() error { return nil }

// filesOf reads the member files.
func filesOf(in js.Value) (map[string]*file, error) {
	if member(in, "files").Type() != js.TypeObject {
		return nil, errForm
	}
	return filesIn(in, "files")
}

// filesIn reads a member that is an object of paths and files.
func filesIn(in js.Value, members string) (map[string]*file, error) {
	v := member(in, members)
	if v.Type() != js.TypeObject {
		return nil, fmt.Errorf("want an object of files for %s", members)
	}
	list := map[string]*file{}
	names := js.Global().Get("Object").Call("keys", v)
	for i := range names.Length() {
		name := names.Index(i).String()
		f, err := fileOf(name, member(v, name))
		if err != nil {
			return nil, err
		}
		list[name] = f
	}
	return list, nil
}

// A progress tells the page that something is going on.
type progress struct {
	tell  js.Value
	count int
}

func progressOf(in js.Value) (*progress, error) {
	v := member(in, "progress")
	if !v.IsUndefined() && v.Type() != js.TypeFunction {
		return nil, errors.New("want a function for progress")
	}
	return &progress{tell: v}, nil
}

// step counts a piece that was read. What the page throws at it is the page's own affair.
func (p *progress) step() {
	defer func() { _ = recover() }()
	if p.count++; !p.tell.IsUndefined() {
		p.tell.Invoke(p.count)
	}
}

// reader counts the pieces of a file.
func (p *progress) reader(f *file) io.ReaderAt { return counted{f, p} }

type counted struct {
	*file
	progress *progress
}

func (c counted) ReadAt(b []byte, offset int64) (int, error) {
	c.progress.step()
	return c.file.ReadAt(b, offset)
}

// member returns v[name]. What a getter throws becomes a panic of Go, which [guarded] recovers:
// with v.Get it would tear the instance down.
func member(v js.Value, name string) js.Value {
	return js.Global().Get("Reflect").Call("get", v, name)
}

func isBytes(v js.Value) bool {
	return js.Global().Get("ArrayBuffer").Call("isView", v).Bool() && v.InstanceOf(js.Global().Get("Uint8Array"))
}

// bytesOf copies a Uint8Array. The constructor makes the first copy, as it asks no length of
// a class derived from it.
func bytesOf(name string, v js.Value) ([]byte, error) {
	if !isBytes(v) {
		return nil, fmt.Errorf("reading %q: want a Uint8Array", name)
	}
	own := js.Global().Get("Uint8Array").New(v)
	data := make([]byte, own.Length())
	js.CopyBytesToGo(data, own)
	return data, nil
}

// ownBytes makes bytes the page's own.
func ownBytes(data []byte) js.Value {
	own := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(own, data)
	return own
}
