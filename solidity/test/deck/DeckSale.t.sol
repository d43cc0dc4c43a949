// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC721A} from "erc721a/contracts/IERC721A.sol";

import {SaleBase} from "./SaleBase.sol";
import {vm} from "../Vm.sol";
import {DeckDrop} from "../../src/deck/DeckDrop.sol";
import {DeckState, DeckTerms, IDeck} from "../../src/deck/IDeck.sol";
import {DropTerms, IDeckDrop, SaleTerms} from "../../src/deck/IDeckDrop.sol";

contract DeckSaleTest is SaleBase {
    function stateIs(DeckState want) private view {
        same(uint256(drop.state()), uint256(want), "state");
    }

    // openSale

    function test_openSale() public {
        vm.expectEmit(address(drop));
        emit IDeck.SaleEnds(terms.end, beacon.roundAt(terms.end + GAP));
        vm.expectEmit(address(drop));
        emit IDeckDrop.SaleChanged(terms);
        open(drop);
        stateIs(DeckState.Selling);
        same(abi.encode(drop.sale()), abi.encode(terms), "terms");
        same(drop.saleEnd(), terms.end, "end");
        same(drop.revealFrom(), terms.end + GAP, "reveal");
        same(drop.round(), beacon.roundAt(terms.end + GAP), "round");
    }

    function test_fuzz_openSale_keepsTheTerms(SaleTerms memory s) public {
        s.end = uint32(block.timestamp + 1 + s.end % 366 days);
        s.publicFrom = s.publicFrom % s.end;
        s.listFrom = s.listFrom % (s.publicFrom + 1);
        (s.price, s.listPrice) = (s.price % 2 ** 64 * 1 gwei, s.listPrice % 2 ** 64 * 1 gwei);
        vm.prank(AUTHOR);
        drop.openSale(s);
        same(abi.encode(drop.sale()), abi.encode(s), "terms");
        same(drop.reserve(), 2, "reserve");
    }

    function test_fuzz_openSale_revertsForAnybodyElse(address who) public {
        vm.assume(who != AUTHOR);
        vm.expectRevert(abi.encodeWithSelector(IDeck.NotTheAuthor.selector, who));
        vm.prank(who);
        drop.openSale(terms);
    }

    function test_openSale_revertsTwice() public {
        open(drop);
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(IDeck.AlreadyOpened.selector);
            open(drop);
            vm.warp(terms.end);
            terms.end += 10 days;
        }
    }

    function test_openSale_revertsWhenAGroupIsMissing() public {
        DeckTerms memory t = deckTerms();
        t.cards = 257; // three groups
        DeckDrop d = new DeckDrop(t, dropTerms());
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(IDeck.Incomplete.selector);
            open(d);
            admit(d, group(t, (i + 1) % 3));
        }
        open(d);
    }

    function test_fuzz_openSale_revertsWhenTimesAreOutOfOrder(uint32 listFrom, uint32 publicFrom, uint32 end) public {
        vm.assume(listFrom > publicFrom || publicFrom >= end);
        (terms.listFrom, terms.publicFrom, terms.end) = (listFrom, publicFrom, end);
        vm.expectRevert(IDeckDrop.InvalidSaleTerms.selector);
        open(drop);
    }

    function test_fuzz_openSale_revertsWhenTheEndIsNotAhead(uint32 end) public {
        (terms.listFrom, terms.publicFrom) = (0, 0);
        terms.end = uint32(1 + end % block.timestamp);
        expectInvalidEnd();
        terms.end = uint32(block.timestamp);
        expectInvalidEnd();
        terms.end = uint32(block.timestamp + 366 days + 1);
        expectInvalidEnd();
        terms.end = type(uint32).max - end % 2 ** 31;
        expectInvalidEnd();
        terms.end = uint32(block.timestamp + 366 days);
        open(drop);
    }

    function expectInvalidEnd() private {
        vm.expectRevert(abi.encodeWithSelector(IDeck.InvalidEnd.selector, terms.end));
        open(drop);
    }

    function test_fuzz_openSale_revertsWhenAPriceIsNone(uint256 price, bool listed) public {
        if (price % 1 gwei == 0 && price / 1 gwei <= type(uint64).max) ++price;
        if (listed) terms.listPrice = price;
        else terms.price = price;
        vm.expectRevert(IDeckDrop.InvalidSaleTerms.selector);
        open(drop);
    }

    // mint

    function test_mint() public {
        openPublic(drop);
        mint(drop, ALICE, 3);
        mint(drop, BOB, 1);
        for (uint256 id = 1; id <= 4; ++id) {
            same(drop.ownerOf(id), id < 4 ? ALICE : BOB, "owner");
            same(bytes(drop.tokenURI(id)), "ipfs://placeholder", "placeholder");
        }
        same(drop.totalSupply(), 4, "supply");
        same(address(drop).balance, 4 * PRICE, "paid");
        same(drop.mintedBy(ALICE), 3, "minted");
        same(drop.mintedByList(ALICE), 0, "by list");
    }

    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_mint_idsBeginWithTheFirst(uint64 firstId, uint8 n) public {
        DeckTerms memory t = deckTerms();
        t.firstId = firstId % 2 ** 53;
        DeckDrop d = new DeckDrop(t, dropTerms());
        admitAll(d);
        openPublic(d);
        uint256 count = 1 + n % 5;
        mint(d, ALICE, count);
        same(d.ownerOf(t.firstId), ALICE, "first");
        same(d.ownerOf(t.firstId + count - 1), ALICE, "last");
        vm.expectRevert(IERC721A.OwnerQueryForNonexistentToken.selector);
        d.ownerOf(t.firstId + count);
    }

    function test_fuzz_mint_revertsOutsideItsTime(uint32 time) public {
        // Before the sale is opened.
        vm.expectRevert(IDeck.NotSelling.selector);
        vm.prank(ALICE);
        drop.mint(1);
        open(drop);
        uint256 early = terms.publicFrom - 1 - time % 2 days;
        vm.warp(early);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.PhaseNotOpen.selector, terms.publicFrom));
        mint(drop, ALICE, 1);
        vm.warp(uint256(terms.end) + time);
        vm.expectRevert(IDeck.NotSelling.selector);
        mint(drop, ALICE, 1);
    }

    function test_mint_atTheEdgesOfItsTime() public {
        openPublic(drop);
        mint(drop, ALICE, 1);
        vm.warp(terms.end - 1);
        mint(drop, ALICE, 1);
        uint32[3] memory late = [terms.end, terms.end + GAP, terms.end + 60 days];
        for (uint256 i = 0; i < 3; ++i) {
            vm.warp(late[i]);
            vm.expectRevert(IDeck.NotSelling.selector);
            mint(drop, ALICE, 1);
            vm.expectRevert(IDeck.NotSelling.selector);
            vm.prank(OWNER);
            drop.mintReserve(OWNER, 1);
        }
    }

    /// @dev A clock that jumps over the end and the beacon's time.
    function test_mint_revertsWhenTheClockJumps() public {
        open(drop);
        vm.warp(uint256(terms.end) + GAP);
        vm.expectRevert(IDeck.NotSelling.selector);
        mint(drop, ALICE, 1);
        stateIs(DeckState.Ended);
        drop.reveal(beacon.signatureOf(drop.round()));
        stateIs(DeckState.Revealed);
    }

    function test_fuzz_mint_revertsForAnotherPayment(uint8 n, uint256 value) public {
        openPublic(drop);
        uint256 count = 1 + n % 5;
        value %= 1 ether;
        if (value == count * PRICE) ++value;
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.WrongPayment.selector, value, count * PRICE));
        vm.prank(ALICE);
        drop.mint{value: value}(count);
    }

    function test_fuzz_mint_revertsAboveTheWalletsLimit(uint8 a, uint8 b) public {
        openPublic(drop);
        uint256 had = 1 + a % 5;
        mint(drop, ALICE, had);
        uint256 more = 6 - had + b % 100;
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.AboveLimit.selector, had + more, 5));
        mint(drop, ALICE, more);
        if (had < 5) mint(drop, ALICE, 5 - had);
        // Another wallet has a limit of its own; tokens that were handed on or burned count.
        vm.startPrank(ALICE);
        drop.transferFrom(ALICE, BOB, 1);
        drop.burn(2);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.AboveLimit.selector, 6, 5));
        mint(drop, ALICE, 1);
        mint(drop, BOB, 3);
    }

    /// @dev Tokens of the reserve that the owner sends somebody take nothing away from them.
    function test_mint_reserveAndListCountForNoLimit() public {
        open(drop);
        vm.warp(terms.listFrom);
        mintListed(ALICE, 3);
        vm.prank(OWNER);
        drop.mintReserve(ALICE, 2);
        same(drop.mintedByList(ALICE), 3, "by list");
        vm.warp(terms.publicFrom);
        mint(drop, ALICE, 5);
        same(drop.mintedBy(ALICE), 10, "all");
        same(drop.mintedByList(ALICE), 3, "by list");
    }

    /// forge-config: ci.fuzz.runs = 16
    function test_fuzz_mint_revertsWhenALotIsNone(uint256 n) public {
        openPublic(drop);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.InvalidLot.selector, 0));
        mint(drop, ALICE, 0);
        n = 33 + n % 200;
        DeckDrop d = largeDrop();
        openPublic(d);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.InvalidLot.selector, n));
        mint(d, ALICE, n);
        mint(d, ALICE, 32);
    }

    function largeDrop() private returns (DeckDrop d) {
        DeckTerms memory t = deckTerms();
        t.cards = 257;
        DropTerms memory terms_ = dropTerms();
        terms_.walletLimit = 0;
        d = new DeckDrop(t, terms_);
        admitAll(d);
        terms.listFrom = uint32(block.timestamp);
        terms.publicFrom = uint32(block.timestamp);
        terms.end = uint32(block.timestamp + 1 days);
    }

    /// forge-config: ci.fuzz.runs = 16
    function test_fuzz_mint_revertsForAHugeLot(uint256 n) public {
        n = type(uint256).max - n % 2 ** 128;
        DeckDrop d = largeDrop();
        openPublic(d);
        vm.deal(ALICE, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.SoldOut.selector, 255));
        vm.prank(ALICE);
        d.mint(n);
        openPublic(drop);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.AboveLimit.selector, n, 5));
        vm.prank(ALICE);
        drop.mint(n);
    }

    function test_mint_revertsWhenSoldOut() public {
        openPublic(drop);
        mint(drop, ALICE, 5);
        mint(drop, BOB, 2);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.SoldOut.selector, 1));
        mint(drop, BOB, 2);
        mint(drop, BOB, 1);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.SoldOut.selector, 0));
        mint(drop, CAROL, 1);
    }

    /// @dev Ids are used once: what is burned makes no room.
    function test_mint_capIsOnIdsEverMinted() public {
        openPublic(drop);
        mint(drop, ALICE, 5);
        mint(drop, BOB, 3);
        vm.startPrank(ALICE);
        for (uint256 id = 1; id <= 5; ++id) {
            drop.burn(id);
        }
        vm.stopPrank();
        same(drop.totalSupply(), 3, "supply");
        same(drop.totalMinted(), 8, "minted");
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.SoldOut.selector, 0));
        mint(drop, CAROL, 1);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.NotSoldOut.selector, 2));
        drop.closeSale();
    }

    // mintListed

    function mintListed(address by, uint256 n) private {
        bytes32[] memory path = pathOf(by);
        vm.prank(by);
        drop.mintListed{value: n * LIST_PRICE}(n, ALLOWANCE, path);
    }

    function test_mintListed() public {
        open(drop);
        vm.warp(terms.listFrom);
        mintListed(ALICE, 2);
        mintListed(BOB, 3);
        mintListed(ALICE, 1);
        same(drop.balanceOf(ALICE), 3, "Alice's");
        same(drop.balanceOf(BOB), 3, "Bob's");
        same(address(drop).balance, 6 * LIST_PRICE, "paid");
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.AboveLimit.selector, 4, ALLOWANCE));
        mintListed(ALICE, 1);
    }

    /// @dev The list's price and allowance go on in the public phase, beside the wallet's limit.
    function test_mintListed_inThePublicPhase() public {
        openPublic(drop);
        mint(drop, ALICE, 5);
        mintListed(ALICE, 3);
        same(drop.balanceOf(ALICE), 8, "all");
    }

    function test_fuzz_mintListed_revertsOutsideItsTime(uint32 time) public {
        vm.expectRevert();
        mintListed(ALICE, 1);
        open(drop);
        vm.warp(terms.listFrom - 1 - time % 1 days);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.PhaseNotOpen.selector, terms.listFrom));
        mintListed(ALICE, 1);
        vm.warp(uint256(terms.end) + time);
        vm.expectRevert(IDeck.NotSelling.selector);
        mintListed(ALICE, 1);
    }

    function test_fuzz_mintListed_revertsWhenNotOnTheList(address who, uint256 allowance, bytes32[] memory path)
        public
    {
        vm.assume(!((who == ALICE || who == BOB || who == OWNER || who == AUTHOR) && allowance == ALLOWANCE));
        open(drop);
        vm.warp(terms.listFrom);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.NotOnTheList.selector, who, allowance));
        vm.prank(who);
        drop.mintListed(1, allowance, path);
        bytes32[] memory right = pathOf(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.NotOnTheList.selector, who, allowance));
        vm.prank(who);
        drop.mintListed(1, allowance, right);
    }

    /// @dev An inner node of the tree is no account.
    function test_mintListed_revertsForAnInnerNode() public {
        open(drop);
        vm.warp(terms.listFrom);
        bytes32[] memory path = pathOf(ALICE);
        bytes32[] memory shorter = new bytes32[](1);
        shorter[0] = path[1];
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.NotOnTheList.selector, ALICE, ALLOWANCE));
        vm.prank(ALICE);
        drop.mintListed(1, ALLOWANCE, shorter);
        // No list: nobody is on it.
        terms.list = 0;
        DeckDrop d = dropWith(dropTerms());
        vm.warp(terms.listFrom - 1);
        open(d);
        vm.warp(terms.listFrom);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.NotOnTheList.selector, ALICE, ALLOWANCE));
        vm.prank(ALICE);
        d.mintListed(1, ALLOWANCE, new bytes32[](0));
    }

    function test_fuzz_mintListed_revertsForAnotherPayment(uint8 n, uint256 value) public {
        open(drop);
        vm.warp(terms.listFrom);
        uint256 count = 1 + n % 3;
        value %= 1 ether;
        if (value == count * LIST_PRICE) ++value;
        bytes32[] memory path = pathOf(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.WrongPayment.selector, value, count * LIST_PRICE));
        vm.prank(ALICE);
        drop.mintListed{value: value}(count, ALLOWANCE, path);
    }

    // mintReserve

    function test_mintReserve() public {
        open(drop);
        vm.prank(OWNER);
        drop.mintReserve(CAROL, 2);
        same(drop.balanceOf(CAROL), 2, "Carol's");
        same(drop.reserve(), 0, "left");
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.SoldOut.selector, 0));
        vm.prank(OWNER);
        drop.mintReserve(CAROL, 1);
    }

    function test_fuzz_mintReserve_reverts(address who, uint256 n) public {
        vm.assume(who != OWNER);
        vm.expectRevert(IDeck.NotSelling.selector);
        vm.prank(OWNER);
        drop.mintReserve(OWNER, 1);
        open(drop);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, who));
        vm.prank(who);
        drop.mintReserve(who, 1);
        vm.startPrank(OWNER);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.SoldOut.selector, 2));
        drop.mintReserve(OWNER, 3 + n % 2 ** 255);
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.InvalidLot.selector, 0));
        drop.mintReserve(OWNER, 0);
        vm.expectRevert(IERC721A.MintToZeroAddress.selector);
        drop.mintReserve(address(0), 1);
    }

    // closeSale

    function sellOut() private {
        openPublic(drop);
        vm.prank(OWNER);
        drop.mintReserve(OWNER, 2);
        mint(drop, ALICE, 5);
        mint(drop, BOB, 3);
    }

    function test_closeSale() public {
        sellOut();
        uint32 end = uint32(terms.publicFrom + 100);
        vm.warp(end);
        vm.expectEmit(address(drop));
        emit IDeck.SaleEnds(end, beacon.roundAt(end + GAP));
        vm.prank(CAROL);
        drop.closeSale();
        same(drop.saleEnd(), end, "end");
        same(drop.sale().end, end, "in the terms");
        same(drop.sale().price, PRICE, "the other terms stay");
        stateIs(DeckState.Ended);
        // Once: no later time can be chosen.
        vm.warp(end + 10);
        vm.expectRevert(IDeck.NotSelling.selector);
        drop.closeSale();
        vm.warp(end + GAP);
        drop.reveal(beacon.signatureOf(beacon.roundAt(end + GAP)));
    }

    function test_closeSale_revertsWhenNotSoldOut() public {
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.NotSoldOut.selector, 10));
        drop.closeSale();
        openPublic(drop);
        mint(drop, ALICE, 5);
        mint(drop, BOB, 3);
        // The reserve is still to be had.
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.NotSoldOut.selector, 2));
        drop.closeSale();
    }

    function test_fuzz_closeSale_revertsWhenTheSaleIsOver(uint32 late) public {
        sellOut();
        vm.warp(uint256(terms.end) + late);
        vm.expectRevert(IDeck.NotSelling.selector);
        drop.closeSale();
    }

    // Prices, list, royalties, contractURI

    function test_fuzz_lowerPrices(uint64 listed, uint64 price) public {
        open(drop);
        (terms.listPrice, terms.price) = (listed % (0.04 gwei + 1) * 1 gwei, price % (0.05 gwei + 1) * 1 gwei);
        vm.expectEmit(address(drop));
        emit IDeckDrop.SaleChanged(terms);
        vm.prank(OWNER);
        drop.lowerPrices(terms.listPrice, terms.price);
        same(abi.encode(drop.sale()), abi.encode(terms), "terms");
    }

    function test_fuzz_lowerPrices_revertsWhenRaised(uint64 more, bool listed, address who) public {
        open(drop);
        uint256 by = (uint256(more) % 1e9 + 1) * 1 gwei;
        vm.startPrank(OWNER);
        vm.expectRevert(IDeckDrop.PriceRaised.selector);
        drop.lowerPrices(LIST_PRICE + (listed ? by : 0), PRICE + (listed ? 0 : by));
        vm.expectRevert(IDeckDrop.InvalidSaleTerms.selector);
        drop.lowerPrices(LIST_PRICE - (listed ? 1 : 0), PRICE - (listed ? 0 : 1));
        vm.stopPrank();
        vm.assume(who != OWNER);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, who));
        vm.prank(who);
        drop.lowerPrices(0, 0);
    }

    function test_fuzz_setList(bytes32 list, address who) public {
        vm.expectRevert(IDeck.NotSelling.selector);
        vm.prank(OWNER);
        drop.setList(list);
        open(drop);
        vm.warp(terms.listFrom - 1);
        terms.list = list;
        vm.expectEmit(address(drop));
        emit IDeckDrop.SaleChanged(terms);
        vm.prank(OWNER);
        drop.setList(list);
        vm.warp(terms.listFrom);
        vm.expectRevert(IDeckDrop.ListInUse.selector);
        vm.prank(OWNER);
        drop.setList(0);
        vm.assume(who != OWNER);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, who));
        vm.prank(who);
        drop.setList(0);
    }

    function test_fuzz_setRoyalty(address receiver, uint96 fraction, uint96 tooMuch) public {
        fraction %= 1001;
        vm.startPrank(OWNER);
        drop.setRoyalty(receiver, fraction);
        (address who, uint256 amount) = drop.royaltyInfo(1, 1 ether);
        same(who, receiver, "receiver");
        same(amount, receiver == address(0) ? 0 : fraction * 1e14, "amount");
        if (tooMuch <= 1000) tooMuch += 1001;
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.RoyaltyTooHigh.selector, tooMuch));
        drop.setRoyalty(ALICE, tooMuch);
        drop.setRoyalty(address(0), tooMuch);
        (who, amount) = drop.royaltyInfo(1, 1 ether);
        same(who, address(0), "nobody");
        same(amount, 0, "nothing");
    }

    function test_fuzz_setContractURI(string memory uri, address who) public {
        vm.expectEmit(address(drop));
        emit IDeckDrop.ContractURIUpdated();
        vm.prank(OWNER);
        drop.setContractURI(uri);
        same(bytes(drop.contractURI()), bytes(uri), "uri");
        vm.assume(who != OWNER);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, who));
        vm.prank(who);
        drop.setContractURI("");
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, who));
        vm.prank(who);
        drop.setRoyalty(who, 1);
    }

    // burn

    function test_fuzz_burn_byHolderOrApproved(address who) public {
        // ERC721A takes 0 for approved where nobody is; no transaction comes from there.
        vm.assume(who != address(0) && who != ALICE && who != BOB && who != CAROL);
        openPublic(drop);
        mint(drop, ALICE, 4);
        vm.expectRevert(IERC721A.TransferCallerNotOwnerNorApproved.selector);
        vm.prank(who);
        drop.burn(1);
        vm.startPrank(ALICE);
        drop.burn(1);
        drop.approve(BOB, 2);
        drop.setApprovalForAll(CAROL, true);
        vm.stopPrank();
        vm.prank(BOB);
        drop.burn(2);
        vm.prank(CAROL);
        drop.burn(3);
        same(drop.ownerOf(4), ALICE, "the rest of the lot");
        vm.expectRevert(IERC721A.URIQueryForNonexistentToken.selector);
        drop.tokenURI(2);
        vm.expectRevert(IERC721A.OwnerQueryForNonexistentToken.selector);
        drop.burn(2);
    }

    function test_fuzz_supportsInterface(bytes4 id) public view {
        bytes4[6] memory known = [
            bytes4(0x01ffc9a7), // ERC-165
            0x80ac58cd, // ERC-721
            0x5b5e139f, // its metadata
            0x2a55205a, // ERC-2981
            0x49064906, // ERC-4906
            0x00000000
        ];
        bool isKnown;
        for (uint256 i = 0; i < 5; ++i) {
            yes(drop.supportsInterface(known[i]), "known");
            isKnown = isKnown || id == known[i];
        }
        yes(drop.supportsInterface(id) == isKnown, "others");
        yes(!drop.supportsInterface(0xffffffff), "none");
    }
}
