// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base} from "./Base.sol";
import {vm} from "./Vm.sol";
import {IBeacon} from "../src/beacon/IBeacon.sol";
import {GenproofDrop} from "../src/GenproofDrop.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {Drop, Mint} from "../src/IProvenERC721.sol";

/// @dev A drop of 100 tokens on the key with known secrets.
abstract contract DropBase is Base {
    address internal constant OWNER = address(0xabcd);
    address internal constant ALICE = address(0xa11ce);
    address internal constant BOB = address(0xb0b);
    bytes32 internal constant ENTROPY = keccak256("entropy");
    uint32 internal constant DELAY = 3;
    uint32 internal constant NOTICE = 1 days;
    uint256 internal constant TEMPLATE = 1003;

    IProofVerifier internal verifier;
    GenproofDrop internal drop;

    function setUp() public virtual {
        loadSimulator();
        verifier = deployVerifier(key);
        drop = deployDrop(terms());
        openDrop(drop);
        setTemplate(drop);
    }

    function terms() internal view returns (Drop memory) {
        return Drop({
            name: "Nebula Foxes",
            symbol: "FOX",
            firstId: 1,
            supply: 100,
            verifier: verifier,
            commitments: [uint256(1001), 1002, 1004, 1005],
            beaconSource: IBeacon(address(0)),
            beaconDelay: DELAY,
            templateNotice: NOTICE,
            royaltyReceiver: OWNER,
            royaltyFraction: 500
        });
    }

    function deployDrop(Drop memory p) internal returns (GenproofDrop) {
        return new GenproofDrop(p, OWNER);
    }

    function openDrop(GenproofDrop d) internal {
        uint256 target = d.beaconBlock();
        vm.roll(target + 1);
        vm.setBlockhash(target, ENTROPY);
        d.open();
    }

    function setTemplate(GenproofDrop d) internal {
        vm.prank(OWNER);
        d.setTemplate(TEMPLATE);
    }

    /// @dev No precompile: a call would take the place of the one that a cheatcode waits for.
    function digest(uint256 id) internal pure returns (bytes32) {
        return keccak256(abi.encode("document", id));
    }

    function proof(GenproofDrop d, address recipient, uint256 id, bytes32 hash) internal returns (bytes memory) {
        return prove(d.statement(recipient, id, hash));
    }

    function proof(address recipient, uint256 id) internal returns (bytes memory) {
        return proof(drop, recipient, id, digest(id));
    }

    /// @dev Mints to a recipient whom the proof names.
    function mintBound(address to, uint256 id) internal {
        drop.mint(to, id, digest(id), true, proof(to, id));
    }

    function batch(uint256 n, uint256 first, address to) internal returns (Mint[] memory mints, bytes memory proofs) {
        mints = new Mint[](n);
        for (uint256 i = 0; i < n; ++i) {
            mints[i] = Mint(to, first + i, digest(first + i), true);
            proofs = bytes.concat(proofs, proof(to, first + i));
        }
    }
}
