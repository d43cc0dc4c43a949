package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func read1(t *testing.T, text string) *Table {
	t.Helper()
	got, err := Read("claims.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestRead_TakesWhatSpreadsheetsWrite(t *testing.T) {
	got := read1(t, "\uFEFFcard, licence ,note\r\n0,CC0,\"a, b\"\r\n\r\n,,\r\n1,TRUE,\"two\r\nlines \"\"q\"\"\"\r\n")
	if want := []string{"card", "licence", "note"}; !slices.Equal(got.Columns, want) {
		t.Errorf("columns %q", got.Columns)
	}
	want := []Row{{2, []string{"0", "CC0", "a, b"}}, {5, []string{"1", "TRUE", "two\nlines \"q\""}}}
	if len(got.Rows) != len(want) {
		t.Fatalf("%d rows, want %d", len(got.Rows), len(want))
	}
	for i := range want {
		if got.Rows[i].Line != want[i].Line || !slices.Equal(got.Rows[i].Fields, want[i].Fields) {
			t.Errorf("row %d: line %d %q, want line %d %q", i, got.Rows[i].Line, got.Rows[i].Fields, want[i].Line, want[i].Fields)
		}
	}
}

func TestRead_TakesManyRows(t *testing.T) {
	var b strings.Builder
	b.WriteString("card,licence,safety\n")
	for i := range 100_000 {
		fmt.Fprintf(&b, "%d,CC0-1.0,0.97\n", i)
	}
	if n := len(read1(t, b.String()).Rows); n != 100_000 {
		t.Errorf("%d rows", n)
	}
}

func TestRead_RefusesWithPlaceAndWithoutTheField(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"nothing":            {"", "the table is empty"},
		"only a mark":        {"\uFEFF", "the table is empty"},
		"UTF-16":             {"\xff\xfec\x00a\x00", "UTF-16"},
		"Latin-1":            {"card,name\n0,secr\xe9t\n", "line 2, column 3: not UTF-8"},
		"a field more":       {"card,name\n0,secret,2\n", "line 2"},
		"a quote inside":     {"card,name\n0,sec\"ret\n", "line 2, column 6"},
		"no end of quote":    {"card,name\n0,\"secret\n", "line 2, column 11"},
		"a comma among them": {"card;name;Mood, today\n0;x;secret, ok\n", "line 1, column 11: a column's name with a comma, a semicolon or a tab, and fields are parted by another of them: put the name in quotes"},
		"a later semicolon":  {"card,\"a;b\",Mood;x\n0,secret,1\n", "line 1, column 12: a column's name"},
		"a tab and commas":   {"card\tname,Mood\n0\tsecret,x\n", "line 1, column 6: a column's name"},
		"a long semicolon":   {"card," + strings.Repeat("x", 40_000) + "," + strings.Repeat("y", 40_000) + ";\n0,secret,1\n", "a column's name with"},
		"UTF-16, no mark":    {"c\x00a\x00", "UTF-16"},
		"a zero byte":        {"card,name\n0,sec\x00ret\n", "line 2, column 3: a zero byte"},
		"a workbook":         {"PK\x03\x04secret", "a zip or an Excel workbook: unpack it, or save its sheet as CSV UTF-8"},
		"a picture":          {"\x89PNG\r\n\x1a\n", "an image"},
		"a CAR":              {"\x3a\xa2eroots\x81\xd8*X%\x00\x01p\x12\x20", "a CAR of IPFS"},
		"a CAR of version 2": {"\x0a\xa1gversion\x02", "a CAR of IPFS"},
		"a column twice":     {"card,Name,name\n", "columns 2 and 3"},
		"a column no name":   {"card,,x\n", "column 2 has no name"},
		"a long field":       {"card,name\n0," + strings.Repeat("secret", 11_000) + "\n", "a field has at most"},
		"a row without end":  {"card,name\n0,\"" + strings.Repeat("secret,\n", 300_000), "is a quote not closed?"},
		"too many columns":   {strings.Repeat("a,", 300) + "b\n", "301 columns"},
		"too many rows":      {"card\n" + strings.Repeat("7\n", MaxRows+1), "more than"},
		"quoted header line": {"\"card\",\"na\"me\"\n", "line 1"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := Read("claims.csv", strings.NewReader(row.text))
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %q in it", err, row.want)
			}
			if err != nil && (strings.Contains(err.Error(), "secret") || !strings.HasPrefix(err.Error(), "reading claims.csv: ")) {
				t.Errorf("error %q", err)
			}
			if d := time.Since(start); d > 2*time.Second {
				t.Errorf("took %s", d)
			}
		})
	}
}

