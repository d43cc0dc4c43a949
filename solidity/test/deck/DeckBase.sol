// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "../Base.sol";
import {IBeacon} from "../../src/beacon/IBeacon.sol";
import {R} from "../../src/Groth16Verifier.sol";
import {IProofVerifier} from "../../src/IProofVerifier.sol";
import {DeckDrop} from "../../src/deck/DeckDrop.sol";
import {DeckTerms} from "../../src/deck/IDeck.sol";
import {DropTerms, SaleTerms} from "../../src/deck/IDeckDrop.sol";

/// @dev A beacon for tests alone: whoever knows a round's number makes its signature.
contract BeaconOfTests is IBeacon {
    uint64 public constant genesis = 1;
    uint64 public constant period = 3;
    bytes32 public constant chainHash = "of tests";

    function roundAt(uint256 time) external pure returns (uint64) {
        return uint64((time + 2) / 3 + 1);
    }

    function verify(uint64 round, bytes calldata signature) external pure returns (bytes32) {
        if (keccak256(signature) != keccak256(signatureOf(round))) revert InvalidSignature(round);
        return keccak256(signature);
    }

    function signatureOf(uint64 round) public pure returns (bytes memory) {
        return abi.encode("signature of a round", round);
    }
}

/// @dev A deck on the key with known secrets. What a batch's inputs are is computed here once more, slowly.
abstract contract DeckBase is Base {
    struct Group {
        uint256 number;
        uint256[] lists;
        bytes32[] digests;
        bytes sizes;
        bytes proofs;
    }

    address internal constant AUTHOR = address(0xa07);
    address internal constant OWNER = address(0xabcd);
    address internal constant ALICE = address(0xa11ce);
    address internal constant BOB = address(0xb0b);
    uint256 internal constant MODEL = 1001;
    uint256 internal constant POLICY = 1002;
    uint32 internal constant GAP = 1 hours;

    IProofVerifier internal verifier;
    BeaconOfTests internal beacon;
    DeckDrop internal drop;

    function setUp() public virtual {
        loadSimulator();
        verifier = deployVerifier(keyOf(5));
        beacon = new BeaconOfTests();
        drop = new DeckDrop(deckTerms(), dropTerms());
    }

    function deckTerms() internal view virtual returns (DeckTerms memory) {
        return DeckTerms({
            verifier: verifier,
            model: MODEL,
            policy: POLICY,
            author: AUTHOR,
            beacon: beacon,
            firstId: 1,
            cards: 10,
            batch: 4,
            gap: GAP,
            blockHashes: true,
            permuted: true,
            placeholder: "ipfs://placeholder"
        });
    }

    function dropTerms() internal view virtual returns (DropTerms memory) {
        return DropTerms({
            name: "Nebula Foxes",
            symbol: "FOX",
            owner: OWNER,
            walletLimit: 5,
            reserve: 2,
            royaltyReceiver: OWNER,
            royaltyFraction: 500,
            contractURI: "ipfs://contract"
        });
    }

    function saleTerms() internal view virtual returns (SaleTerms memory) {
        return SaleTerms({
            end: uint32(block.timestamp + 3 days),
            listFrom: uint32(block.timestamp + 1 days),
            publicFrom: uint32(block.timestamp + 2 days),
            listPrice: 0.04 ether,
            price: 0.05 ether,
            list: bytes32(0)
        });
    }

    function digestOf(uint256 card) internal pure returns (bytes32) {
        return keccak256(abi.encode("document", card));
    }

    function sizeOf(uint256 card) internal pure returns (uint24) {
        return uint24(100 + card * 997 % 20_000);
    }

    /// @dev Public inputs of the batch that starts at a card, by the statement's text: sums of powers, no Horner.
    function statement(DeckTerms memory t, uint256 list, uint256 first) internal view returns (uint256[] memory s) {
        uint256 home = uint160(uint256(keccak256(abi.encode(block.chainid, t.author))));
        bytes memory words = abi.encode(list, first, t.cards, home);
        for (uint256 i = 0; i < t.batch; ++i) {
            words = bytes.concat(words, digestOf(place(t, first + i)));
        }
        for (uint256 i = 0; i < t.batch; ++i) {
            words = bytes.concat(words, abi.encode(sizeOf(place(t, first + i))));
        }
        s = new uint256[](5);
        (s[0], s[1], s[2], s[3], s[4]) = (t.model, t.policy, list, uint256(keccak256(words)) >> 8, first);
        uint256 power = s[3];
        for (uint256 i = 0; i < t.batch; ++i) {
            uint256 card = place(t, first + i);
            uint256 high = uint256(sizeOf(card)) << 128 | uint256(digestOf(card)) >> 128;
            s[4] = addmod(s[4], mulmod(high, power, R), R);
            power = mulmod(power, s[3], R);
            s[4] = addmod(s[4], mulmod(uint128(uint256(digestOf(card))), power, R), R);
            power = mulmod(power, s[3], R);
        }
        s[4] = addmod(s[4], mulmod(t.cards, power, R), R);
        s[4] = addmod(s[4], mulmod(home, mulmod(power, s[3], R), R), R);
    }

    /// @dev The card at a place: the last one behind the deck's end.
    function place(DeckTerms memory t, uint256 i) private pure returns (uint256) {
        return i < t.cards ? i : t.cards - 1;
    }

    function group(DeckTerms memory t, uint256 number) internal returns (Group memory g) {
        uint256 k = t.batch;
        uint256 first = number * 32 * k;
        uint256 count = t.cards - first < 32 * k ? t.cards - first : 32 * k;
        g.number = number;
        g.lists = new uint256[]((count + k - 1) / k);
        g.digests = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            g.digests[i] = digestOf(first + i);
            g.sizes = bytes.concat(g.sizes, bytes3(sizeOf(first + i)));
        }
        for (uint256 i = 0; i < g.lists.length; ++i) {
            g.lists[i] = uint256(keccak256(abi.encode("list", number, i))) % R;
            g.proofs = bytes.concat(g.proofs, prove(statement(t, g.lists[i], first + k * i)));
        }
    }

    function admit(DeckDrop d, Group memory g) internal {
        d.admit(g.number, g.lists, g.digests, g.sizes, g.proofs);
    }

    function admitAll(DeckDrop d) internal {
        DeckTerms memory t = d.terms();
        for (uint256 i = 0; i < d.groups(); ++i) {
            admit(d, group(t, i));
        }
    }
}
