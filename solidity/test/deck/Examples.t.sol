// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC1155Errors, IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {DeckBase} from "./DeckBase.sol";
import {CallsBack, Refuses} from "./Hostile.sol";
import {vm} from "../Vm.sol";
import {Cid} from "../../src/Cid.sol";
import {DeckProvenance} from "../../src/deck/DeckProvenance.sol";
import {DeckState, DeckTerms, IDeck} from "../../src/deck/IDeck.sol";
import {DeckERC1155} from "../../src/examples/DeckERC1155.sol";
import {DeckERC721} from "../../src/examples/DeckERC721.sol";
import {DeckSale} from "../../src/examples/DeckSale.sol";

/// @dev An heir's own ways to mint: they all end in `_update`.
contract Eager721 is DeckERC721 {
    constructor(DeckTerms memory t) DeckERC721(t, "", "", 0) {}

    function mintAny(address to, uint256 id) external {
        _mint(to, id);
    }
}

contract Eager1155 is DeckERC1155 {
    constructor(DeckTerms memory t) DeckERC1155(t, 0) {}

    function mintAny(address to, uint256[] memory ids, uint256[] memory units) external {
        _mintBatch(to, ids, units, "");
    }
}

/// @dev An heir that forgets `_beforeDeckMint`: what is lost.
contract Forgetful is ERC721, DeckProvenance {
    constructor(DeckTerms memory t) ERC721("", "") DeckProvenance(t) {}

    function open(uint256 end) external {
        _openSale(end);
    }

    function mint(uint256 id) external {
        _mint(msg.sender, id);
    }

    function burn(uint256 id) external {
        _burn(id);
    }

    function tokenURI(uint256 id) public view override returns (string memory) {
        return _uriOf(id);
    }
}

