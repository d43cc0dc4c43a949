// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Which token of a permuted deck shows which card
/// @notice A public permutation that nobody chose: a Feistel network of twelve rounds on the two digits of a number
/// i = a·r + l, with a = ⌈√N⌉ and b = ⌈N/a⌉, walked until the result is below N. `bundle/FORMAT.md`, section 13.
library Assignment {
    uint256 private constant ROUNDS = 12;

    /// @notice The key of a deck's permutation.
    /// @param chainId The chain's id when this contract was deployed: one that the chain takes later changes nothing.
    function key(uint256 chainId, uint256 model, bytes32 randomness) internal view returns (bytes32) {
        return keccak256(abi.encode("genproof/2/assignment", chainId, address(this), model, randomness));
    }

    /// @notice The card that token number i shows, both counted from 0. i must be below n, n at most 2^32.
    function card(bytes32 k, uint256 n, uint256 i) internal pure returns (uint256) {
        (uint256 a, uint256 b) = _sides(n);
        do {
            (uint256 r, uint256 l) = (i / a, i % a);
            for (uint256 j = 0; j < ROUNDS; j += 2) {
                l = (l + _round(k, j, r)) % a;
                r = (r + _round(k, j + 1, l)) % b;
            }
            i = a * r + l;
        } while (i >= n);
        return i;
    }

    /// @notice The number of the token that shows a card: the inverse of `card`.
    function token(bytes32 k, uint256 n, uint256 i) internal pure returns (uint256) {
        (uint256 a, uint256 b) = _sides(n);
        do {
            (uint256 r, uint256 l) = (i / a, i % a);
            for (uint256 j = ROUNDS; j > 0; j -= 2) {
                r = (r + b - _round(k, j - 1, l) % b) % b;
                l = (l + a - _round(k, j - 2, r) % a) % a;
            }
            i = a * r + l;
        } while (i >= n);
        return i;
    }

    function _sides(uint256 n) private pure returns (uint256 a, uint256 b) {
        a = Math.sqrt(n, Math.Rounding.Ceil);
        b = (n + a - 1) / a;
    }

    /// @dev Below 2^224, so that a digit can be added. Memory: scratch.
    function _round(bytes32 k, uint256 j, uint256 other) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            mstore(0x00, k)
            mstore(0x20, or(shl(128, j), other))
            value := shr(32, keccak256(0x00, 0x40))
        }
    }
}
