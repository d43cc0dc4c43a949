// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TAIL_BYTES} from "./Groth16Verifier.sol";
import {PlonkAdapter} from "./PlonkAdapter.sol";

/// @title Deploys a {PlonkAdapter} for one of gnark's exported contracts
/// @notice Deploying this contract leaves a PlonkAdapter at its address. Whether the contract behind it is the one of
/// a sound key only its code tells: compare it, as genproof does.
contract PlonkDeployer {
    /// @notice Thrown when there is no contract at this address, but perhaps an account that delegated to one.
    error InvalidPlonkVerifier(address plonk);

    bytes3 private constant DELEGATED = 0xef0100;

    /// @param plonk gnark's exported contract.
    /// @param keyDigest SHA-256 of the verifying key's bytes.
    constructor(address plonk, bytes32 keyDigest) {
        // An account that delegated has a mark and the delegate's address in its code, and can change both (EIP-7702).
        bytes memory code = plonk.code;
        if (code.length == 0 || bytes3(code) == DELEGATED) revert InvalidPlonkVerifier(plonk);
        bytes memory tail = new bytes(TAIL_BYTES - 64);
        code = abi.encodePacked(type(PlonkAdapter).runtimeCode, abi.encode(plonk, keyDigest), tail);
        assembly {
            return(add(code, 0x20), mload(code))
        }
    }
}
