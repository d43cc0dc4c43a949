//go:build prover_checks

package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// others are a heir of a deck's contract, and the contracts whose code the package's digests are of.
const others = `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {GenproofDrop} from "@genproof/contracts/GenproofDrop.sol";
import {DeckDrop} from "@genproof/contracts/deck/DeckDrop.sol";
import {DeckTerms} from "@genproof/contracts/deck/IDeck.sol";
import {DeckSale} from "@genproof/contracts/examples/DeckSale.sol";

contract DeckHeir is ERC721, DeckSale {
    constructor(DeckTerms memory deck) ERC721("Heir", "H") DeckSale(deck, 1) {}

    function mint() external payable {
        _safeMint(msg.sender, _sell());
    }

    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        return _uriOf(tokenId);
    }
}

contract Same {
    function codes() external pure returns (bytes32, bytes32) {
        return (keccak256(type(DeckDrop).creationCode), keccak256(type(GenproofDrop).creationCode));
    }
}
`

// ownCompiler has Hardhat take solc-js from npm, where it would download the same program.
const ownCompiler = `
const { subtask } = require("hardhat/config");
const { TASK_COMPILE_SOLIDITY_GET_SOLC_BUILD } = require("hardhat/builtin-tasks/task-names");
subtask(TASK_COMPILE_SOLIDITY_GET_SOLC_BUILD, async ({ solcVersion }) => {
  const longVersion = require("solc").version();
  if (!longVersion.startsWith(solcVersion + "+")) throw new Error("this is solc " + longVersion);
  return { version: solcVersion, longVersion, compilerPath: require.resolve("solc/soljson.js"), isSolcJs: true };
});
`

// fromReadme is the block of README that begins with a fence.
func fromReadme(t *testing.T, fence string) string {
	t.Helper()
	data, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(data), "```"+fence+"\n")
	block, _, found := strings.Cut(after, "```")
	if !found {
		t.Fatalf("README has no %s", fence)
	}
	return block
}

func put(t *testing.T, project string, list map[string]string) {
	t.Helper()
	for path, text := range list {
		path = filepath.Join(project, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o755)); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t *testing.T, parts ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// hasTheCode compares bytecode that was compiled with the digests of the installed package.
func hasTheCode(t *testing.T, project, contract string, code hexutil.Bytes) {
	t.Helper()
	var list map[string]digests
	if err := json.Unmarshal([]byte(read(t, project, "node_modules/@genproof/contracts/digests.json")), &list); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("0x%x", sha256.Sum256(code)); got != list[contract].Creation {
		t.Errorf("%s compiles to %s, its digest says %s", contract, got, list[contract].Creation)
	}
}

// In a project that has the tarball alone, with README's settings and the remappings that it brings, README's heir and one of
// a deck compile under Foundry, and the package's contracts to the code that its digests are of.
func TestSlowPackage_AHeirCompiles(t *testing.T) {
	own, _ := tarball(t, made(t))
	project := t.TempDir()
	const download = `solc = "0.8.37"`
	settings := fromReadme(t, "toml")
	if !strings.Contains(settings, download) {
		t.Fatalf("README's settings: %s", settings)
	}
	put(t, project, map[string]string{
		"package.json": `{"name": "scratch", "private": true}`, "bin/solc": read(t, root, "solidity", "bin", "solc"),
		"foundry.toml": strings.Replace(settings, download, "solc = \"bin/solc\"\noffline = true", 1) + "\n[lint]\nlint_on_build = false\n",
		"src/Heir.sol": fromReadme(t, "solidity"), "src/Others.sol": others,
	})
	npm(t, project, "install", "--ignore-scripts", "--no-audit", "--no-fund", own, "solc@0.8.37", "@foundry-rs/forge-linux-amd64@1.7.1")
	put(t, project, map[string]string{"remappings.txt": read(t, project, "node_modules/@genproof/contracts/remappings.txt")})
	forge := exec.Command(filepath.Join(project, "node_modules/@foundry-rs/forge-linux-amd64/bin/forge"), "build")
	forge.Dir = project
	if out, err := forge.CombinedOutput(); err != nil {
		t.Fatalf("forge: %v\n%s", err, out)
	}
	for _, name := range []string{"Heir.sol/Heir", "Others.sol/DeckHeir", "DeckDrop.sol/DeckDrop", "GenproofDrop.sol/GenproofDrop"} {
		var built struct {
			Bytecode struct{ Object hexutil.Bytes }
		}
		if err := json.Unmarshal([]byte(read(t, project, "out", name+".json")), &built); err != nil || len(built.Bytecode.Object) == 0 {
			t.Errorf("%s: %v, %d bytes", name, err, len(built.Bytecode.Object))
		}
		if contract := filepath.Base(name); !strings.HasSuffix(contract, "Heir") {
			hasTheCode(t, project, contract, built.Bytecode.Object)
		}
	}
}

// The same under Hardhat, with README's hardhat.config.js and no connection: nothing is downloaded but what the lock
// file names.
func TestSlowPackage_AHeirCompilesUnderHardhat(t *testing.T) {
	own, _ := tarball(t, made(t))
	project := t.TempDir()
	if err := os.CopyFS(project, os.DirFS("../test/hardhat")); err != nil {
		t.Fatal(err)
	}
	npm(t, project, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	npm(t, project, "install", "--offline", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", own)
	put(t, project, map[string]string{
		"hardhat.config.js": fromReadme(t, "js hardhat") + ownCompiler, "contracts/Heir.sol": fromReadme(t, "solidity"), "contracts/Others.sol": others,
	})
	const nobody = "http://127.0.0.1:9" // whatever would be asked over a proxy
	c := exec.Command("node", "node_modules/hardhat/internal/cli/bootstrap.js", "compile")
	c.Dir, c.Env = project, append(os.Environ(), "HARDHAT_DISABLE_TELEMETRY_PROMPT=true", "HTTP_PROXY="+nobody, "HTTPS_PROXY="+nobody, "http_proxy="+nobody, "https_proxy="+nobody, "HOME="+t.TempDir(), "CI=true")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("hardhat: %v\n%s", err, out)
	}
	for _, path := range []string{"contracts/Heir.sol/Heir", "contracts/Others.sol/DeckHeir", "@genproof/contracts/deck/DeckDrop.sol/DeckDrop", "@genproof/contracts/GenproofDrop.sol/GenproofDrop"} {
		var built struct{ Bytecode hexutil.Bytes }
		if err := json.Unmarshal([]byte(read(t, project, "artifacts", path+".json")), &built); err != nil || len(built.Bytecode) == 0 {
			t.Errorf("%s: %v, %d bytes", path, err, len(built.Bytecode))
		}
		if contract := filepath.Base(path); !strings.HasSuffix(contract, "Heir") {
			hasTheCode(t, project, contract, built.Bytecode)
		}
	}
}
