package chain_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/chain"
)

const hexKey = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"

func TestParseAccount_ReadsHexAndKeystore(t *testing.T) {
	want := "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
	for _, text := range []string{hexKey, "0x" + hexKey + "\n", "  " + hexKey} {
		if a, err := chain.ParseAccount([]byte(text), ""); err != nil || a.Address.Hex() != want {
			t.Errorf("%q: %v, %v", text, a, err)
		}
	}
	key, err := crypto.HexToECDSA(hexKey)
	if err != nil {
		t.Fatal(err)
	}
	encrypted, err := keystore.NewKeyStore(t.TempDir(), keystore.LightScryptN, keystore.LightScryptP).ImportECDSA(key, "password")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(encrypted.URL.Path)
	if err != nil {
		t.Fatal(err)
	}
	if a, err := chain.ParseAccount(data, "password"); err != nil || a.Address.Hex() != want {
		t.Errorf("keystore: %v, %v", a, err)
	}
	for _, password := range []string{"", "other"} {
		if _, err := chain.ParseAccount(data, password); !errors.Is(err, chain.ErrPassword) {
			t.Errorf("password %q: %v", password, err)
		}
	}
}

func TestAccount_DoesNotShowItsKey(t *testing.T) {
	a, err := chain.ParseAccount([]byte(hexKey), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(format, a); text != a.Address.Hex() {
			t.Errorf("%s shows %s", format, text)
		}
	}
	for _, text := range []string{hexKey + "00", hexKey[1:], "{" + hexKey, strings.Repeat("0", 64), ""} {
		if _, err := chain.ParseAccount([]byte(text), "x"); err == nil || strings.Contains(err.Error(), hexKey[:10]) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestJournal_SurvivesATornLine(t *testing.T) {
	j := &chain.Journal{Path: filepath.Join(t.TempDir(), "chain.jsonl")}
	if err := j.Append(chain.Entry{Event: chain.EventOpen}); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(j.Path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"event":"mi`); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := j.Append(chain.Entry{Event: chain.EventMint}); err != nil {
		t.Fatal(err)
	}
	list, err := j.Entries()
	if err != nil || len(list) != 2 || list[1].Event != chain.EventMint {
		t.Errorf("entries %+v, %v", list, err)
	}
}