contract ExamplesTest is DeckBase {
    uint256 private constant PRICE = 0.02 ether;

    DeckERC721 private foxes;
    DeckERC1155 private units;
    uint32 private end;

    function setUp() public override {
        super.setUp();
        foxes = new DeckERC721(deckTerms(), "Nebula Foxes", "FOX", PRICE);
        units = new DeckERC1155(deckTerms(), PRICE);
        admit(foxes);
        admit(units);
        end = uint32(block.timestamp + 1 days);
        vm.deal(ALICE, 10 ether);
        vm.deal(BOB, 10 ether);
    }

    function admit(DeckProvenance d) private {
        Group memory g = group(deckTerms(), 0);
        d.admit(0, g.lists, g.digests, g.sizes, g.proofs);
    }

    function open(DeckSale d) private {
        vm.prank(AUTHOR);
        d.openSale(end);
    }

    function buy(DeckSale d, address by, uint256 n) private {
        for (uint256 i = 0; i < n; ++i) {
            vm.prank(by);
            d == foxes ? foxes.mint{value: PRICE}() : units.mint{value: PRICE}();
        }
    }

    function reveal(DeckSale d) private {
        vm.warp(d.revealFrom());
        bytes memory signature = beacon.signatureOf(d.round());
        vm.expectEmit(address(d));
        emit IERC4906.BatchMetadataUpdate(1, 10);
        d.reveal(signature);
    }

    function test_life_erc721() public {
        open(foxes);
        buy(foxes, ALICE, 3);
        buy(foxes, BOB, 1);
        same(foxes.ownerOf(3), ALICE, "owner");
        same(bytes(foxes.tokenURI(4)), "ipfs://placeholder", "placeholder");
        reveal(foxes);
        string memory folder = Cid.directoryUri(foxes.directoryOf(0));
        for (uint256 id = 1; id <= 4; ++id) {
            same(bytes(foxes.tokenURI(id)), bytes(string.concat(folder, "/", nameOf(foxes.cardOf(id), 1))), "uri");
        }
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 5));
        foxes.tokenURI(5);
        checkMoney(foxes, 4 * PRICE);
    }

    function test_life_erc1155() public {
        open(units);
        buy(units, ALICE, 3);
        buy(units, BOB, 1);
        same(units.balanceOf(ALICE, 3), 1, "balance");
        same(bytes(units.uri(4)), "ipfs://placeholder", "placeholder");
        reveal(units);
        string memory folder = Cid.directoryUri(units.directoryOf(0));
        for (uint256 id = 1; id <= 4; ++id) {
            same(bytes(units.uri(id)), bytes(string.concat(folder, "/", nameOf(units.cardOf(id), 1))), "uri");
        }
        vm.expectRevert(abi.encodeWithSelector(IDeck.InvalidTokenId.selector, 5, 1));
        units.uri(5);
        vm.expectRevert(abi.encodeWithSelector(IDeck.InvalidTokenId.selector, 0, 1));
        units.uri(0);
        checkMoney(units, 4 * PRICE);
    }

    function checkMoney(DeckSale d, uint256 amount) private {
        vm.expectRevert(abi.encodeWithSelector(IDeck.NotTheAuthor.selector, ALICE));
        vm.prank(ALICE);
        d.withdraw(payable(ALICE));
        address payable refuses = payable(address(new Refuses()));
        vm.startPrank(AUTHOR);
        vm.expectRevert(abi.encodeWithSelector(DeckSale.PaymentRefused.selector, refuses));
        d.withdraw(refuses);
        d.withdraw(payable(AUTHOR));
        vm.stopPrank();
        same(AUTHOR.balance, amount, "all of it");
        same(address(d).balance, 0, "nothing stays");
    }

    function both() private view returns (DeckSale[2] memory) {
        return [DeckSale(foxes), DeckSale(units)];
    }

    function test_mint_revertsOutsideTheSale() public {
        for (uint256 i = 0; i < 2; ++i) {
            DeckSale d = both()[i];
            vm.warp(end - 1 days);
            vm.expectRevert(IDeck.NotSelling.selector);
            buy(d, ALICE, 1);
            open(d);
            vm.expectRevert(DeckSale.NotSettled.selector);
            vm.prank(AUTHOR);
            d.withdraw(payable(AUTHOR));
            vm.warp(end);
            vm.expectRevert(IDeck.NotSelling.selector);
            buy(d, ALICE, 1);
        }
    }

    function test_closeSale_whenSoldOut() public {
        for (uint256 i = 0; i < 2; ++i) {
            DeckSale d = both()[i];
            open(d);
            buy(d, ALICE, 9);
            vm.expectRevert(abi.encodeWithSelector(DeckSale.NotSoldOut.selector, 1));
            d.closeSale();
            buy(d, BOB, 1);
            vm.expectRevert(abi.encodeWithSelector(IDeck.InvalidTokenId.selector, 11, 1));
            buy(d, BOB, 1);
            d.closeSale();
            same(d.saleEnd(), block.timestamp, "end");
            yes(d.state() == DeckState.Ended, "ended");
        }
    }

    function test_fuzz_mint_revertsForAnotherPayment(uint256 value) public {
        value %= 1 ether;
        if (value == PRICE) ++value;
        open(foxes);
        open(units);
        vm.startPrank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(DeckSale.WrongPayment.selector, value, PRICE));
        foxes.mint{value: value}();
        vm.expectRevert(abi.encodeWithSelector(DeckSale.WrongPayment.selector, value, PRICE));
        units.mint{value: value}();
    }

    /// forge-config: ci.fuzz.runs = 64
    /// @dev A burned id is used up, also for an heir that mints in ways of its own.
    function test_fuzz_burn_idsAreUsedOnce(uint256 id) public {
        Eager721 eager = new Eager721(deckTerms());
        admit(eager);
        open(eager);
        for (uint256 i = 1; i <= 4; ++i) {
            eager.mintAny(ALICE, i);
        }
        vm.prank(ALICE);
        eager.burn(2);
        vm.expectRevert(abi.encodeWithSelector(DeckSale.NotTheNext.selector, 2));
        eager.mintAny(ALICE, 2);
        if (id == 5) id = 6;
        vm.expectRevert();
        eager.mintAny(ALICE, id);
        eager.mintAny(ALICE, 5);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 2));
        eager.burn(2);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, BOB, 1));
        vm.prank(BOB);
        eager.burn(1);
    }

    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_erc1155_oneUnitAnId(uint256 value) public {
        Eager1155 eager = new Eager1155(deckTerms());
        admit(eager);
        open(eager);
        (uint256[] memory ids, uint256[] memory one) = (new uint256[](2), new uint256[](2));
        (ids[0], ids[1], one[0], one[1]) = (1, 2, 1, 1);
        one[1] = value == 1 ? 2 : value;
        vm.expectRevert(abi.encodeWithSelector(DeckERC1155.NotOneUnit.selector, 2, one[1]));
        eager.mintAny(ALICE, ids, one);
        one[1] = 1;
        eager.mintAny(ALICE, ids, one);
        vm.expectRevert(abi.encodeWithSelector(DeckSale.NotTheNext.selector, 1));
        eager.mintAny(BOB, ids, one);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155MissingApprovalForAll.selector, BOB, ALICE));
        vm.prank(BOB);
        eager.burn(ALICE, 1);
        vm.prank(ALICE);
        eager.setApprovalForAll(BOB, true);
        vm.prank(BOB);
        eager.burn(ALICE, 1);
        ids[1] = 1;
        vm.expectRevert(abi.encodeWithSelector(DeckSale.NotTheNext.selector, 1));
        eager.mintAny(ALICE, ids, one);
        ids[0] = 3;
        ids[1] = 3;
        vm.expectRevert(abi.encodeWithSelector(DeckSale.NotTheNext.selector, 3));
        eager.mintAny(ALICE, ids, one);
    }

    /// @dev A buyer that buys again, burns and withdraws while receiving.
    function test_mint_reentered() public {
        CallsBack buyer = new CallsBack(address(foxes));
        vm.deal(address(buyer), 1 ether);
        CallsBack.Call[] memory calls = new CallsBack.Call[](4);
        calls[0] = CallsBack.Call(PRICE, abi.encodeCall(foxes.mint, ()));
        calls[1] = CallsBack.Call(0, abi.encodeCall(foxes.burn, (1)));
        calls[2] = CallsBack.Call(0, abi.encodeCall(foxes.withdraw, (payable(address(buyer)))));
        calls[3] = CallsBack.Call(0, abi.encodeCall(foxes.closeSale, ()));
        buyer.arm(calls);
        open(foxes);
        vm.prank(address(buyer));
        foxes.mint{value: PRICE}();
        same(foxes.totalMinted(), 2, "ids");
        same(foxes.ownerOf(2), address(buyer), "the second");
        same(foxes.balanceOf(address(buyer)), 1, "the first is burned");
        same(address(foxes).balance, 2 * PRICE, "paid");
        vm.etch(address(0xbad), type(Refuses).runtimeCode);
        vm.deal(address(0xbad), 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(0xbad)));
        vm.prank(address(0xbad));
        foxes.mint{value: PRICE}();
    }

    /// @dev Without `_beforeDeckMint` tokens exist before the proofs, ids that have no card, mints when the assignment is
    /// known, and burned ids again. What is left: a token that exists shows its own card's document, or nothing.
    function test_forgetful_losesThePromises() public {
        Forgetful f = new Forgetful(deckTerms());
        f.mint(1);
        yes(!f.isComplete() && f.ownerOf(1) == address(this), "before any proof");
        f.mint(11);
        same(f.ownerOf(11), address(this), "an id without a card");
        admit(f);
        vm.prank(AUTHOR);
        f.open(end);
        vm.warp(uint256(end) + GAP);
        f.reveal(beacon.signatureOf(f.round()));
        f.mint(f.tokenOf(7));
        same(f.cardOf(f.tokenOf(7)), 7, "whoever comes last takes the best card");
        string memory shown = f.tokenURI(1);
        f.burn(1);
        f.mint(1);
        same(bytes(f.tokenURI(1)), bytes(shown), "again, with the same card");
        vm.expectRevert(abi.encodeWithSelector(IDeck.InvalidTokenId.selector, 11, 1));
        f.tokenURI(11);
    }

    function test_supportsInterface() public view {
        yes(foxes.supportsInterface(0x80ac58cd) && foxes.supportsInterface(0x49064906), "ERC-721, ERC-4906");
        yes(units.supportsInterface(0xd9b67a26) && !units.supportsInterface(0x80ac58cd), "ERC-1155");
    }
}
