// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";

import {Base} from "../Base.sol";
import {vm} from "../Vm.sol";
import {IBeacon} from "../../src/beacon/IBeacon.sol";
import {R} from "../../src/Groth16Verifier.sol";
import {IProofVerifier} from "../../src/IProofVerifier.sol";
import {DeckDrop} from "../../src/deck/DeckDrop.sol";
import {DeckList} from "../../src/deck/DeckList.sol";
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
    IBeacon internal constant NO_BEACON = IBeacon(address(0));

    IProofVerifier internal verifier;
    BeaconOfTests internal beacon;
    DeckDrop internal drop;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
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

    /// @dev Public inputs of the batch that starts at a card.
    function statement(DeckTerms memory t, uint256 list, uint256 first) internal view returns (uint256[] memory s) {
        bytes32[] memory digests = new bytes32[](t.batch);
        uint256[] memory sizes = new uint256[](t.batch);
        for (uint256 i = 0; i < t.batch; ++i) {
            // Behind the deck's end places repeat the last card.
            uint256 card = first + i < t.cards ? first + i : t.cards - 1;
            (digests[i], sizes[i]) = (digestOf(card), sizeOf(card));
        }
        uint256[3] memory own = inputsOf(DeckList.Batch(list, first, t.cards, homeOf(t.author)), digests, sizes);
        s = new uint256[](5);
        (s[0], s[1], s[2], s[3], s[4]) = (t.model, t.policy, own[0], own[1], own[2]);
    }

    function homeOf(address author) internal view returns (uint160) {
        return uint160(uint256(keccak256(abi.encode(block.chainid, author))));
    }

    /// @dev Public inputs 2 to 4 by the statement's text: sums of powers, no Horner.
    function inputsOf(DeckList.Batch memory b, bytes32[] memory digests, uint256[] memory sizes)
        internal
        pure
        returns (uint256[3] memory s)
    {
        bytes memory words = abi.encode(b.list, b.first, b.cards, b.home);
        words = bytes.concat(words, abi.encodePacked(digests), abi.encodePacked(sizes));
        (s[0], s[1], s[2]) = (b.list, uint256(keccak256(words)) >> 8, b.first);
        uint256 power = s[1];
        for (uint256 i = 0; i < digests.length; ++i) {
            s[2] = addmod(s[2], mulmod(sizes[i] << 128 | uint256(digests[i]) >> 128, power, R), R);
            power = mulmod(power, s[1], R);
            s[2] = addmod(s[2], mulmod(uint128(uint256(digests[i])), power, R), R);
            power = mulmod(power, s[1], R);
        }
        s[2] = addmod(s[2], mulmod(b.cards, power, R), R);
        s[2] = addmod(s[2], mulmod(b.home, mulmod(power, s[1], R), R), R);
    }

    /// @dev The SHA-256 of the directory of documents, field by field of dag-pb and UnixFS.
    function directoryOf(uint256 first, uint256 width, bytes32[] memory digests, bytes memory sizes)
        internal
        pure
        returns (bytes32)
    {
        return nodeOf(linksOf(first, width, digests, sizes, 0, digests.length));
    }

    /// @dev The links of the documents from one to before another; halved, so that little is copied often.
    function linksOf(
        uint256 first,
        uint256 width,
        bytes32[] memory digests,
        bytes memory sizes,
        uint256 from,
        uint256 end
    ) private pure returns (bytes memory) {
        if (end - from > 1) {
            uint256 middle = (from + end) / 2;
            return bytes.concat(
                linksOf(first, width, digests, sizes, from, middle), linksOf(first, width, digests, sizes, middle, end)
            );
        }
        uint256 size = uint24(bytes3(Bytes.slice(sizes, 3 * from, 3 * from + 3)));
        return linkOf(hex"01551220", digests[from], nameOf(first + from, width), size);
    }

    /// @dev A link of a dag-pb node: Hash is a CIDv1, whose first four bytes are given and tell the codec; size is Tsize.
    function linkOf(bytes4 cid, bytes32 digest, string memory name, uint256 size) internal pure returns (bytes memory) {
        bytes memory link = field(1, bytes.concat(cid, digest));
        return field(2, bytes.concat(link, field(2, bytes(name)), varint(3 << 3), varint(size)));
    }

    /// @dev A directory's digest, of all its links.
    function nodeOf(bytes memory links) internal pure returns (bytes32) {
        return sha256(bytes.concat(links, field(1, hex"0801")));
    }

    /// @dev A field of bytes in Protocol Buffers.
    function field(uint256 number, bytes memory value) private pure returns (bytes memory) {
        return bytes.concat(varint(number << 3 | 2), varint(value.length), value);
    }

    function varint(uint256 x) private pure returns (bytes memory) {
        if (x < 128) return abi.encodePacked(uint8(x));
        return bytes.concat(abi.encodePacked(uint8(x % 128 + 128)), varint(x / 128));
    }

    /// @dev A document's name.
    function nameOf(uint256 card, uint256 width) internal pure returns (string memory name) {
        name = vm.toString(card);
        while (bytes(name).length < width) {
            name = string.concat("0", name);
        }
        return string.concat(name, ".json");
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
