// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProofVerifier} from "../src/IProofVerifier.sol";

contract Gallery {
    IProofVerifier private immutable _verifier;
    uint256[2] private _folded; // stands for six of the nine inputs

    /// @param drop model, policy, template, authority, seeds, beacon
    constructor(IProofVerifier verifier, uint256[] memory drop) {
        _verifier = verifier;
        _folded = verifier.fold(drop);
    }

    /// @notice Reverts unless the document is the token's. recipient is 0 if the proof names nobody.
    function check(address recipient, uint64 tokenId, bytes32 digest, bytes calldata proof) external view {
        uint256 token = uint256(uint160(recipient)) << 64 | tokenId;
        _verifier.verify(_folded, [token, uint256(digest) >> 128, uint128(uint256(digest))], proof);
    }
}
