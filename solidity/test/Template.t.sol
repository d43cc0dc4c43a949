// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";

import {DropBase} from "./DropBase.sol";
import {vm} from "./Vm.sol";
import {BoundVerifier} from "../src/BoundVerifier.sol";
import {GenproofDrop} from "../src/GenproofDrop.sol";
import {R} from "../src/Groth16Verifier.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {IProvenERC721, Mint} from "../src/IProvenERC721.sol";

/// @dev The drop of the base has its template; `fresh` is open and has none; `closed` is not open.
contract TemplateTest is DropBase {
    GenproofDrop internal fresh;
    GenproofDrop internal closed;

    function setUp() public override {
        super.setUp();
        fresh = deployDrop(terms());
        openDrop(fresh);
        closed = deployDrop(terms());
    }

    function boundOf(GenproofDrop d) internal pure returns (address) {
        bytes32 initCode = keccak256(type(BoundVerifier).creationCode);
        return address(uint160(uint256(keccak256(abi.encodePacked(bytes1(0xff), address(d), bytes32(0), initCode)))));
    }

    function set(GenproofDrop d, uint256 template) internal {
        vm.prank(OWNER);
        d.setTemplate(template);
    }

    function refused(GenproofDrop d, uint256 template, bytes memory why) internal {
        vm.expectRevert(why);
        set(d, template);
    }

    function test_fuzz_setTemplate_opensForMinting(uint256 template) public {
        template = template % (R - 1) + 1;
        uint256 beacon = fresh.beacon();
        vm.expectEmit(address(fresh));
        emit IProvenERC721.TemplateSet(template);
        set(fresh, template);
        uint256[5] memory c = fresh.commitments();
        for (uint256 i = 0; i < 5; ++i) {
            same(c[i], i == 2 ? template : 1001 + i, "commitment");
        }
        same(fresh.beacon(), beacon, "beacon");
        uint256[9] memory s = fresh.statement(BOB, 1, digest(1));
        same(s[2], template, "statement");
        fresh.mint(BOB, 1, digest(1), true, prove(s));
        same(fresh.ownerOf(1), BOB, "owner");
        (, uint256 from) = fresh.nextTemplate();
        same(from, 0, "no other template");
    }

    function test_setTemplate_takesTheEdges() public {
        set(fresh, R - 1);
        same(fresh.commitments()[2], R - 1, "the last scalar");
        openDrop(closed);
        set(closed, 1);
        same(closed.commitments()[2], 1, "the first");
    }

    /// @dev The drop's own verifier: the verifier's code, template and beacon, the key with the folded point as K0.
    function test_setTemplate_deploysTheBoundVerifier() public {
        same(boundOf(fresh).code.length, 0, "none before");
        set(fresh, TEMPLATE);
        bytes memory code = boundOf(fresh).code;
        bytes memory plain = address(verifier).code;
        uint256 end = plain.length - 1094; // a key, and its length
        same(code.length, plain.length + 64, "length");
        same(Bytes.slice(code, 0, end), Bytes.slice(plain, 0, end), "the verifier's code");
        same(Bytes.slice(code, end, end + 64), abi.encode(TEMPLATE, fresh.beacon()), "template and beacon");
        bytes memory point = abi.encode(verifier.fold(head(fresh.statement(address(0), 1, 0))));
        bytes memory bound = IProofVerifier(boundOf(fresh)).verifyingKey();
        same(Bytes.slice(bound, 0x1c4, 0x204), point, "K0 is the folded point");
        same(Bytes.slice(bound, 0, 0x1c4), Bytes.slice(key, 0, 0x1c4), "the rest is the key");
        same(Bytes.slice(bound, 0x204), Bytes.slice(key, 0x204), "the rest is the key");
        vm.expectRevert(IProvenERC721.TemplateNotSet.selector); // none is being set
        fresh.boundCode();
    }

    function test_fuzz_setTemplate_isOnce(uint256 first, uint256 second) public {
        (first, second) = (first % (R - 1) + 1, second % 4 == 0 ? first : second % R);
        set(fresh, first);
        bytes memory code = boundOf(fresh).code;
        refused(fresh, second, abi.encodeWithSelector(IProvenERC721.TemplateAlreadySet.selector, first));
        mintIn(fresh);
        refused(fresh, second, abi.encodeWithSelector(IProvenERC721.TemplateAlreadySet.selector, first));
        same(fresh.commitments()[2], first, "template");
        same(boundOf(fresh).code, code, "the bound verifier");
    }

    function mintIn(GenproofDrop d) internal {
        d.mint(BOB, 1, digest(1), true, proof(d, BOB, 1, digest(1)));
    }

    function test_fuzz_setTemplate_revertsWhenItIsNone(uint256 seed) public {
        uint256[4] memory none = [uint256(0), R, type(uint256).max, unreduced(seed)];
        for (uint256 i = 0; i < 4; ++i) {
            refused(fresh, none[i], abi.encodeWithSelector(IProvenERC721.InvalidCommitment.selector, none[i]));
            same(fresh.commitments()[2], 0, "none is set");
        }
        set(fresh, TEMPLATE); // what was refused spoils nothing
        mintIn(fresh);
    }

    function test_fuzz_setTemplate_revertsWhenByAStranger(address by, uint256 template) public {
        vm.assume(by != OWNER);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, by));
        vm.prank(by);
        fresh.setTemplate(template);
        vm.prank(OWNER);
        fresh.renounceOwnership();
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, OWNER));
        set(fresh, template);
    }

    function test_fuzz_setTemplate_revertsWhenNotOpen(uint256 template) public {
        refused(closed, template, abi.encodeWithSelector(IProvenERC721.NotOpen.selector));
        vm.roll(closed.beaconBlock() + 10_000); // and forgotten
        closed.open();
        refused(closed, template, abi.encodeWithSelector(IProvenERC721.NotOpen.selector));
    }

    /// @dev Proofs that would be good, were their template set: TEMPLATE, and none.
    function test_beforeTheTemplate_nothingIsMinted() public {
        uint256[9] memory s = fresh.statement(BOB, 1, digest(1));
        same(s[2], 0, "the statement has none");
        for (uint256 i = 0; i < 2; ++i) {
            bytes memory p = prove(s);
            nothingIsMinted(fresh, s, p);
            nothingIsMinted(closed, s, p);
            s[2] = TEMPLATE;
        }
        set(fresh, TEMPLATE);
        fresh.mint(BOB, 1, digest(1), true, prove(s));
    }

    function nothingIsMinted(GenproofDrop d, uint256[9] memory s, bytes memory p) internal {
        Mint[] memory mints = new Mint[](1);
        mints[0] = Mint(BOB, 1, digest(1), true);
        bytes4 w = IProvenERC721.TemplateNotSet.selector;
        vm.startPrank(OWNER);
        vm.expectRevert(w);
        d.mint{gas: 3_000_000}(BOB, 1, digest(1), true, p);
        vm.expectRevert(w);
        d.mint{gas: 3_000_000}(BOB, 1, digest(1), false, p);
        vm.expectRevert(w);
        d.mintBatch{gas: 3_000_000}(mints, p);
        vm.expectRevert(w);
        d.mintBatch(new Mint[](0), "");
        vm.expectRevert(w);
        d.scheduleTemplate(TEMPLATE);
        vm.expectRevert(w);
        d.boundCode();
        vm.expectRevert(abi.encodeWithSelector(IProvenERC721.TemplateNotInForce.selector, 0));
        d.addAigcData(1, abi.encode(s), abi.encode(digest(1)), p);
        vm.expectRevert(abi.encodeWithSignature("ERC721NonexistentToken(uint256)", 1));
        d.updateMetadata(1, digest(1), true, p);
        vm.stopPrank();
        yes(!d.verify(abi.encode(s), abi.encode(digest(1)), p), "proven");
        same(d.digestOf(1), 0, "digest");
        same(d.totalSupply(), 0, "supply");
    }

    /// @dev A template of 0 is no template, neither the first nor a later one.
    function test_verify_isFalseUnderTemplateZero() public {
        set(fresh, TEMPLATE);
        uint256[9] memory s = fresh.statement(BOB, 1, digest(1));
        s[2] = 0;
        bytes memory p = prove(s);
        yes(!fresh.verify{gas: 3_000_000}(abi.encode(s), abi.encode(digest(1)), p), "the first");
        vm.expectRevert(abi.encodeWithSelector(IProvenERC721.InvalidCommitment.selector, 0));
        vm.prank(OWNER);
        fresh.scheduleTemplate(0);
        yes(!fresh.verify{gas: 3_000_000}(abi.encode(s), abi.encode(digest(1)), p), "a later one");
    }

    /// @dev A fork that changes the chain's id between beacon and template does not draw again.
    function test_beacon_staysWhatItWas() public {
        uint256 before = fresh.beacon();
        vm.chainId(424242);
        same(fresh.beacon(), before, "beacon");
        set(fresh, TEMPLATE);
        same(fresh.beacon(), before, "beacon");
        same(fresh.statement(BOB, 1, digest(1))[5], before, "statement");
        mintIn(fresh);
    }

    /// @dev What is drawn is known before the template is set: open tells the beacon.
    function test_open_setsNoTemplate() public {
        openDrop(closed);
        yes(closed.beacon() != 0, "beacon");
        same(closed.commitments()[2], 0, "template");
        same(boundOf(closed).code.length, 0, "the bound verifier");
    }
}
