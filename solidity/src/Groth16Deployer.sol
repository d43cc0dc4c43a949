// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Groth16Verifier, K0_PLACE, P} from "./Groth16Verifier.sol";

/// @title Deploys a {Groth16Verifier} for a key
/// @notice Deploying this contract leaves a Groth16Verifier at its address: the constructor returns that contract's
/// code with the key behind it. It refuses keys that anybody could forge proofs for, as far as that shows: a point off
/// its curve, outside the subgroup or at infinity; β, γ and δ not different up to sign; a secret that is one; two
/// inputs bound to the same point. A key that passes can still come from somebody who knows its secrets.
///
/// Places in the errors are offsets of a point's first byte in the key's bytes.
contract Groth16Deployer {
    /// @notice Thrown when the key has not the length that its number of K points asks for, or fewer than
    /// five: K0, one of a constant input, three of a statement's own.
    error KeyLength(uint256 length);
    /// @notice Thrown when a coordinate is not below the field's modulus.
    error KeyCoordinate(uint256 place, uint256 coordinate);
    /// @notice Thrown when a point is at infinity.
    error KeyInfinity(uint256 place);
    /// @notice Thrown when a G1 point is not on its curve.
    error KeyOffCurve(uint256 place);
    /// @notice Thrown when β, γ or δ is not on its curve or not in the subgroup.
    error KeyOutsideSubgroup();
    /// @notice Thrown when two points are equal up to sign, or one is the generator (then both places are its own).
    error KeyDegenerate(uint256 place, uint256 other);

    uint256 private constant ALPHA = 0x04;
    uint256 private constant BETA = 0x44;
    uint256 private constant GAMMA = 0xc4;
    uint256 private constant DELTA = 0x144;
    uint256 private constant K = K0_PLACE;

    // The generators' x.
    uint256 private constant G1_X = 1;
    uint256 private constant G2_X1 = 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2;
    uint256 private constant G2_X0 = 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed;

    /// @param key The verifying key's bytes: the number of K points (4 bytes), α, β, γ, δ, the K points.
    constructor(bytes memory key) {
        uint256 points = key.length < K ? 0 : _word(key, 0) >> 224;
        // The number of bytes stands behind the key in two.
        if (points < 5 || key.length != K + 64 * points || key.length > type(uint16).max) revert KeyLength(key.length);
        _checkPoints(key);
        _checkRelations(key);
        bytes memory code = abi.encodePacked(type(Groth16Verifier).runtimeCode, key, uint16(key.length));
        assembly {
            return(add(code, 0x20), mload(code))
        }
    }

    function _checkPoints(bytes memory key) private view {
        for (uint256 i = ALPHA; i < key.length; i += 32) {
            if (_word(key, i) >= P) revert KeyCoordinate(i, _word(key, i));
        }
        _checkG1(key, ALPHA);
        for (uint256 i = K; i < key.length; i += 64) {
            _checkG1(key, i);
        }
        _checkG2(key);
    }

    function _checkG1(bytes memory key, uint256 place) private pure {
        uint256 x = _word(key, place);
        uint256 y = _word(key, place + 32);
        if (x | y == 0) revert KeyInfinity(place);
        if (mulmod(y, y, P) != addmod(mulmod(mulmod(x, x, P), x, P), 3, P)) revert KeyOffCurve(place);
    }

    /// @dev The pairing precompile refuses points off the curve or outside the subgroup; its result does not matter.
    function _checkG2(bytes memory key) private view {
        bytes memory pairs;
        for (uint256 i = BETA; i < K; i += 128) {
            bytes memory point = abi.encode(_word(key, i), _word(key, i + 32), _word(key, i + 64), _word(key, i + 96));
            if (keccak256(point) == keccak256(new bytes(128))) revert KeyInfinity(i);
            pairs = bytes.concat(pairs, abi.encode(1, 2), point);
        }
        (bool ok, bytes memory result) = address(8).staticcall(pairs);
        if (!ok || result.length != 32) revert KeyOutsideSubgroup();
    }

    function _checkRelations(bytes memory key) private pure {
        _checkDistinct(key, BETA, K, 128);
        _checkDistinct(key, K, key.length, 64);
        if (_word(key, ALPHA) == G1_X) revert KeyDegenerate(ALPHA, ALPHA);
        // γ may be the generator: ceremonies leave it there.
        _checkNotGenerator(key, BETA);
        _checkNotGenerator(key, DELTA);
    }

    /// @dev Points of `size` bytes from `start` to `end` have different x.
    function _checkDistinct(bytes memory key, uint256 start, uint256 end, uint256 size) private pure {
        for (uint256 i = start; i < end; i += size) {
            for (uint256 j = start; j < i; j += size) {
                bool same = _word(key, i) == _word(key, j);
                if (size == 128) same = same && _word(key, i + 32) == _word(key, j + 32);
                if (same) revert KeyDegenerate(i, j);
            }
        }
    }

    function _checkNotGenerator(bytes memory key, uint256 place) private pure {
        if (_word(key, place) == G2_X1 && _word(key, place + 32) == G2_X0) revert KeyDegenerate(place, place);
    }

    /// @dev The 32 bytes of the key from place on. Memory: read only, within the key or up to 28 bytes of its padding.
    function _word(bytes memory key, uint256 place) private pure returns (uint256 word) {
        assembly {
            word := mload(add(add(key, 0x20), place))
        }
    }
}
