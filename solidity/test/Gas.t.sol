// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {DropBase} from "./DropBase.sol";
import {vm} from "./Vm.sol";
import {Mint} from "../src/IProvenERC721.sol";

contract Plain is ERC721("Nebula Foxes", "FOX") {
    function mint(address to, uint256 id) external { _safeMint(to, id); }
}

contract GasTest is DropBase {
    event Gas(string, uint256);
    function test_gas() public {
        Plain plain = new Plain();
        plain.mint(BOB, 1);
        mintBound(BOB, 1);
        uint256[8] memory p = proof(ALICE, 2);
        vm.cool(address(plain));
        vm.cool(address(drop));
        vm.cool(address(verifier));
        uint256 g = gasleft();
        plain.mint(ALICE, 2);
        g -= gasleft();
        emit Gas("plain", g);
        bytes memory call = abi.encodeCall(drop.mint, (ALICE, 2, digest(2), true, p));
        g = gasleft();
        (bool ok,) = address(drop).call(call);
        g -= gasleft();
        yes(ok, "mint");
        emit Gas("mint", g);
        for (uint n = 10; n <= 50; n += 40) {
            (Mint[] memory m, uint256[8][] memory ps) = batch(n, n, ALICE);
            call = abi.encodeCall(drop.mintBatch, (m, ps));
            vm.cool(address(drop));
            vm.cool(address(verifier));
            g = gasleft();
            (ok,) = address(drop).call(call);
            g -= gasleft();
            yes(ok, "mint");
            emit Gas("mint", g/n);
        }
    }
}
