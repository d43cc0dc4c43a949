// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IBeacon} from "./IBeacon.sol";
import {roundOf} from "./Rounds.sol";

/// @title drand's chain quicknet
/// @notice Its signatures are points of BLS12-381, for chains with EIP-2537's precompiles: 48 bytes, a compressed point,
/// as drand publishes them. drand's scheme is bls-unchained-g1-rfc9380:
///
///     e(signature, G2) = e(H(sha256(round)), key)      round as 8 bytes, big-endian
///
/// with H as in RFC 9380: BLS12381G1_XMD:SHA-256_SSWU_RO_ (section 8.8.1).
///
/// The contract finds y itself. A caller could bring it, which would save 4,500 gas, or 36,000 where EIP-7883 is in
/// force; but a drop needs one signature, and so anybody can copy it from where drand publishes it.
/// @dev A coordinate has 381 bits: two words, of which the upper is below 2^125. The precompiles take it as 64 bytes.
/// Precompiles: 2 SHA-256, 5 powers, 0x0b addition, 0x0f pairing, 0x10 the map to the curve.
contract Quicknet is IBeacon {
    /// @inheritdoc IBeacon
    bytes32 public constant chainHash = 0x52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971;
    /// @inheritdoc IBeacon
    uint64 public constant genesis = 1692803367;
    /// @inheritdoc IBeacon
    uint64 public constant period = 3;

    // Modulus of the coordinates' field; exponent of square roots, (P + 1)/4, as P = 3 mod 4.
    uint256 private constant P_HIGH = 0x1a0111ea397fe69a4b1ba7b6434bacd7;
    uint256 private constant P_LOW = 0x64774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab;
    bytes private constant ROOT_EXPONENT =
        hex"0680447a8e5ff9a692c6e9ed90d2eb35d91dd2e13ce144afd9cc34a83dac3d8907aaffffac54ffffee7fbfffffffeaab";

    // Domain separation tag and its length: 44 bytes.
    bytes32 private constant TAG = "BLS_SIG_BLS12381G1_XMD:SHA-256_S";
    bytes12 private constant TAG_END = "SWU_RO_NUL_\x2b";

    // The public key; G2's generator with y negated. A point of G2 is x0, x1, y0, y1 of x1·i + x0, y1·i + y0.
    bytes private constant KEY = hex"000000000000000000000000000000000d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
        hex"0000000000000000000000000000000003cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
        hex"000000000000000000000000000000000e5db2b6bfbb01c867749cadffca88b36c24f3012ba09fc4d3022c5c37dce0f977d3adb5d183c7477c442b1f04515273"
        hex"0000000000000000000000000000000001a714f2edb74119a2f2b0d5a7c75ba902d163700a61bc224ededd8e63aef7be1aaf8e93d7a9718b047ccddb3eb5d68b";
    bytes private constant G2_NEGATIVE = hex"00000000000000000000000000000000024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"
        hex"0000000000000000000000000000000013e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
        hex"000000000000000000000000000000000d1b3cc2c7027888be51d9ef691d77bcb679afda66c73f17f9ee3837a55024f78c71363275a75d75d86bab79f74782aa"
        hex"0000000000000000000000000000000013fa4d4a0ad8b1ce186ed5061789213d993923066dddaf1040bc3ff59f825c78df74f2d75467e25e0f55f8a00fa030ed";

    /// What the pairing is given; EIP-2537 takes 102,900 for two pairs. A point outside the subgroup burns it all.
    uint256 private constant PAIRING_GAS = 150_000;

    /// @dev A coordinate.
    struct Fp {
        uint256 high;
        uint256 low;
    }

    /// @inheritdoc IBeacon
    function verify(uint64 round, bytes calldata signature) external view returns (bytes32 randomness) {
        if (signature.length != 48) revert SignatureLength(signature.length, 48);
        (bool found, Fp memory x, Fp memory y) = _decompress(signature);
        if (round == 0 || !found) revert InvalidSignature(round);
        bytes memory point = abi.encode(x, y);
        if (!_pair(point, _hashRound(round))) revert InvalidSignature(round);
        return _sha256(signature);
    }

    /// @inheritdoc IBeacon
    function roundAt(uint256 time) external pure returns (uint64) {
        return roundOf(time, genesis, period);
    }

    /// @dev hash_to_curve of RFC 9380, section 3, of the message of a round. The precompile clears the cofactor, which
    /// may be done before the addition as well as behind it.
    function _hashRound(uint64 round) internal view returns (bytes memory) {
        (bytes memory u, bytes memory v) = _hashToField(_sha256(abi.encodePacked(round)));
        return _run(0x0b, abi.encodePacked(_run(0x10, u, 128), _run(0x10, v, 128)), 128);
    }

    /// @dev hash_to_field of section 5.2: 128 bytes of expand_message_xmd, read as two numbers of 64 bytes. Z_pad has as
    /// many zeros as SHA-256's blocks have bytes, 64.
    function _hashToField(bytes32 message) private view returns (bytes memory u, bytes memory v) {
        bytes32 b0 = _sha256(abi.encodePacked(uint256(0), uint256(0), message, uint16(128), uint8(0), TAG, TAG_END));
        bytes32 b1 = _expand(b0, 1);
        bytes32 b2 = _expand(b0 ^ b1, 2);
        bytes32 b3 = _expand(b0 ^ b2, 3);
        bytes32 b4 = _expand(b0 ^ b3, 4);
        return (_reduce(abi.encodePacked(b1, b2)), _reduce(abi.encodePacked(b3, b4)));
    }

    function _expand(bytes32 chained, uint8 i) private view returns (bytes32) {
        return _sha256(abi.encodePacked(chained, i, TAG, TAG_END));
    }

    /// @dev Reads a compressed point: the three upper bits are 1, 0 (not infinity), and whether y is above -y. It need not
    /// be in the subgroup. One point has one encoding.
    function _decompress(bytes calldata signature) private view returns (bool found, Fp memory x, Fp memory y) {
        uint256 high = uint128(bytes16(signature));
        x = Fp(high & (1 << 125) - 1, uint256(bytes32(signature[16:])));
        if (high >> 126 != 2 || !_isAbove(P_HIGH, P_LOW, x)) return (false, x, y);
        Fp memory square = _plus4(_power(x, hex"03"));
        y = _power(square, ROOT_EXPONENT);
        Fp memory again = _power(y, hex"02");
        found = again.high == square.high && again.low == square.low;
        Fp memory negative = _minus(P_HIGH, P_LOW, y);
        bool isLower = _isAbove(negative.high, negative.low, y);
        if (isLower == (high >> 125 & 1 == 1)) y = negative;
    }

    /// @dev Reports whether a number is above a.
    function _isAbove(uint256 high, uint256 low, Fp memory a) private pure returns (bool) {
        return high > a.high || high == a.high && low > a.low;
    }

    /// @dev A number minus a, which is not above it.
    function _minus(uint256 high, uint256 low, Fp memory a) private pure returns (Fp memory) {
        unchecked {
            return Fp(high - a.high - (low < a.low ? 1 : 0), low - a.low);
        }
    }

    /// @dev a + 4, reduced.
    function _plus4(Fp memory a) private pure returns (Fp memory sum) {
        unchecked {
            sum = Fp(a.high + (a.low > type(uint256).max - 4 ? 1 : 0), a.low + 4);
        }
        if (!_isAbove(P_HIGH, P_LOW, sum)) sum = _minus(sum.high, sum.low, Fp(P_HIGH, P_LOW));
    }

    /// @dev The power of a coordinate. Numbers of 48 bytes cost half of what those of 64 do.
    function _power(Fp memory base, bytes memory exponent) private view returns (Fp memory) {
        bytes memory input = abi.encodePacked(uint256(48), exponent.length, uint256(48), uint128(base.high), base.low);
        bytes memory result = _run(5, abi.encodePacked(input, exponent, uint128(P_HIGH), P_LOW), 48);
        return abi.decode(abi.encodePacked(uint128(0), result), (Fp));
    }

    /// @dev A number of 64 bytes, reduced.
    function _reduce(bytes memory number) private view returns (bytes memory) {
        return _run(5, abi.encodePacked(uint256(64), uint256(1), uint256(64), number, uint8(1), P_HIGH, P_LOW), 64);
    }

    /// @dev Reports whether e(signature, -G2) · e(hash, key) = 1. A point outside the subgroup makes the precompile fail,
    /// which has been shown to exist by its like at 0x10.
    function _pair(bytes memory signature, bytes memory hash) private view returns (bool) {
        bytes memory input = abi.encodePacked(signature, G2_NEGATIVE, hash, KEY);
        (bool ok, bytes memory result) = address(0x0f).staticcall{gas: PAIRING_GAS}(input);
        return ok && result.length == 32 && abi.decode(result, (uint256)) == 1;
    }

    function _sha256(bytes memory message) private view returns (bytes32) {
        return bytes32(_run(2, message, 32));
    }

    /// @dev A precompile's answer, which has a length.
    function _run(uint160 precompile, bytes memory input, uint256 length) private view returns (bytes memory result) {
        bool ok;
        (ok, result) = address(precompile).staticcall(input);
        if (!ok || result.length != length) revert PrecompileFailed(precompile);
    }
}
