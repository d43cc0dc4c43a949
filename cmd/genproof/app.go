package main

import (
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
)

// A program is one run of genproof.
type program struct{ console.Console }

func (p *program) app() *cli.App {
	p.Version = p.version
	return p.App("prove how NFT metadata was generated, without showing what went in",
		"First steps: genproof demo\nA collection that exists: genproof import build --out foxes && cd foxes && genproof check && genproof setup && genproof prove && genproof verify out\nA drawn drop: genproof init foxes && cd foxes && genproof setup && genproof prove --tokens 1-20 && genproof verify out\nEvery key, type, operator, size and limit of their files: https://github.com/genproof/genproof/blob/main/drop/REFERENCE.md",
		p.importVerb(), p.initVerb(), p.circuitsVerb(), p.setupVerb(), p.ceremonyVerb(), p.commitVerb(), p.beaconVerb(), p.checkVerb(), p.drawVerb(), p.oddsVerb(), p.composeVerb(), p.receiptVerb(), p.proveVerb(), p.claimVerb(), p.discloseVerb(), p.attestVerb(), p.logVerb(), p.evidenceVerb(), p.verifyVerb(),
		p.inspectVerb(), p.publishVerb(), p.pageVerb(), p.deployVerb(), p.admitVerb(), p.sellVerb(), p.revealVerb(), p.withdrawVerb(), p.openVerb(), p.mintVerb(), p.templateVerb(), p.updateVerb(), p.statusVerb(), p.lintVerb(), p.exportVerb(),
		p.benchVerb(), p.demoVerb(), p.versionVerb(),
	)
}
