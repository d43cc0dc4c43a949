// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "./Base.sol";
import {vm} from "./Vm.sol";
import {Groth16Verifier, P, R} from "../src/Groth16Verifier.sol";
import {IGroth16Verifier} from "../src/IGroth16Verifier.sol";

contract Groth16VerifierTest is Base {
    IGroth16Verifier internal verifier;

    function setUp() public {
        loadSimulator();
        verifier = deployVerifier(key);
    }

    function statementAndProof(uint256 seed)
        internal
        returns (uint256[2] memory folded, uint256[3] memory inputs, bytes memory proof)
    {
        uint256[9] memory all = scalars(seed);
        return (verifier.fold(head(all)), tail(all), prove(all));
    }

    function test_code_isTheRuntimeAndTheKey() public view {
        bytes memory runtime = type(Groth16Verifier).runtimeCode;
        same(address(verifier).code, bytes.concat(runtime, key), "code");
        yes(runtime.length <= 4000, "4000 bytes");
    }

    function test_fuzz_verify_acceptsAProof(uint256 seed) public {
        (uint256[2] memory folded, uint256[3] memory inputs, bytes memory proof) = statementAndProof(seed);
        verifier.verify(folded, inputs, proof);
        verifier.verify(folded, inputs, negated(proof));
    }
}
