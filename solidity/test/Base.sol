// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";

import {vm} from "./Vm.sol";
import {R, P} from "../src/Groth16Verifier.sol";
import {Groth16Deployer} from "../src/Groth16Deployer.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";

/// @dev Assertions, and a simulator: with a key whose secrets are known it makes an accepted proof of any statement.
abstract contract Base {
    struct Secrets {
        uint256 alpha;
        uint256 beta;
        uint256 gamma;
        uint256 delta;
        uint256[] k;
        uint256[] b;
        bytes[] points;
    }

    Secrets internal secrets;
    bytes internal key;
    uint256 private _nonce;

    error Differ(string what, bytes32 got, bytes32 want);

    function same(uint256 got, uint256 want, string memory what) internal pure {
        if (got != want) revert Differ(what, bytes32(got), bytes32(want));
    }

    function same(bytes32 got, bytes32 want, string memory what) internal pure {
        if (got != want) revert Differ(what, got, want);
    }

    function same(address got, address want, string memory what) internal pure {
        same(uint160(got), uint160(want), what);
    }

    function same(bytes memory got, bytes memory want, string memory what) internal pure {
        same(keccak256(got), keccak256(want), what);
    }

    function yes(bool condition, string memory what) internal pure {
        if (!condition) revert Differ(what, bytes32(0), bytes32(uint256(1)));
    }

    /// @dev Reads the key with known secrets.
    function loadSimulator() internal {
        string memory json = vm.readFile("testdata/simulator.json");
        key = vm.parseJsonBytes(json, ".key");
        secrets.alpha = vm.parseJsonUint(json, ".alpha");
        secrets.beta = vm.parseJsonUint(json, ".beta");
        secrets.gamma = vm.parseJsonUint(json, ".gamma");
        secrets.delta = vm.parseJsonUint(json, ".delta");
        secrets.k = vm.parseJsonUintArray(json, ".k");
        secrets.b = vm.parseJsonUintArray(json, ".b");
        secrets.points = vm.parseJsonBytesArray(json, ".points");
    }

    function deployVerifier(bytes memory bytesOfKey) internal returns (IProofVerifier) {
        return IProofVerifier(address(new Groth16Deployer(bytesOfKey)));
    }

    /// @dev A fresh proof of a statement with nine inputs.
    function prove(uint256[9] memory inputs) internal returns (bytes memory) {
        uint256[] memory all = new uint256[](9);
        for (uint256 i = 0; i < 9; ++i) {
            all[i] = inputs[i];
        }
        return prove(all);
    }

    /// @dev The key for fewer inputs: that of its first K points.
    function keyOf(uint256 inputs) internal view returns (bytes memory) {
        return abi.encodePacked(uint32(inputs + 1), Bytes.slice(key, 4, 0x1c4 + 64 * (inputs + 1)));
    }

    /// @dev A fresh proof under the key of as many inputs: C = (a·b - α·β - x·γ) / δ.
    function prove(uint256[] memory inputs) internal returns (bytes memory) {
        uint256[8] memory proof;
        uint256 a = uint256(keccak256(abi.encode("a", ++_nonce))) % R;
        uint256 i = _nonce % secrets.b.length;
        uint256 x = secrets.k[0];
        for (uint256 j = 0; j < inputs.length; ++j) {
            x = addmod(x, mulmod(inputs[j], secrets.k[j + 1], R), R);
        }
        uint256 c = mulmod(a, secrets.b[i], R);
        c = addmod(c, R - mulmod(secrets.alpha, secrets.beta, R), R);
        c = addmod(c, R - mulmod(x, secrets.gamma, R), R);
        c = mulmod(c, inverse(secrets.delta), R);
        (proof[0], proof[1]) = times(1, 2, a);
        (proof[2], proof[3], proof[4], proof[5]) = abi.decode(secrets.points[i], (uint256, uint256, uint256, uint256));
        (proof[6], proof[7]) = times(1, 2, c);
        return abi.encode(proof);
    }

    function times(uint256 x, uint256 y, uint256 scalar) internal view returns (uint256, uint256) {
        (bool ok, bytes memory result) = address(7).staticcall(abi.encode(x, y, scalar));
        yes(ok, "multiplication");
        return abi.decode(result, (uint256, uint256));
    }

    function plus(uint256 x, uint256 y, uint256 u, uint256 v) internal view returns (uint256, uint256) {
        (bool ok, bytes memory result) = address(6).staticcall(abi.encode(x, y, u, v));
        yes(ok, "addition");
        return abi.decode(result, (uint256, uint256));
    }

    function inverse(uint256 a) internal view returns (uint256) {
        (bool ok, bytes memory result) = address(5).staticcall(abi.encode(32, 32, 32, a, R - 2, R));
        yes(ok, "inverse");
        return abi.decode(result, (uint256));
    }

    /// @dev The same statement's proof in other bytes: (-A, -B, C).
    function negated(bytes memory proof) internal pure returns (bytes memory) {
        uint256[8] memory w = abi.decode(proof, (uint256[8]));
        w[1] = P - w[1];
        w[4] = (P - w[4]) % P;
        w[5] = (P - w[5]) % P;
        return abi.encode(w);
    }

    /// @dev Any word that is no scalar.
    function unreduced(uint256 seed) internal pure returns (uint256) {
        return R + seed % (type(uint256).max - R + 1);
    }

    /// @dev Another scalar than x, any of them.
    function otherScalar(uint256 x, uint256 seed) internal pure returns (uint256) {
        return addmod(x, seed % (R - 1) + 1, R);
    }

    /// @dev Nine scalars made of a seed.
    function scalars(uint256 seed) internal pure returns (uint256[9] memory inputs) {
        for (uint256 i = 0; i < 9; ++i) {
            inputs[i] = uint256(keccak256(abi.encode(seed, i))) % R;
        }
    }

    function head(uint256[9] memory inputs) internal pure returns (uint256[] memory first) {
        first = new uint256[](6);
        for (uint256 i = 0; i < 6; ++i) {
            first[i] = inputs[i];
        }
    }

    function tail(uint256[9] memory inputs) internal pure returns (uint256[3] memory) {
        return [inputs[6], inputs[7], inputs[8]];
    }
}
