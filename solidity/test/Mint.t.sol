// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {BurnsGas, Refuses} from "./deck/Hostile.sol";
import {DropBase} from "./DropBase.sol";
import {Reentrant} from "./Reentrant.sol";
import {vm} from "./Vm.sol";
import {Cid} from "../src/Cid.sol";
import {GenproofDrop} from "../src/GenproofDrop.sol";
import {IERC7007} from "../src/IERC7007.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {Drop, IProvenERC721, Mint} from "../src/IProvenERC721.sol";
import {ProvenERC721} from "../src/ProvenERC721.sol";

/// @dev An heir that tries to mint without a proof.
contract Careless is ProvenERC721 {
    constructor(Drop memory d) ProvenERC721(d) {}

    function setTemplate(uint256 template) external {
        _setTemplate(template);
    }

    function take(uint256 tokenId) external {
        _mint(msg.sender, tokenId);
    }

    function mint(address to, uint256 tokenId, bytes32 digest, bytes calldata proof) external {
        _mintProven(to, tokenId, digest, false, proof);
    }

    function mintAndTake(uint256 tokenId, bytes32 digest, bytes calldata proof, uint256 other) external {
        _mintProven(msg.sender, tokenId, digest, false, proof);
        _mint(msg.sender, other);
    }

    function burn(uint256 tokenId) external {
        _burn(tokenId);
    }
}

/// @dev An heir that hands a proof's permit to another token.
contract Swapping is Careless {
    constructor(Drop memory d) Careless(d) {}

    function _update(address to, uint256 tokenId, address auth) internal override returns (address) {
        return super._update(to, tokenId + 1, auth);
    }
}

