package verifier_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/verifier"
)

// A service that got a token's bundle checks it by itself. The key comes from somebody whom it
// trusts, and so does the description, whose commitments stand in the drop's contract.
func ExampleVerifyFiles() {
	read := func(name string) []byte {
		data, err := os.ReadFile("../testdata/published/" + name)
		if err != nil {
			log.Fatal(err)
		}
		return data
	}
	description, err := bundle.UnmarshalDescription(read("drop.json"))
	if err != nil {
		log.Fatal(err)
	}
	key, err := verifier.ParseKey(read("verifying.key"))
	if err != nil {
		log.Fatal(err)
	}
	program, err := drop.Compiler{}.Compile(description)
	if err != nil {
		log.Fatal(err)
	}
	changed := append([]byte(nil), read("bundles/2.json")...)
	changed[len(changed)/2] ^= 1
	report, err := verifier.VerifyFiles(context.Background(), description, []verifier.File{
		{Name: "1.json", Data: read("bundles/1.json")}, {Name: "2.json", Data: changed},
	}, verifier.Options{Key: key, Program: program})
	if err != nil {
		log.Fatal(err)
	}
	for _, token := range report.Tokens {
		fmt.Println(token.Name, token.Verdict)
	}
	fmt.Println(report.Rule)
	// Output:
	// 1.json amber
	// 2.json rejected
	// (claim.license == "CC0-1.0" || claim.license == "CC-BY-4.0") &&
	// claim.safety >= 0.80 &&
	// fact.training_license == "CC0-1.0" &&
	// fact.dp_epsilon < 8.1 &&
	// (trait.Lineage == "Arctic" || trait.Lineage == "Red" || claim.consent == true)
}
