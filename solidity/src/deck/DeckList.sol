// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {R} from "../Groth16Verifier.sol";

// The selector of {DeckList}'s error, as assembly takes literals only. A test compares them.
uint256 constant INVALID_SIZE = 0x0ffd11ad;

/// @title What a contract computes itself from the documents of a deck's batch
/// @notice Digests are SHA-256 of the documents, sizes their numbers of bytes, three bytes each, big-endian.
library DeckList {
    /// @notice Thrown when the size of one of the documents is not 1 to 2^18 − 1.
    error InvalidSize();

    uint256 private constant MAX_SIZE = 2 ** 18 - 1;

    /// @notice What one batch is about.
    /// @param list c, as its prover gives it.
    /// @param first Its first card's number.
    /// @param cards N.
    /// @param home Who may sell the deck.
    struct Batch {
        uint256 list;
        uint256 first;
        uint256 cards;
        uint256 home;
    }

    /// @notice Public inputs 2 to 4 of a batch: its list, the challenge γ and the value y. Never take γ or y from whoever
    /// brings the proof.
    /// @dev γ = keccak256(c ‖ first ‖ N ‖ home ‖ digests ‖ sizes) >> 8, a word each, and y is the polynomial at γ whose
    /// coefficients are first, both halves of each card, N and home; a high half has its document's size above it. Places
    /// behind the deck's end repeat the last card. `directory` checks the sizes.
    ///
    /// Memory: behind the free pointer c, first, N, home, k digests and k sizes.
    /// @param digests Of the batch's cards and perhaps more: the first k are taken, or all if they are fewer.
    /// @param sizes Of the same cards: the caller has checked that there are as many.
    /// @param k The batch's places.
    function inputs(Batch memory batch, bytes32[] calldata digests, bytes calldata sizes, uint256 k)
        internal
        pure
        returns (uint256[3] memory result)
    {
        assembly ("memory-safe") {
            let words := mload(0x40)
            mcopy(words, batch, 0x80)
            let start := add(words, 0x80)
            let places := shl(5, k)
            {
                let count := shl(5, digests.length)
                if gt(count, places) { count := places }
                calldatacopy(start, digests.offset, count)
                let to := add(start, places)
                let end := add(to, count)
                for { let from := sizes.offset } lt(to, end) { from := add(from, 3) } {
                    mstore(to, shr(232, calldataload(from)))
                    to := add(to, 0x20)
                }
                // The places behind the deck's end.
                for { end := add(start, shl(1, places)) } lt(to, end) { to := add(to, 0x20) } {
                    mstore(to, mload(sub(to, 0x20)))
                    mstore(sub(to, places), mload(sub(sub(to, places), 0x20)))
                }
            }
            let challenge := shr(8, keccak256(words, add(0x80, shl(1, places))))
            // By Horner's rule from the highest power down: home, N, the last card's low half, its high half and so on.
            // A sum of a reduced number and a coefficient fits a word, so only the products are reduced.
            let value := add(mulmod(mload(add(words, 0x60)), challenge, R), mload(add(words, 0x40)))
            for { let card := add(start, places) } gt(card, start) {} {
                card := sub(card, 0x20)
                let hash := mload(card)
                value := add(mulmod(value, challenge, R), and(hash, 0xffffffffffffffffffffffffffffffff))
                value := add(mulmod(value, challenge, R), or(shl(128, mload(add(card, places))), shr(128, hash)))
            }
            mstore(result, mload(words))
            mstore(add(result, 0x20), challenge)
            mstore(add(result, 0x40), addmod(mulmod(value, challenge, R), mload(add(words, 0x20)), R))
        }
    }

    /// @notice The SHA-256 of the UnixFS directory of a group's documents: a dag-pb block with a link to the raw block of
    /// each, in the order of their names, which are card numbers of `width` digits and ".json". Reverts for a size that
    /// no document of a deck has.
    /// @dev A link is 12 LENGTH 0a 24, the CID, 12 LENGTH, the name, 18 and the size as a varint; behind all links
    /// stands 0a 02 08 01, which says that this is a directory. IPLD's spec of dag-pb, and UnixFS's.
    /// Memory: behind the free pointer the block.
    /// @param first The first card's number.
    /// @param width Digits of a name, 1 to 7.
    function directory(uint256 first, uint256 width, bytes32[] calldata digests, bytes calldata sizes)
        internal
        view
        returns (bytes32 digest)
    {
        return _directory(_decimal(first, width), width, digests, sizes);
    }

    /// @dev The same, of a first card's name in ASCII.
    function _directory(uint256 name, uint256 width, bytes32[] calldata digests, bytes calldata sizes)
        private
        view
        returns (bytes32 digest)
    {
        assembly ("memory-safe") {
            // Of a link whose size has two bytes, as nearly all have: what stands in front of the digest, and around the
            // name, ".json", the size's tag and its first byte's top bit.
            let front := shl(192, add(0x12300a2401551220, shl(48, width)))
            let around := or(shl(shl(3, add(width, 8)), add(0x1205, width)), 0x2e6a736f6e188000)
            let to := mload(0x40)
            let end := add(digests.offset, shl(5, digests.length))
            for {} lt(digests.offset, end) { digests.offset := add(digests.offset, 0x20) } {
                // A varint has 7 bits a byte, the lowest first, and the top bit set on all but the last.
                let size := shr(232, calldataload(sizes.offset))
                let tail := or(around, shl(64, name))
                let next := add(add(to, 50), width)
                mstore(to, front)
                switch lt(sub(size, 0x80), 0x3f80)
                case 1 { tail := or(tail, or(shl(8, and(size, 0x7f)), shr(7, size))) }
                default {
                    if iszero(lt(sub(size, 1), MAX_SIZE)) {
                        mstore(0x00, INVALID_SIZE)
                        revert(0x1c, 0x04)
                    }
                    tail := shr(16, tail)
                    switch lt(size, 0x80)
                    case 1 {
                        tail := or(shl(8, tail), size)
                        next := sub(next, 1)
                        mstore(to, sub(front, shl(240, 1)))
                    }
                    default {
                        tail := or(shl(8, tail), or(0x80, and(size, 0x7f)))
                        tail := or(shl(8, tail), or(0x80, and(shr(7, size), 0x7f)))
                        tail := or(shl(8, tail), shr(14, size))
                        next := add(next, 1)
                        mstore(to, add(front, shl(240, 1)))
                    }
                }
                // The tail ends where the link does. What it writes in front of itself is the digest's place.
                mstore(sub(next, 0x20), tail)
                calldatacopy(add(to, 8), digests.offset, 0x20)
                to := next
                sizes.offset := add(sizes.offset, 3)
                name := add(name, 1)
                // A digit above 9 becomes 0 and carries.
                if eq(and(name, 0xff), 0x3a) {
                    for { let i := 0 } eq(and(shr(i, name), 0xff), 0x3a) { i := add(i, 8) } {
                        name := add(name, shl(i, 246))
                    }
                }
            }
            mstore(to, shl(224, 0x0a020801))
            let start := mload(0x40)
            if iszero(staticcall(gas(), 2, start, sub(add(to, 4), start), 0x00, 0x20)) { invalid() }
            digest := mload(0x00)
        }
    }

    /// @dev A number's last `width` decimal digits in ASCII, the last one lowest.
    function _decimal(uint256 number, uint256 width) private pure returns (uint256 digits) {
        for (uint256 i = 0; i < width; ++i) {
            digits |= (48 + number % 10) << (8 * i);
            number /= 10;
        }
    }
}
