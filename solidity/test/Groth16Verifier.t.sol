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
        returns (uint256[2] memory folded, uint256[3] memory inputs, uint256[8] memory proof)
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
        (uint256[2] memory folded, uint256[3] memory inputs, uint256[8] memory proof) = statementAndProof(seed);
        verifier.verify(folded, inputs, proof);
        verifier.verify(folded, inputs, negated(proof));
    }
    function test_gas() public {
        (uint256[2] memory folded, uint256[3] memory inputs, uint256[8] memory proof) = statementAndProof(1);
        uint256 g = gasleft();
        verifier.verify(folded, inputs, proof);
        g -= gasleft();
        emit Gas("verify", g);
        for (uint n = 1; n <= 50; n += n == 1 ? 9 : 40) {
            uint256[3][] memory xs = new uint256[3][](n);
            uint256[8][] memory ps = new uint256[8][](n);
            uint256[9] memory all = scalars(1);
            for (uint i = 0; i < n; ++i) {
                all[6] = i; xs[i] = tail(all); ps[i] = prove(all);
            }
            g = gasleft();
            verifier.verifyBatch(folded, xs, ps);
            g -= gasleft();
            emit Gas("batch per proof", g / n);
        }
    }
    event Gas(string, uint256);
}
