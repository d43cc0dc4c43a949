// Package value gives every attribute value one text: the canonical form that published
// files hold, between the texts that people write and the elements that circuits see.
//
//	uint, int   decimal digits, a minus before an int below zero: 0, 42, -7
//	decimal(k)  with exactly k digits after the point: 0.97
//	time        RFC 3339 in UTC, whole seconds: 2026-01-31T23:59:59Z
//	bool        true or false
//	text        the text itself
//	digest      0x and 64 lower-case hex digits
//	enum        the word itself
//
// Errors name limits and never quote a value, because values may be hidden.
package value

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/genproof/genproof/circuits/attribute"
)

// A Type is an attribute's type and, for an enum, its vocabulary in order.
type Type struct {
	attribute.Type
	Words []string
}

var errForm = errors.New("the value is not in the form of its type")

// Parse returns the slot of a value in canonical form, and an error for any other form.
func Parse(t Type, s string) (attribute.Slot, error) {
	if err := t.Validate(); err != nil {
		return attribute.Slot{}, err
	}
	slot, err := parse(t, s)
	if err != nil {
		return attribute.Slot{}, fmt.Errorf("%s: %w", t.Type, err)
	}
	if t.Kind == attribute.Text || t.Kind == attribute.Digest {
		return slot, nil
	}
	if again, err := Format(t, slot); err != nil || again != s {
		return attribute.Slot{}, fmt.Errorf("%s: %w", t.Type, errForm)
	}
	return slot, nil
}

func parse(t Type, s string) (attribute.Slot, error) {
	switch t.Kind {
	case attribute.Uint:
		u, err := strconv.ParseUint(s, 10, 64)
		return attribute.OfUint(u), form(err)
	case attribute.Int:
		i, err := strconv.ParseInt(s, 10, 64)
		return attribute.OfInt(i), form(err)
	case attribute.Decimal:
		u, err := strconv.ParseUint(strings.Replace(s, ".", "", 1), 10, 64)
		return attribute.OfUint(u), form(err)
	case attribute.Time:
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			return attribute.Slot{}, errForm
		}
		return attribute.OfTime(at.Unix())
	case attribute.Bool:
		return attribute.OfBool(s == "true"), nil
	case attribute.Digest:
		raw, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
		if err != nil || len(raw) != 32 || "0x"+hex.EncodeToString(raw) != s {
			return attribute.Slot{}, errForm
		}
		return attribute.OfDigest([32]byte(raw)), nil
	case attribute.Enum:
		i := slices.Index(t.Words, s)
		if i < 0 {
			return attribute.Slot{}, errors.New("the text is not in the vocabulary")
		}
		return attribute.OfIndex(i), nil
	}
	return attribute.OfText(s)
}

// form replaces strconv's errors, which quote the value.
func form(err error) error {
	if err != nil {
		return errForm
	}
	return nil
}

// Format returns the canonical form of a present value of a type that has one: texts and
// digests are hashes in their slots, so those have none here.
func Format(t Type, s attribute.Slot) (string, error) {
	switch {
	case !s.Present:
		return "", errors.New("an absent attribute has no value")
	case t.Kind == attribute.Text:
		return "", errors.New("a text cannot be read from its hash")
	case t.Kind == attribute.Digest:
		return "", errors.New("a digest cannot be read from its hash")
	case !s.Value.IsUint64():
		return "", errForm
	}
	return Number(t, s.Value.Uint64())
}

// Number returns the canonical form of a number as a slot holds it: an int shifted by 2^63,
// a decimal times 10^k, an enum's index.
func Number(t Type, u uint64) (string, error) {
	switch t.Kind {
	case attribute.Uint:
		return strconv.FormatUint(u, 10), nil
	case attribute.Int:
		return strconv.FormatInt(int64(u^1<<63), 10), nil
	case attribute.Decimal:
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(t.Scale)), nil)
		return new(big.Rat).SetFrac(new(big.Int).SetUint64(u), power).FloatString(int(t.Scale)), nil
	case attribute.Time:
		if u > MaxTime {
			return "", errForm
		}
		return time.Unix(int64(u), 0).UTC().Format(time.RFC3339), nil
	case attribute.Bool:
		if u > 1 {
			return "", errForm
		}
		return strconv.FormatBool(u == 1), nil
	case attribute.Enum:
		if u >= uint64(len(t.Words)) {
			return "", errors.New("the index is beyond the vocabulary")
		}
		return t.Words[u], nil
	}
	return "", fmt.Errorf("%s: %w", t.Type, errForm)
}

// MaxDigits is the most digits of a JSON number in a document: every reader keeps them, below
// 10^15 < 2^53, with a point or without.
const MaxDigits = 15

// CheckJSON reports a number in canonical form that has more digits than a document shows as a
// JSON number. Values of other types are none.
func CheckJSON(t Type, s string) error {
	if t.Kind > attribute.Decimal {
		return nil
	}
	digits := strings.TrimLeft(strings.NewReplacer(".", "", "-", "").Replace(s), "0")
	if len(digits) > MaxDigits {
		return fmt.Errorf("%s: more than %d digits, which readers of JSON may change: let it be quoted", t.Type, MaxDigits)
	}
	return nil
}

// MaxTime is 9999-12-31T23:59:59Z in unix seconds, the last moment that has a form.
const MaxTime = 253402300799
