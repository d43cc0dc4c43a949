// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";

import {DropBase} from "./DropBase.sol";
import {vm} from "./Vm.sol";
import {Cid} from "../src/Cid.sol";
import {GenproofDrop} from "../src/GenproofDrop.sol";
import {IERC7007} from "../src/IERC7007.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {Drop, IProvenERC721} from "../src/IProvenERC721.sol";
import {R} from "../src/Groth16Verifier.sol";

contract UpdateTest is DropBase {
    uint256 internal constant SECOND = 2002;

    bytes32 internal next; // the token's document under the second template

    function setUp() public override {
        super.setUp();
        mintBound(ALICE, 1);
        next = digest(1001);
    }

    function schedule(uint256 template) internal {
        vm.prank(OWNER);
        drop.scheduleTemplate(template);
    }

    function force() internal {
        schedule(SECOND);
        vm.warp(block.timestamp + NOTICE);
    }

    function inputsOf(address recipient, uint256 id, bytes32 hash) internal view returns (uint256[9] memory s) {
        s = drop.statement(recipient, id, hash);
        s[2] = SECOND;
    }

    function proofOf(address recipient, uint256 id, bytes32 hash) internal returns (bytes memory) {
        return prove(inputsOf(recipient, id, hash));
    }

    function rejected(bytes memory why, address by, uint256 id, bytes32 hash, bool bound, bytes memory p) internal {
        vm.prank(by);
        vm.expectRevert(why);
        drop.updateMetadata{gas: 3_000_000}(id, hash, bound, p);
    }

    function test_fuzz_scheduleTemplate_announces(uint256 commitment, uint32 notice, uint32 time) public {
        commitment = commitment % (R - 1) + 1;
        notice = notice == 0 ? 1 : notice;
        vm.warp(time);
        Drop memory t = terms();
        t.templateNotice = notice;
        drop = deployDrop(t);
        openDrop(drop);
        setTemplate(drop);
        vm.expectEmit(address(drop));
        emit IProvenERC721.TemplateScheduled(commitment, uint256(time) + notice);
        schedule(commitment);
        (uint256 template, uint256 from) = drop.nextTemplate();
        same(template, commitment, "template");
        same(from, uint256(time) + notice, "from");
    }

    function test_fuzz_scheduleTemplate_revertsWhenNotAllowed(address by, uint256 seed) public {
        vm.assume(by != OWNER);
        vm.prank(by);
        vm.expectRevert(abi.encodeWithSignature("OwnableUnauthorizedAccount(address)", by));
        drop.scheduleTemplate(SECOND);
        vm.prank(OWNER);
        vm.expectRevert(abi.encodeWithSelector(IProvenERC721.InvalidCommitment.selector, unreduced(seed)));
        drop.scheduleTemplate(unreduced(seed));
    }

    function test_scheduleTemplate_revertsWhenNotAllowed() public {
        vm.expectRevert(abi.encodeWithSignature("OwnableUnauthorizedAccount(address)", address(this)));
        drop.scheduleTemplate(SECOND);
        vm.prank(OWNER);
        vm.expectRevert(abi.encodeWithSelector(IProvenERC721.InvalidCommitment.selector, R));
        drop.scheduleTemplate(R);
        Drop memory t = terms();
        t.templateNotice = 0;
        GenproofDrop fixedDrop = deployDrop(t);
        openDrop(fixedDrop);
        vm.prank(OWNER);
        vm.expectRevert(IProvenERC721.TemplateFixed.selector);
        fixedDrop.scheduleTemplate(SECOND);
    }

    function test_updateMetadata_changesTheDocument() public {
        force();
        bytes memory p = proofOf(ALICE, 1, next);
        vm.expectEmit(address(drop));
        emit IERC7007.AigcData(1, abi.encode(inputsOf(ALICE, 1, next)), abi.encode(next), p);
        vm.expectEmit(address(drop));
        emit IERC4906.MetadataUpdate(1);
        vm.prank(ALICE);
        drop.updateMetadata(1, next, true, p);
        same(drop.digestOf(1), next, "digest");
        same(bytes(drop.tokenURI(1)), bytes(Cid.uri(next)), "uri");
        rejected(abi.encodeWithSelector(IProvenERC721.Unchanged.selector, 1, next), ALICE, 1, next, true, p);
    }

    function test_updateMetadata_unbound() public {
        force();
        bytes memory p = proofOf(address(0), 1, next);
        vm.prank(ALICE);
        drop.updateMetadata(1, next, false, p);
    }

    function test_updateMetadata_byWhomTheHolderApproved() public {
        force();
        bytes memory p = proofOf(address(0), 1, next);
        vm.prank(ALICE);
        drop.approve(BOB, 1);
        vm.prank(BOB);
        drop.updateMetadata(1, next, false, p);
        same(drop.digestOf(1), next, "digest");
    }

    /// @dev Not even the owner of the drop.
    function test_updateMetadata_revertsWhenNotTheHolder() public {
        force();
        bytes memory p = proofOf(address(0), 1, next);
        bytes4 s = IERC721Errors.ERC721InsufficientApproval.selector;
        rejected(abi.encodeWithSelector(s, OWNER, 1), OWNER, 1, next, false, p);
        rejected(abi.encodeWithSelector(s, BOB, 1), BOB, 1, next, false, p);
        s = IERC721Errors.ERC721NonexistentToken.selector;
        rejected(abi.encodeWithSelector(s, 2), ALICE, 2, next, false, p);
        vm.prank(ALICE);
        drop.burn(1);
        rejected(abi.encodeWithSelector(s, 1), ALICE, 1, next, false, p);
    }

    /// @dev Not a second before the notice has passed; from then on the proof decides.
    function test_fuzz_updateMetadata_waitsForTheNotice(uint32 wait, uint32 longer) public {
        schedule(SECOND);
        uint256 from = block.timestamp + NOTICE;
        vm.warp(block.timestamp + wait % NOTICE);
        rejected(abi.encodeWithSelector(IProvenERC721.TemplateNotInForce.selector, from), ALICE, 1, next, true, "");
        vm.warp(from + longer);
        rejected(abi.encodeWithSelector(IProofVerifier.ProofLength.selector, 0, 256), ALICE, 1, next, true, "");
    }

    function test_fuzz_updateMetadata_revertsWhenNotTheHolder(address by, bytes32 hash) public {
        vm.assume(by != ALICE);
        force();
        bytes4 s = IERC721Errors.ERC721InsufficientApproval.selector;
        rejected(abi.encodeWithSelector(s, by, 1), by, 1, hash, true, "");
    }

    /// @dev Any document under any template.
    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_updateMetadata_changesTheDocument(uint256 template, bytes32 hash, bool bound) public {
        vm.assume(hash != 0 && hash != digest(1));
        template = template % (R - 1) + 1;
        schedule(template);
        vm.warp(block.timestamp + NOTICE);
        uint256[9] memory s = drop.statement(bound ? ALICE : address(0), 1, hash);
        s[2] = template;
        bytes memory p = prove(s);
        vm.prank(ALICE);
        drop.updateMetadata(1, hash, bound, p);
        same(drop.digestOf(1), hash, "digest");
        same(bytes(drop.tokenURI(1)), bytes(Cid.uri(hash)), "uri");
    }

    function test_updateMetadata_revertsBeforeItsTime() public {
        bytes memory p = proofOf(address(0), 1, next);
        bytes4 s = IProvenERC721.TemplateNotInForce.selector;
        rejected(abi.encodeWithSelector(s, 0), ALICE, 1, next, false, p);
        schedule(SECOND);
        uint256 from = block.timestamp + NOTICE;
        vm.warp(from - 1);
        rejected(abi.encodeWithSelector(s, from), ALICE, 1, next, false, p);
        schedule(SECOND + 1); // replaces the one before, and waits anew
        vm.warp(from);
        rejected(abi.encodeWithSelector(s, from - 1 + NOTICE), ALICE, 1, next, false, p);
        vm.warp(from - 1 + NOTICE);
        rejected(abi.encodeWithSelector(IProofVerifier.InvalidProof.selector), ALICE, 1, next, false, p);
    }

    function test_updateMetadata_revertsWhenSomethingElseIsProven() public {
        force();
        mintBound(ALICE, 2);
        bytes memory w = abi.encodeWithSelector(IProofVerifier.InvalidProof.selector);
        bytes memory p = proofOf(ALICE, 1, next);
        rejected(w, ALICE, 2, next, true, p); // another token
        rejected(w, ALICE, 1, digest(3), true, p); // another document
        rejected(w, ALICE, 1, next, false, p); // a recipient where none was meant
        rejected(w, ALICE, 1, next, true, proofOf(BOB, 1, next)); // another recipient
        rejected(w, ALICE, 1, next, true, proof(drop, ALICE, 1, next)); // the first template
        rejected(abi.encodeWithSelector(IProvenERC721.Unproven.selector, 1), ALICE, 1, 0, true, proofOf(ALICE, 1, 0));
    }

    /// @dev Tickets handed out stay good, and the new template mints nothing.
    function test_mint_staysUnderTheFirstTemplate() public {
        bytes memory ticket = proof(BOB, 7);
        force();
        bytes memory p = proofOf(BOB, 7, next);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        drop.mint{gas: 3_000_000}(BOB, 7, next, true, p);
        drop.mint(BOB, 7, digest(7), true, ticket);
    }

    function test_addAigcData_isAnUpdate() public {
        force();
        bytes memory p = proofOf(ALICE, 1, next);
        bytes memory prompt = abi.encode(inputsOf(ALICE, 1, next));
        vm.expectEmit(address(drop));
        emit IERC7007.AigcData(1, prompt, abi.encode(next), p);
        vm.prank(ALICE);
        drop.addAigcData(1, prompt, abi.encode(next), p);
        same(drop.digestOf(1), next, "digest");
    }

    function test_addAigcData_revertsWhenTheDataIsForSomethingElse() public {
        schedule(SECOND);
        mintBound(ALICE, 2);
        bytes memory p = proofOf(ALICE, 1, next);
        bytes memory prompt = abi.encode(inputsOf(ALICE, 1, next));
        vm.startPrank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IProvenERC721.TemplateNotInForce.selector, block.timestamp + NOTICE));
        drop.addAigcData(1, prompt, abi.encode(next), p);
        vm.warp(block.timestamp + NOTICE);
        bytes4 w = IProvenERC721.InvalidAigcData.selector;
        vm.expectRevert(w);
        drop.addAigcData(2, prompt, abi.encode(next), p);
        vm.expectRevert(w);
        drop.addAigcData(1, prompt, abi.encode(digest(1)), p);
        vm.expectRevert(w);
        drop.addAigcData(1, "", abi.encode(next), p);
        bytes memory first = abi.encode(drop.statement(ALICE, 1, next));
        vm.expectRevert(w);
        drop.addAigcData(1, first, abi.encode(next), p);
        prompt = abi.encode(inputsOf(BOB, 1, next));
        vm.expectRevert(w);
        drop.addAigcData(1, prompt, abi.encode(next), p);
        prompt = abi.encode(inputsOf(address(0), 1, next));
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        drop.addAigcData{gas: 3_000_000}(1, prompt, abi.encode(next), p);
    }

    /// @dev Whatever is changed in the prompt, it is not this update's any more.
    function test_fuzz_addAigcData_revertsWhenAByteOfThePromptChanges(uint256 place, uint8 by) public {
        force();
        bytes memory prompt = abi.encode(inputsOf(ALICE, 1, next));
        prompt[place % 288] ^= bytes1(by == 0 ? 1 : by);
        vm.prank(ALICE);
        vm.expectRevert(IProvenERC721.InvalidAigcData.selector);
        drop.addAigcData(1, prompt, abi.encode(next), new bytes(256));
    }
}
