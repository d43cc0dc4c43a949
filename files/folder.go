package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// A Folder is a folder of a stranger's making. Names in it are slash-separated paths below
// it. Links, at any place of a path, are [ErrNotRegular]: they are not followed.
type Folder struct {
	dir  string
	root *os.Root
}

// OpenFolder opens the folder dir, which its user names and which may be a link itself.
func OpenFolder(dir string) (*Folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Folder{dir, root}, nil
}

// Close closes the folder. Files that are open stay so.
func (f *Folder) Close() error { return f.root.Close() }

// Path returns where a name is.
func (f *Folder) Path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

// Open opens a regular file for reading.
func (f *Folder) Open(name string) (*os.File, fs.FileInfo, error) {
	if err := f.plain(name); err != nil {
		return nil, nil, err
	}
	file, err := f.root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|dontWait, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := regular(file)
	if err != nil {
		file.Close()
		return nil, nil, fmt.Errorf("opening %s: %w", f.Path(name), err)
	}
	return file, info, nil
}

// plain sees that a name is a regular file's, and that those before it are folders'.
func (f *Folder) plain(name string) error {
	if !fs.ValidPath(name) || name == "." {
		return fmt.Errorf("opening %s: %w", f.Path(name), ErrNotRegular)
	}
	parts := strings.Split(name, "/")
	for i := range parts {
		info, err := f.root.Lstat(filepath.Join(parts[:i+1]...))
		if err != nil {
			return err
		}
		if last := i == len(parts)-1; last && !info.Mode().IsRegular() || !last && !info.IsDir() {
			return fmt.Errorf("opening %s: %w", f.Path(path.Join(parts[:i+1]...)), ErrNotRegular)
		}
	}
	return nil
}

// Read returns the bytes of a regular file, at most limit.
func (f *Folder) Read(name string, limit int64) ([]byte, error) {
	file, info, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() // only read
	return readAll(file, f.Path(name), info.Size(), limit)
}

// Names returns the names in a folder of this one, "." for itself, at most limit of them,
// in no order. A folder that is not there has none.
func (f *Folder) Names(name string, limit int) ([]string, error) {
	entries, err := f.Entries(name, limit)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}

// Entries returns what [Folder.Names] returns, with what each name is.
func (f *Folder) Entries(name string, limit int) ([]fs.DirEntry, error) {
	info, err := f.root.Lstat(filepath.FromSlash(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", f.Path(name))
	}
	dir, err := f.root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	defer dir.Close() // only read
	entries, err := dir.ReadDir(limit + 1)
	if len(entries) > limit {
		return nil, fmt.Errorf("%s: %w: it has more than %d files", f.Path(name), ErrTooLarge, limit)
	}
	if len(entries) == 0 && errors.Is(err, io.EOF) { // ReadDir calls an empty folder the end of a file
		return nil, nil
	}
	return entries, err
}

// IsSystems reports whether a system leaves files of this name in folders that people look at.
func IsSystems(name string) bool {
	return strings.HasPrefix(name, ".") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}
