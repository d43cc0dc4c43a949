// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Verifies Groth16 proofs of genproof's nine public inputs over BN254
/// @notice One convention throughout: what verifies returns nothing, what does not reverts. There is no answer that a
/// caller could forget to look at.
///
/// The key is part of the contract's code. The six inputs that are constants of a drop are folded once into a point,
/// and a proof then costs the work of the three inputs of its token.
///
/// Points are two words (x, y), 32 bytes big-endian each. A proof is A.x A.y B.x1 B.x0 B.y1 B.y0 C.x C.y: the order of
/// the EVM's precompiles, and of the 256 bytes in a bundle.
///
/// Proofs are malleable: whoever sees one can make others of the same statement. Never use a proof, or its hash, as the
/// key of anything.
/// @dev A point that is not on its curve makes a precompile fail, which burns the gas given to it: up to 63/64 of what
/// the caller had. Simulate before sending. A call that runs short of gas reverts too, with any error or none: who
/// catches a revert must not take it for a verdict unless he gave gas enough.
interface IGroth16Verifier {
    /// @notice An input is not below the order of the scalar field; nothing is ever reduced.
    error InputNotReduced(uint256 input);

    /// @notice The proof, or one of the batch, does not show its statement, or has a malformed or infinite point; or
    /// the folded point is not on the curve.
    error InvalidProof();

    /// @notice No valid verifying key stands behind the code, or the chain lacks the precompiles.
    error InvalidKey();

    /// @notice A proof has 256 bytes, and a batch that many for each statement.
    error ProofLength(uint256 bytesGiven, uint256 bytesWanted);

    /// @notice Folds a drop's constant inputs into one point: K0 + Σ input[i]·K(i+1).
    /// @param dropInputs model, policy, template, authority, seeds, beacon: public inputs 0 to 5.
    /// @return folded What `verify` and `verifyBatch` take. Store it; it stands for all six inputs.
    function fold(uint256[6] calldata dropInputs) external view returns (uint256[2] memory folded);

    /// @notice Returns if the proof shows its statement, else reverts.
    /// @param folded From `fold` of this very contract. Never take it from whoever brings the proof: with a point of
    /// his own choice anybody can prove anything.
    /// @param tokenInputs token (recipient · 2^64 + id), high and low half of the metadata hash: public inputs 6 to 8.
    /// @param proof A, B, C: 256 bytes.
    function verify(uint256[2] calldata folded, uint256[3] calldata tokenInputs, bytes calldata proof) external view;

    /// @notice Returns if all proofs show their statements, else reverts; an empty batch passes.
    /// @dev One pairing call of n + 3 pairs over a random linear combination. The challenges are 128 bits of keccak256
    /// over the key's digest, the folded point, all inputs and all proofs; a false statement passes with probability
    /// 2^-128. Its parameters are those of `verify`, the proofs one after the other.
    function verifyBatch(uint256[2] calldata folded, uint256[3][] calldata tokenInputs, bytes calldata proofs)
        external
        view;

    /// @notice `verify` with the key's own K0 as the folded point. Of a verifier whose K0 is a drop's folded point this
    /// is the cheapest way to verify its tokens; with any other key it means that all six drop inputs are zero.
    function verifyBound(uint256[3] calldata tokenInputs, bytes calldata proof) external view;

    /// @notice `verifyBatch` with the key's own K0 as the folded point, as in `verifyBound`.
    function verifyBatchBound(uint256[3][] calldata tokenInputs, bytes calldata proofs) external view;

    /// @notice The SHA-256 of the verifying key's bytes: the key's name everywhere.
    function keyDigest() external view returns (bytes32);

    /// @notice The verifying key's 1092 bytes: the number of K points (4 bytes), α, β, γ, δ, K0 to K9.
    function verifyingKey() external view returns (bytes memory);
}
