package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Temporary matches the names that files have while they are written. One that a killed
// process left is worth nothing.
const Temporary = ".genproof-*.tmp"

// Write puts data at path whole or not at all, and replaces a file that is there.
func Write(path string, data []byte, mode fs.FileMode) error {
	return Stream(path, mode, bytesOf(data))
}

// Create is [Write] for a path at which there must be nothing, else it is [fs.ErrExist]: what
// is there may hold what cannot be made again.
func Create(path string, data []byte, mode fs.FileMode) error {
	return place(filepath.Dir(path), path, mode, bytesOf(data), link)
}

// Stream is [Write] of what write writes into the file. The file is on its own at a
// temporary name in the same folder until it is whole.
func Stream(path string, mode fs.FileMode, write func(*os.File) error) error {
	return place(filepath.Dir(path), path, mode, write, os.Rename)
}

// WriteVia is [Write] with the temporary file in another folder of the same file system, for
// folders whose readers take every name for an entry.
func WriteVia(scratch, path string, data []byte, mode fs.FileMode) error {
	return StreamVia(scratch, path, mode, bytesOf(data))
}

// StreamVia is [Stream] with the temporary file in another folder, as [WriteVia] has it.
func StreamVia(scratch, path string, mode fs.FileMode, write func(*os.File) error) error {
	return place(scratch, path, mode, write, os.Rename)
}

func bytesOf(data []byte) func(*os.File) error {
	return func(f *os.File) error { _, err := f.Write(data); return err }
}

// link gives a file its name, which unlike a rename replaces nothing.
func link(from, to string) error { return errors.Join(os.Link(from, to), os.Remove(from)) }

func place(scratch, path string, mode fs.FileMode, write func(*os.File) error, install func(from, to string) error) error {
	f, err := os.CreateTemp(scratch, Temporary) // mode 0600
	if err == nil {
		err = errors.Join(write(f), f.Chmod(mode), f.Sync(), f.Close())
		if err == nil {
			err = install(f.Name(), path)
		}
		if err != nil {
			os.Remove(f.Name()) // it is worth nothing, and the first error is the one to tell
		}
	}
	if err == nil {
		err = SyncFolder(filepath.Dir(path))
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, nameless(err))
	}
	return nil
}

// nameless drops the temporary name from an error of the file system.
func nameless(err error) error {
	var named *fs.PathError
	var linked *os.LinkError
	switch {
	case errors.As(err, &linked):
		return linked.Err
	case errors.As(err, &named):
		return named.Err
	}
	return err
}

// A Named is a file's name and what it holds.
type Named struct {
	Name string
	Data []byte
}

// WriteFolder makes the folder path with these files in it. Other than [Write] it leaves half
// of them where it fails: its caller makes them below a name that counts for nothing,
// and renames it with [Rename].
func WriteFolder(path string, mode fs.FileMode, list ...Named) error {
	if err := os.Mkdir(path, mode|mode>>2&0o111); err != nil { // who may read may enter
		return err
	}
	for _, file := range list {
		if err := fresh(filepath.Join(path, file.Name), mode, file.Data); err != nil {
			return err
		}
	}
	return SyncFolder(path)
}

func fresh(path string, mode fs.FileMode, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// SyncTree forces everything below a folder to disk: for a tree that was made below a name that
// counts for nothing, before [Rename] gives it its own. Links are not followed.
func SyncTree(dir string) error {
	var paths []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && (d.IsDir() || d.Type().IsRegular()) {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		return err
	}
	const workers = 8 // a journal takes several at once
	next, errs := make(chan string), make(chan error, workers)
	for range workers {
		go func() {
			var err error
			for path := range next {
				if err == nil {
					err = syncOne(path)
				}
			}
			errs <- err
		}()
	}
	for _, path := range paths {
		next <- path
	}
	close(next)
	for range workers {
		err = errors.Join(err, <-errs)
	}
	return err
}

func syncOne(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return SyncFolder(path)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0) // Windows wants a handle that may write
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Rename gives a whole file or folder its name, and forces the names to disk.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(to))
}

// Append adds data to the file at path, which it makes if need be, and forces it to disk.
// What a process that died left without an end of line gets one first.
func Append(path string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_APPEND, mode)
	if err != nil {
		return err
	}
	err = appendTo(f, data)
	return errors.Join(err, f.Close())
}

func appendTo(f *os.File, data []byte) error {
	info, err := regular(f)
	if err != nil {
		return err
	}
	if info.Size() > 0 {
		last := make([]byte, 1)
		if _, err := f.ReadAt(last, info.Size()-1); err != nil && err != io.EOF {
			return err
		}
		if last[0] != '\n' {
			data = append([]byte{'\n'}, data...)
		}
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if info.Size() == 0 {
		return SyncFolder(filepath.Dir(f.Name()))
	}
	return nil
}
