// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {DeckBase} from "./DeckBase.sol";
import {vm} from "../Vm.sol";
import {IBeacon} from "../../src/beacon/IBeacon.sol";
import {R} from "../../src/Groth16Verifier.sol";
import {IProofVerifier} from "../../src/IProofVerifier.sol";
import {DeckDrop} from "../../src/deck/DeckDrop.sol";
import {DeckTerms, IDeck} from "../../src/deck/IDeck.sol";
import {DropTerms, IDeckDrop} from "../../src/deck/IDeckDrop.sol";

/// @dev A network that begins later.
contract Unborn is IBeacon {
    uint64 public constant genesis = type(uint64).max;
    uint64 public constant period = 3;
    bytes32 public constant chainHash = "unborn";

    function roundAt(uint256) external pure returns (uint64) {
        return 0;
    }

    function verify(uint64, bytes calldata) external pure returns (bytes32) {
        return 0;
    }
}

contract DeckTermsTest is DeckBase {
    function expectInvalid(DeckTerms memory t) private {
        vm.expectRevert(IDeck.InvalidTerms.selector);
        new DeckDrop(t, dropTerms());
    }

    function fixedTerms() private view returns (DeckTerms memory t) {
        t = deckTerms();
        (t.permuted, t.gap, t.blockHashes, t.placeholder) = (false, 0, false, "");
        t.beacon = NO_BEACON;
    }

    function test_constructor_keepsTheTerms() public view {
        same(abi.encode(drop.terms()), abi.encode(deckTerms()), "terms");
        same(drop.home(), homeOf(AUTHOR), "home");
        same(drop.groups(), 1, "groups");
        same(drop.owner(), OWNER, "owner");
        same(bytes(drop.name()), "Nebula Foxes", "name");
        same(bytes(drop.symbol()), "FOX", "symbol");
        same(bytes(drop.contractURI()), "ipfs://contract", "contractURI");
        same(drop.reserve(), 2, "reserve");
        same(drop.walletLimit(), 5, "limit");
        (address receiver, uint256 amount) = drop.royaltyInfo(1, 10_000);
        same(receiver, OWNER, "receiver");
        same(amount, 500, "royalty");
    }

    function test_fuzz_constructor_keepsTheTerms(DeckTerms memory t) public {
        (t.verifier, t.beacon, t.permuted) = (verifier, beacon, true);
        (t.model, t.policy) = (t.model % R, t.policy % R);
        (t.cards, t.batch) = (1 + t.cards % 2 ** 22, t.batch % 2 == 0 ? 4 : 16);
        (t.firstId, t.gap) = (t.firstId % 2 ** 53, 1 hours + t.gap % uint32(30 days - 1 hours + 1));
        if (t.author == address(0)) t.author = AUTHOR;
        DropTerms memory none;
        none.owner = OWNER;
        DeckDrop d = new DeckDrop(t, none);
        same(abi.encode(d.terms()), abi.encode(t), "terms");
        same(d.home(), homeOf(t.author), "home");
        same(d.groups(), (uint256(t.cards) - 1) / (32 * uint256(t.batch)) + 1, "groups");
        same(d.walletLimit(), type(uint256).max, "no limit");
    }

    function test_constructor_takesTheLargest() public {
        DeckTerms memory t = deckTerms();
        (t.cards, t.firstId, t.gap) = (2 ** 22, 2 ** 53 - 1, 30 days);
        same(new DeckDrop(t, dropTerms()).groups(), 2 ** 22 / 128, "groups");
    }

    function test_fuzz_constructor_revertsWhenCardsAreNoDecks(uint32 cards, uint64 firstId, uint8 batch) public {
        DeckTerms memory t = deckTerms();
        t.cards = 0;
        expectInvalid(t);
        t.cards = cards > 2 ** 22 ? cards : 2 ** 22 + 1;
        expectInvalid(t);
        t = deckTerms();
        t.firstId = firstId < 2 ** 53 ? 2 ** 53 + firstId : firstId;
        expectInvalid(t);
        t = deckTerms();
        t.batch = batch == 4 || batch == 16 ? 8 : batch;
        expectInvalid(t);
    }

    function test_fuzz_constructor_revertsWhenACommitmentIsNotReduced(uint256 seed, bool model) public {
        DeckTerms memory t = deckTerms();
        if (model) t.model = unreduced(seed);
        else t.policy = unreduced(seed);
        expectInvalid(t);
    }

    function test_constructor_revertsWithoutAnAuthor() public {
        DeckTerms memory t = deckTerms();
        t.author = address(0);
        expectInvalid(t);
    }

    function test_fuzz_constructor_revertsWhenTheGapIsNone(uint32 gap) public {
        DeckTerms memory t = deckTerms();
        t.gap = gap >= 1 hours && gap <= 30 days ? 30 days + gap : gap;
        expectInvalid(t);
        t.gap = 1 hours - 1;
        expectInvalid(t);
        t.gap = 30 days + 1;
        expectInvalid(t);
    }

    /// @dev What only permuted decks have.
    function test_constructor_revertsWhenAFixedDeckHasABeacon() public {
        DeckTerms memory t = fixedTerms();
        new DeckDrop(t, dropTerms());
        t.gap = 1 hours;
        expectInvalid(t);
        t = fixedTerms();
        t.beacon = beacon;
        expectInvalid(t);
        t = fixedTerms();
        t.blockHashes = true;
        expectInvalid(t);
        t = fixedTerms();
        t.placeholder = "ipfs://placeholder";
        expectInvalid(t);
    }

    function test_constructor_revertsWithoutABeacon() public {
        DeckTerms memory t = deckTerms();
        t.beacon = NO_BEACON;
        vm.expectRevert();
        new DeckDrop(t, dropTerms());
        t.beacon = new Unborn();
        expectInvalid(t);
    }

    function test_constructor_revertsForAKeyOfOtherInputs() public {
        DeckTerms memory t = deckTerms();
        t.verifier = deployVerifier(keyOf(9));
        vm.expectRevert(abi.encodeWithSelector(IProofVerifier.InputCount.selector, 2, 6));
        new DeckDrop(t, dropTerms());
        t.verifier = IProofVerifier(address(0xdead));
        vm.expectRevert();
        new DeckDrop(t, dropTerms());
    }

    function test_fuzz_constructor_revertsWhenTheReserveIsAboveTheDeck(uint16 reserve) public {
        DropTerms memory t = dropTerms();
        t.reserve = reserve <= 10 ? reserve + 11 : reserve;
        vm.expectRevert(IDeckDrop.InvalidDropTerms.selector);
        new DeckDrop(deckTerms(), t);
        t.reserve = 10;
        same(new DeckDrop(deckTerms(), t).reserve(), 10, "all of it");
    }

    function test_fuzz_constructor_revertsWhenTheRoyaltyIsAboveATenth(uint96 fraction) public {
        DropTerms memory t = dropTerms();
        t.royaltyFraction = fraction <= 1000 ? 1001 + fraction : fraction;
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.RoyaltyTooHigh.selector, t.royaltyFraction));
        new DeckDrop(deckTerms(), t);
        t.royaltyReceiver = address(0);
        (address receiver, uint256 amount) = new DeckDrop(deckTerms(), t).royaltyInfo(1, 10_000);
        same(receiver, address(0), "nobody");
        same(amount, 0, "nothing");
    }

    function test_constructor_revertsWithoutAnOwner() public {
        DropTerms memory t = dropTerms();
        t.owner = address(0);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableInvalidOwner.selector, address(0)));
        new DeckDrop(deckTerms(), t);
    }

    /// @dev The home is of the chain: proofs of one serve on no other.
    function test_fuzz_home_isOfTheChain(uint64 chain, address author) public {
        if (author == address(0)) author = AUTHOR;
        vm.chainId(chain == 0 ? 1 : chain);
        DeckTerms memory t = deckTerms();
        t.author = author;
        uint256 home = uint256(keccak256(abi.encode(block.chainid, author))) & type(uint160).max;
        same(new DeckDrop(t, dropTerms()).home(), home, "home");
    }
}
