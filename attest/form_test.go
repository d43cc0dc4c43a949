package attest_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
)

func spkiDigest(t *testing.T, raw []byte) string {
	t.Helper()
	head, err := hex.DecodeString("302a300506032b6570032100")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(append(head, raw...))
	return hex.EncodeToString(sum[:])
}

// resign signs a payload that was changed, as a signer would who writes what he likes.
func resign(t *testing.T, by attest.Signer, payload string) []byte {
	t.Helper()
	sig, err := by.Sign([]byte(payload))
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Appendf(nil, `{"payloadType":%q,"payload":%q,"signatures":[{"keyid":%q,"sig":%q}]}`, attest.PayloadType,
		base64.StdEncoding.EncodeToString([]byte(payload)), attest.KeyID(by.Identity()), base64.StdEncoding.EncodeToString(sig))
}

// Every lie of a signer about form or subject is named, although its signature is good.
func TestJudge_RefusesByName(t *testing.T) {
	by := key(t, 1)
	d := deckOf(0, promise("museum", 1, by))
	a, err := attest.Parse(approval(t, d, "museum", by))
	if err != nil {
		t.Fatal(err)
	}
	good, other := string(a.Payload), attest.TargetOfDeck(deckOf(1))
	finds(t, "as it was", judge(t, d, attest.Options{}, resign(t, by, good)), attest.Holds, "")
	for name, row := range map[string]struct{ from, to, reason string }{
		"a key twice":              {`"_type": `, `"_type": "x", "_type": `, "given twice"},
		"a key twice, deeper":      {`"role": `, `"role": "x", "role": `, "given twice"},
		"an unknown key":           {`"role": `, `"rule": "x", "role": `, "unknown key"},
		"a missing key":            {`"decision": "approves",`, ``, "decision: missing"},
		"another statement's type": {"in-toto.io/Statement/v1", "in-toto.io/Statement/v0.1", "_type"},
		"null":                     {`"limitations": ""`, `"limitations": null`, "limitations"},
		"two subjects":             {`"subject": [`, `"subject": [{"name":"deck","digest":{"genproof2Model":"` + a.Statement.Subject[0].Digest.Model + `","genproof2Policy":"` + a.Statement.Subject[0].Digest.Policy + `"}},`, "exactly one"},
		"another algorithm":        {`"genproof2Model"`, `"genproof1Model"`, "unknown key"},
		"another deck":             {a.Statement.Subject[0].Digest.Model, other.About.Model, "another deck"},
		"the predicate of another": {`"about": {
      "name": "Foxes",
      "model": "` + a.Statement.Subject[0].Digest.Model, `"about": {
      "name": "Foxes",
      "model": "` + other.About.Model, "another deck or drop than the subject"},
		"another author":           {"0x010203", "0x010204", "names another name, chain or author"},
		"another chain":            {`"chainId": 1`, `"chainId": 2`, "names another name, chain or author"},
		"another policy":           {a.Statement.Subject[0].Digest.Policy, other.About.Model, "another policy"},
		"a drawn drop":             {`"name": "deck"`, `"name": "drop"`, "genproof2Template"},
		"a card without document":  {`"name": "deck"`, `"name": "card:3"`, "sha256"},
		"another subject":          {`"name": "deck"`, `"name": "deck2"`, "deck, drop or card"},
		"the part of another type": {`attest/curation/v1`, `attest/rights/v1`, "the part of"},
		"another role of the type": {`attest/curation/v1`, `attest/safety-review/v1`, "the part of"},
		"no decision":              {`"approves"`, `"likes"`, "decision"},
		"no time":                  {`"issuedAt": "2026-11-29T12:00:00Z"`, `"issuedAt": "2026-11-29"`, "issuedAt"},
		"a time with a zone":       {`"issuedAt": "2026-11-29T12:00:00Z"`, `"issuedAt": "2026-11-29T12:00:00+00:00"`, "issuedAt"},
		"another version":          {`"version": 1`, `"version": 2`, "version"},
		"an address that is none":  {`"methodology": ""`, `"methodology": "javascript:alert(1)"`, "methodology"},
		"text that turns around":   {`All cards`, "All \u202ecards", "nobody sees"},
		"compliance":               {`All cards were looked at`, `All cards are Compliant`, "says what was done"},
		"another signer":           {by.String(), key(t, 2).String(), "keyid"},
		"a scheme for accounts":    {`"scheme": "ed25519"`, `"scheme": "eip712"`, "scheme"},
		"more refused than seen":   {`"rejected": 0`, `"rejected": 11`, "more than were looked at"},
		"data behind the end":      {"\n}\n", "\n}\n{}", "after the end"},
	} {
		if !strings.Contains(good, row.from) {
			t.Fatalf("%s: the payload has no %q: %s", name, row.from, good)
		}
		at := strings.LastIndex(good, row.from)
		if name == "another deck" || name == "another policy" {
			finds(t, name, judge(t, d, attest.Options{}, resign(t, by, strings.ReplaceAll(good, row.from, row.to))), attest.Refused, row.reason)
			continue
		}
		finds(t, name, judge(t, d, attest.Options{}, resign(t, by, good[:at]+row.to+good[at+len(row.from):])), attest.Refused, row.reason)
	}
	opaque := resign(t, by, strings.Replace(good, "github.com/genproof/genproof/attest/curation/v1", "slsa.dev/provenance/v1", 1))
	finds(t, "a predicate of others", judge(t, d, attest.Options{}, opaque), attest.Opaque, "does not read")
}

