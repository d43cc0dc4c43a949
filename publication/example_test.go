package publication_test

import (
	"context"
	"fmt"
	"log"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/publication"
)

// A marketplace checks what somebody has published: the drop's description, the proofs, and
// that the documents are the proven ones. Whoever relies on the answer compares the
// description's commitments with those in the drop's contract, and gets the verifying key
// from somebody else than the publisher: see [publication.Trust].
func Example() {
	p, err := publication.Open("../testdata/published", publication.Trust{Compiler: drop.Compiler{}})
	if err != nil {
		log.Fatal(err)
	}
	defer p.Close()
	report, err := p.Judge(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Description.Name, report.Verdict)
	for _, token := range report.Tokens {
		fmt.Println(*token.ID, token.Verdict, token.CID)
	}
	fmt.Println(report.Key.Provenance)
	// Output:
	// Nebula Foxes amber
	// 1 amber bafkreibez67mfehwuhe7yfy2rilloubeiyuny6zxnubhs6snbjagebjoza
	// 2 amber bafkreifabdk4et35lmzsmaktrluyxhhsmb75jxzz7ej4q2bbyzzkgcmnna
	// 3 amber bafkreiceimrvsg2lfqd2ifqirsqpiyr7rtjlwddbsec63ath75ry4432ny
	// unsafe-development
}
