// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A public beacon: a chain of rounds, each with randomness that nobody knows before its time
/// @notice Round r happens at `genesis() + (r - 1) * period()`. What signs it is a threshold of drand's operators, who
/// could know every later round if they conspired. Nobody can choose a round's randomness.
///
/// Use it like this: fix a time T in the future, compute the round by `roundAt(T)`, and take exactly that round. Who
/// may bring another one may choose: in an hour there are 1,200 of them. T must be so far away that the chain's clock
/// shows it no later than the world's does: some chains may date a block back by a day.
///
/// Implementations hold their chain's key and times in their code, and have neither storage nor owner.
interface IBeacon {
    /// @notice Thrown when the signature is not the chain's for this round, or is no point at all.
    error InvalidSignature(uint64 round);
    /// @notice Thrown when a signature does not have the length of the chain's signatures.
    error SignatureLength(uint256 bytesGiven, uint256 bytesWanted);
    /// @notice Thrown when a time is not below 2^64.
    error TimeTooFar(uint256 time);
    /// @notice Thrown when the EVM lacks a precompile, or the call ran short of gas.
    error PrecompileFailed(uint256 precompile);

    /// @notice Returns the round's randomness if the signature is its signature, else reverts.
    /// @dev A round has one signature in one encoding. Whoever catches a revert must not take it for a verdict unless
    /// enough gas was given; a refusal takes no more gas than an answer, and at most 50,000 more for points outside
    /// {Quicknet}'s subgroup.
    /// @param round From 1.
    /// @param signature As drand publishes it.
    /// @return randomness The SHA-256 of the signature, as drand publishes it.
    function verify(uint64 round, bytes calldata signature) external view returns (bytes32 randomness);

    /// @notice The first round at a time or later: ⌈(time - genesis)/period⌉ + 1, and 1 for times before the first.
    /// @param time Unix seconds.
    function roundAt(uint256 time) external pure returns (uint64 round);

    /// @notice The time of round 1 (unix seconds).
    function genesis() external pure returns (uint64);

    /// @notice Seconds from one round to the next.
    function period() external pure returns (uint64);

    /// @notice drand's name of the chain: the SHA-256 of its key, its times and its group.
    function chainHash() external pure returns (bytes32);
}
