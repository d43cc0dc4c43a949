// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DropBase} from "./DropBase.sol";
import {Gallery} from "./Gallery.sol";
import {vm} from "./Vm.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";

/// @dev The README's example of a contract that calls the verifier.
contract GalleryTest is DropBase {
    function test_check() public {
        uint256[9] memory s = drop.statement(ALICE, 7, digest(7));
        Gallery gallery = new Gallery(verifier, head(s));
        bytes memory p = prove(s);
        gallery.check(ALICE, 7, digest(7), p);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        gallery.check{gas: 3_000_000}(address(0), 7, digest(7), p);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        gallery.check{gas: 3_000_000}(ALICE, 8, digest(7), p);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        gallery.check{gas: 3_000_000}(ALICE, 7, digest(8), p);
    }
}
