// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "./Base.sol";
import {vm} from "./Vm.sol";
import {
    Groth16Verifier,
    INPUT_COUNT,
    INPUT_NOT_REDUCED,
    INVALID_KEY,
    INVALID_PROOF,
    P,
    R
} from "../src/Groth16Verifier.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";

contract Groth16VerifierTest is Base {
    IProofVerifier internal verifier;

    uint256[9] internal inputs;
    uint256[2] internal folded;
    bytes internal proof;

    function setUp() public {
        loadSimulator();
        verifier = deployVerifier(key);
        inputs = scalars(1);
        folded = verifier.fold(head(inputs));
        proof = prove(inputs);
    }

    function test_code_isTheRuntimeAndTheKey() public view {
        bytes memory runtime = type(Groth16Verifier).runtimeCode;
        same(address(verifier).code, bytes.concat(runtime, key, bytes2(uint16(key.length))), "code");
        yes(runtime.length <= 4000, "4000 bytes");
    }

    function test_selectors_areTheErrors() public pure {
        same(INPUT_COUNT, uint32(IProofVerifier.InputCount.selector), "InputCount");
        same(INPUT_NOT_REDUCED, uint32(IProofVerifier.InputNotReduced.selector), "InputNotReduced");
        same(INVALID_PROOF, uint32(IProofVerifier.InvalidProof.selector), "InvalidProof");
        same(INVALID_KEY, uint32(IProofVerifier.InvalidKey.selector), "InvalidKey");
    }

    function test_verifyingKey() public view {
        same(verifier.verifyingKey(), key, "key");
        same(verifier.keyDigest(), vm.parseJsonBytes32(vm.readFile("testdata/simulator.json"), ".digest"), "digest");
    }

    function test_fuzz_fold_isTheSum(uint256 seed) public view {
        uint256[9] memory x = scalars(seed);
        uint256 sum = secrets.k[0];
        for (uint256 i = 0; i < 6; ++i) {
            sum = addmod(sum, mulmod(x[i], secrets.k[i + 1], R), R);
        }
        (uint256 wantX, uint256 wantY) = times(1, 2, sum);
        uint256[2] memory got = verifier.fold(head(x));
        same(got[0], wantX, "x");
        same(got[1], wantY, "y");
    }

    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_fold_revertsWhenNotReduced(uint256 seed) public {
        uint256[4] memory bad = [R, R + 1, type(uint256).max, unreduced(seed)];
        for (uint256 i = 0; i < 24; ++i) {
            uint256[] memory x = head(inputs);
            x[i / 4] = bad[i % 4];
            vm.expectRevert(abi.encodeWithSelector(IProofVerifier.InputNotReduced.selector, bad[i % 4]));
            verifier.fold{gas: 3_000_000}(x);
        }
    }

    function test_fuzz_verify_acceptsAProof(uint256 seed) public {
        uint256[9] memory x = scalars(seed);
        bytes memory good = prove(x);
        verifier.verify(verifier.fold(head(x)), tail(x), good);
        verifier.verify(verifier.fold(head(x)), tail(x), negated(good));
    }

    function test_verify_edgesOfInputs() public {
        uint256[3] memory edges = [uint256(0), 1, R - 1];
        for (uint256 i = 0; i < 27; ++i) {
            (inputs[6], inputs[7], inputs[8]) = (edges[i % 3], edges[i / 3 % 3], edges[i / 9]);
            verifier.verify(folded, tail(inputs), prove(inputs));
        }
    }

    /// forge-config: default.fuzz.runs = 8
    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_verify_revertsWhenAnInputChanges(uint256 seed) public {
        for (uint256 i = 0; i < 9; ++i) {
            uint256[9] memory x = inputs;
            x[i] = otherScalar(x[i], seed);
            uint256[2] memory point = verifier.fold(head(x));
            vm.expectRevert(IProofVerifier.InvalidProof.selector);
            verifier.verify{gas: 3_000_000}(point, tail(x), proof);
        }
    }

    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_verify_revertsWhenNotReduced(uint256 seed) public {
        uint256[4] memory bad = [R, R + inputs[7], type(uint256).max, unreduced(seed)];
        for (uint256 i = 0; i < 12; ++i) {
            uint256[3] memory x = tail(inputs);
            x[i / 4] = bad[i % 4];
            vm.expectRevert(abi.encodeWithSelector(IProofVerifier.InputNotReduced.selector, bad[i % 4]));
            verifier.verify{gas: 3_000_000}(folded, x, proof);
        }
    }

    /// @dev Also where the proof's bytes are all there, and more behind them.
    function test_fuzz_verify_revertsWhenTheLengthIsWrong(uint16 length) public {
        length %= 2048;
        vm.assume(length != 256);
        bytes memory bad = bytes.concat(proof, new bytes(2048));
        assembly ("memory-safe") {
            mstore(bad, length)
        }
        bytes memory why = abi.encodeWithSelector(IProofVerifier.ProofLength.selector, length, 256);
        vm.expectRevert(why);
        verifier.verify{gas: 3_000_000}(folded, tail(inputs), bad);
        vm.expectRevert(why);
        verifier.verifyBound{gas: 3_000_000}(tail(inputs), bad);
        vm.expectRevert(why);
        verifier.verifyBatch{gas: 3_000_000}(folded, one(tail(inputs)), bad);
    }

    /// forge-config: ci.fuzz.runs = 48
    function test_fuzz_verify_revertsWhenAWordIsReplaced(uint256 place, uint256 word) public {
        uint256[8] memory w = abi.decode(proof, (uint256[8]));
        vm.assume(w[place % 8] != word);
        w[place % 8] = word;
        checkRejected(tail(inputs), abi.encode(w));
    }

    /// @dev Words that are a point, and words that are none.
    /// forge-config: ci.fuzz.runs = 128
    function test_fuzz_verify_revertsWhenAnotherPointIsFolded(uint256 x, uint256 y) public {
        uint256[2] memory bad = [x, y];
        if (y % 2 == 0) (bad[0], bad[1]) = times(1, 2, x % R);
        vm.assume(bad[0] != folded[0] || bad[1] != folded[1]);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        verifier.verify{gas: 3_000_000}(bad, tail(inputs), proof);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        verifier.verifyBatch{gas: 3_000_000}(bad, one(tail(inputs)), proof);
    }

    function test_fuzz_verify_revertsWhenAByteChanges(uint256 place, uint8 by) public {
        bytes memory bad = bytes.concat(proof);
        bad[place % 256] ^= bytes1(by == 0 ? 1 : by);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        verifier.verify{gas: 3_000_000}(folded, tail(inputs), bad);
    }

    /// @dev With a point at infinity, or a coordinate that is not reduced, where the rest of the proof is right.
    function test_verify_revertsWhenAPointIsMalformed() public {
        uint256[8] memory w = abi.decode(proof, (uint256[8]));
        uint256[8][14] memory rows;
        for (uint256 i = 0; i < 8; ++i) {
            rows[i] = abi.decode(proof, (uint256[8]));
            rows[i][i] += P;
        }
        rows[8] = [0, 0, w[2], w[3], w[4], w[5], w[6], w[7]];
        rows[9] = [0, P, w[2], w[3], w[4], w[5], w[6], w[7]];
        rows[10] = [w[0], w[1], 0, 0, 0, 0, w[6], w[7]];
        rows[11] = [w[0], w[1], w[2], w[3], w[4], w[5], 0, 0];
        rows[12] = [w[6], w[7], w[2], w[3], w[4], w[5], w[0], w[1]];
        rows[13] = [w[0], w[1], w[3], w[2], w[5], w[4], w[6], w[7]];
        for (uint256 i = 0; i < rows.length; ++i) {
            checkRejected(tail(inputs), abi.encode(rows[i]));
        }
    }

    /// @dev Proofs that hold with a point at infinity: Go refuses them, and so does this.
    function test_verify_revertsWhenAPointIsInfinite() public {
        uint256 x = secrets.k[0];
        for (uint256 j = 0; j < 9; ++j) {
            x = addmod(x, mulmod(inputs[j], secrets.k[j + 1], R), R);
        }
        uint256 known = addmod(mulmod(secrets.alpha, secrets.beta, R), mulmod(x, secrets.gamma, R), R);
        // C = 0 needs a·b = α·β + x·γ.
        (uint256 u, uint256 v) = times(1, 2, mulmod(known, inverse(secrets.b[0]), R));
        checkRejected(tail(inputs), bytes.concat(abi.encode(u, v), secrets.points[0], new bytes(64)));
        // A or B = 0 needs c·δ = -(α·β + x·γ).
        (u, v) = times(1, 2, mulmod(R - known, inverse(secrets.delta), R));
        checkRejected(tail(inputs), bytes.concat(abi.encode(0, 0), secrets.points[0], abi.encode(u, v)));
        checkRejected(tail(inputs), bytes.concat(abi.encode(0, P), secrets.points[0], abi.encode(u, v)));
        checkRejected(tail(inputs), bytes.concat(abi.encode(1, 2), new bytes(128), abi.encode(u, v)));
    }

    function test_verify_revertsWhenBIsOutsideTheSubgroup() public {
        bytes memory outside = vm.parseJsonBytes(vm.readFile("testdata/simulator.json"), ".outside");
        uint256[8] memory w = abi.decode(proof, (uint256[8]));
        checkRejected(tail(inputs), bytes.concat(abi.encode(w[0], w[1]), outside, abi.encode(w[6], w[7])));
    }

    function test_verify_revertsWhenFoldedIsNoPoint() public {
        uint256[2][3] memory bad = [[folded[0], folded[1] + 1], [folded[0] + P, folded[1]], [uint256(0), 1]];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(IProofVerifier.InvalidProof.selector);
            verifier.verify{gas: 3_000_000}(bad[i], tail(inputs), proof);
            vm.expectRevert(IProofVerifier.InvalidProof.selector);
            verifier.verifyBatch{gas: 3_000_000}(bad[i], one(tail(inputs)), proof);
        }
    }

    /// @dev Without a key every point is garbage.
    function test_verify_revertsWhenThereIsNoKey() public {
        Groth16Verifier bare = new Groth16Verifier();
        vm.expectPartialRevert(IProofVerifier.InputCount.selector);
        bare.fold{gas: 3_000_000}(head(inputs));
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        bare.verify{gas: 3_000_000}(folded, tail(inputs), proof);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        bare.verifyBound{gas: 3_000_000}(tail(inputs), proof);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        bare.verifyBatch{gas: 3_000_000}(folded, one(tail(inputs)), proof);
    }

    /// @dev One code serves keys of four inputs and more: all but the last three fold.
    function test_verify_takesKeysOfAnyNumberOfInputs() public {
        for (uint256 n = 4; n <= 9; ++n) {
            IProofVerifier v = deployVerifier(keyOf(n));
            same(v.verifyingKey(), keyOf(n), "key");
            uint256[] memory all = new uint256[](n);
            uint256[] memory constant_ = new uint256[](n - 3);
            for (uint256 i = 0; i < n; ++i) {
                all[i] = uint256(keccak256(abi.encode(n, i))) % R;
                if (i < n - 3) constant_[i] = all[i];
            }
            uint256[3] memory own = [all[n - 3], all[n - 2], all[n - 1]];
            uint256[2] memory point = v.fold(constant_);
            bytes memory p = prove(all);
            v.verify(point, own, p);
            v.verifyBatch(point, one(own), p);
            for (uint256 i = 0; i < n; ++i) {
                uint256 value = all[i];
                all[i] = addmod(value, 1, R);
                bytes memory other = prove(all);
                all[i] = value;
                vm.expectRevert(IProofVerifier.InvalidProof.selector);
                v.verify{gas: 3_000_000}(point, own, other);
                vm.expectRevert(IProofVerifier.InvalidProof.selector);
                v.verifyBatch{gas: 3_000_000}(point, one(own), other);
            }
            for (uint256 wrong = 0; wrong < 8; ++wrong) {
                if (wrong == n - 3) continue;
                vm.expectRevert(abi.encodeWithSelector(IProofVerifier.InputCount.selector, wrong, n - 3));
                v.fold(new uint256[](wrong));
            }
        }
    }

    /// @dev With the key's own K0 the drop inputs are zeros.
    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_verifyBound_isVerifyOfZeros(uint256 seed) public {
        uint256[9] memory x = scalars(seed);
        bytes memory bad = prove(x);
        for (uint256 i = 0; i < 6; ++i) {
            x[i] = 0;
        }
        bytes memory good = prove(x);
        verifier.verifyBound(tail(x), good);
        verifier.verifyBatchBound(one(tail(x)), good);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        verifier.verifyBound{gas: 3_000_000}(tail(x), bad);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        verifier.verifyBatchBound{gas: 3_000_000}(one(tail(x)), bad);
    }

    /// @dev Both ways to verify refuse it.
    function checkRejected(uint256[3] memory x, bytes memory bad) internal {
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        verifier.verify{gas: 3_000_000}(folded, x, bad);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        verifier.verifyBatch{gas: 3_000_000}(folded, one(x), bad);
        // Second in its batch, a proof is multiplied by a challenge.
        uint256[3][] memory two = new uint256[3][](2);
        (two[0], two[1]) = (tail(inputs), x);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        verifier.verifyBatch{gas: 3_000_000}(folded, two, bytes.concat(proof, bad));
    }

    function one(uint256[3] memory x) internal pure returns (uint256[3][] memory list) {
        list = new uint256[3][](1);
        list[0] = x;
    }
}