contract MintTest is DropBase {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);

    bytes4 internal constant INVALID = IProofVerifier.InvalidProof.selector;

    /// @dev A call with gas enough for a mint, as malformed points burn what they get.
    function rejected(bytes memory why, address to, uint256 id, bytes32 hash, bool bound, bytes memory p) internal {
        vm.expectRevert(why);
        drop.mint{gas: 3_000_000}(to, id, hash, bound, p);
    }

    function about(bytes4 selector, uint256 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, id);
    }

    function test_mint_toTheRecipientOfTheProof() public {
        bytes memory p = proof(BOB, 42);
        bytes memory prompt = abi.encode(drop.statement(BOB, 42, digest(42)));
        vm.expectEmit(address(drop));
        emit IERC7007.AigcData(42, prompt, abi.encode(digest(42)), p);
        vm.expectEmit(address(drop));
        emit Transfer(address(0), BOB, 42);
        vm.prank(ALICE); // anybody may hand it in
        drop.mint(BOB, 42, digest(42), true, p);
        same(drop.ownerOf(42), BOB, "owner");
        same(drop.digestOf(42), digest(42), "digest");
        same(bytes(drop.tokenURI(42)), bytes(Cid.uri(digest(42))), "uri");
        same(drop.balanceOf(BOB), 1, "balance");
    }

    function test_mint_unboundOnlyByTheOwner() public {
        bytes memory p = proof(address(0), 1);
        vm.prank(ALICE);
        rejected(abi.encodeWithSelector(GenproofDrop.RecipientNotProven.selector, ALICE), ALICE, 1, digest(1), false, p);
        vm.prank(OWNER);
        drop.mint(BOB, 1, digest(1), false, p);
        same(drop.ownerOf(1), BOB, "owner");
        vm.prank(OWNER);
        drop.renounceOwnership();
        p = proof(address(0), 2);
        vm.prank(ALICE);
        drop.mint(ALICE, 2, digest(2), false, p);
        same(drop.ownerOf(2), ALICE, "owner");
    }

    function test_mint_edgesOfIds() public {
        bytes4 s = IProvenERC721.InvalidTokenId.selector;
        rejected(about(s, 0), BOB, 0, digest(0), true, proof(BOB, 0));
        rejected(about(s, 101), BOB, 101, digest(101), true, proof(BOB, 101));
        rejected(about(s, 1 << 64 | 1), BOB, 1 << 64 | 1, digest(1), true, proof(BOB, 1));
        mintBound(BOB, 1);
        mintBound(BOB, 100);
    }

    function test_fuzz_mint_revertsWhenTheIdIsOutside(uint256 id, bytes32 hash) public {
        if (id > 0 && id <= 100) id += 100;
        rejected(about(IProvenERC721.InvalidTokenId.selector, id), BOB, id, hash, true, "");
    }

    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_mint_idsEndWithTheSupply(uint64 supply, uint64 id) public {
        Drop memory t = terms();
        t.supply = supply % (10 ** 10 - 1) + 1;
        drop = deployDrop(t);
        openDrop(drop);
        setTemplate(drop);
        id = id % t.supply + 1;
        mintBound(BOB, id);
        if (id != t.supply) mintBound(BOB, t.supply);
        uint256 end = uint256(t.supply) + 1;
        rejected(about(IProvenERC721.InvalidTokenId.selector, end), BOB, end, digest(end), true, proof(BOB, end));
    }

    /// @dev Id 0 is an id like any other.
    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_mint_idsBeginAnywhere(uint64 first, uint64 supply) public {
        Drop memory t = terms();
        t.supply = supply % 10 ** 9 + 2;
        t.firstId = first % 4 == 0 ? 0 : uint64(first % (10 ** 10 - t.supply + 1));
        drop = deployDrop(t);
        openDrop(drop);
        setTemplate(drop);
        uint256 last = uint256(t.firstId) + t.supply - 1;
        mintBound(BOB, t.firstId);
        mintBound(BOB, last);
        same(drop.ownerOf(t.firstId), BOB, "owner of the first");
        rejected(about(IProvenERC721.AlreadyProven.selector, t.firstId), BOB, t.firstId, digest(1), true, "");
        bytes4 s = IProvenERC721.InvalidTokenId.selector;
        rejected(about(s, last + 1), BOB, last + 1, digest(1), true, proof(BOB, last + 1));
        if (t.firstId == 0) return;
        rejected(about(s, t.firstId - 1), BOB, t.firstId - 1, digest(1), true, proof(BOB, t.firstId - 1));
    }

    function test_mint_tokenZero() public {
        Drop memory t = terms();
        t.firstId = 0;
        drop = deployDrop(t);
        openDrop(drop);
        setTemplate(drop);
        (Mint[] memory mints, bytes memory proofs) = batch(2, 0, BOB);
        drop.mintBatch(mints, proofs);
        same(drop.ownerOf(0), BOB, "owner");
        uint256[9] memory s = drop.statement(BOB, 0, digest(0));
        yes(drop.verify(abi.encode(s), abi.encode(digest(0)), prove(s)), "ERC-7007");
        vm.prank(OWNER);
        drop.scheduleTemplate(2002);
        vm.warp(block.timestamp + NOTICE);
        (s = drop.statement(BOB, 0, digest(7)))[2] = 2002;
        bytes memory p = prove(s);
        vm.prank(BOB);
        drop.addAigcData(0, abi.encode(s), abi.encode(digest(7)), p);
        same(drop.digestOf(0), digest(7), "updated");
        vm.prank(BOB);
        drop.burn(0);
        rejected(about(IProvenERC721.AlreadyProven.selector, 0), BOB, 0, digest(0), true, proof(BOB, 0));
        mintBound(BOB, 99);
        rejected(about(IProvenERC721.InvalidTokenId.selector, 100), BOB, 100, digest(100), true, proof(BOB, 100));
    }

    function test_fuzz_mint_revertsWhenTheProofIsNone(bytes calldata p) public {
        bytes memory why = p.length == 256
            ? abi.encodeWithSelector(INVALID)
            : abi.encodeWithSelector(IProofVerifier.ProofLength.selector, p.length, 256);
        rejected(why, BOB, 1, digest(1), true, p);
    }

    /// @dev What was proven, for anything else: another token, recipient or document.
    /// forge-config: ci.fuzz.runs = 128
    function test_fuzz_mint_revertsWhenSomethingElseIsProven(address to, uint256 id, bytes32 hash, uint8 parts) public {
        parts = parts % 7 + 1; // which of the three are others
        to = parts & 1 == 1 ? to : BOB;
        id = parts & 2 == 2 ? id % 100 + 1 : 1;
        hash = parts & 4 == 4 ? hash : digest(1);
        vm.assume(hash != 0 && (to != BOB || id != 1 || hash != digest(1)));
        rejected(abi.encodeWithSelector(INVALID), to, id, hash, true, proof(BOB, 1));
    }

    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_mint_unboundOnlyByTheOwner(address caller, address to) public {
        vm.assume(caller != OWNER && to != address(0) && to.code.length == 0);
        bytes memory p = proof(address(0), 1);
        vm.prank(caller);
        rejected(abi.encodeWithSelector(GenproofDrop.RecipientNotProven.selector, caller), to, 1, digest(1), false, p);
        vm.prank(OWNER);
        drop.mint(to, 1, digest(1), false, p);
        same(drop.ownerOf(1), to, "owner");
    }

    function test_mint_revertsWhenNothingIsProven() public {
        rejected(abi.encodeWithSelector(IProofVerifier.ProofLength.selector, 0, 256), BOB, 1, digest(1), true, "");
        rejected(abi.encodeWithSelector(INVALID), BOB, 1, digest(1), true, new bytes(256));
    }

    /// @dev What was proven, changed in one thing.
    function test_mint_revertsWhenSomethingElseIsProven() public {
        bytes memory p = proof(BOB, 1);
        bytes memory w = abi.encodeWithSelector(INVALID);
        rejected(w, BOB, 1, digest(1) ^ bytes32(uint256(1)), true, p); // another document
        rejected(w, BOB, 1, digest(1) ^ bytes32(uint256(1 << 200)), true, p);
        rejected(w, BOB, 2, digest(1), true, p); // another token
        rejected(w, ALICE, 1, digest(1), true, p); // another recipient
        vm.startPrank(OWNER);
        rejected(w, BOB, 1, digest(1), false, p); // a recipient where none was meant
        rejected(w, BOB, 1, digest(1), true, proof(address(0), 1)); // none where one was meant
        vm.stopPrank();
        drop.mint(BOB, 1, digest(1), true, p);
    }

    function test_mint_revertsWhenForAnotherContractOrChain() public {
        bytes memory here = proof(BOB, 1);
        GenproofDrop other = deployDrop(terms());
        openDrop(other); // of the same entropy
        setTemplate(other);
        bytes memory there = proof(other, BOB, 1, digest(1));
        rejected(abi.encodeWithSelector(INVALID), BOB, 1, digest(1), true, there);
        vm.expectRevert(INVALID);
        other.mint{gas: 3_000_000}(BOB, 1, digest(1), true, here);

        uint256[9] memory s = drop.statement(BOB, 1, digest(1));
        s[5] = uint256(keccak256(abi.encode(block.chainid + 1, address(drop), ENTROPY))) >> 8;
        rejected(abi.encodeWithSelector(INVALID), BOB, 1, digest(1), true, prove(s));
        s[5] = uint256(keccak256(abi.encode(block.chainid, address(drop), ~ENTROPY))) >> 8;
        rejected(abi.encodeWithSelector(INVALID), BOB, 1, digest(1), true, prove(s));
    }

    /// forge-config: default.fuzz.runs = 8
    /// forge-config: ci.fuzz.runs = 48
    function test_fuzz_mint_revertsWhenADropInputChanges(uint256 seed) public {
        for (uint256 i = 0; i < 6; ++i) {
            uint256[9] memory s = drop.statement(BOB, 1, digest(1));
            s[i] = otherScalar(s[i], seed);
            rejected(abi.encodeWithSelector(INVALID), BOB, 1, digest(1), true, prove(s));
        }
    }

    /// @dev The beacon binds chain, contract and entropy: a proof for any other is none here.
    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_mint_revertsWhenForAnotherBeacon(uint256 chain, address target, bytes32 hash, uint8 parts)
        public
    {
        parts = parts % 7 + 1;
        if (parts & 1 == 0) chain = block.chainid;
        if (parts & 2 == 0) target = address(drop);
        if (parts & 4 == 0) hash = ENTROPY;
        vm.assume(chain != block.chainid || target != address(drop) || hash != ENTROPY);
        uint256[9] memory s = drop.statement(BOB, 1, digest(1));
        s[5] = uint256(keccak256(abi.encode(chain, target, hash))) >> 8;
        rejected(abi.encodeWithSelector(INVALID), BOB, 1, digest(1), true, prove(s));
    }

    /// @dev An id is used once, whoever asks for it and with whatever.
    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_mint_revertsWhenTheIdWasUsed(uint256 id, address to, bytes32 hash, bool burned) public {
        id = id % 100 + 1;
        mintBound(BOB, id);
        if (burned) {
            vm.prank(BOB);
            drop.burn(id);
        }
        rejected(about(IProvenERC721.AlreadyProven.selector, id), to, id, hash, true, proof(drop, to, id, hash));
        same(drop.digestOf(id), digest(id), "digest");
    }

    function test_mint_revertsWhenReplayed() public {
        bytes memory p = proof(BOB, 1);
        drop.mint(BOB, 1, digest(1), true, p);
        bytes memory w = about(IProvenERC721.AlreadyProven.selector, 1);
        rejected(w, BOB, 1, digest(1), true, p);
        rejected(w, BOB, 1, digest(1), true, negated(p));
        rejected(w, BOB, 1, digest(1), true, proof(BOB, 1));
        rejected(w, BOB, 1, digest(2), true, proof(drop, BOB, 1, digest(2)));
        rejected(w, ALICE, 1, digest(1), true, proof(ALICE, 1));
        vm.prank(BOB);
        drop.burn(1);
        rejected(w, BOB, 1, digest(1), true, p);
        (Mint[] memory mints, bytes memory proofs) = batch(2, 1, BOB);
        drop.mintBatch(mints, proofs); // passes the first over
        same(drop.balanceOf(BOB), 1, "the second alone");
        same(drop.digestOf(1), digest(1), "digest of the burned token");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 1));
        drop.tokenURI(1);
    }

    function test_mint_revertsWhenTheReceiverIsNone() public {
        rejected(
            abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(0)),
            address(0),
            1,
            digest(1),
            true,
            proof(address(0), 1)
        );
        bytes memory p = proof(address(0), 1);
        vm.prank(OWNER);
        rejected(
            abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(verifier)),
            address(verifier),
            1,
            digest(1),
            false,
            p
        );
        same(drop.digestOf(1), 0, "nothing is left");
    }

    /// @dev Whom a proof names is not asked, be it a contract without a hook or an account that delegated to one.
    function test_mintBatch_recipientsCannotStopIt() public {
        address[4] memory named = [address(new Refuses()), address(new BurnsGas()), address(0xde1e6a7e), BOB];
        vm.etch(named[2], abi.encodePacked(hex"ef0100", named[0]));
        (Mint[] memory mints,) = batch(4, 1, BOB);
        bytes memory proofs;
        for (uint256 i = 0; i < 4; ++i) {
            mints[i].to = named[i];
            proofs = bytes.concat(proofs, proof(named[i], 1 + i));
        }
        drop.mintBatch{gas: 3_000_000}(mints, proofs);
        for (uint256 i = 0; i < 4; ++i) {
            same(drop.ownerOf(1 + i), named[i], "owner");
        }
        drop.mint{gas: 1_000_000}(named[0], 5, digest(5), true, proof(named[0], 5));
    }

    /// @dev Nobody knows a document of this digest; if somebody did, the token could be minted twice.
    function test_mint_revertsWhenTheDigestIsZero() public {
        rejected(about(IProvenERC721.Unproven.selector, 1), BOB, 1, 0, true, proof(drop, BOB, 1, 0));
    }

    function careless() internal returns (Careless) {
        return careless(terms());
    }

    function careless(Drop memory t) internal returns (Careless) {
        return open(new Careless(t));
    }

    function open(Careless heir) internal returns (Careless) {
        uint256 target = heir.beaconBlock();
        vm.roll(target + 1);
        vm.setBlockhash(target, ENTROPY);
        heir.open();
        heir.setTemplate(TEMPLATE);
        return heir;
    }

    function test_fuzz_heir_cannotMintWithoutAProof(uint256 id) public {
        Careless heir = careless();
        vm.expectRevert(about(IProvenERC721.Unproven.selector, id));
        heir.take(id);
        vm.expectRevert(about(IProvenERC721.Unproven.selector, 0));
        heir.take(0);
        vm.expectRevert(about(IProvenERC721.Unproven.selector, type(uint256).max));
        heir.take(type(uint256).max);
    }

    /// @dev A permit for 0 is one for nothing else, and none is no permit for 0.
    function test_heir_permitsOfTokenZero() public {
        Drop memory t = terms();
        t.firstId = 0;
        Careless heir = careless(t);
        bytes memory p = prove(heir.statement(address(0), 0, digest(0)));
        uint256[3] memory others = [uint256(1), 5, type(uint256).max];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(about(IProvenERC721.Unproven.selector, others[i]));
            vm.prank(BOB);
            heir.mintAndTake(0, digest(0), p, others[i]);
        }
        p = prove(heir.statement(address(0), 5, digest(5)));
        vm.expectRevert(about(IProvenERC721.Unproven.selector, 0));
        vm.prank(BOB);
        heir.mintAndTake(5, digest(5), p, 0);
        heir.mint(BOB, 0, digest(0), prove(heir.statement(address(0), 0, digest(0))));
        same(heir.ownerOf(0), BOB, "owner");
        heir.burn(0);
        vm.expectRevert(about(IProvenERC721.Unproven.selector, 0));
        heir.take(0);
    }

    /// @dev The permit is for the token that was proven, and for no other.
    function test_heir_cannotHandThePermitOn() public {
        Careless heir = open(new Swapping(terms()));
        bytes memory p = prove(heir.statement(address(0), 1, digest(1)));
        vm.expectRevert(about(IProvenERC721.Unproven.selector, 2));
        heir.mint(BOB, 1, digest(1), p);
    }

    /// @dev A burned token's digest stays, and is no proof of another mint.
    function test_heir_cannotMintABurnedIdAgain() public {
        Careless heir = careless();
        heir.mint(BOB, 1, digest(1), prove(heir.statement(address(0), 1, digest(1))));
        heir.burn(1);
        vm.expectRevert(about(IProvenERC721.Unproven.selector, 1));
        heir.take(1);
        same(heir.totalSupply(), 0, "supply");
    }

    /// forge-config: ci.fuzz.runs = 48
    /// @dev A proof is for one mint, in the same transaction too.
    function test_fuzz_heir_cannotMintTwiceWithOneProof(uint256 other) public {
        Careless heir = careless();
        bytes memory p = prove(heir.statement(address(0), 1, digest(1)));
        bytes memory why = other == 1
            ? abi.encodeWithSelector(IERC721Errors.ERC721InvalidSender.selector, address(0))
            : about(IProvenERC721.Unproven.selector, other);
        vm.expectRevert(why);
        vm.prank(BOB);
        heir.mintAndTake(1, digest(1), p, other);
        // The receiver is called when the permit is used up.
        Reentrant thief = new Reentrant(address(heir));
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(heir.take, (2));
        calls[1] = abi.encodeCall(heir.take, (1));
        thief.arm(calls);
        heir.mint(address(thief), 1, digest(1), p);
        yes(!thief.results(0) && !thief.results(1), "taken");
    }

    /// @dev Ids that were never there have OpenZeppelin's own errors.
    function test_heir_burnOfNothing() public {
        Careless heir = careless();
        bytes memory none = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 1);
        vm.expectRevert(none);
        heir.burn(1);
        vm.expectRevert(none);
        drop.burn(1);
        vm.expectRevert(none);
        drop.transferFrom(BOB, ALICE, 1);
        vm.expectRevert(none);
        drop.approve(ALICE, 1);
        vm.expectRevert(none);
        drop.tokenURI(1);
        vm.expectRevert(none);
        drop.ownerOf(1);
    }

    function test_totalSupply() public {
        same(drop.totalSupply(), 0, "none");
        (Mint[] memory mints, bytes memory proofs) = batch(3, 1, BOB);
        drop.mintBatch(mints, proofs);
        same(drop.totalSupply(), 3, "three");
        vm.startPrank(BOB);
        drop.transferFrom(BOB, ALICE, 1);
        same(drop.totalSupply(), 3, "transfers change nothing");
        drop.burn(2);
        same(drop.totalSupply(), 2, "burned");
    }

    function test_fuzz_setContractURI(string memory uri, address who) public {
        same(bytes(drop.contractURI()), "", "at first");
        vm.expectEmit(address(drop));
        emit GenproofDrop.ContractURIUpdated();
        vm.prank(OWNER);
        drop.setContractURI(uri);
        same(bytes(drop.contractURI()), bytes(uri), "uri");
        vm.assume(who != OWNER);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, who));
        vm.prank(who);
        drop.setContractURI("");
    }

    function test_fuzz_mint_acceptsWhatIsProven(address to, uint256 id, bytes32 hash, bool bound) public {
        id = id % 100 + 1;
        vm.assume(to != address(0) && to.code.length == 0 && hash != 0);
        bytes memory p = proof(drop, bound ? to : address(0), id, hash);
        vm.prank(OWNER);
        drop.mint(to, id, hash, bound, p);
        same(drop.ownerOf(id), to, "owner");
        same(drop.digestOf(id), hash, "digest");
    }

    function test_fuzz_mint_revertsWhenAByteOfTheDigestChanges(uint8 place, uint8 by) public {
        bytes32 other = digest(1) ^ bytes32(uint256(by == 0 ? 1 : by) << 8 * (place % 32));
        rejected(abi.encodeWithSelector(INVALID), BOB, 1, other, true, proof(BOB, 1));
    }

    /// forge-config: default.fuzz.runs = 8
    /// forge-config: ci.fuzz.runs = 48
    function test_fuzz_mintBatch_mintsAll(uint256 n, uint256 first) public {
        n %= 7;
        first = first % (100 - n) + 1;
        (Mint[] memory mints, bytes memory proofs) = batch(n, first, BOB);
        for (uint256 i = 0; i < n; ++i) {
            uint256 id = first + i;
            vm.expectEmit(address(drop));
            emit IERC7007.AigcData(
                id, abi.encode(drop.statement(BOB, id, digest(id))), abi.encode(digest(id)), part(proofs, i)
            );
        }
        drop.mintBatch(mints, proofs);
        for (uint256 id = first; id < first + n; ++id) {
            same(drop.ownerOf(id), BOB, "owner");
            same(drop.digestOf(id), digest(id), "digest");
        }
        same(drop.balanceOf(BOB), n, "balance");
    }

    /// @dev The i-th proof.
    function part(bytes memory proofs, uint256 i) internal pure returns (bytes memory p) {
        p = new bytes(256);
        for (uint256 j = 0; j < 256; ++j) {
            p[j] = proofs[256 * i + j];
        }
    }

    /// forge-config: ci.fuzz.runs = 48
    function test_fuzz_mintBatch_revertsWhenOneIsBad(uint256 n, uint256 which, bytes32 hash) public {
        n = n % 4 + 1;
        (Mint[] memory mints, bytes memory proofs) = batch(n, 1, BOB);
        vm.assume(hash != mints[which % n].digest && hash != 0);
        mints[which % n].digest = hash;
        vm.expectRevert(INVALID);
        drop.mintBatch{gas: 5_000_000}(mints, proofs);
        for (uint256 id = 1; id <= n; ++id) {
            same(drop.digestOf(id), 0, "nothing is left");
        }
    }

    function test_mintBatch_mintsATokenOnce() public {
        (Mint[] memory mints, bytes memory proofs) = batch(3, 1, BOB);
        mints[2] = Mint(ALICE, 1, digest(9), true);
        drop.mintBatch(mints, proofs);
        same(drop.ownerOf(1), BOB, "whose proof it was");
        same(drop.digestOf(1), digest(1), "digest");
        same(drop.totalSupply(), 2, "supply");
    }

    /// @dev Ids that were used are passed over with their proofs, whatever these are; the others must be proven.
    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_mintBatch_passesOverWhatIsThere(uint8 used, uint8 burned, bytes32 other) public {
        (Mint[] memory mints, bytes memory proofs) = batch(6, 1, BOB);
        for (uint256 i = 0; i < 6; ++i) {
            if (used >> i & 1 == 0) continue;
            mintBound(BOB, 1 + i);
            if (burned >> i & 1 == 1) {
                vm.prank(BOB);
                drop.burn(1 + i);
            }
            if (other >> (8 * i) & bytes32(uint256(1)) == 0) mints[i].digest = keccak256(abi.encode(other));
            proofs[256 * i + 9] ^= 0x01;
        }
        uint256 before = drop.totalSupply();
        uint256 fresh;
        for (uint256 i = 0; i < 6; ++i) {
            if (used >> i & 1 == 1) continue;
            ++fresh;
            uint256 id = 1 + i;
            vm.expectEmit(address(drop));
            emit IERC7007.AigcData(
                id, abi.encode(drop.statement(BOB, id, digest(id))), abi.encode(digest(id)), part(proofs, i)
            );
        }
        drop.mintBatch(mints, proofs);
        same(drop.totalSupply(), before + fresh, "supply");
        for (uint256 id = 1; id <= 6; ++id) {
            same(drop.digestOf(id), digest(id), "digest");
        }
        drop.mintBatch(mints, proofs); // again: nothing
        same(drop.totalSupply(), before + fresh, "supply");
    }

    /// forge-config: ci.fuzz.runs = 48
    function test_fuzz_mintBatch_revertsWhenAFreshOneIsBad(uint8 which) public {
        (Mint[] memory mints, bytes memory proofs) = batch(4, 1, BOB);
        mintBound(BOB, 2);
        uint256 bad = which % 4;
        if (bad == 1) bad = 0;
        mints[bad].digest = digest(50);
        vm.expectRevert(INVALID);
        drop.mintBatch{gas: 5_000_000}(mints, proofs);
        // Places count: a proof does not serve for the token beside its own.
        (mints, proofs) = batch(4, 1, BOB);
        proofs = bytes.concat(part(proofs, 1), part(proofs, 0), part(proofs, 2), part(proofs, 3));
        vm.expectRevert(INVALID);
        drop.mintBatch{gas: 5_000_000}(mints, proofs);
        mints[0].tokenId = 101;
        vm.expectRevert(about(IProvenERC721.InvalidTokenId.selector, 101));
        drop.mintBatch(mints, proofs);
    }

    function test_fuzz_mintBatch_revertsWhenTheLengthsDiffer(uint8 n, uint16 length) public {
        (n, length) = (n % 8, length % 2049);
        vm.assume(length != 256 * uint256(n));
        Mint[] memory mints = new Mint[](n);
        for (uint256 i = 0; i < n; ++i) {
            mints[i] = Mint(BOB, i + 1, digest(i + 1), true);
        }
        vm.expectRevert(abi.encodeWithSelector(IProofVerifier.ProofLength.selector, length, 256 * uint256(n)));
        drop.mintBatch(mints, new bytes(length));
    }

    function test_mintBatch_unboundOnlyByTheOwner() public {
        (Mint[] memory mints, bytes memory proofs) = batch(2, 1, BOB);
        mints[1].bound = false;
        proofs = bytes.concat(part(proofs, 0), proof(address(0), 2));
        vm.expectRevert(abi.encodeWithSelector(GenproofDrop.RecipientNotProven.selector, address(this)));
        drop.mintBatch(mints, proofs);
        vm.prank(OWNER);
        drop.mintBatch(mints, proofs);
    }
}
