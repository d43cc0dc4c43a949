// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ERC-8084: what a proof's circuit is
/// @notice As in the draft of 2025-11-10.
interface IZKMetadata {
    /// @notice Emitted when the metadata become readable.
    event CircuitMetadataUpdated(bytes32 indexed circuitId, uint64 circuitVersion, bytes4 proofSystem);

    /// @notice Hash of the circuit. Here: the SHA-256 of its constraint system as gnark serialises it, as in
    /// circuits/DIGESTS.
    function circuitId() external view returns (bytes32);

    /// @notice The version's major number in the high 32 bits, the minor one in the low.
    function circuitVersion() external view returns (uint64);

    /// @notice The keccak256 of the document that tells of the public inputs.
    function publicInputsSchemaHash() external view returns (bytes32);

    /// @notice Where that document is. Here: itself, as a data URI of JSON.
    function publicInputsSchemaURI() external view returns (string memory);

    /// @notice Where the verifying key is. Here: `ipfs://` and the CIDv1 of its bytes.
    function verificationKeyURI() external view returns (string memory);

    /// @notice The proof system: 0x00000001 is Groth16, 0x00000002 PLONK.
    function proofSystem() external view returns (bytes4);
}
