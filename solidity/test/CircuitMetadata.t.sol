// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "./Base.sol";
import {vm} from "./Vm.sol";
import {Cid} from "../src/Cid.sol";
import {CircuitMetadata} from "../src/CircuitMetadata.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {IZKMetadata} from "../src/IZKMetadata.sol";

contract CircuitMetadataTest is Base {
    IProofVerifier internal verifier;

    function setUp() public {
        loadSimulator();
        verifier = deployVerifier(key);
    }

    function test_fuzz_views_tellWhatWasGiven(bytes32 circuit, uint64 version, bytes4 system, string memory document)
        public
    {
        bytes32 hash = keccak256(bytes(document));
        vm.expectEmit(vm.computeCreateAddress(address(this), vm.getNonce(address(this))));
        emit IZKMetadata.CircuitMetadataUpdated(circuit, version, system);
        CircuitMetadata m = new CircuitMetadata(verifier, circuit, version, system, hash, document);
        same(address(m.verifier()), address(verifier), "verifier");
        same(m.circuitId(), circuit, "circuit");
        same(m.circuitVersion(), version, "version");
        same(bytes32(m.proofSystem()), bytes32(system), "system");
        same(m.publicInputsSchemaHash(), hash, "hash");
        same(bytes(m.publicInputsSchemaURI()), bytes(document), "document");
    }

    /// @dev Of the key's bytes themselves, not of what the verifier calls their digest.
    function test_verificationKeyURI_isOfTheKey() public {
        CircuitMetadata m = new CircuitMetadata(verifier, 0, 0, 0, 0, "");
        same(bytes(m.verificationKeyURI()), bytes(Cid.uri(sha256(key))), "address");
        CircuitMetadata other = new CircuitMetadata(deployVerifier(keyOf(5)), 0, 0, 0, 0, "");
        same(bytes(other.verificationKeyURI()), bytes(Cid.uri(sha256(keyOf(5)))), "address of another key");
    }

    function test_constructor_revertsWhereNoVerifierIs() public {
        vm.expectRevert();
        new CircuitMetadata(IProofVerifier(address(1234)), 0, 0, 0, 0, "");
        vm.expectRevert();
        new CircuitMetadata(IProofVerifier(address(this)), 0, 0, 0, 0, "");
    }

    /// @dev ERC-8084's names: the selectors are those of the draft's text.
    function test_interface_isTheDrafts() public pure {
        same(uint32(IZKMetadata.circuitId.selector), uint32(bytes4(keccak256("circuitId()"))), "circuitId");
        same(uint32(IZKMetadata.circuitVersion.selector), uint32(bytes4(keccak256("circuitVersion()"))), "version");
        same(uint32(IZKMetadata.proofSystem.selector), uint32(bytes4(keccak256("proofSystem()"))), "system");
        bytes4 hash = bytes4(keccak256("publicInputsSchemaHash()"));
        same(uint32(IZKMetadata.publicInputsSchemaHash.selector), uint32(hash), "hash");
        bytes4 uri = bytes4(keccak256("publicInputsSchemaURI()"));
        same(uint32(IZKMetadata.publicInputsSchemaURI.selector), uint32(uri), "schema");
        bytes4 keyUri = bytes4(keccak256("verificationKeyURI()"));
        same(uint32(IZKMetadata.verificationKeyURI.selector), uint32(keyUri), "key");
        bytes32 topic = keccak256("CircuitMetadataUpdated(bytes32,uint64,bytes4)");
        same(IZKMetadata.CircuitMetadataUpdated.selector, topic, "event");
    }
}
