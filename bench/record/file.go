package record

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/genproof/genproof/files"
)

// Read reads a run file.
func Read(path string) (*Run, error) {
	b, err := files.Read(path, MaxBytes)
	if err != nil {
		return nil, err
	}
	r, err := Decode(b)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return r, nil
}

// Write writes a run file whole or not at all, and replaces the one that is there.
func Write(path string, r *Run) error {
	b, err := Encode(r)
	if err != nil {
		return err
	}
	return files.Write(path, b, files.Public)
}

// Add takes up what a task has found. An exact figure may be found again, if it is the same.
func (r *Run) Add(task string, measurements []Measurement, circuits []Circuit, profiles []Profile) error {
	next := *r
	next.Tasks = append(slices.Clone(r.Tasks), task)
	next.Measurements = slices.Clone(r.Measurements)
	for _, m := range measurements {
		if before := r.Find(m.Key()); before == nil || !m.Exact || m.Median != before.Median {
			next.Measurements = append(next.Measurements, m)
		}
	}
	for _, c := range circuits {
		if !slices.Contains(next.Circuits, c) {
			next.Circuits = append(slices.Clone(next.Circuits), c)
		}
	}
	next.Profiles = append(slices.Clone(r.Profiles), profiles...)
	if err := next.check(); err != nil {
		return err
	}
	*r = next
	return nil
}

// Continues tells why a run cannot be continued here, nil if it can: machine and program
// must be those it was begun with. A commit says what the program is, unless its sources
// were modified: then the executable must be the very same.
func (r *Run) Continues(m Machine, s Software) error {
	m.MHz = r.Machine.MHz // clocks vary
	if r.Machine != m {
		return fmt.Errorf("it was begun on another machine: %s", difference(r.Machine, m))
	}
	if r.Software == s {
		return nil
	}
	before, now := r.Software, s
	if before.Commit != "" && !before.Modified {
		before.Binary, now.Binary = "", ""
	}
	if before != now {
		return fmt.Errorf("it was begun by another program: %s", difference(before, now))
	}
	return nil
}

// difference names the first field in which two structs differ.
func difference(before, now any) string {
	a, b := reflect.ValueOf(before), reflect.ValueOf(now)
	for i := range a.NumField() {
		if x, y := a.Field(i).Interface(), b.Field(i).Interface(); x != y {
			return fmt.Sprintf("%s was %.80q, is %.80q", a.Type().Field(i).Tag.Get("json"), fmt.Sprint(x), fmt.Sprint(y))
		}
	}
	return "nothing"
}
