// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "./Base.sol";
import {vm} from "./Vm.sol";
import {K0_PLACE, R, TAIL_BYTES} from "../src/Groth16Verifier.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {IPlonkVerifier, IStatement, PlonkAdapter} from "../src/PlonkAdapter.sol";
import {PlonkDeployer} from "../src/PlonkDeployer.sol";

/// @dev Every answer that gnark's contract can give. (Its own answers to proofs: chain/plonk_test.go.)
contract Answers is IPlonkVerifier {
    error Malformed();

    uint256 public answer;

    function set(uint256 to) external {
        answer = to;
    }

    function Verify(bytes calldata, uint256[] calldata) external view returns (bool) {
        if (answer > 1) revert Malformed();
        return answer == 1;
    }
}

/// @dev The test is the drop whose statement the adapter asks for.
contract PlonkAdapterTest is Base, IStatement {
    Answers internal gnarks;
    PlonkAdapter internal adapter;
    uint256[5] internal _commitments = [uint256(11), 12, 13, 14, 15];
    uint256 public beacon = 16;
    uint256 internal _next;
    uint256[3] internal own = [uint256(17), 18, 19];
    bytes internal proof = filled();

    function commitments() external view returns (uint256[5] memory) {
        return _commitments;
    }

    function nextTemplate() external view returns (uint256, uint256) {
        return (_next, 1);
    }

    function setUp() public {
        gnarks = new Answers();
        gnarks.set(1);
        adapter = PlonkAdapter(address(new PlonkDeployer(address(gnarks), bytes32(uint256(5)))));
    }

    /// @dev No word is zero.
    function filled() internal pure returns (bytes memory p) {
        p = new bytes(768);
        for (uint256 i = 0; i < 24; ++i) {
            p[32 * i + 31] = 0x01;
        }
    }

    function dropInputs() internal view returns (uint256[] memory d) {
        d = new uint256[](6);
        for (uint256 i = 0; i < 5; ++i) {
            d[i] = _commitments[i];
        }
        d[5] = beacon;
    }

    function folded() internal view returns (uint256[2] memory) {
        return adapter.fold(dropInputs());
    }

    /// @dev The adapter as a drop's contract copies it: the folded point in K0's place.
    function bind() internal returns (PlonkAdapter bound) {
        bytes memory code = address(adapter).code;
        bytes memory point = abi.encode(folded());
        for (uint256 i = 0; i < 64; ++i) {
            code[code.length - TAIL_BYTES + K0_PLACE + i] = point[i];
        }
        bound = PlonkAdapter(address(0xb0));
        vm.etch(address(bound), code);
    }

    function all(uint256 template) internal view returns (uint256[] memory inputs) {
        inputs = new uint256[](9);
        uint256[] memory d = dropInputs();
        for (uint256 i = 0; i < 6; ++i) {
            inputs[i] = d[i];
        }
        inputs[2] = template;
        for (uint256 i = 0; i < 3; ++i) {
            inputs[6 + i] = own[i];
        }
    }

    function test_fuzz_verify_asksGnarksContract(uint256 seed) public {
        uint256[9] memory x = scalars(seed);
        _commitments = [x[0], x[1], x[2], x[3], x[4]];
        (beacon, own) = (x[5], tail(x));
        uint256[2] memory point = folded();
        vm.expectCall(address(gnarks), abi.encodeCall(IPlonkVerifier.Verify, (proof, all(x[2]))));
        adapter.verify(point, own, proof);
        PlonkAdapter bound = bind();
        vm.expectCall(address(gnarks), abi.encodeCall(IPlonkVerifier.Verify, (proof, all(x[2]))));
        bound.verifyBound(own, proof);
    }

    function test_verifyBound_asksGnarksContract() public {
        PlonkAdapter bound = bind();
        vm.expectCall(address(gnarks), abi.encodeCall(IPlonkVerifier.Verify, (proof, all(13))));
        bound.verifyBound(own, proof);
        same(address(bound.plonk()), address(gnarks), "gnark's contract");
    }

    function test_verify_knowsTheNextTemplate() public {
        _commitments[2] = _next = 99;
        uint256[2] memory point = folded();
        _commitments[2] = 13;
        vm.expectCall(address(gnarks), abi.encodeCall(IPlonkVerifier.Verify, (proof, all(99))));
        adapter.verify(point, own, proof);
    }

    function test_verify_revertsWhereGnarksContractReturnsFalse() public {
        uint256[2] memory point = folded();
        PlonkAdapter bound = bind();
        for (uint256 answer = 0; answer < 3; answer += 2) {
            gnarks.set(answer); // false, a revert
            vm.expectRevert(IProofVerifier.InvalidProof.selector);
            adapter.verify(point, own, proof);
            vm.expectRevert(IProofVerifier.InvalidProof.selector);
            bound.verifyBound(own, proof);
        }
    }

    function test_fuzz_verify_revertsWhenTheCallersStatementIsAnother(uint256 place, uint256 seed) public {
        uint256[2] memory point = folded();
        PlonkAdapter bound = bind();
        place %= 6;
        if (place < 5) _commitments[place] = otherScalar(_commitments[place], seed);
        else beacon = otherScalar(beacon, seed);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        adapter.verify(point, own, proof);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        bound.verifyBound(own, proof);
    }

    function test_verify_revertsWhenTheCallersStatementIsAnother() public {
        uint256[2] memory point = folded();
        PlonkAdapter bound = bind();
        for (uint256 i = 0; i < 6; ++i) {
            if (i < 5) ++_commitments[i];
            else ++beacon;
            vm.expectRevert(IProofVerifier.InvalidProof.selector);
            adapter.verify(point, own, proof);
            vm.expectRevert(IProofVerifier.InvalidProof.selector);
            bound.verifyBound(own, proof);
            if (i < 5) --_commitments[i];
            else --beacon;
        }
        point[1] = 1;
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        adapter.verify(point, own, proof);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        adapter.verifyBound(own, proof); // it is bound to nothing
    }

    function test_fuzz_verify_revertsWhenAnInputIsNotReduced(uint256 seed) public {
        uint256[2] memory point = folded();
        uint256[3] memory bad = [R, type(uint256).max, unreduced(seed)];
        for (uint256 i = 0; i < 27; ++i) {
            bytes memory why = abi.encodeWithSelector(IProofVerifier.InputNotReduced.selector, bad[i % 3]);
            uint256[] memory d = dropInputs();
            uint256[3] memory x = own;
            if (i < 9) x[i / 3] = bad[i % 3];
            else d[i / 3 - 3] = bad[i % 3];
            vm.expectRevert(why);
            if (i < 9) adapter.verify(point, x, proof);
            else adapter.fold(d);
        }
    }

    function test_fuzz_verify_revertsWhenTheLengthIsWrong(uint16 length) public {
        uint256[2] memory point = folded();
        length %= 2048;
        vm.assume(length != 768);
        vm.expectRevert(abi.encodeWithSelector(IProofVerifier.ProofLength.selector, length, 768));
        adapter.verify(point, own, new bytes(length));
    }

    /// @dev Any words may be zero, but for both of one point. A quarter of them are, so that about half of the proofs pass.
    function test_fuzz_verify_refusesPointsAtInfinityOnly(uint256 seed) public {
        bytes32 random = keccak256(abi.encode(seed));
        uint24 zeros = uint24(bytes3(random) & bytes3(random << 24));
        uint256[2] memory point = folded();
        bytes memory p = filled();
        for (uint256 i = 0; i < 24; ++i) {
            if (zeros >> i & 1 == 1) p[32 * i + 31] = 0;
        }
        uint256[9] memory places = [uint256(0), 2, 4, 6, 8, 10, 17, 20, 22];
        bool infinite;
        for (uint256 i = 0; i < 9; ++i) {
            infinite = infinite || zeros >> places[i] & 3 == 3;
        }
        if (infinite) vm.expectRevert(IProofVerifier.InvalidProof.selector);
        adapter.verify(point, own, p);
    }

    function test_verify_revertsWhenAPointIsAtInfinity() public {
        uint256[2] memory point = folded();
        PlonkAdapter bound = bind();
        uint256[9] memory places = [uint256(0), 2, 4, 6, 8, 10, 17, 20, 22];
        for (uint256 i = 0; i < places.length; ++i) {
            bytes memory p = filled();
            p[32 * places[i] + 31] = 0;
            adapter.verify(point, own, p); // a coordinate may be zero
            p[32 * places[i] + 63] = 0;
            vm.expectRevert(IProofVerifier.InvalidProof.selector);
            adapter.verify(point, own, p);
            vm.expectRevert(IProofVerifier.InvalidProof.selector);
            bound.verifyBound(own, p);
        }
    }

    /// @dev Values may be zero, and next to a coordinate that is.
    function test_verify_takesZerosThatAreNoPoint() public view {
        uint256[2] memory point = folded();
        uint256[6] memory values = [uint256(12), 13, 14, 15, 16, 19];
        bytes memory p = filled();
        for (uint256 i = 0; i < values.length; ++i) {
            p[32 * values[i] + 31] = 0;
        }
        p[32 * 11 + 31] = p[32 * 17 + 31] = p[32 * 20 + 31] = 0;
        adapter.verify(point, own, p);
    }

    function test_verify_revertsForWhoHasNoStatement() public {
        uint256[2] memory point = folded();
        vm.prank(address(0xdead));
        vm.expectRevert();
        adapter.verify(point, own, proof);
    }

    function test_verifyBatch_reverts() public {
        vm.expectRevert(PlonkAdapter.NoBatch.selector);
        adapter.verifyBatch([uint256(0), 0], new uint256[3][](0), "");
        vm.expectRevert(PlonkAdapter.NoBatch.selector);
        adapter.verifyBatchBound(new uint256[3][](0), "");
    }

    function test_fold_revertsWhenAnInputIsMissingOrTooMany() public {
        for (uint256 n = 0; n < 10; ++n) {
            if (n == 6) continue;
            vm.expectRevert(abi.encodeWithSelector(IProofVerifier.InputCount.selector, n, 6));
            adapter.fold(new uint256[](n));
        }
    }

    function test_fuzz_fold_bindsEachInput(uint256 seed, uint256 by) public view {
        uint256[] memory d = head(scalars(seed));
        bytes32 honest = keccak256(abi.encode(adapter.fold(d)));
        for (uint256 i = 0; i < 6; ++i) {
            uint256 value = d[i];
            d[i] = otherScalar(value, by);
            yes(keccak256(abi.encode(adapter.fold(d))) != honest, "an input folds into nothing");
            d[i] = value;
        }
    }

    function test_fuzz_deploy_keepsWhatItIsGiven(bytes32 digest, address none) public {
        adapter = PlonkAdapter(address(new PlonkDeployer(address(gnarks), digest)));
        same(address(adapter.plonk()), address(gnarks), "gnark's contract");
        same(adapter.keyDigest(), digest, "the key's digest");
        same(adapter.verifyingKey(), "", "the key");
        vm.assume(none.code.length == 0);
        vm.expectRevert(abi.encodeWithSelector(PlonkDeployer.InvalidPlonkVerifier.selector, none));
        new PlonkDeployer(none, digest);
        // An account that delegated to the very contract can delegate to another one.
        address account = address(uint160(uint256(keccak256(abi.encode(none)))));
        vm.etch(account, abi.encodePacked(hex"ef0100", address(gnarks)));
        vm.expectRevert(abi.encodeWithSelector(PlonkDeployer.InvalidPlonkVerifier.selector, account));
        new PlonkDeployer(account, digest);
    }
}
