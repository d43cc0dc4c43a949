package verdict

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// JSON writes a verdict, or another form of this package, as reports are written: encoding/json's bytes with
// two spaces of indentation, without its escapes for HTML, a line's end behind it. Pages, which are too
// small for that package, write the same.
func JSON(v any) []byte {
	w := jsonWriter{}
	w.value(reflect.ValueOf(v))
	return append(w.b, '\n')
}

type jsonWriter struct {
	b     []byte
	depth int
}

func (w *jsonWriter) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			w.b = append(w.b, "null"...)
			return
		}
		w.value(v.Elem())
	case reflect.Struct:
		w.object(v)
	case reflect.Slice:
		if v.IsNil() {
			w.b = append(w.b, "null"...)
			return
		}
		w.list('[', ']', v.Len(), func(i int) { w.value(v.Index(i)) })
	case reflect.String:
		w.text(v.String())
	case reflect.Bool:
		w.b = strconv.AppendBool(w.b, v.Bool())
	case reflect.Int:
		w.b = strconv.AppendInt(w.b, v.Int(), 10)
	case reflect.Uint64:
		w.b = strconv.AppendUint(w.b, v.Uint(), 10)
	default:
		panic(fmt.Sprintf("verdict: no form for a %s", v.Type()))
	}
}

func (w *jsonWriter) object(v reflect.Value) {
	var names []string
	var values []reflect.Value
	for i := range v.NumField() {
		name, option, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if option != "omitempty" || !v.Field(i).IsZero() {
			names, values = append(names, name), append(values, v.Field(i))
		}
	}
	w.list('{', '}', len(names), func(i int) {
		w.text(names[i])
		w.b = append(w.b, ": "...)
		w.value(values[i])
	})
}

// list writes n things, each on a line of its own.
func (w *jsonWriter) list(open, end byte, n int, write func(int)) {
	w.b = append(w.b, open)
	w.depth++
	for i := range n {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.line()
		write(i)
	}
	if w.depth--; n > 0 {
		w.line()
	}
	w.b = append(w.b, end)
}

func (w *jsonWriter) line() { w.b = append(w.b, "\n"+strings.Repeat("  ", w.depth)...) }

// short are the escapes of one letter.
var short = map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

func (w *jsonWriter) text(s string) {
	w.b = append(w.b, '"')
	for i, r := range s {
		escape, isShort := short[r]
		_, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case isShort:
			w.b = append(w.b, escape...)
		case r == utf8.RuneError && size == 1:
			w.b = append(w.b, `\ufffd`...)
		case r < ' ' || r == '\u2028' || r == '\u2029':
			w.b = fmt.Appendf(w.b, `\u%04x`, r)
		default:
			w.b = utf8.AppendRune(w.b, r)
		}
	}
	w.b = append(w.b, '"')
}
