package drop

import (
	"slices"
	"strings"
)

// celSource is the text of a policy. CEL counts code points, so it is kept as runes.
type celSource struct {
	runes []rune
	marks []mark
}

// mark is a piece of the source that is not plain code.
type mark struct {
	form       markForm
	start, end int
}

type markForm uint8

const (
	commentMark markForm = iota
	stringMark
	openMark
	closeMark
)

// scanCEL finds the comments, strings and brackets of a policy. cel-go's parser
// remains the judge of what the text means; this is for its names and its depth.
func scanCEL(text string) *celSource {
	s := &celSource{runes: []rune(text)}
	for i := 0; i < len(s.runes); {
		m := mark{start: i, end: i + 1}
		switch r := s.runes[i]; {
		case s.at(i, "//"):
			m.form, m.end = commentMark, s.lineEnd(i)
		case r == '"' || r == '\'':
			m.form, m.end = stringMark, s.stringEnd(i)
		case r == '(' || r == '[' || r == '{':
			m.form = openMark
		case r == ')' || r == ']' || r == '}':
			m.form = closeMark
		default:
			i++
			continue
		}
		s.marks = append(s.marks, m)
		i = m.end
	}
	return s
}

func (s *celSource) at(i int, text string) bool {
	return i >= 0 && i+len(text) <= len(s.runes) && string(s.runes[i:i+len(text)]) == text
}

func (s *celSource) lineEnd(i int) int {
	if n := slices.Index(s.runes[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(s.runes)
}

// stringEnd returns the place behind the string that opens at i.
func (s *celSource) stringEnd(i int) int {
	quote := string(s.runes[i])
	if s.at(i, strings.Repeat(quote, 3)) {
		quote = strings.Repeat(quote, 3)
	}
	raw := i > 0 && strings.ContainsRune("rR", s.runes[i-1])
	for j := i + len(quote); j < len(s.runes); j++ {
		switch {
		case s.runes[j] == '\\' && !raw:
			j++
		case s.at(j, quote):
			return j + len(quote)
		}
	}
	return len(s.runes)
}

// deepest returns how deep brackets nest, and where.
func (s *celSource) deepest() (depth, at int) {
	open := 0
	for _, m := range s.marks {
		switch m.form {
		case openMark:
			if open++; open > depth {
				depth, at = open, m.start
			}
		case closeMark:
			open--
		}
	}
	return depth, at
}

func (s *celSource) place(file string, offset int) Place {
	before := s.runes[:min(max(offset, 0), len(s.runes))]
	line, column := 1, 1
	for _, r := range before {
		if column++; r == '\n' {
			line, column = line+1, 1
		}
	}
	return Place{file, line, column}
}

// from returns some source from an offset on, enough to read a number.
func (s *celSource) from(offset int) string {
	start := min(max(offset, 0), len(s.runes))
	return string(s.runes[start:min(start+2*maxDigits, len(s.runes))])
}

// code returns the source between two offsets without comments and with single
// spaces, and without brackets that open or close outside of it.
func (s *celSource) code(start, end int) string {
	var b strings.Builder
	space := false
	unmatched := s.unmatched(start, end)
	for i := start; i < end; i++ {
		if n, found := slices.BinarySearchFunc(s.marks, i, func(m mark, i int) int { return m.start - i }); found {
			m := s.marks[n]
			if m.form == commentMark || unmatched[i] {
				space, i = true, m.end-1
				continue
			}
			if m.form == stringMark {
				b.WriteString(pad(&b, space) + string(s.runes[i:min(m.end, end)]))
				space, i = false, m.end-1
				continue
			}
		}
		if strings.ContainsRune(" \t\r\n\f", s.runes[i]) {
			space = true
			continue
		}
		b.WriteString(pad(&b, space) + string(s.runes[i]))
		space = false
	}
	return b.String()
}

func pad(b *strings.Builder, space bool) string {
	if space && b.Len() > 0 {
		return " "
	}
	return ""
}

func (s *celSource) unmatched(start, end int) map[int]bool {
	out := make(map[int]bool)
	var open []int
	for _, m := range s.marks {
		switch {
		case m.start < start || m.start >= end:
		case m.form == openMark:
			open = append(open, m.start)
		case m.form == closeMark && len(open) > 0:
			open = open[:len(open)-1]
		case m.form == closeMark:
			out[m.start] = true
		}
	}
	for _, i := range open {
		out[i] = true
	}
	return out
}

// nameBefore returns the text of a `// name: ...` comment that stands on the
// line before offset, or before the `&&` in front of it.
func (s *celSource) nameBefore(offset int) string {
	const prefix = "// name:"
	lines := strings.Split(string(s.runes[:offset]), "\n")
	if len(lines) < 2 || strings.Trim(lines[len(lines)-1], "& (\t\r") != "" {
		return ""
	}
	comment := strings.TrimSpace(lines[len(lines)-2])
	if !strings.HasPrefix(comment, prefix) {
		return ""
	}
	return strings.TrimSpace(strings.TrimPrefix(comment, prefix))
}

// codeStart returns where the code between two offsets begins, behind spaces, brackets and comments.
func (s *celSource) codeStart(start, end int) int {
	for i := start; i < end; i++ {
		n, found := slices.BinarySearchFunc(s.marks, i, func(m mark, i int) int { return m.start - i })
		switch {
		case found && s.marks[n].form == commentMark:
			i = s.marks[n].end - 1
		case !strings.ContainsRune(" \t\r\n\f(", s.runes[i]):
			return i
		}
	}
	return start
}

// emptyLine says whether an empty line is between two offsets.
func (s *celSource) emptyLine(start, end int) bool {
	lines := strings.Split(string(s.runes[min(start, end):end]), "\n")
	for _, line := range lines[min(1, len(lines)):max(1, len(lines)-1)] {
		if strings.TrimSpace(line) == "" {
			return true
		}
	}
	return false
}
