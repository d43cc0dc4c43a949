// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Cid} from "./Cid.sol";
import {IProofVerifier} from "./IProofVerifier.sol";
import {IZKMetadata} from "./IZKMetadata.sol";

/// @title Tells which circuit a verifier's key is of
/// @notice ERC-8084, beside the verifier: all verifiers have one runtime code, which has no room for it. It has no owner
/// and never changes.
///
/// Where the key is follows from the verifier's own digest. All else is the word of whoever deployed this, which may be
/// anybody: no contract can tell which circuit a key is of. `genproof verify --metadata` compares it.
contract CircuitMetadata is IZKMetadata {
    /// @notice The verifier that this is about.
    IProofVerifier public immutable verifier;
    /// @inheritdoc IZKMetadata
    bytes32 public immutable circuitId;
    /// @inheritdoc IZKMetadata
    uint64 public immutable circuitVersion;
    /// @inheritdoc IZKMetadata
    bytes4 public immutable proofSystem;
    /// @inheritdoc IZKMetadata
    bytes32 public immutable publicInputsSchemaHash;
    /// @inheritdoc IZKMetadata
    string public publicInputsSchemaURI;

    /// @dev Reverts if there is no verifier at the address.
    constructor(
        IProofVerifier about,
        bytes32 circuit,
        uint64 version,
        bytes4 system,
        bytes32 schemaHash,
        string memory schemaURI
    ) {
        about.keyDigest();
        verifier = about;
        circuitId = circuit;
        circuitVersion = version;
        proofSystem = system;
        publicInputsSchemaHash = schemaHash;
        publicInputsSchemaURI = schemaURI;
        emit CircuitMetadataUpdated(circuit, version, system);
    }

    /// @inheritdoc IZKMetadata
    function verificationKeyURI() external view returns (string memory) {
        return Cid.uri(verifier.keyDigest());
    }
}
