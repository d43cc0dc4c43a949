// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "./Base.sol";
import {vm} from "./Vm.sol";
import {P, R} from "../src/Groth16Verifier.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";

contract VerifyBatchTest is Base {
    uint256 internal constant KINDS = 6;

    IProofVerifier internal verifier;
    uint256[2] internal folded;

    function setUp() public {
        loadSimulator();
        verifier = deployVerifier(key);
        folded = verifier.fold(head(scalars(0)));
    }

    /// @dev n statements of one drop and their proofs.
    function batch(uint256 n) internal returns (uint256[3][] memory inputs, bytes[] memory proofs) {
        inputs = new uint256[3][](n);
        proofs = new bytes[](n);
        for (uint256 i = 0; i < n; ++i) {
            uint256[9] memory all = scalars(0);
            (all[6], all[7], all[8]) = (i + 1, all[7] >> 128, uint256(keccak256(abi.encode(i))) >> 128);
            inputs[i] = tail(all);
            proofs[i] = prove(all);
        }
    }

    function joined(bytes[] memory proofs) internal pure returns (bytes memory all) {
        for (uint256 i = 0; i < proofs.length; ++i) {
            all = bytes.concat(all, proofs[i]);
        }
    }

    /// @dev Any lie about one proof.
    function spoil(uint256[3][] memory inputs, bytes[] memory proofs, uint256 i, uint256 kind) internal view {
        uint256[8] memory w = abi.decode(proofs[i], (uint256[8]));
        if (kind < 3) {
            inputs[i][kind] = addmod(inputs[i][kind], 1, R);
        } else if (kind == 3) {
            w[1] = P - w[1]; // A negated
        } else if (kind == 4) {
            (w[6], w[7]) = plus(w[6], w[7], 1, 2); // C of something else
        } else {
            (w[0], w[1]) = plus(w[0], w[1], 1, 2); // A of something else
        }
        proofs[i] = abi.encode(w);
    }

    /// @dev The batch passes exactly when all its proofs do: any subset of bad ones, each with any lie.
    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_verifyBatch_agreesWithVerify(uint8 bad, uint256 kinds) public {
        bad %= 16;
        (uint256[3][] memory inputs, bytes[] memory proofs) = batch(4);
        for (uint256 i = 0; i < 4; ++i) {
            if (bad >> i & 1 == 0) continue;
            spoil(inputs, proofs, i, (kinds >> 8 * i & 0xff) % KINDS);
            vm.expectRevert(IProofVerifier.InvalidProof.selector);
            verifier.verify{gas: 3_000_000}(folded, inputs[i], proofs[i]);
        }
        if (bad != 0) vm.expectRevert(IProofVerifier.InvalidProof.selector);
        verifier.verifyBatch{gas: 3_000_000}(folded, inputs, joined(proofs));
    }

    /// forge-config: ci.fuzz.runs = 256
    function test_fuzz_verifyBatch_revertsWhenOneIsBad(uint256 size, uint256 which, uint256 kind) public {
        size = size % 8 + 1;
        (uint256[3][] memory inputs, bytes[] memory proofs) = batch(size);
        verifier.verifyBatch(folded, inputs, joined(proofs));
        spoil(inputs, proofs, which % size, kind % KINDS);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        verifier.verifyBatch{gas: 3_000_000}(folded, inputs, joined(proofs));
    }

    /// @dev Errors that would cancel without challenges.
    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_verifyBatch_revertsWhenErrorsAreOpposite(uint256 i, uint256 j, uint256 scalar) public {
        (i, j) = (i % 3, (i % 3 + j % 2 + 1) % 3);
        (uint256[3][] memory inputs, bytes[] memory proofs) = batch(3);
        (uint256 x, uint256 y) = times(1, 2, scalar % (R - 1) + 1);
        uint256[8] memory w = abi.decode(proofs[i], (uint256[8]));
        (w[6], w[7]) = plus(w[6], w[7], x, y);
        proofs[i] = abi.encode(w);
        w = abi.decode(proofs[j], (uint256[8]));
        (w[6], w[7]) = plus(w[6], w[7], x, P - y);
        proofs[j] = abi.encode(w);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        verifier.verifyBatch{gas: 3_000_000}(folded, inputs, joined(proofs));
    }

    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_verifyBatch_revertsWhenSwapped(uint256 size, uint256 i, uint256 j) public {
        size = size % 4 + 2;
        i %= size;
        j = (i + j % (size - 1) + 1) % size;
        (uint256[3][] memory inputs, bytes[] memory proofs) = batch(size);
        (proofs[i], proofs[j]) = (proofs[j], proofs[i]);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        verifier.verifyBatch{gas: 3_000_000}(folded, inputs, joined(proofs));
        (inputs[i], inputs[j]) = (inputs[j], inputs[i]);
        verifier.verifyBatch(folded, inputs, joined(proofs));
    }

    /// @dev The scalar that each A is multiplied by is the hash of everything: key, folded, n, all inputs, all proofs.
    function test_verifyBatch_challengesAreOverEverything() public {
        (uint256[3][] memory inputs, bytes[] memory proofs) = batch(3);
        bytes memory transcript = abi.encode(folded, verifier.keyDigest(), 3, inputs[0], inputs[1], inputs[2]);
        bytes32 seed = keccak256(bytes.concat(transcript, joined(proofs)));
        bytes memory all = joined(proofs);
        for (uint256 i = 1; i < 3; ++i) {
            uint256[8] memory w = abi.decode(proofs[i], (uint256[8]));
            uint256 r = uint256(keccak256(abi.encode(seed, i))) >> 128;
            vm.expectCall(address(7), abi.encode(w[0], P - w[1], r));
            vm.expectCall(address(7), abi.encode(w[6], w[7], r));
        }
        verifier.verifyBatch(folded, inputs, all);
    }

    function test_verifyBatch_passesWhenEmptyOrRepeated() public {
        verifier.verifyBatch(folded, new uint256[3][](0), "");
        (uint256[3][] memory inputs, bytes[] memory proofs) = batch(2);
        (inputs[1], proofs[1]) = (inputs[0], negated(proofs[0]));
        verifier.verifyBatch(folded, inputs, joined(proofs));
    }

    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_verifyBatch_revertsWhenNotReduced(uint256 seed) public {
        (uint256[3][] memory inputs, bytes[] memory proofs) = batch(2);
        for (uint256 i = 0; i < 6; ++i) {
            uint256 value = inputs[i / 3][i % 3];
            uint256[4] memory bad = [value + R, R, type(uint256).max, unreduced(seed)];
            for (uint256 j = 0; j < 4; ++j) {
                inputs[i / 3][i % 3] = bad[j];
                vm.expectRevert(abi.encodeWithSelector(IProofVerifier.InputNotReduced.selector, bad[j]));
                verifier.verifyBatch{gas: 3_000_000}(folded, inputs, joined(proofs));
            }
            inputs[i / 3][i % 3] = value;
        }
    }

    function test_fuzz_verifyBatch_revertsWhenTheLengthIsWrong(uint8 size, uint16 length) public {
        (size, length) = (size % 8, length % 2049);
        vm.assume(length != 256 * uint256(size));
        bytes memory why = abi.encodeWithSelector(IProofVerifier.ProofLength.selector, length, 256 * uint256(size));
        vm.expectRevert(why);
        verifier.verifyBatch{gas: 3_000_000}(folded, new uint256[3][](size), new bytes(length));
        vm.expectRevert(why);
        verifier.verifyBatchBound{gas: 3_000_000}(new uint256[3][](size), new bytes(length));
    }

    function test_verifyBatch_revertsWhenTheLengthIsWrong() public {
        (uint256[3][] memory inputs, bytes[] memory proofs) = batch(2);
        vm.expectRevert(abi.encodeWithSelector(IProofVerifier.ProofLength.selector, 256, 512));
        verifier.verifyBatch{gas: 3_000_000}(folded, inputs, proofs[0]);
        vm.expectRevert(abi.encodeWithSelector(IProofVerifier.ProofLength.selector, 513, 512));
        verifier.verifyBatch{gas: 3_000_000}(folded, inputs, bytes.concat(joined(proofs), hex"00"));
        vm.expectRevert(abi.encodeWithSelector(IProofVerifier.ProofLength.selector, 1, 0));
        verifier.verifyBatch{gas: 3_000_000}(folded, new uint256[3][](0), hex"00");
    }
}
