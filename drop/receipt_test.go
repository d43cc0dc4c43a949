package drop

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/policy"
)

func authority(t testing.TB, seed byte) *eddsa.PrivateKey {
	t.Helper()
	key, err := eddsa.GenerateKey(seeded(seed))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// allClaims is a token's claims for the wide schema.
func allClaims(t testing.TB, text string) Claims {
	t.Helper()
	table, err := ParseClaims(ClaimsFile, []byte("default: {"+text+"}"), wide, tenIDs)
	if err != nil {
		t.Fatal(err)
	}
	return table.For(1)
}

// tenIDs are the ids of the tests' drops.
var tenIDs = policy.IDs{First: 1, Supply: 10}

func scope(model uint64) claim.Scope {
	return claim.Scope{Policy: fr.NewElement(70), Model: fr.NewElement(model), Seeds: fr.NewElement(71), Beacon: fr.NewElement(72)}
}

func TestReceipt_ComesBack(t *testing.T) {
	key, model := authority(t, 1), scope(5)
	for _, text := range []string{
		"license: CC0-1.0, safety: 0.97, consent: true, age: 18446744073709551615, degrees: -5, at: 2026-01-31",
		"consent: false", "", `license: "\"quoted\" and é"`,
	} {
		r, err := SignReceipt(key, wide, model, 7, allClaims(t, text))
		if err != nil {
			t.Fatal(err)
		}
		data, err := r.Encode(wide)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParseReceipt("receipts/7.json", data, wide)
		if err != nil {
			t.Fatal(err)
		}
		if err := VerifyReceipt(back, wide, model, key.Public()); err != nil {
			t.Fatal(err)
		}
		again, err := back.Encode(wide)
		if err != nil || !bytes.Equal(data, again) {
			t.Fatal("the receipt changes when written again")
		}
	}
}

func TestVerifyReceipt_RefusesLies(t *testing.T) {
	key, other, model := authority(t, 1), authority(t, 2), scope(5)
	sign := func() *Receipt {
		r, err := SignReceipt(key, wide, model, 7, allClaims(t, "license: CC0-1.0, consent: false"))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if err := VerifyReceipt(sign(), wide, model, key.Public()); err != nil {
		t.Fatal(err)
	}
	narrow := *wide
	narrow.Claims = narrow.Claims[:1]
	for name, lie := range map[string]func(r *Receipt) error{
		"another token": func(r *Receipt) error { r.Token = 8; return VerifyReceipt(r, wide, model, key.Public()) },
		"another model": func(r *Receipt) error { return VerifyReceipt(r, wide, scope(6), key.Public()) },
		"other seeds": func(r *Receipt) error {
			in := model
			in.Seeds = fr.NewElement(6)
			return VerifyReceipt(r, wide, in, key.Public())
		},
		"another beacon": func(r *Receipt) error {
			in := model
			in.Beacon = fr.NewElement(6)
			return VerifyReceipt(r, wide, in, key.Public())
		},
		"another policy": func(r *Receipt) error {
			in := model
			in.Policy = fr.NewElement(6)
			return VerifyReceipt(r, wide, in, key.Public())
		},
		"fewer claims":      func(r *Receipt) error { return VerifyReceipt(r, &narrow, model, key.Public()) },
		"another authority": func(r *Receipt) error { return VerifyReceipt(r, wide, model, other.Public()) },
		"a claimed authority": func(r *Receipt) error {
			r.Authority = other.Public()
			return VerifyReceipt(r, wide, model, other.Public())
		},
		"a claimed model": func(r *Receipt) error {
			r.scope = scope(6)
			return VerifyReceipt(r, wide, r.scope, key.Public())
		},
		"a changed claim": func(r *Receipt) error {
			r.Claims.slots[2] = attribute.OfBool(true)
			return VerifyReceipt(r, wide, model, key.Public())
		},
		"a claim taken out": func(r *Receipt) error {
			r.Claims.slots[2] = attribute.Slot{}
			return VerifyReceipt(r, wide, model, key.Public())
		},
		"a claim put in": func(r *Receipt) error {
			r.Claims.slots[3] = attribute.OfUint(0)
			return VerifyReceipt(r, wide, model, key.Public())
		},
		"a changed S": func(r *Receipt) error { r.Signature.S[31] ^= 1; return VerifyReceipt(r, wide, model, key.Public()) },
		"no signature": func(r *Receipt) error {
			r.Signature = eddsa.Signature{}
			return VerifyReceipt(r, wide, model, key.Public())
		},
	} {
		if err := lie(sign()); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

// wideReceipt is the file of a receipt with two claims.
func wideReceipt(t *testing.T) string {
	t.Helper()
	r, err := SignReceipt(authority(t, 1), wide, scope(5), 7, allClaims(t, "license: CC0-1.0, safety: 0.97"))
	if err != nil {
		t.Fatal(err)
	}
	data, err := r.Encode(wide)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestParseReceipt_IsStrict(t *testing.T) {
	good := wideReceipt(t)
	for name, c := range map[string][2]string{
		"another version":    {`"version": 2`, `"version": 3`},
		"unknown key":        {`"token": 7`, `"token": 7, "x": 1`},
		"key twice":          {`"token": 7`, `"token": 7, "token": 7`},
		"token of 2^64":      {`"token": 7`, `"token": 18446744073709551616`},
		"negative token":     {`"token": 7`, `"token": -7`},
		"model above r":      {`"model": "0x00`, `"model": "0xff`},
		"unknown claim":      {`"license"`, `"licence"`},
		"claim twice":        {`"safety"`, `"license"`},
		"claim of a kind":    {`"0.97"`, `"high"`},
		"too many digits":    {`"0.97"`, `"0.975"`},
		"claim as a number":  {`"0.97"`, `0.97`},
		"more after the end": {"\n}\n", "\n}\n{}"},
		"truncated":          {"\n}\n", ""},
	} {
		if strings.Count(good, c[0]) != 1 {
			t.Fatalf("%s: %q is there %d times", name, c[0], strings.Count(good, c[0]))
		}
		if _, err := ParseReceipt("receipts/7.json", []byte(strings.Replace(good, c[0], c[1], 1)), wide); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestParseReceipt_RefusesVersion1ByName(t *testing.T) {
	_, err := ParseReceipt("receipts/7.json", []byte(strings.Replace(wideReceipt(t), `"version": 2`, `"version": 1`, 1)), wide)
	if err == nil || !strings.Contains(err.Error(), "a receipt of version 1") {
		t.Errorf("got %v", err)
	}
}

func TestToken_TakesReceiptsOfAnOutsideAuthority(t *testing.T) {
	key := authority(t, 3)
	public := key.Public().Bytes()
	dir := sample(t, "foxes")
	edit(t, dir, DefinitionFile, "authority: self", fmt.Sprintf("authority: '%x'", public))
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if d.SelfAsserted || d.Authority != key.Public() {
		t.Fatal("the authority is not drop.yaml's")
	}
	var f *Fault
	if _, err := d.Token(7, [20]byte{}); !errors.As(err, &f) || f.Place.File != "receipts/7.json" {
		t.Fatalf("without a receipt: got %v", err)
	}
	table, err := ParseClaims(ClaimsFile, []byte("default: {license: CC-BY-4.0, safety: 0.9, consent: true}"), &d.Schema, d.IDs)
	if err != nil {
		t.Fatal(err)
	}
	put := func(id uint64, name string) {
		r, err := SignReceipt(key, &d.Schema, d.scope(), id, table.For(id))
		if err != nil {
			t.Fatal(err)
		}
		data, err := r.Encode(&d.Schema)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(dir, ReceiptsDir), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, ReceiptsDir), name, string(data))
	}
	put(7, "7.json")
	token, err := d.Token(7, [20]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := generation.Generate(token); err != nil {
		t.Fatal(err)
	}
	put(8, "9.json")
	if _, err := d.Token(9, [20]byte{}); err == nil || !strings.Contains(err.Error(), "for token 8") {
		t.Fatalf("a receipt of another token: got %v", err)
	}
}

func TestToken_IsGenerated(t *testing.T) {
	for _, template := range Templates() {
		d, err := Load(sample(t, template))
		if err != nil {
			t.Fatal(err)
		}
		for id := uint64(1); id <= 20; id++ {
			token, err := d.Token(id, [20]byte{})
			if err != nil {
				t.Fatal(err)
			}
			result, err := generation.Generate(token)
			if err != nil {
				t.Fatalf("%s: %v", template, err)
			}
			s := result.Statement
			if s.Model != d.Commitments.Model || s.Policy != d.Commitments.Policy || s.Template != d.Commitments.Template ||
				s.Authority != d.Commitments.Authority || s.Seeds != d.Commitments.Seeds || s.Beacon != d.Beacon.Value {
				t.Fatalf("%s: the statement has other commitments than the drop", template)
			}
		}
	}
}

func TestToken_NamesTheRuleItBreaks(t *testing.T) {
	dir := sample(t, "foxes")
	edit(t, dir, ClaimsFile, "safety: 0.91", "safety: 0.79")
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	token, err := d.Token(7, [20]byte{})
	if err != nil {
		t.Fatal(err)
	}
	var broken *generation.PolicyError
	if _, err = generation.Generate(token); !errors.As(err, &broken) {
		t.Fatalf("got %v", err)
	}
	if name := d.Policy.RuleOf(broken.Clause); name != "safe" {
		t.Fatalf("the broken rule is %q", name)
	}
}

func TestToken_HasAnID(t *testing.T) {
	d, err := Load(sample(t, "foxes"))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []uint64{0, d.IDs.Supply + 1, 1<<64 - 1} {
		if _, err := d.Token(id, [20]byte{}); err == nil {
			t.Errorf("token %d of %d", id, d.IDs.Supply)
		}
	}
}