// Spreadsheets part fields by semicolons where the decimal point is a comma, and by tabs when asked for text:
// what stands outside of quotes in the first row says which.
func TestRead_TakesSemicolonsAndTabs(t *testing.T) {
	for text, want := range map[string]string{
		"card;name;safety\r\n0;A, B;0,97\r\n":                  "card|name|safety / 0|A, B|0,97",
		"\uFEFFcard\tname\n0\tA;B\n":                           "card|name / 0|A;B",
		"\n\"Mood, \"\"today\"\"\";card\n\"a;b\";0\n":          `Mood, "today"|card / a;b|0`,
		"\"a;b\"\nx,\n":                                        "",
		"\"a;b\"\nx;y\n":                                       "a;b / x;y",
		"\"two\nlines;\"\tcard\nx\t0\n":                        "two\nlines;|card / x|0",
		"card,name\n0,A;B\n":                                   "card|name / 0|A;B",
		strings.Repeat("x", 60_000) + ";card\n1,5;0\n":         strings.Repeat("x", 60_000) + "|card / 1,5|0",
		"\"" + strings.Repeat("x", 1<<16-1) + "\";card\n1;0\n": "",
	} {
		got, err := Read("claims.csv", strings.NewReader(text))
		if err != nil {
			if want != "" {
				t.Errorf("%.40q: %v", text, err)
			}
			continue
		}
		read := strings.Join(got.Columns, "|")
		for _, row := range got.Rows {
			read += " / " + strings.Join(row.Fields, "|")
		}
		if read != want {
			t.Errorf("%.40q: read %.80q, want %.80q", text, read, want)
		}
	}
}

// Spreadsheets leave columns without names behind the others, and a line that only Excel reads.
func TestRead_TakesWhatSpreadsheetsLeave(t *testing.T) {
	for text, want := range map[string]string{
		"card,name,,\n0,A,,\n1,B,,\n":                   "card|name / 0|A / 1|B",
		"card;name;\r\n0;A;\r\n;;\r\n":                  "card|name / 0|A",
		"card,name,\n0,A,x\n":                           "line 2, column 5: column 3 has no name in the first row, and a value here: name it, or remove the column",
		",card\n0,1\n":                                  "line 1, column 1: column 1 has no name: name it (token, if it holds tokens' ids), or remove the column",
		"sep=;\ncard;name\n0;A,B\n":                     "card|name / 0|A,B",
		"\uFEFFsep=,\r\ncard,name\r\n0,A\r\n":           "card|name / 0|A",
		"sep=;\ncard;name\n0;A;B\n":                     "line 3, column 1: wrong number of fields: every row has as many as the first",
		"sep=;\n\"a\";\"b;c\"\n1;2\n":                   "a|b;c / 1|2",
		"sep=x\n1\n":                                    "sep=x / 1",
		"sep=;":                                         "",
		"card,name\r0,A\r1,B\r":                         "lines end with CR alone: save the table as CSV UTF-8",
		"card,name\r0,A\r" + strings.Repeat("x", 1<<17): "lines end with CR alone: save the table as CSV UTF-8",
	} {
		got, err := Read("claims.csv", strings.NewReader(text))
		read := ""
		if err == nil {
			read = strings.Join(got.Columns, "|")
			for _, row := range got.Rows {
				read += " / " + strings.Join(row.Fields, "|")
			}
		} else if want != "" {
			read = err.Error()
		}
		if want == "" && err == nil && len(got.Rows) > 0 || !strings.HasSuffix(read, want) {
			t.Errorf("%.40q: read %.120q, want %.120q", text, read, want)
		}
	}
}