// An envelope has one type, one signature and one spelling of base64, and ends at once otherwise.
func TestParse_IsStrictAboutEnvelopes(t *testing.T) {
	by := key(t, 1)
	d := deckOf(0, promise("museum", 1, by))
	good := string(approval(t, d, "museum", by))
	one := good[strings.Index(good, `"signatures": [`)+len(`"signatures": [`) : strings.LastIndex(good, "]")]
	a, err := attest.Parse([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	payload := base64.StdEncoding.EncodeToString(a.Payload)
	for name, row := range map[string]struct{ file, reason string }{
		"another payload type":   {strings.Replace(good, attest.PayloadType, "application/json", 1), "payloadType"},
		"its type in capitals":   {strings.Replace(good, attest.PayloadType, "application/vnd.in-toto+JSON", 1), "payloadType"},
		"two signatures":         {strings.Replace(good, one, one+","+one, 1), "want one"},
		"no signature":           {strings.Replace(good, one, "", 1), "want one"},
		"a key twice":            {strings.Replace(good, `"payloadType"`, `"payloadType": "x", "payloadType"`, 1), "given twice"},
		"an unknown key":         {strings.Replace(good, `"payloadType"`, `"note": "x", "payloadType"`, 1), "unknown key"},
		"base64 for addresses":   {strings.Replace(good, payload, base64.URLEncoding.EncodeToString([]byte("\xff\xff\xff")), 1), "base64"},
		"base64 without padding": {strings.Replace(good, payload, base64.RawStdEncoding.EncodeToString([]byte("x")), 1), "base64"},
		"base64 in lines":        {strings.Replace(good, payload, payload[:60]+`\n`+payload[60:], 1), "base64"},
		"base64 with loose bits": {strings.Replace(good, payload, "eB==", 1), "base64"},
		"a byte order mark":      {"\ufeff" + good, "want '{'"},
		"data behind":            {good + "{}", "after the end"},
		"too long":               {good + strings.Repeat(" ", attest.MaxBytes), "at most"},
	} {
		finds(t, name, judge(t, d, attest.Options{}, []byte(row.file)), attest.Refused, row.reason)
	}
	for _, n := range []int{1025, 200_001} {
		many := []byte(strings.Replace(good, one, strings.Repeat(`{"keyid":"","sig":""},`, n)+one, 1))
		start := time.Now()
		r := judge(t, d, attest.Options{}, many)
		finds(t, fmt.Sprint(n, " signatures"), r, attest.Refused, "reading an attestation")
		if took := time.Since(start); took > time.Second {
			t.Errorf("%d signatures take %s", n, took)
		}
	}
	list := make([]attest.File, 10_000)
	for i := range list {
		list[i] = attest.File{Name: fmt.Sprint(i), Data: []byte(good)}
	}
	r := attest.Judge(context.Background(), attest.TargetOfDeck(d), list, attest.Options{Now: now})
	if last := r.Findings[len(r.Findings)-1]; last.Standing != attest.NotChecked || !strings.Contains(last.Reason, "only 256") {
		t.Errorf("the last of 10,000: %+v", last)
	}
}

// An attestation's id is its payload's: another envelope around it is no other attestation, so a
// withdrawal cannot be escaped.
func TestParse_TheIDIsThePayloads(t *testing.T) {
	by := key(t, 1)
	d := deckOf(0, promise("museum", 1, by))
	file := approval(t, d, "museum", by)
	var loose map[string]any
	if err := json.Unmarshal(file, &loose); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(loose)
	if err != nil {
		t.Fatal(err)
	}
	first, err := attest.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	second, err := attest.Parse(again)
	if err != nil || bytes.Equal(again, file) || first.ID != second.ID || first.ID != sha256.Sum256(first.Payload) {
		t.Errorf("ids %x, %x: %v", first.ID, second.ID, err)
	}
	withdrawal := withdraw(t, file, by)
	if r := judge(t, d, attest.Options{}, again, withdrawal); r.Findings[0].Standing != attest.Withdrawn || met(r) {
		t.Errorf("in another envelope: %+v", r.Findings[0])
	}
}

func withdraw(t *testing.T, file []byte, by attest.Signer) []byte {
	t.Helper()
	a, err := attest.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.Withdraw("a mistake", now)
	if err != nil {
		t.Fatal(err)
	}
	s.Predicate.Signer = attest.SignedBy{Identity: by.Identity().String(), Scheme: by.Scheme()}
	return sign(t, s, by)
}

// Its signer takes an attestation back, and nobody else.
func TestJudge_Withdrawals(t *testing.T) {
	by, stranger := key(t, 1), key(t, 2)
	d := deckOf(0, promise("museum", 1, by))
	file := approval(t, d, "museum", by)
	if r := judge(t, d, attest.Options{}, file, withdraw(t, file, by)); r.Findings[0].Standing != attest.Withdrawn || !strings.Contains(r.Findings[0].Reason, "a mistake") || met(r) {
		t.Errorf("withdrawn: %+v", r.Findings)
	}
	if r := judge(t, d, attest.Options{}, withdraw(t, file, by), file); met(r) {
		t.Error("the order of files decides")
	}
	r := judge(t, d, attest.Options{}, file, withdraw(t, file, stranger))
	if !met(r) || r.Findings[1].Standing != attest.Refused || !strings.Contains(r.Findings[1].Reason, "somebody else") {
		t.Errorf("by a stranger: %+v", r.Findings)
	}
	if r := judge(t, deckOf(1), attest.Options{}, withdraw(t, file, by)); r.Findings[0].Standing != attest.Refused {
		t.Errorf("of another deck: %+v", r.Findings)
	}
	a, err := attest.Parse(withdraw(t, file, by))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Withdraw("", now); err == nil {
		t.Error("a withdrawal is withdrawn")
	}
	later := attest.Options{Now: now.AddDate(20, 0, 0)}
	if r := judge(t, d, later, file, withdraw(t, file, by)); r.Findings[0].Standing != attest.Withdrawn {
		t.Errorf("twenty years later: %+v", r.Findings[0])
	}
}

// A statement about a card names its document: the approval of card 7 says nothing of card 9.
func TestJudge_Cards(t *testing.T) {
	by := key(t, 1)
	d := deckOf(0)
	file := ofCard(t, d, "museum", by) // of card 3 with the document 07
	about := attest.TargetOfDeck(d)
	look := func() *attest.Result {
		return attest.Judge(context.Background(), about, filesOf(file), attest.Options{Now: now})
	}
	finds(t, "a card that was not looked at", look(), attest.NotChecked, "not looked at")
	about.Document = func(n uint64) ([32]byte, bool) { return [32]byte{7}, n == 3 }
	finds(t, "the card", look(), attest.Holds, "")
	about.Document = func(n uint64) ([32]byte, bool) { return [32]byte{8}, n == 3 }
	finds(t, "the card with another document", look(), attest.Refused, "another document")
	about.Document = func(n uint64) ([32]byte, bool) { return [32]byte{7}, n == 9 }
	finds(t, "another card with the document", look(), attest.NotChecked, "not looked at")
	about.Cards = 3
	finds(t, "a card beyond the deck", look(), attest.Refused, "cards 0 to 2")
}

// A wallet computes the same digest from the typed data: go-ethereum's.
func TestDigest_IsWhatWalletsSign(t *testing.T) {
	for _, chain := range []uint64{1, 10, 1 << 53, 1<<64 - 1} {
		payload := []byte(fmt.Sprint("payload ", chain))
		var typed apitypes.TypedData
		if err := json.Unmarshal([]byte(attest.TypedData(chain, payload)), &typed); err != nil {
			t.Fatal(err)
		}
		want, _, err := apitypes.TypedDataAndHash(typed)
		if got := attest.Digest(chain, payload); err != nil || !bytes.Equal(got[:], want) {
			t.Errorf("chain %d: %x, a wallet has %x (%v)", chain, got, want, err)
		}
	}
}

// Recovery agrees with go-ethereum's over random signatures.
func TestVerify_AgreesWithGoEthereum(t *testing.T) {
	d := deckOf(0)
	for n := range byte(40) {
		by := accountOf(t, uint64(n)+1, n+1)
		a, err := attest.Parse(approval(t, d, fmt.Sprint("role ", n), by))
		if err != nil {
			t.Fatal(err)
		}
		digest := attest.Digest(uint64(n)+1, a.Payload)
		raw := bytes.Clone(a.Signature)
		raw[64] -= 27
		public, err := crypto.SigToPub(digest[:], raw)
		if err != nil || crypto.PubkeyToAddress(*public) != by.Identity().Account || a.Verify(t.Context(), nil) != nil {
			t.Errorf("%d: %v, %v", n, err, a.Verify(t.Context(), nil))
		}
		a.Signature[64] = 55 - a.Signature[64]
		if a.Verify(t.Context(), nil) == nil {
			t.Errorf("%d: the other v is taken", n)
		}
	}
}

// No field of a predicate, and no text of ours, says that a rule is met.
func TestPredicates_SayNothingOfCompliance(t *testing.T) {
	var names func(v reflect.Type)
	seen := 0
	names = func(v reflect.Type) {
		for v.Kind() == reflect.Pointer || v.Kind() == reflect.Slice {
			v = v.Elem()
		}
		if v.Kind() != reflect.Struct {
			return
		}
		for i := range v.NumField() {
			f := v.Field(i)
			if seen++; strings.Contains(strings.ToLower(f.Name+string(f.Tag)), "complian") {
				t.Errorf("%s.%s", v, f.Name)
			}
			names(f.Type)
		}
	}
	if names(reflect.TypeFor[attest.Statement]()); seen < 50 {
		t.Errorf("only %d fields were looked at", seen)
	}
}

// Each draft can be filled in and signed, and reads back as what was signed.
func TestDraft_OfEachPredicate(t *testing.T) {
	by := key(t, 1)
	d := deckOf(0)
	for _, name := range attest.Names() {
		draft := attest.NewDraft(name)
		if name == attest.RevocationName {
			if draft != nil {
				t.Error("a withdrawal needs no draft")
			}
			continue
		}
		if _, err := draft.New(attest.Making{About: attest.TargetOfDeck(d), Basis: attest.FromCards, Now: now}, by.Identity(), by.Scheme()); err == nil {
			t.Errorf("%s: an empty draft is taken", name)
		}
		draft.Role, draft.Statement = "maker", "It was so."
		switch name {
		case attest.GenerationName:
			draft.Detail.Generation.Model = "diffusion 3"
		case attest.LicenceInventoryName:
			draft.Detail.LicenceInventory.Root, draft.Detail.LicenceInventory.Count = strings.Repeat("ab", 32), 3
		case attest.SafetyReviewName:
			draft.Detail.SafetyReview.Standard = "list 7"
		case attest.CurationName:
			draft.Detail.Curation.Standard = "taste"
		}
		r := judge(t, d, attest.Options{}, sign(t, state(t, draft, attest.TargetOfDeck(d), by), by))
		finds(t, name, r, attest.Holds, "")
		if r.Findings[0].Predicate != name {
			t.Errorf("%s reads as %s", name, r.Findings[0].Predicate)
		}
	}
	draft := attest.NewDraft(attest.GenerationName)
	draft.Role, draft.Statement, draft.Detail.Generation.Model = "maker", "x", "y"
	for _, source := range []string{"", "http://example.org/trainedAlgorithmicMedia", "http://cv.iptc.org/newscodes/digitalsourcetype/photograph"} {
		draft.Detail.Generation.DigitalSourceType = source
		if _, err := draft.New(attest.Making{About: attest.TargetOfDeck(d), Basis: attest.FromCards, Now: now}, by.Identity(), by.Scheme()); err == nil {
			t.Errorf("c2pa.created with the source type %q is taken", source)
		}
	}
}

// A drawn drop is named by all of its commitments.
func TestJudge_DrawnDrops(t *testing.T) {
	by := key(t, 1)
	d := &bundle.Description{Name: "Drawn"}
	d.Commitments.Seeds.SetUint64(5)
	draft := curation("museum")
	file := sign(t, state(t, draft, attest.TargetOfDrop(d), by), by)
	look := func(d *bundle.Description) *attest.Result {
		return attest.Judge(context.Background(), attest.TargetOfDrop(d), filesOf(file), attest.Options{Now: now})
	}
	finds(t, "the drop", look(d), attest.Holds, "")
	other := *d
	other.Commitments.Seeds.SetUint64(6)
	finds(t, "other seeds", look(&other), attest.Refused, "other seeds")
	other = *d
	other.Commitments.Template.SetUint64(6)
	finds(t, "another template", look(&other), attest.Refused, "another template")
	finds(t, "a deck", judge(t, deckOf(0), attest.Options{}, file), attest.Refused, "about a drawn drop")
}

// A copy without its signature hides nothing, and raises nobody's name.
func TestJudge_ForgedCopiesHideNothing(t *testing.T) {
	by := key(t, 1)
	d := deckOf(0, promise("museum", 1, by))
	file := approval(t, d, "museum", by)
	trust := &attest.Trust{Keys: []attest.TrustedKey{{Name: "The museum", Identity: by.String(), Roles: []string{"museum"}}}}
	forged := withSignature(t, file, make([]byte, 64))
	r := judge(t, d, attest.Options{Trust: trust}, forged, file, file)
	if len(r.Findings) != 2 || r.Findings[0].Standing != attest.Refused || r.Findings[0].Known != "" || r.Findings[0].Promised || r.Findings[1].Standing != attest.Holds || !met(r) {
		t.Errorf("before the genuine one: %+v", r.Findings)
	}
	withdrawal := withdraw(t, file, by)
	if r := judge(t, d, attest.Options{}, file, withSignature(t, withdrawal, make([]byte, 64)), withdrawal); met(r) {
		t.Error("a forged copy of a withdrawal hides it")
	}
	if r := judge(t, d, attest.Options{}, file, withSignature(t, withdrawal, make([]byte, 64))); !met(r) {
		t.Error("a forged withdrawal counts")
	}
}
