// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {DropBase} from "./DropBase.sol";
import {vm} from "./Vm.sol";
import {BoundVerifier} from "../src/BoundVerifier.sol";
import {Cid} from "../src/Cid.sol";
import {P} from "../src/Groth16Verifier.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {Drop, IProvenERC721} from "../src/IProvenERC721.sol";
import {ProvenERC721} from "../src/ProvenERC721.sol";

/// @dev An heir that overrides nothing, has no assembly, and lets anybody call all that it inherits.
contract Grasping is ProvenERC721 {
    constructor(Drop memory drop) ProvenERC721(drop) {}

    function setTemplate(uint256 template) external {
        _setTemplate(template);
    }

    function scheduleTemplate(uint256 template) external {
        _scheduleTemplate(template);
    }

    function bind() external {
        new BoundVerifier{salt: 0}();
    }

    function mint(address to, uint256 id, bytes32 digest, bytes calldata proof) external {
        _mintProven(to, id, digest, false, proof);
    }

    function update(uint256 id, bytes32 digest, bytes calldata proof) external {
        _updateProven(id, digest, false, proof);
    }

    function approveMyself(uint256 id) external {
        _approve(msg.sender, id, address(0));
    }

    function takePast(uint256 id) external {
        ERC721._update(msg.sender, id, address(0));
    }
}

/// @dev An heir that acts before the constructors it inherits.
contract Early is ProvenERC721 {
    constructor(Drop memory drop, bool first) ProvenERC721(_before(drop, first)) {}

    function _before(Drop memory drop, bool first) private returns (Drop memory) {
        if (first) _setTemplate(7);
        else _scheduleTemplate(7);
        return drop;
    }
}

/// @dev What stands whatever an heir does with what it inherits. That it cannot name any variable, those that a
/// constructor sets included, `script/state.test.mjs` holds, as no such heir compiles.
contract HeirTest is DropBase {
    uint256 private constant SECOND = 2002;

    Grasping private heir;

    function setUp() public override {
        super.setUp();
        vm.roll(10_000);
        heir = new Grasping(terms());
    }

    function openHeir() private {
        uint256 target = heir.beaconBlock();
        vm.roll(target + 1);
        vm.setBlockhash(target, ENTROPY);
        heir.open();
    }

    /// @dev Opens, sets the template and mints token 1 to ALICE, with the proof and statement that are returned.
    function mintFirst() private returns (bytes memory p, uint256[9] memory s) {
        openHeir();
        heir.setTemplate(TEMPLATE);
        s = heir.statement(address(0), 1, digest(1));
        p = prove(s);
        heir.mint(ALICE, 1, digest(1), p);
    }

    function test_beaconComesFromItsBlock() public {
        vm.expectRevert(IProvenERC721.NotOpen.selector);
        heir.setTemplate(TEMPLATE);
        vm.expectRevert(IProvenERC721.TemplateNotSet.selector);
        heir.scheduleTemplate(TEMPLATE);
        vm.expectRevert();
        heir.bind();
        same(heir.entropy(), 0, "entropy");
        same(heir.beacon(), 0, "beacon");
        openHeir();
        same(heir.entropy(), ENTROPY, "entropy");
        vm.expectRevert();
        heir.bind(); // no template yet
        heir.setTemplate(TEMPLATE);
        vm.expectRevert(abi.encodeWithSelector(IProvenERC721.TemplateAlreadySet.selector, TEMPLATE));
        heir.setTemplate(SECOND);
        vm.expectRevert(IProvenERC721.AlreadyOpen.selector);
        heir.open();
    }

    function test_nothingIsDoneBeforeTheConstructors() public {
        vm.expectRevert(IProvenERC721.NotOpen.selector);
        new Early(terms(), true);
        vm.expectRevert(IProvenERC721.TemplateFixed.selector);
        new Early(terms(), false);
    }

    /// @dev Without any secret of the key a folded point can be found under which the proof of a mint holds for another
    /// document: that point must be the verifier's own.
    function test_documentIsProven() public {
        (bytes memory p, uint256[9] memory s) = mintFirst();
        bytes32 never = keccak256("a document that nobody proved");
        uint256[2] memory x = foldedFor(s, never);
        uint256[3] memory inputs = tail(heir.statement(address(0), 1, never));
        verifier.verify(x, inputs, p); // such a point there is
        heir.scheduleTemplate(SECOND);
        vm.warp(block.timestamp + NOTICE);
        vm.prank(ALICE);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        heir.update{gas: 3_000_000}(1, never, p);
        same(bytes(heir.tokenURI(1)), bytes(Cid.uri(digest(1))), "document");
    }

    /// @dev The point under which the proof of a statement holds for its token with another document.
    function foldedFor(uint256[9] memory s, bytes32 other) private view returns (uint256[2] memory x) {
        x = verifier.fold(head(s));
        uint256[3] memory was = tail(s);
        uint256[3] memory is_ = tail(heir.statement(address(0), 1, other));
        for (uint256 i = 0; i < 3; ++i) {
            (uint256 kx, uint256 ky) = pointOf(7 + i);
            (uint256 ax, uint256 ay) = times(kx, ky, was[i]);
            (x[0], x[1]) = plus(x[0], x[1], ax, ay);
            (ax, ay) = times(kx, ky, is_[i]);
            (x[0], x[1]) = plus(x[0], x[1], ax, P - ay);
        }
    }

    /// @dev The key's point K of a number.
    function pointOf(uint256 i) private view returns (uint256 x, uint256 y) {
        bytes memory k = key;
        uint256 place = 0x20 + 0x1c4 + 64 * i;
        assembly ("memory-safe") {
            x := mload(add(k, place))
            y := mload(add(add(k, place), 0x20))
        }
    }

    /// @dev An heir can take the holder's place, as a reader of it sees. What stands is the notice, and that the other
    /// document is proven too.
    function test_holdersPlace_leavesNoticeAndProof() public {
        mintFirst();
        heir.scheduleTemplate(SECOND);
        uint256 from = block.timestamp + NOTICE;
        uint256[9] memory s = heir.statement(address(0), 1, digest(2));
        s[2] = SECOND;
        bytes memory p = prove(s);
        vm.startPrank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, BOB, 1));
        heir.update(1, digest(2), p);
        heir.approveMyself(1);
        vm.expectRevert(abi.encodeWithSelector(IProvenERC721.TemplateNotInForce.selector, from));
        heir.update(1, digest(2), p);
        vm.warp(from);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        heir.update{gas: 3_000_000}(1, digest(3), p);
        heir.update(1, digest(2), p);
        vm.stopPrank();
        same(heir.digestOf(1), digest(2), "not at ALICE's wish");
    }

    /// @dev What is lost where an heir calls OpenZeppelin's `_update` by its contract's name.
    function test_updateByName_losesThePromise() public {
        heir.takePast(5);
        same(heir.ownerOf(5), address(this), "a token without a proof");
        same(heir.digestOf(5), 0, "nothing is proven for it");
        same(heir.totalSupply(), 0, "nor is it counted");
    }
}
