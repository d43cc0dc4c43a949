package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

func TestReorder_OptionsStandAnywhere(t *testing.T) {
	app := (&program{}).app()
	for given, want := range map[string]string{
		"g verify out --json":                           "g --json verify out",
		"g verify out --key k --quiet --drop=d":         "g --quiet verify --key k --drop=d out",
		"g --log-level debug verify out":                "g --log-level debug verify out",
		"g verify out --log-level debug":                "g --log-level debug verify out",
		"g verify -- --json":                            "g verify -- --json",
		"g verify out -x":                               "g verify -x out",
		"g verify -":                                    "g verify -",
		"g receipt sign --tokens 1 --key - --claims c":  "g receipt sign --tokens 1 --key - --claims c",
		"g receipt verify a.json b.json --drop d":       "g receipt verify --drop d a.json b.json",
		"g export snarkjs out --token 3 --out s --json": "g --json export snarkjs --token 3 --out s out",
		"g setup cid/small --force root/small":          "g setup --force cid/small root/small",
		"g setup export cid/small --keys k --json":      "g --json setup export --keys k cid/small",
		"g setup --keys k --drop d import f --force":    "g setup --drop d import --keys k --force f",
		"g verfy out --json":                            "g --json verfy out",
		"g verify --key":                                "g verify --key",
		"g":                                             "g",
	} {
		if got := strings.Join(console.Reorder(app, strings.Fields(given)), " "); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", given, got, want)
		}
	}
}

// Whatever is typed, no argument gets lost, but for those beside a call for help.
func FuzzReorder(f *testing.F) {
	for _, line := range []string{"verify out --json", "receipt sign --key - x --", "-- -- --json", "--log-level", "a -h b", "export snarkjs --token=3 p"} {
		f.Add(line)
	}
	app := (&program{}).app()
	f.Fuzz(func(t *testing.T, line string) {
		given := append([]string{"genproof"}, strings.Fields(line)...)
		got := console.Reorder(app, given)
		if slices.Contains(got, "--help") || slices.Contains(got, "-h") {
			return
		}
		slices.Sort(given)
		if slices.Sort(got); !slices.Equal(got, given) {
			t.Errorf("%q became %q", given, got)
		}
	})
}

func TestAddress_IsTwentyBytes(t *testing.T) {
	a, err := address("0x00000000000000000000000000000000000000fe")
	if err != nil || a[19] != 0xfe {
		t.Errorf("got %x, %v", a, err)
	}
	for _, s := range []string{"0x", "0xfe", "x", "0x" + strings.Repeat("0", 41), "0x" + strings.Repeat("0", 42), "0x" + strings.Repeat("g", 40), "0x00000000000000000000000000000000000000fE"} {
		if _, err := address(s); err == nil {
			t.Errorf("%q is accepted", s)
		}
	}
}
