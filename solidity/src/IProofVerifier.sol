// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Verifies proofs of genproof's statements over BN254
/// @notice One interface for both proof systems: {Groth16Verifier} and {PlonkAdapter}. One convention throughout: what
/// verifies returns nothing, what does not reverts. There is no answer that a caller could forget to look at.
///
/// The inputs that are constants of a drop (six of a drawn one's nine, two of a deck's five) are folded once into two
/// words, and every later call brings these and the three inputs of its own. What the two words are, and what the bytes of a proof and of a key are, each system
/// says at its contract.
///
/// Proofs are malleable: whoever sees one may be able to make others of the same statement. Never use a proof, or its
/// hash, as the key of anything.
/// @dev A point that is not on its curve makes a precompile fail, which burns the gas given to it: up to 63/64 of what
/// the caller had. Simulate before sending. A call that runs short of gas reverts too, with any error or none: a
/// caller that catches a revert must not take it for a verdict unless it gave enough gas.
interface IProofVerifier {
    /// @notice Thrown when the key has another number of constant inputs, or when there is none.
    error InputCount(uint256 inputsGiven, uint256 inputsWanted);

    /// @notice Thrown when an input is not below the order of the scalar field; nothing is ever reduced.
    error InputNotReduced(uint256 input);

    /// @notice Thrown when the proof, or one of the batch, does not show its statement, or has a malformed or infinite
    /// point; and when the folded words can come from no `fold`.
    error InvalidProof();

    /// @notice Thrown when no valid verifying key stands behind the code, or the chain lacks the precompiles.
    error InvalidKey();

    /// @notice Thrown when a proof does not have the length of its system's proofs (256 bytes in Groth16, 768 in PLONK),
    /// or a batch does not have that many bytes for each statement.
    error ProofLength(uint256 bytesGiven, uint256 bytesWanted);

    /// @notice Folds a drop's constant inputs into two words.
    /// @param dropInputs All public inputs but the last three: model, policy, template, authority, seeds and beacon of a
    /// drawn drop; model and policy of a deck.
    /// @return folded What `verify` and `verifyBatch` take. Store it; it stands for all these inputs.
    function fold(uint256[] calldata dropInputs) external view returns (uint256[2] memory folded);

    /// @notice Returns if the proof shows its statement, else reverts.
    /// @param folded From `fold` of this very contract. Never take it from whoever brings the proof: with words of
    /// their own choice anybody can prove anything.
    /// @param tokenInputs The last three public inputs: token (recipient · 2^64 + id), high and low half of the
    /// metadata hash; of a deck's batch its list, challenge and value.
    /// @param proof The proof's bytes, as in a bundle.
    function verify(uint256[2] calldata folded, uint256[3] calldata tokenInputs, bytes calldata proof) external view;

    /// @notice Returns if all proofs show their statements, else reverts. A system whose proofs share no work may
    /// refuse every batch.
    /// @dev Its parameters are those of `verify`, the proofs one after the other.
    function verifyBatch(uint256[2] calldata folded, uint256[3][] calldata tokenInputs, bytes calldata proofs)
        external
        view;

    /// @notice `verify` with the folded words that stand in the code, at K0's place ({Groth16Verifier}): the cheapest
    /// way to verify the tokens of a drop that has a verifier of its own.
    function verifyBound(uint256[3] calldata tokenInputs, bytes calldata proof) external view;

    /// @notice `verifyBatch` with the folded words that stand in the code, as in `verifyBound`.
    function verifyBatchBound(uint256[3][] calldata tokenInputs, bytes calldata proofs) external view;

    /// @notice The SHA-256 of the verifying key's bytes: the key's name everywhere.
    function keyDigest() external view returns (bytes32);

    /// @notice The verifying key's bytes; none where the key stands in another contract.
    function verifyingKey() external view returns (bytes memory);
}
