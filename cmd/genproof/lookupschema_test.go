package main

import (
	"strings"
	"testing"
)

// lookupSchema is the schema of lookups. Whatever a test reads as a lookup is held against it: see decode.
const lookupSchema = "../../bundle/lookup.schema.json"

func holdLookup(t *testing.T, text string) {
	t.Helper()
	schema, _ := schemaOf(t, lookupSchema, true)
	if err := schema.Validate(instance(t, "lookup", text)); err != nil {
		t.Errorf("a lookup is not of its schema: %v\n%s", err, text)
	}
}

// No other form is taken for a lookup's, and FORMAT names every key.
func TestVerdict_OfLookupsIsOfItsSchema(t *testing.T) {
	w, contract := sold(t)
	report := succeed(t, "verify", w.documentOf(7), "--rpc", w.rpc, "--contract", contract, "--keys", sharedKeys, "--json").stdout
	holdLookup(t, report)
	open, text := schemaOf(t, lookupSchema, false)
	v := instance(t, "lookup", report)
	for key := range v {
		old := v[key]
		delete(v, key)
		if open.Validate(v) == nil {
			t.Errorf("taken without %s", key)
		}
		for _, other := range []any{nil, true, "text", map[string]any{}, []any{nil}} {
			if v[key] = other; open.Validate(v) == nil {
				t.Errorf("taken with %s as %v", key, other)
			}
		}
		v[key] = old
	}
	if err := open.Validate(v); err != nil {
		t.Errorf("in the end %v", err)
	}
	_, section, found := strings.Cut(string(read(t, "../../bundle/FORMAT.md")), "## 14. ")
	if !found || !strings.Contains(section, "lookup.schema.json") {
		t.Fatal("FORMAT does not name the schema")
	}
	if n := namedKeys(t, text, section); n < 25 {
		t.Errorf("%d keys", n)
	}
}
