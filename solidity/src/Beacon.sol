// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Public randomness from the hash of a past block
library Beacon {
    /// @dev EIP-2935's contract, which serves the hashes of the last 8191 blocks where it exists.
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    /// @notice The hash of a past block, or 0 if the chain has forgotten it.
    /// @dev On some rollups the history counts the chain's own blocks and `block.number` another chain's: its hash of that
    /// number can be old and known. So it is believed only where it has the hash of the last block that the chain has.
    function hashOf(uint256 blockNumber) internal view returns (bytes32 hash) {
        hash = blockhash(blockNumber);
        if (hash != 0) return hash;
        uint256 last = block.number - 1;
        bytes32 known = blockhash(last);
        if (known != 0 && _history(last) == known) hash = _history(blockNumber);
    }

    /// @notice Public input 5 of a contract's statements; it fits every scalar.
    function value(uint256 chainId, address target, bytes32 entropy) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(chainId, target, entropy))) >> 8;
    }

    /// @dev What the history says, or 0.
    function _history(uint256 blockNumber) private view returns (bytes32 hash) {
        (bool ok, bytes memory result) = HISTORY.staticcall(abi.encode(blockNumber));
        if (ok && result.length == 32) hash = bytes32(result);
    }
}
