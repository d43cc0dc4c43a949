package engine

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/table"
)

// fromLines reads JSON Lines: an object of texts, numbers and booleans a line.
func fromLines(f *os.File, info os.FileInfo, name string, template []byte, firstID *uint64) (*Collection, error) {
	if info.Size() > table.MaxBytes {
		return nil, fmt.Errorf("reading %s: %w: it has more than %d bytes", name, files.ErrTooLarge, table.MaxBytes)
	}
	l := &lineReader{at: map[string]int{}, folded: map[string]string{}}
	scanner := bufio.NewScanner(io.LimitReader(f, table.MaxBytes))
	scanner.Buffer(make([]byte, 1<<16), MaxDocument)
	line := 1
	for ; scanner.Scan(); line++ {
		if err := l.line(scanner.Bytes(), line); err != nil {
			return nil, fmt.Errorf("reading %s: line %d%w", name, line, err)
		}
	}
	switch err := scanner.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, fmt.Errorf("reading %s: line %d: it has more than %d bytes", name, line, MaxDocument)
	case err != nil:
		return nil, fmt.Errorf("reading %s: line %d: %w", name, line, err)
	}
	return l.collection(name, template, firstID)
}

// A lineReader reads rows, each an object on a line. A key becomes a column when it first appears.
type lineReader struct {
	rows
	at     map[string]int    // where each column is
	folded map[string]string // the column that a name is, when case is ignored
}

// line takes a line, unless it is empty. The error goes on behind the line's number.
func (l *lineReader) line(raw []byte, line int) error {
	text := bytes.TrimRight(files.WithoutMark(raw), " \t\r")
	if len(bytes.TrimLeft(text, " \t")) == 0 {
		return nil
	}
	if len(l.cells) == MaxCards {
		return fmt.Errorf(": more than %d rows", MaxCards)
	}
	members, err := metadata.Members(text)
	if err != nil {
		return lineFault(err, text)
	}
	cells := make([]cell, len(l.columns), len(l.columns)+len(members))
	for _, m := range members {
		c, err := cellOf(m, text)
		if err != nil {
			return fmt.Errorf(", column %d: %w", m.Start+1, err)
		}
		i, err := l.column(m.Key)
		if err != nil {
			return fmt.Errorf(": %w", err)
		}
		if i == len(cells) {
			cells = append(cells, cell{})
		}
		cells[i] = c
	}
	l.cells, l.lines = append(l.cells, cells), append(l.lines, line)
	return nil
}

// lineFault tells a reader's error by its column, and what a line must hold where it breaks off.
func lineFault(err error, text []byte) error {
	var bad *metadata.Error
	switch {
	case !errors.As(err, &bad):
		return fmt.Errorf(": %w", err)
	case bad.Cause == metadata.NotUTF8:
		return fmt.Errorf(": %s: save the file as UTF-8", bad.Cause)
	case bad.Byte >= len(text):
		return fmt.Errorf(", column %d: %s: every line is an object of its own; a file of all documents is a list that begins with [", bad.Byte+1, bad.Cause)
	}
	return fmt.Errorf(", column %d: %s", bad.Byte+1, bad.Cause)
}

// column returns where a key's column is. As in other tables no two names differ in case alone.
func (l *lineReader) column(key string) (int, error) {
	if i, ok := l.at[key]; ok {
		return i, nil
	}
	if len(l.columns) == table.MaxColumns {
		return 0, fmt.Errorf("more than %d different keys", table.MaxColumns)
	}
	if other, ok := l.folded[table.Fold(key)]; ok {
		return 0, fmt.Errorf("the keys %.40q and %.40q differ in case alone: rename one", other, key)
	}
	l.at[key], l.folded[table.Fold(key)] = len(l.columns), key
	l.columns = append(l.columns, key)
	return l.at[key], nil
}

func cellOf(m metadata.Member, line []byte) (cell, error) {
	switch m.Kind {
	case 'n':
		return cell{}, nil
	case '"':
		return cell{m.Text, quote(m.Text)}, nil
	case '0', 't', 'f':
		as := string(line[m.Value:m.End])
		return cell{as, as}, nil
	}
	return cell{}, fmt.Errorf("the value of %.40q is a list or an object: a row has texts, numbers, true, false and null; documents that are whole go into a folder, 1.json, 2.json and so on, or into a list that begins with [", m.Key)
}
