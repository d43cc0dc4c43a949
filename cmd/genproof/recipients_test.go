package main

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/internal/console"
)

// The examples of EIP-55.
const (
	firstAccount  = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
	secondAccount = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
)

func recipientsFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "recipients.csv")
	write(t, file, text)
	return file
}

func TestRecipients_ReadsTheTable(t *testing.T) {
	file := recipientsFile(t, "\uFEFFrecipient,token\r\n"+firstAccount+",3\r\n,\r\n"+strings.ToLower(secondAccount)+",1\r\n")
	got, err := recipients(file, policy.IDs{First: 1, Supply: 3})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || bundle.FormatAddress(got[3]) != firstAccount || bundle.FormatAddress(got[1]) != secondAccount {
		t.Errorf("got %x", got)
	}
}

func TestRecipients_NamesThePlaceOfWhatIsWrong(t *testing.T) {
	row := firstAccount + "\n"
	for name, c := range map[string]struct{ text, want string }{
		"a token twice":        {"token,recipient\n1," + row + "2," + row + "1," + row, "line 4, column 1: token 1 stands here a second time"},
		"an unknown token":     {"token,recipient\n11," + row, "line 2, column 1: \"11\" is not a number from 1 to 10"},
		"token 0":              {"token,recipient\n0," + row, "line 2, column 1"},
		"a padded token":       {"token,recipient\n01," + row, "line 2, column 1"},
		"a mistyped address":   {"token,recipient\n1," + strings.Replace(row, "5aA", "5aa", 1), "line 2, column 3: the address is mistyped"},
		"a short address":      {"recipient,token\n0x5aAe,1\n", "line 2, column 1"},
		"no address":           {"token,recipient\n1," + row + "2,\n", "line 3, column 3"},
		"the zero address":     {"token,recipient\n1,0x" + strings.Repeat("0", 40) + "\n", "line 2, column 3: the zero address is nobody's"},
		"another column":       {"token,recipient,name\n1," + firstAccount + ",x\n", "line 1, column 1: begin with the row token,recipient"},
		"no header":            {"1," + row, "line 1, column 1: begin with the row token,recipient"},
		"a row of three":       {"token,recipient\n1," + firstAccount + ",x\n", "line 2, column 1"},
		"an empty file":        {"", "the table is empty"},
		"a header alone":       {"token,recipient\n", "names no token"},
		"a quote without end":  {"token,recipient\n1,\"" + row, "line 2"},
		"more than fits a row": {"token,recipient\n1,\"" + strings.Repeat("x", 3<<20), "a row of more than"},
	} {
		file := recipientsFile(t, c.text)
		_, err := recipients(file, policy.IDs{First: 1, Supply: 10})
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

func TestProve_EachTokenNamesItsRecipient(t *testing.T) {
	dir := newDrop(t)
	file := recipientsFile(t, "token,recipient\n3,"+firstAccount+"\n1,"+secondAccount+"\n")
	prove := []string{"prove", "--drop", dir, "--keys", keys(t)}
	complains(t, console.ExitTrouble, "names no recipient of token 2", append(prove, "--recipients", file, "--tokens", "1-3")...)
	complains(t, console.ExitTrouble, "give one", append(prove, "--recipients", file, "--recipient", firstAccount)...)
	one := decode[proveReport](t, succeed(t, append(prove, "--recipients", file, "--tokens", "3", "--json")...))
	rest := decode[proveReport](t, succeed(t, append(prove, "--recipients", file, "--json")...))
	if one.Proven != 1 || rest.Proven != 1 || rest.Reused != 1 {
		t.Errorf("proven %d, then %d beside %d", one.Proven, rest.Proven, rest.Reused)
	}
	for id, want := range map[int]string{3: firstAccount, 1: secondAccount} {
		b, err := bundle.Unmarshal(read(t, dir, "out", "bundles", strconv.Itoa(id)+".json"))
		if err != nil {
			t.Fatal(err)
		}
		if got := bundle.FormatAddress(b.Statement.Recipient); got != want {
			t.Errorf("token %d may be minted to %s, want %s", id, got, want)
		}
	}
	succeed(t, "verify", filepath.Join(dir, "out"), "--keys", sharedKeys)
	swapped := recipientsFile(t, "token,recipient\n1,"+firstAccount+"\n")
	complains(t, console.ExitTrouble, "for another recipient", append(prove, "--recipients", swapped)...)
}

func TestProve_RecipientsAreNotOfDecks(t *testing.T) {
	dir := importShape(t, "plain")
	complains(t, console.ExitTrouble, "--recipients is for drawn drops", "prove", "--drop", dir, "--recipients", "recipients.csv")
}
