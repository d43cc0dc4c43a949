// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DeckBase} from "./DeckBase.sol";
import {vm, Vm} from "../Vm.sol";
import {R} from "../../src/Groth16Verifier.sol";
import {IProofVerifier} from "../../src/IProofVerifier.sol";
import {DeckDrop} from "../../src/deck/DeckDrop.sol";
import {DeckList} from "../../src/deck/DeckList.sol";
import {DeckState, DeckTerms, IDeck} from "../../src/deck/IDeck.sol";
import {DropTerms} from "../../src/deck/IDeckDrop.sol";

contract AdmitTest is DeckBase {
    function deckOf(uint32 cards, uint8 batch) private view returns (DeckTerms memory t) {
        t = deckTerms();
        (t.cards, t.batch) = (cards, batch);
    }

    function deploy(DeckTerms memory t) private returns (DeckDrop) {
        DropTerms memory terms = dropTerms();
        terms.reserve = 0;
        return new DeckDrop(t, terms);
    }

    /// @dev Cards of a whole group.
    function groupOf(DeckTerms memory t) private pure returns (uint256) {
        return 32 * uint256(t.batch);
    }

    function directoryOf(DeckTerms memory t, Group memory g) private pure returns (bytes32) {
        return directoryOf(g.number * groupOf(t), bytes(vm.toString(uint256(t.cards) - 1)).length, g.digests, g.sizes);
    }

    function test_admit_storesTheDirectory() public {
        Group memory g = group(deckTerms(), 0);
        bytes32 want = directoryOf(deckTerms(), g);
        vm.expectEmit(address(drop));
        emit IDeck.Admitted(0, want);
        vm.prank(BOB);
        admit(drop, g);
        same(drop.directoryOf(0), want, "directory");
        yes(drop.isComplete() && drop.state() == DeckState.Complete, "complete");
        same(drop.directoryOf(1), 0, "another group");
    }

    /// @dev Ends of batches, groups and widths of names.
    function test_admit_decksOfManySizes() public {
        uint16[13] memory small = [1, 3, 4, 5, 10, 11, 100, 101, 127, 128, 129, 256, 257];
        for (uint256 i = 0; i < small.length; ++i) {
            admitDeck(deckOf(small[i], 4));
        }
        uint16[10] memory standard = [1, 15, 16, 17, 255, 256, 257, 511, 512, 513];
        for (uint256 i = 0; i < standard.length; ++i) {
            admitDeck(deckOf(standard[i], 16));
        }
    }

    /// forge-config: ci.fuzz.runs = 32
    function test_fuzz_admit_decks(uint16 cards, bool small) public {
        admitDeck(deckOf(1 + cards % 300, small ? 4 : 16));
    }

    /// @dev Around a power of ten, where names get wider, and at the end of a large deck: one group each.
    function test_admit_lateGroups() public {
        uint32[6] memory cards = [uint32(1000), 1001, 10_000, 10_001, 99_841, 100_001];
        for (uint256 i = 0; i < cards.length; ++i) {
            DeckTerms memory t = deckOf(cards[i], 16);
            DeckDrop d = deploy(t);
            Group memory g = group(t, d.groups() - 1);
            admit(d, g);
            same(d.directoryOf(g.number), directoryOf(t, g), "directory");
            yes(!d.isComplete(), "the other groups are missing");
        }
    }

    function admitDeck(DeckTerms memory t) private {
        DeckDrop d = deploy(t);
        uint256 groups = (t.cards + groupOf(t) - 1) / groupOf(t);
        same(d.groups(), groups, "groups");
        // The last one first: their order does not matter.
        for (uint256 i = groups; i > 0; --i) {
            yes(!d.isComplete() && d.state() == DeckState.Admitting, "incomplete");
            Group memory g = group(t, i - 1);
            admit(d, g);
            same(d.directoryOf(i - 1), directoryOf(t, g), "directory");
        }
        yes(d.isComplete(), "complete");
        Group memory none;
        none.number = groups;
        vm.expectRevert(abi.encodeWithSelector(IDeck.InvalidGroup.selector, groups));
        admit(d, none);
    }

    /// forge-config: ci.fuzz.runs = 128
    function test_fuzz_admit_aStoredGroupChangesNothing(Group memory g) public {
        admitAll(drop);
        bytes32 before = drop.directoryOf(0);
        vm.recordLogs();
        g.number = 0;
        admit(drop, g);
        same(vm.getRecordedLogs().length, 0, "events");
        same(drop.directoryOf(0), before, "directory");
    }

    function test_fuzz_admit_revertsWhenThereIsNoSuchGroup(uint256 number) public {
        Group memory g = group(deckTerms(), 0);
        g.number = number == 0 ? 1 : number;
        vm.expectRevert(abi.encodeWithSelector(IDeck.InvalidGroup.selector, g.number));
        admit(drop, g);
    }

    function test_fuzz_admit_revertsWhenALengthIsWrong(uint8 lists, uint8 digests, uint16 sizes) public {
        Group memory g = group(deckTerms(), 0);
        if (lists == 3 && digests == 10 && sizes == 30) ++sizes;
        (g.lists, g.digests, g.sizes) = (new uint256[](lists), new bytes32[](digests), new bytes(sizes));
        vm.expectRevert(IDeck.InvalidLengths.selector);
        admit(drop, g);
    }

    function test_admit_revertsWhenOneMoreOrLess() public {
        Group memory g = group(deckTerms(), 0);
        for (uint256 i = 0; i < 6; ++i) {
            Group memory other = Group(0, g.lists, g.digests, g.sizes, g.proofs);
            if (i < 2) other.lists = new uint256[](i == 0 ? 2 : 4);
            else if (i < 4) other.digests = new bytes32[](i == 2 ? 9 : 11);
            else other.sizes = new bytes(i == 4 ? 29 : 31);
            vm.expectRevert(IDeck.InvalidLengths.selector);
            admit(drop, other);
        }
    }

    function test_fuzz_admit_revertsWhenTheProofsHaveAnotherLength(uint16 length) public {
        if (length == 768) ++length;
        Group memory g = group(deckTerms(), 0);
        g.proofs = new bytes(length);
        vm.expectRevert(abi.encodeWithSelector(IProofVerifier.ProofLength.selector, length, 768));
        admit(drop, g);
    }

    /// forge-config: ci.fuzz.runs = 128
    function test_fuzz_admit_revertsWhenADigestChanges(uint256 card, uint8 bit) public {
        Group memory g = group(deckTerms(), 0);
        g.digests[card % 10] ^= bytes32(uint256(1) << bit);
        expectInvalidProof(g);
    }

    /// forge-config: ci.fuzz.runs = 128
    function test_fuzz_admit_revertsWhenASizeChanges(uint256 card, uint24 size) public {
        Group memory g = group(deckTerms(), 0);
        card %= 10;
        size %= 2 ** 18;
        if (size == sizeOf(card)) ++size;
        for (uint256 j = 0; j < 3; ++j) {
            g.sizes[3 * card + j] = bytes1(uint8(size >> (16 - 8 * j)));
        }
        if (size == 0) vm.expectRevert(DeckList.InvalidSize.selector);
        else vm.expectRevert(IProofVerifier.InvalidProof.selector);
        admit(drop, g);
    }

    /// forge-config: ci.fuzz.runs = 128
    /// @dev Two cards with their sizes, as they are exchanged in a document's folder.
    function test_fuzz_admit_revertsWhenCardsAreExchanged(uint256 i, uint256 j) public {
        Group memory g = group(deckTerms(), 0);
        (i, j) = (i % 10, j % 9);
        if (j >= i) ++j;
        (g.digests[i], g.digests[j]) = (g.digests[j], g.digests[i]);
        for (uint256 b = 0; b < 3; ++b) {
            (g.sizes[3 * i + b], g.sizes[3 * j + b]) = (g.sizes[3 * j + b], g.sizes[3 * i + b]);
        }
        expectInvalidProof(g);
    }

    function test_admit_revertsWhenBatchesAreExchanged() public {
        Group memory g = group(deckTerms(), 0);
        bytes memory sizes = g.sizes;
        for (uint256 i = 0; i < 4; ++i) {
            (g.digests[i], g.digests[4 + i]) = (g.digests[4 + i], g.digests[i]);
        }
        for (uint256 i = 0; i < 12; ++i) {
            (sizes[i], sizes[12 + i]) = (sizes[12 + i], sizes[i]);
        }
        (g.lists[0], g.lists[1]) = (g.lists[1], g.lists[0]);
        for (uint256 i = 0; i < 256; ++i) {
            (g.proofs[i], g.proofs[256 + i]) = (g.proofs[256 + i], g.proofs[i]);
        }
        expectInvalidProof(g);
    }

    /// forge-config: ci.fuzz.runs = 128
    function test_fuzz_admit_revertsWhenAListChanges(uint256 i, uint256 seed) public {
        Group memory g = group(deckTerms(), 0);
        g.lists[i % 3] = otherScalar(g.lists[i % 3], seed);
        expectInvalidProof(g);
    }

    /// forge-config: ci.fuzz.runs = 128
    /// @dev c and c + r are one scalar and two challenges.
    function test_fuzz_admit_revertsWhenAListIsNotReduced(uint256 i, uint256 seed) public {
        Group memory g = group(deckTerms(), 0);
        i %= 3;
        uint256 list = i == 0 ? g.lists[0] % (type(uint256).max - R) + R : unreduced(seed);
        // Proven for the very list that is brought.
        bytes memory proof = prove(statement(deckTerms(), list, 4 * i));
        g.lists[i] = list;
        for (uint256 b = 0; b < 256; ++b) {
            g.proofs[256 * i + b] = proof[b];
        }
        vm.expectRevert(abi.encodeWithSelector(IProofVerifier.InputNotReduced.selector, list));
        admit(drop, g);
    }

    /// forge-config: ci.fuzz.runs = 128
    /// @dev Proofs of another deck, policy, number of cards or home; on another chain; of batches elsewhere.
    function test_fuzz_admit_revertsWhenSomethingElseIsProven(uint8 what, uint256 seed) public {
        DeckTerms memory t = deckTerms();
        if (what % 5 == 0) t.model = otherScalar(t.model, seed);
        if (what % 5 == 1) t.policy = otherScalar(t.policy, seed);
        if (what % 5 == 2) t.cards = 9 + uint32(seed % 2) * 2;
        if (what % 5 == 3) t.author = address(uint160(uint256(keccak256(abi.encode(seed)))));
        uint256 chain = block.chainid;
        if (what % 5 == 4) vm.chainId(chain + 1 + seed % 1000);
        Group memory g = group(t, 0);
        vm.chainId(chain);
        Group memory own = group(deckTerms(), 0);
        (own.lists, own.proofs) = (g.lists, g.proofs);
        expectInvalidProof(own);
    }

    function test_admit_revertsWhenFirstIsAnother() public {
        Group memory g = group(deckTerms(), 0);
        for (uint256 i = 0; i < 3; ++i) {
            bytes memory proofs = g.proofs;
            uint256[] memory s = statement(deckTerms(), g.lists[i], 4 * i);
            // first alone, and with y to fit.
            s[4] = addmod(s[4], 1, R);
            bytes memory proof = prove(s);
            for (uint256 b = 0; b < 256; ++b) {
                proofs[256 * i + b] = proof[b];
            }
            expectInvalidProof(Group(0, g.lists, g.digests, g.sizes, proofs));
        }
    }

    /// @dev A challenge of the prover's choice: whoever could bring one could prove another list. The contract computes
    /// its own, so that the same proof is refused.
    function test_admit_revertsWhenTheChallengeWasChosen() public {
        Group memory g = group(deckTerms(), 0);
        uint256[] memory s = statement(deckTerms(), g.lists[0], 0);
        (uint256 chosen, bytes32 first) = (7, g.digests[0]);
        // high + 1 and low − 1/γ leave high·γ + low·γ² as it is.
        s[3] = chosen;
        uint256[] memory coefficients = new uint256[](2);
        coefficients[0] = addmod(uint256(sizeOf(0)) << 128 | uint256(first) >> 128, 1, R);
        coefficients[1] = addmod(uint128(uint256(first)), R - inverse(chosen), R);
        uint256 forged = addmod(mulmod(coefficients[0], 7, R), mulmod(coefficients[1], 49, R), R);
        uint256 honest = addmod(
            mulmod(uint256(sizeOf(0)) << 128 | uint256(first) >> 128, 7, R), mulmod(uint128(uint256(first)), 49, R), R
        );
        same(forged, honest, "another list has the same value");
        bytes memory proof = prove(s);
        for (uint256 b = 0; b < 256; ++b) {
            g.proofs[b] = proof[b];
        }
        expectInvalidProof(g);
    }

    /// @dev What stands behind the deck's end is the last card, whatever was proven of it.
    function test_admit_revertsWhenThePaddingIsAnother() public {
        Group memory g = group(deckTerms(), 0);
        bytes32[] memory digests = new bytes32[](4);
        uint256[] memory sizes = new uint256[](4);
        for (uint256 i = 0; i < 4; ++i) {
            (digests[i], sizes[i]) = (digestOf(8 + i), sizeOf(8 + i)); // cards 10 and 11, which the deck has not
        }
        uint256[3] memory own = inputsOf(DeckList.Batch(g.lists[2], 8, 10, homeOf(AUTHOR)), digests, sizes);
        uint256[] memory s = new uint256[](5);
        (s[0], s[1], s[2], s[3], s[4]) = (MODEL, POLICY, own[0], own[1], own[2]);
        bytes memory proof = prove(s);
        for (uint256 b = 0; b < 256; ++b) {
            g.proofs[512 + b] = proof[b];
        }
        expectInvalidProof(g);
    }

    /// @dev The same proofs serve for each of the author's contracts on this chain.
    function test_admit_servesForACopy() public {
        Group memory g = group(deckTerms(), 0);
        admit(drop, g);
        DeckDrop copy = deploy(deckTerms());
        vm.prank(BOB);
        admit(copy, g);
        same(copy.directoryOf(0), drop.directoryOf(0), "directory");
    }

    /// @dev A stranger's copy either names the author, who alone can open it, or has another home.
    function test_admit_revertsForAStrangersCopy() public {
        DeckTerms memory t = deckTerms();
        t.author = BOB;
        DeckDrop copy = deploy(t);
        Group memory g = group(deckTerms(), 0);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        admit(copy, g);
    }

    /// forge-config: ci.fuzz.runs = 128
    function test_fuzz_admit_byAnybodyAndOnce(address who) public {
        vm.recordLogs();
        vm.prank(who);
        admit(drop, group(deckTerms(), 0));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        same(logs.length, 1, "one event");
        same(logs[0].emitter, address(drop), "of the drop");
    }

    function expectInvalidProof(Group memory g) private {
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        admit(drop, g);
        yes(!drop.isComplete(), "not admitted");
    }
}