// A reader says where each field begins, in a row of several lines too, and reads names that
// differ in case.
func TestReader_TellsPlaces(t *testing.T) {
	in, err := NewReader(strings.NewReader("\uFEFFtoken, Age,age\n1,\"two\nlines\",\"a, b\"\n\n,,\ndefault,TRUE,ä\n7,x\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(in.Columns(), "|"); got != "token|Age|age" {
		t.Errorf("columns %s", got)
	}
	for _, want := range []string{"2:1 1|2:3 two\nlines|3:8 a, b", "6:1 default|6:9 TRUE|6:14 ä"} {
		row, err := in.Next()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, field := range row.Fields {
			line, column := in.Place(i)
			got = append(got, fmt.Sprintf("%d:%d %s", line, column, field))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("row %q, want %q", got, want)
		}
	}
	var bad *Error
	if _, err := in.Next(); !errors.As(err, &bad) || bad.Line != 7 || bad.Column != 1 || !errors.Is(err, csv.ErrFieldCount) {
		t.Errorf("got %v", err)
	}
}

// A reader has no bound of rows, only of what one row takes.
func TestReader_ReadsMoreRowsThanATable(t *testing.T) {
	in, err := NewReader(strings.NewReader("card\n" + strings.Repeat("7\n", MaxRows+1)))
	rows := 0
	for ; err == nil; rows++ {
		_, err = in.Next()
	}
	if !errors.Is(err, io.EOF) || rows-1 != MaxRows+1 {
		t.Errorf("%d rows, then %v", rows-1, err)
	}
}

func TestOpen_WantsARegularFile(t *testing.T) {
	if _, err := Open(t.TempDir()); err == nil {
		t.Error("read a folder")
	}
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte("a,b\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := Open(path); err != nil || len(got.Rows) != 1 {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestTable_PrintsNoField(t *testing.T) {
	got := read1(t, "card,licence\n0,secret\n")
	for _, s := range []string{fmt.Sprint(got), fmt.Sprintf("%+v %#v", got, got.Rows), fmt.Sprintf("%#v", got)} {
		if strings.Contains(s, "secret") {
			t.Errorf("printed %s", s)
		}
	}
}

func TestWrite_IsReadBackAndTellsFormulas(t *testing.T) {
	const text = "card,note\n0,=1+1\n1,-5\n2,\"a, \"\"b\"\"\"\n3,@cmd\n4,\"two\nlines\"\n5,-x\n6,+1.5\n"
	var out bytes.Buffer
	formulas, err := read1(t, text).Write(&out)
	if err != nil || out.String() != text {
		t.Errorf("wrote %q, %v", out.String(), err)
	}
	if formulas != 3 {
		t.Errorf("%d formulas, want 3: =1+1, @cmd, -x", formulas)
	}
}

// A name in quotes is the author's, whatever stands in it, and is written so that it is read back.
func TestRead_TakesQuotedNamesWithSemicolonsAndTabs(t *testing.T) {
	const text = "card,\"Mood; today\",\"a\tb\",\"x, \"\"y;\"\"\",\"two\nlines;\",\"end;\"\n0,1,2,3,4,5\n"
	for _, ends := range []string{"\n", "\r\n", ""} {
		got := read1(t, strings.TrimSuffix(text, "\n")+ends)
		if names := strings.Join(got.Columns, "|"); names != "card|Mood; today|a\tb|x, \"y;\"|two\nlines;|end;" {
			t.Errorf("columns %q", names)
		}
		var out bytes.Buffer
		if _, err := got.Write(&out); err != nil || out.String() != text {
			t.Errorf("wrote %q, %v", out.String(), err)
		}
	}
}

func TestFold_JoinsWhatDiffersInCaseAlone(t *testing.T) {
	for _, row := range []struct {
		a, b string
		same bool
	}{{"Name", "nAME", true}, {"deſcription", "Description", true}, {"K", "\u212a", true}, {"Größe", "GRÖßE", true}, {"name", "names", false}, {"é", "e", false}} {
		if same := Fold(row.a) == Fold(row.b); same != row.same || same != strings.EqualFold(row.a, row.b) {
			t.Errorf("%q and %q: %t", row.a, row.b, same)
		}
	}
}

func TestColumn_IgnoresCase(t *testing.T) {
	got := read1(t, "Token,licence\n")
	if i := got.Column("card", "token"); i != 0 {
		t.Errorf("token is column %d", i)
	}
	if i := got.Column("card"); i != -1 {
		t.Errorf("card is column %d", i)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("card,a\n0,1\n")
	f.Add("card,\"a;b\"\n0,1\n")
	f.Add("\uFEFFcard,\"a\"\"\"\r\n0,\"x\ny\"\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Read("a.csv", strings.NewReader(text))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if _, err := got.Write(&out); err != nil {
			t.Fatal(err)
		}
		again, err := Read("a.csv", &out)
		if err != nil || len(again.Rows) != len(got.Rows) || !slices.Equal(again.Columns, got.Columns) {
			t.Fatalf("%q is read back as %v, %v", text, again, err)
		}
		for i := range got.Rows {
			if !slices.Equal(again.Rows[i].Fields, got.Rows[i].Fields) {
				t.Fatalf("%q is read back with other fields", text)
			}
		}
	})
}
