// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";

import {BeaconOfTests, DeckBase} from "./DeckBase.sol";
import {Lists} from "./DeckList.t.sol";
import {vm} from "../Vm.sol";
import {Cid} from "../../src/Cid.sol";
import {R} from "../../src/Groth16Verifier.sol";
import {IProofVerifier} from "../../src/IProofVerifier.sol";
import {DeckDrop} from "../../src/deck/DeckDrop.sol";
import {DeckList} from "../../src/deck/DeckList.sol";
import {DeckTerms} from "../../src/deck/IDeck.sol";
import {SaleTerms} from "../../src/deck/IDeckDrop.sol";

/// @dev Real proofs, which a Go test has verified, of a deck of ten cards.
contract DeckGoldenTest is DeckBase {
    string private json;
    Lists private lists;
    uint256[][] private statements;
    bytes[] private proofs;

    function setUp() public override {
        json = vm.readFile("testdata/deck.json");
        vm.chainId(vm.parseJsonUint(json, ".chain_id"));
        vm.warp(1_800_000_000);
        lists = new Lists();
        verifier = deployVerifier(vm.parseJsonBytes(json, ".key"));
        beacon = new BeaconOfTests();
        proofs = vm.parseJsonBytesArray(json, ".proofs");
        for (uint256 i = 0; i < 3; ++i) {
            statements.push(vm.parseJsonUintArray(json, string.concat(".statements[", vm.toString(i), "]")));
        }
        drop = new DeckDrop(deckTerms(), dropTerms());
    }

    function deckTerms() internal view override returns (DeckTerms memory t) {
        t = super.deckTerms();
        (t.model, t.policy) = (statements[0][0], statements[0][1]);
        t.author = vm.parseJsonAddress(json, ".author");
    }

    function golden() private view returns (Group memory g) {
        g.digests = vm.parseJsonBytes32Array(json, ".digests");
        g.sizes = vm.parseJsonBytes(json, ".sizes");
        g.lists = new uint256[](3);
        for (uint256 i = 0; i < 3; ++i) {
            g.lists[i] = statements[i][2];
            g.proofs = bytes.concat(g.proofs, proofs[i]);
        }
    }

    function expectInvalidProof(DeckTerms memory t, Group memory g) private {
        DeckDrop d = new DeckDrop(t, dropTerms());
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        admit(d, g);
    }

    function test_admit_realProofs() public {
        vm.prank(BOB); // anybody
        admit(drop, golden());
        yes(drop.isComplete(), "complete");
        string memory folder = string.concat("ipfs://", vm.parseJsonString(json, ".cid"));
        same(bytes(Cid.directoryUri(drop.directoryOf(0))), bytes(folder), "folder");

        vm.prank(deckTerms().author);
        drop.openSale(SaleTerms(uint32(block.timestamp + 1 days), 0, 0, 0, 0, 0));
        vm.prank(ALICE);
        drop.mint(5);
        vm.warp(drop.revealFrom());
        drop.reveal(beacon.signatureOf(drop.round()));
        for (uint256 id = 1; id <= 5; ++id) {
            string memory want = string.concat(folder, "/", nameOf(drop.cardOf(id), 1));
            same(bytes(drop.tokenURI(id)), bytes(want), "uri");
        }
    }

    /// @dev What a contract computes itself is what Go does.
    function test_inputs_areGos() public view {
        Group memory g = golden();
        uint160 home = drop.home();
        for (uint256 i = 0; i < 3; ++i) {
            uint256 end = i < 2 ? 4 * i + 4 : 10;
            bytes32[] memory digests = new bytes32[](end - 4 * i);
            for (uint256 j = 0; j < digests.length; ++j) {
                digests[j] = g.digests[4 * i + j];
            }
            bytes memory sizes = Bytes.slice(g.sizes, 12 * i, 3 * end);
            uint256[3] memory got = lists.inputs(DeckList.Batch(g.lists[i], 4 * i, 10, home), digests, sizes, 4);
            same(got[1], statements[i][3], "challenge");
            same(got[2], statements[i][4], "value");
        }
    }

    function verifyInputs(uint256[] memory s, bytes memory proof) external view {
        uint256[] memory constants = new uint256[](2);
        (constants[0], constants[1]) = (s[0], s[1]);
        verifier.verify(verifier.fold(constants), [s[2], s[3], s[4]], proof);
    }

    function test_verifier_refusesEachInputChanged() public {
        for (uint256 i = 0; i < 3; ++i) {
            uint256[] memory s = statements[i];
            this.verifyInputs(s, proofs[i]);
            for (uint256 j = 0; j < 5; ++j) {
                uint256 right = s[j];
                s[j] = addmod(right, 1, R);
                vm.expectRevert(IProofVerifier.InvalidProof.selector);
                this.verifyInputs(s, proofs[i]);
                s[j] = addmod(right, R - 1, R);
                vm.expectRevert(IProofVerifier.InvalidProof.selector);
                this.verifyInputs(s, proofs[i]);
                s[j] = right;
            }
            vm.expectRevert(IProofVerifier.InvalidProof.selector);
            this.verifyInputs(s, proofs[(i + 1) % 3]);
        }
    }

    function test_admit_refusesAnotherModelOrPolicy() public {
        DeckTerms memory t = deckTerms();
        t.model = addmod(t.model, 1, R);
        expectInvalidProof(t, golden());
        t = deckTerms();
        t.policy = addmod(t.policy, 1, R);
        expectInvalidProof(t, golden());
    }

    /// @dev Another home: a stranger's copy, and a copy on another chain by the same author.
    function test_admit_refusesAnotherHome() public {
        DeckTerms memory t = deckTerms();
        t.author = address(0xbad);
        expectInvalidProof(t, golden());
        t = deckTerms();
        vm.chainId(1);
        expectInvalidProof(t, golden());
    }

    function test_admit_refusesAnotherNumberOfCards() public {
        DeckTerms memory t = deckTerms();
        Group memory g = golden();
        for (uint32 cards = 9; cards <= 12; ++cards) {
            if (cards == 10) continue;
            t.cards = cards;
            Group memory other = Group(0, g.lists, new bytes32[](cards), new bytes(3 * cards), g.proofs);
            for (uint256 i = 0; i < cards; ++i) {
                // Behind the tenth the padding's, as it was proven.
                uint256 card = i < 10 ? i : 9;
                other.digests[i] = g.digests[card];
                for (uint256 j = 0; j < 3; ++j) {
                    other.sizes[3 * i + j] = g.sizes[3 * card + j];
                }
            }
            expectInvalidProof(t, other);
        }
    }

    function test_admit_refusesBatchesExchanged() public {
        Group memory g = golden();
        Group memory other = golden();
        for (uint256 i = 0; i < 4; ++i) {
            (other.digests[i], other.digests[4 + i]) = (g.digests[4 + i], g.digests[i]);
        }
        other.sizes = bytes.concat(Bytes.slice(g.sizes, 12, 24), Bytes.slice(g.sizes, 0, 12), Bytes.slice(g.sizes, 24));
        (other.lists[0], other.lists[1]) = (g.lists[1], g.lists[0]);
        other.proofs = bytes.concat(proofs[1], proofs[0], proofs[2]);
        expectInvalidProof(deckTerms(), other);
        // One batch in the place of another, and proofs alone.
        other = golden();
        other.proofs = bytes.concat(proofs[1], proofs[0], proofs[2]);
        expectInvalidProof(deckTerms(), other);
        other = golden();
        (other.lists[1], other.proofs) = (g.lists[0], bytes.concat(proofs[0], proofs[0], proofs[2]));
        for (uint256 i = 0; i < 4; ++i) {
            other.digests[4 + i] = g.digests[i];
        }
        other.sizes = bytes.concat(Bytes.slice(g.sizes, 0, 12), Bytes.slice(g.sizes, 0, 12), Bytes.slice(g.sizes, 24));
        expectInvalidProof(deckTerms(), other);
    }

    /// @dev first off by one, or by a batch, with challenge and value to fit: no proof of that statement is there.
    function test_verifier_refusesAnotherFirst() public {
        Group memory g = golden();
        bytes32[] memory digests = new bytes32[](4);
        for (uint256 i = 0; i < 4; ++i) {
            digests[i] = g.digests[4 + i];
        }
        bytes memory sizes = Bytes.slice(g.sizes, 12, 24);
        uint8[6] memory firsts = [0, 3, 4, 5, 6, 8];
        for (uint256 i = 0; i < 6; ++i) {
            uint256[3] memory own =
                lists.inputs(DeckList.Batch(g.lists[1], firsts[i], 10, drop.home()), digests, sizes, 4);
            uint256[] memory s = statements[1];
            (s[3], s[4]) = (own[1], own[2]);
            if (firsts[i] != 4) vm.expectRevert(IProofVerifier.InvalidProof.selector);
            this.verifyInputs(s, proofs[1]);
        }
    }

    /// forge-config: ci.fuzz.runs = 128
    function test_fuzz_admit_refusesAnyOtherBit(uint256 i, uint256 j, uint8 what) public {
        Group memory g = golden();
        if (what % 3 == 0) g.digests[i % 10] ^= bytes32(uint256(1) << (j % 256));
        if (what % 3 == 1) g.lists[i % 3] ^= uint256(1) << (j % 250);
        if (what % 3 == 2) g.sizes[3 * (i % 10) + 2] ^= bytes1(uint8(1 << (j % 8)));
        (bool ok,) =
            address(drop).call{gas: 3_000_000}(abi.encodeCall(drop.admit, (0, g.lists, g.digests, g.sizes, g.proofs)));
        yes(!ok && !drop.isComplete(), "another list");
    }
}

