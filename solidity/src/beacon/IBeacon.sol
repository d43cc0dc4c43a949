// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Public randomness in rounds that nobody chooses
interface IBeacon {
    /// @notice The first round that happens at this time (unix seconds) or later.
    function roundAt(uint256 time) external view returns (uint64 round);

    /// @notice The randomness of a round; reverts unless the signature is the network's for it.
    function verify(uint64 round, bytes calldata signature) external view returns (bytes32 randomness);
}
