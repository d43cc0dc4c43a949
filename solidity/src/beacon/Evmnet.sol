// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IBeacon} from "./IBeacon.sol";
import {roundOf} from "./Rounds.sol";

/// @title drand's chain evmnet
/// @notice Its signatures are points of BN254, the curve of Ethereum's older precompiles: 64 bytes, x and y, big-endian,
/// as drand publishes them. drand's scheme is bls-bn254-unchained-on-g1:
///
///     e(signature, G2) = e(H(keccak256(round)), key)      round as 8 bytes, big-endian
///
/// with H as in RFC 9380: expand_message_xmd over Keccak-256 (section 5.3.1), the map of Shallue and van de Woestijne
/// with Z = 1 (section 6.6.1), twice, and the sum of both. The curve's order is prime: there is no cofactor to clear.
/// @dev Precompiles: 2 SHA-256, 5 powers, 6 addition, 8 pairing.
contract Evmnet is IBeacon {
    /// @inheritdoc IBeacon
    bytes32 public constant chainHash = 0x04f1e9062b8a81f848fded9c12306733282b2727ecced50032187751166ec8c3;
    /// @inheritdoc IBeacon
    uint64 public constant genesis = 1727521075;
    /// @inheritdoc IBeacon
    uint64 public constant period = 3;

    /// Modulus of the coordinates' field.
    uint256 private constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;
    // Domain separation tag and its length: 44 bytes.
    bytes32 private constant TAG = "BLS_SIG_BN254G1_XMD:KECCAK-256_S";
    bytes12 private constant TAG_END = "VDW_RO_NUL_\x2b";

    // The public key; G2's generator with y negated. A point of G2 has four words: x1, x0, y1, y0 of x1·i + x0, y1·i + y0.
    uint256 private constant KEY_X1 = 0x07e1d1d335df83fa98462005690372c643340060d205306a9aa8106b6bd0b382;
    uint256 private constant KEY_X0 = 0x0557ec32c2ad488e4d4f6008f89a346f18492092ccc0d594610de2732c8b808f;
    uint256 private constant KEY_Y1 = 0x0095685ae3a85ba243747b1b2f426049010f6b73a0cf1d389351d5aaaa1047f6;
    uint256 private constant KEY_Y0 = 0x297d3a4f9749b33eb2d904c9d9ebf17224150ddd7abd7567a9bec6c74480ee0b;
    uint256 private constant G2_X1 = 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2;
    uint256 private constant G2_X0 = 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed;
    uint256 private constant G2_NEGATIVE_Y1 = 0x275dc4a288d1afb3cbb1ac09187524c7db36395df7be3b99e673b13a075a65ec;
    uint256 private constant G2_NEGATIVE_Y0 = 0x1d9befcd05a5323e6da4d435f3b617cdb3af83285c2df711ef39c01571827f9d;

    // The map's constants: -1/2, the even square root of -12, -16/3.
    uint256 private constant MINUS_HALF = 0x183227397098d014dc2822db40c0ac2ecbc0b548b438e5469e10460b6c3e7ea3;
    uint256 private constant ROOT = 0x16789af3a83522eb353c98fc6b36d713d5d8d1cc5dffffffa;
    uint256 private constant QUOTIENT = 0x10216f7ba065e00de81ac1e7808072c9dd2b2385cd7b438469602eb24829a9bd;

    /// Exponent of square roots, (P + 1)/4: P = 3 mod 4.
    uint256 private constant ROOT_EXPONENT = 0x0c19139cb84c680a6e14116da060561765e05aa45a1c72a34f082305b61f3f52;

    /// @inheritdoc IBeacon
    /// @dev No precompile sees the signature before it is known to be a point, so none burns gas on it. x = y = 0, which
    /// the precompiles take for infinity, is no point of y² = x³ + 3.
    function verify(uint64 round, bytes calldata signature) external view returns (bytes32 randomness) {
        if (signature.length != 64) revert SignatureLength(signature.length, 64);
        (uint256 x, uint256 y) = abi.decode(signature, (uint256, uint256));
        bool isPoint = x < P && y < P && mulmod(y, y, P) == _curve(x);
        if (round == 0 || !isPoint) revert InvalidSignature(round);
        (uint256 hashX, uint256 hashY) = _hashRound(round);
        if (!_pair(x, y, hashX, hashY)) revert InvalidSignature(round);
        return _sha256(signature);
    }

    /// @inheritdoc IBeacon
    function roundAt(uint256 time) external pure returns (uint64) {
        return roundOf(time, genesis, period);
    }

    /// @dev hash_to_curve of RFC 9380, section 3, of the message of a round.
    function _hashRound(uint64 round) internal view returns (uint256 x, uint256 y) {
        (uint256 u, uint256 v) = _hashToField(keccak256(abi.encodePacked(round)));
        return _mapAndAdd(u, v);
    }

    /// @dev hash_to_field of section 5.2: 96 bytes of expand_message_xmd, read as two numbers of 48 bytes. Z_pad has as
    /// many zeros as Keccak-256's rate, 136.
    function _hashToField(bytes32 message) internal pure returns (uint256 u, uint256 v) {
        uint256[4] memory zeros;
        bytes32 b0 = keccak256(abi.encodePacked(zeros, uint64(0), message, uint16(96), uint8(0), TAG, TAG_END));
        bytes32 b1 = _expand(b0, 1);
        bytes32 b2 = _expand(b0 ^ b1, 2);
        bytes32 b3 = _expand(b0 ^ b2, 3);
        u = addmod(mulmod(uint256(b1), 1 << 128, P), uint256(b2) >> 128, P);
        // 2^256 mod P in two factors.
        v = addmod(mulmod(mulmod(uint128(uint256(b2)), 1 << 128, P), 1 << 128, P), uint256(b3), P);
    }

    function _expand(bytes32 chained, uint8 i) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(chained, i, TAG, TAG_END));
    }

    /// @dev The sum of the points that u and v are mapped to.
    function _mapAndAdd(uint256 u, uint256 v) internal view returns (uint256 x, uint256 y) {
        uint256 s = mulmod(4, mulmod(u, u, P), P);
        uint256 t = mulmod(4, mulmod(v, v, P), P);
        (uint256 i, uint256 j) = _inverses(_denominator(s), _denominator(t));
        (uint256 x1, uint256 y1) = _map(u, s, i);
        (uint256 x2, uint256 y2) = _map(v, t, j);
        return _add(x1, y1, x2, y2);
    }

    /// @dev (1 - 4u²)·(1 + 4u²), given 4u².
    function _denominator(uint256 s) private pure returns (uint256) {
        unchecked {
            return mulmod(1 + P - s, 1 + s, P);
        }
    }

    /// @dev The inverses of both numbers at the price of one; 0 has itself, as RFC 9380's inv0.
    function _inverses(uint256 a, uint256 b) private view returns (uint256, uint256) {
        uint256 product = mulmod(a, b, P);
        if (product == 0) return (_power(a, P - 2), _power(b, P - 2));
        uint256 inverse = _power(product, P - 2);
        return (mulmod(inverse, b, P), mulmod(inverse, a, P));
    }

    /// @dev map_to_curve of section 6.6.1, given s = 4u² and the inverse of its denominator: the first of three x that is
    /// on the curve; one of them is.
    function _map(uint256 u, uint256 s, uint256 inverse) private view returns (uint256 x, uint256 y) {
        unchecked {
            uint256 w = mulmod(mulmod(u, 1 + P - s, P), mulmod(inverse, ROOT, P), P);
            bool found;
            x = addmod(MINUS_HALF, P - w, P);
            (found, y) = _root(_curve(x));
            if (!found) {
                x = addmod(MINUS_HALF, w, P);
                (found, y) = _root(_curve(x));
            }
            if (!found) {
                w = mulmod(mulmod(1 + s, 1 + s, P), inverse, P);
                x = addmod(1, mulmod(QUOTIENT, mulmod(w, w, P), P), P);
                (, y) = _root(_curve(x));
            }
            if (y & 1 != u & 1) y = P - y; // y != 0: there is no point of order 2
        }
    }

    /// @dev x³ + 3.
    function _curve(uint256 x) private pure returns (uint256) {
        return addmod(mulmod(mulmod(x, x, P), x, P), 3, P);
    }

    /// @dev A square root, and whether there is one.
    function _root(uint256 a) private view returns (bool found, uint256 root) {
        root = _power(a, ROOT_EXPONENT);
        found = mulmod(root, root, P) == a;
    }

    /// @dev Memory: six words at the free pointer, which stays where it is; the first is the result's.
    function _power(uint256 base, uint256 exponent) private view returns (uint256 result) {
        bool ok;
        assembly ("memory-safe") {
            let input := mload(0x40)
            mstore(input, 0x20)
            mstore(add(input, 0x20), 0x20)
            mstore(add(input, 0x40), 0x20)
            mstore(add(input, 0x60), base)
            mstore(add(input, 0x80), exponent)
            mstore(add(input, 0xa0), P)
            ok := staticcall(gas(), 5, input, 0xc0, input, 0x20)
            ok := and(ok, eq(returndatasize(), 0x20))
            result := mload(input)
        }
        if (!ok) revert PrecompileFailed(5);
    }

    function _sha256(bytes calldata message) private view returns (bytes32) {
        (bool ok, bytes memory digest) = address(2).staticcall(message);
        if (!ok || digest.length != 32) revert PrecompileFailed(2);
        return bytes32(digest);
    }

    function _add(uint256 x1, uint256 y1, uint256 x2, uint256 y2) private view returns (uint256 x, uint256 y) {
        (bool ok, bytes memory sum) = address(6).staticcall(abi.encode(x1, y1, x2, y2));
        if (!ok || sum.length != 64) revert PrecompileFailed(6);
        return abi.decode(sum, (uint256, uint256));
    }

    /// @dev Reports whether e(signature, -G2) · e(hash, key) = 1.
    function _pair(uint256 x, uint256 y, uint256 hashX, uint256 hashY) private view returns (bool) {
        bytes memory input = abi.encode(
            x, y, G2_X1, G2_X0, G2_NEGATIVE_Y1, G2_NEGATIVE_Y0, hashX, hashY, KEY_X1, KEY_X0, KEY_Y1, KEY_Y0
        );
        (bool ok, bytes memory result) = address(8).staticcall(input);
        if (!ok || result.length != 32) revert PrecompileFailed(8);
        return abi.decode(result, (uint256)) == 1;
    }
}
