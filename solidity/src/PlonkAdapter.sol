// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {K0_PLACE, R, TAIL_BYTES} from "./Groth16Verifier.sol";
import {IProofVerifier} from "./IProofVerifier.sol";

/// @title What gnark's exported contract offers
interface IPlonkVerifier {
    /// @notice Reports whether the proof shows its statement. It reverts for a malformed one.
    function Verify(bytes calldata proof, uint256[] calldata inputs) external view returns (bool success);
}

/// @title The part of a drop's contract that says what its statements are
interface IStatement {
    /// @notice Public inputs 0 to 4; input 2, the template, is 0 until it is set.
    function commitments() external view returns (uint256[5] memory);
    /// @notice Public input 5.
    function beacon() external view returns (uint256);
    /// @notice The other public input 2.
    function nextTemplate() external view returns (uint256 template, uint256 from);
}

/// @title PLONK verifier: puts gnark's exported contract behind the house's interface
/// @notice The convention is {IProofVerifier}'s: what verifies returns nothing, what does not reverts, also where
/// gnark's contract returns false. Deploy it with {PlonkDeployer}. A proof has 768 bytes, as gnark's contract takes it.
///
/// PLONK has no point into which six inputs could be folded. `fold` returns a hash of them, and whoever verifies with
/// that hash is asked for the inputs, by the functions of {IStatement}: so only a drop's contract can call `verify`
/// and `verifyBound`, and for itself alone. There are no batches: each proof takes a pairing check of its own.
/// @dev The last TAIL_BYTES of the code are not a key: they hold, a word each, the address of gnark's contract and the
/// key's digest, and the folded inputs where the mint contract puts them, at K0's place.
contract PlonkAdapter is IProofVerifier {
    /// @notice Thrown when proofs are to be verified together: a PLONK proof shares no work with another.
    error NoBatch();

    uint256 private constant PROOF_BYTES = 768;
    /// @dev The words at which the points L, R, O, H0, H1, H2, Z and the two openings start, a byte each.
    bytes9 private constant POINTS = 0x00020406080a111416;

    /// @inheritdoc IProofVerifier
    function fold(uint256[] calldata dropInputs) external pure returns (uint256[2] memory) {
        if (dropInputs.length != 6) revert InputCount(dropInputs.length, 6);
        uint256[6] memory inputs;
        for (uint256 i = 0; i < 6; ++i) {
            if (dropInputs[i] >= R) revert InputNotReduced(dropInputs[i]);
            inputs[i] = dropInputs[i];
        }
        return _hash(inputs);
    }

    /// @inheritdoc IProofVerifier
    function verify(uint256[2] calldata folded, uint256[3] calldata tokenInputs, bytes calldata proof) external view {
        _verify(folded, tokenInputs, proof);
    }

    /// @inheritdoc IProofVerifier
    function verifyBound(uint256[3] calldata tokenInputs, bytes calldata proof) external view {
        _verify([_word(K0_PLACE), _word(K0_PLACE + 32)], tokenInputs, proof);
    }

    /// @inheritdoc IProofVerifier
    function verifyBatch(uint256[2] calldata, uint256[3][] calldata, bytes calldata) external pure {
        revert NoBatch();
    }

    /// @inheritdoc IProofVerifier
    function verifyBatchBound(uint256[3][] calldata, bytes calldata) external pure {
        revert NoBatch();
    }

    /// @inheritdoc IProofVerifier
    function keyDigest() external pure returns (bytes32) {
        return bytes32(_word(32));
    }

    /// @inheritdoc IProofVerifier
    /// @dev The key is in the code of `plonk`, constant by constant. Nothing is here.
    function verifyingKey() external pure returns (bytes memory) {}

    /// @notice gnark's contract for the key.
    function plonk() public pure returns (IPlonkVerifier) {
        return IPlonkVerifier(address(uint160(_word(0))));
    }

    function _verify(uint256[2] memory folded, uint256[3] calldata tokenInputs, bytes calldata proof) private view {
        if (proof.length != PROOF_BYTES) revert ProofLength(proof.length, PROOF_BYTES);
        _assertFinite(proof);
        uint256[6] memory drop = _inputsOf(folded);
        uint256[] memory inputs = new uint256[](9);
        for (uint256 i = 0; i < 6; ++i) {
            inputs[i] = drop[i];
        }
        for (uint256 i = 0; i < 3; ++i) {
            if (tokenInputs[i] >= R) revert InputNotReduced(tokenInputs[i]);
            inputs[6 + i] = tokenInputs[i];
        }
        try plonk().Verify(proof, inputs) returns (bool good) {
            if (!good) revert InvalidProof();
        } catch {
            revert InvalidProof();
        }
    }

    /// @dev The precompiles, and so gnark's contract, take (0, 0) for the point at infinity, which no other verifier takes.
    /// The proof's length has been checked. Memory: none.
    function _assertFinite(bytes calldata proof) private pure {
        for (uint256 i = 0; i < POINTS.length; ++i) {
            uint256 place = 32 * uint256(uint8(POINTS[i]));
            uint256 either;
            assembly ("memory-safe") {
                let x := add(proof.offset, place)
                either := or(calldataload(x), calldataload(add(x, 0x20)))
            }
            if (either == 0) revert InvalidProof();
        }
    }

    /// @dev The caller's inputs that fold into this, under its first template or the other one.
    function _inputsOf(uint256[2] memory folded) private view returns (uint256[6] memory inputs) {
        IStatement caller = IStatement(msg.sender);
        uint256[5] memory commitments = caller.commitments();
        for (uint256 i = 0; i < 5; ++i) {
            inputs[i] = commitments[i];
        }
        inputs[5] = caller.beacon();
        if (_isHash(folded, inputs)) return inputs;
        (inputs[2],) = caller.nextTemplate();
        if (!_isHash(folded, inputs)) revert InvalidProof();
    }

    function _isHash(uint256[2] memory folded, uint256[6] memory inputs) private pure returns (bool) {
        uint256[2] memory hash = _hash(inputs);
        return folded[0] == hash[0] && folded[1] == hash[1];
    }

    /// @dev The hash, and 0 in the place of a second coordinate.
    function _hash(uint256[6] memory inputs) private pure returns (uint256[2] memory) {
        return [uint256(keccak256(abi.encode(inputs))), uint256(0)];
    }

    /// @dev A word of the last TAIL_BYTES of the code. Memory: scratch.
    function _word(uint256 place) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            codecopy(0x00, add(sub(codesize(), TAIL_BYTES), place), 0x20)
            word := mload(0x00)
        }
    }
}