/// @dev Folders of documents: CIDs of boxo's and kubo's.
contract DirectoryGoldenTest is DeckBase {
    string private json;
    Lists private lists;

    function setUp() public override {
        json = vm.readFile("testdata/directory.json");
        lists = new Lists();
    }

    function width(uint256 cards) private pure returns (uint256) {
        return bytes(vm.toString(cards - 1)).length;
    }

    function test_directory_isBoxos() public view {
        bytes32[] memory all = vm.parseJsonBytes32Array(json, ".digests");
        bytes memory sizes = vm.parseJsonBytes(json, ".sizes");
        for (uint256 i = 0; i < 10; ++i) {
            string memory row = string.concat(".folders[", vm.toString(i), "]");
            uint256 cards = vm.parseJsonUint(json, string.concat(row, ".cards"));
            bytes32[] memory digests = new bytes32[](cards);
            for (uint256 j = 0; j < cards; ++j) {
                digests[j] = all[j];
            }
            bytes32 got = lists.directory(0, width(cards), digests, Bytes.slice(sizes, 0, 3 * cards));
            string memory want = string.concat("ipfs://", vm.parseJsonString(json, string.concat(row, ".cid")));
            same(bytes(Cid.directoryUri(got)), bytes(want), "folder");
        }
    }

    /// @dev kubo's root has a folder for each group of 512: its CID is that of the folders which are computed here.
    function test_directory_isKubos() public view {
        for (uint256 i = 0; i < 3; ++i) {
            string memory row = string.concat(".kubo[", vm.toString(i), "]");
            uint256 cards = vm.parseJsonUint(json, string.concat(row, ".cards"));
            string memory want = string.concat("ipfs://", vm.parseJsonString(json, string.concat(row, ".cid")));
            same(bytes(Cid.directoryUri(rootOf(cards))), bytes(want), "root");
        }
    }

    /// @dev Documents of 40 bytes, whose links have 49 bytes and a name's digits, and the folder 4 more.
    function rootOf(uint256 cards) private view returns (bytes32) {
        bytes memory links;
        for (uint256 first = 0; first < cards; first += 512) {
            uint256 count = cards - first < 512 ? cards - first : 512;
            bytes32[] memory digests = new bytes32[](count);
            bytes memory sizes = new bytes(3 * count);
            for (uint256 i = 0; i < count; ++i) {
                digests[i] = sha256(documentOf(first, first + i, cards));
                sizes[3 * i + 2] = bytes1(uint8(40));
            }
            bytes32 digest = lists.directory(first, width(cards), digests, sizes);
            uint256 size = count * (49 + width(cards) + 40) + 4;
            links = bytes.concat(links, linkOf(hex"01701220", digest, vm.toString(first / 512), size));
        }
        return nodeOf(links);
    }

    /// @dev 40 bytes of SHA-256 in counter mode, as package ipfs's tests make them.
    function documentOf(uint256 first, uint256 card, uint256 cards) private pure returns (bytes memory) {
        string memory path = string.concat("documents/", vm.toString(first / 512), "/", nameOf(card, width(cards)));
        bytes32 a = sha256(bytes(string.concat(path, "/0")));
        bytes32 b = sha256(bytes(string.concat(path, "/1")));
        return bytes.concat(a, bytes8(b));
    }
}
