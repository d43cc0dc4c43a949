// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721A} from "erc721a/contracts/IERC721A.sol";

import {Refuses} from "./Hostile.sol";
import {SaleBase} from "./SaleBase.sol";
import {History} from "../History.sol";
import {vm, Vm} from "../Vm.sol";
import {IBeacon} from "../../src/beacon/IBeacon.sol";
import {Cid} from "../../src/Cid.sol";
import {DeckDrop} from "../../src/deck/DeckDrop.sol";
import {DeckState, DeckTerms, IDeck} from "../../src/deck/IDeck.sol";
import {IDeckDrop} from "../../src/deck/IDeckDrop.sol";

/// @dev Calls back into a drop while it is paid, and keeps what each call returned.
contract Payee {
    DeckDrop private immutable _drop;
    bytes[] private _calls;
    bool[] public results;

    constructor(DeckDrop drop) {
        _drop = drop;
    }

    function arm(bytes[] memory calls) external {
        _calls = calls;
    }

    function withdraw() external {
        _drop.withdraw(payable(address(this)));
    }

    function acceptOwnership() external {
        _drop.acceptOwnership();
    }

    receive() external payable {
        bytes[] memory calls = _calls;
        delete _calls;
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool ok,) = address(_drop).call(calls[i]);
            results.push(ok);
        }
    }
}

contract DeckRevealTest is SaleBase {
    uint256 private constant AFTER = 64;

    function setUp() public override {
        super.setUp();
        vm.roll(20_000);
        openPublic(drop);
        mint(drop, ALICE, 5);
        mint(drop, BOB, 2);
    }

    function stateIs(DeckState want) private view {
        same(uint256(drop.state()), uint256(want), "state");
    }

    /// @dev Warps to the time of the beacon's round, and some seconds.
    function late(uint256 by) private {
        vm.warp(uint256(terms.end) + GAP + by);
    }

    function reveal() private {
        drop.reveal(beacon.signatureOf(drop.round()));
    }

    // reveal

    function test_reveal() public {
        late(0);
        uint64 r = beacon.roundAt(terms.end + GAP);
        bytes32 randomness = keccak256(beacon.signatureOf(r));
        vm.expectEmit(address(drop));
        emit IDeck.Revealed(r, 0, randomness);
        vm.expectEmit(address(drop));
        emit IERC4906.BatchMetadataUpdate(1, 10);
        vm.prank(CAROL);
        reveal();
        same(drop.randomness(), randomness, "randomness");
        stateIs(DeckState.Revealed);
    }

    function test_fuzz_reveal_revertsBeforeItsTime(uint32 early) public {
        uint256 from = uint256(terms.end) + GAP;
        bytes memory signature = beacon.signatureOf(drop.round());
        vm.warp(from - 1 - early % (from - terms.publicFrom));
        vm.expectRevert(abi.encodeWithSelector(IDeck.TooEarly.selector, from));
        drop.reveal(signature);
    }

    function test_fuzz_reveal_revertsForAnotherRound(uint64 round, uint32 by) public {
        late(by);
        uint64 r = drop.round();
        if (round == r) ++round;
        bytes[] memory wrong = new bytes[](4);
        (wrong[0], wrong[1]) = (beacon.signatureOf(round), beacon.signatureOf(r - 1));
        (wrong[2], wrong[3]) = (beacon.signatureOf(r + 1), "");
        for (uint256 i = 0; i < 4; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IBeacon.InvalidSignature.selector, r));
            drop.reveal(wrong[i]);
        }
        // However late it is, the round stays.
        reveal();
    }

    function test_reveal_revertsTwice() public {
        late(0);
        bytes memory signature = beacon.signatureOf(drop.round());
        drop.reveal(signature);
        vm.expectRevert(IDeck.NothingToReveal.selector);
        drop.reveal(signature);
        late(90 days);
        vm.expectRevert(IDeck.NothingToReveal.selector);
        drop.revealByBlockHash();
        vm.expectRevert(IDeck.NothingToReveal.selector);
        drop.fail();
    }

    function test_reveal_revertsBeforeTheSaleIsOpened() public {
        DeckDrop d = dropWith(dropTerms());
        late(90 days);
        vm.expectRevert(IDeck.NotSelling.selector);
        d.reveal("");
        vm.expectRevert(IDeck.NotSelling.selector);
        d.revealByBlockHash();
        vm.expectRevert(IDeck.NotSelling.selector);
        d.fail();
        same(d.round(), 0, "round");
        same(d.revealFrom(), 0, "time");
    }

    function test_reveal_revertsForAFixedDeck() public {
        DeckDrop d = fixedDrop();
        vm.expectRevert(IDeck.NothingToReveal.selector);
        d.reveal("");
        vm.expectRevert(IDeck.NoFallback.selector);
        d.revealByBlockHash();
        vm.expectRevert(IDeck.NothingToReveal.selector);
        d.fail();
    }

    // What tokens show

    function test_cardOf_isAPermutationOfTheWholeDeck() public {
        vm.expectRevert(IDeck.NotRevealed.selector);
        drop.cardOf(1);
        vm.expectRevert(IDeck.NotRevealed.selector);
        drop.tokenOf(0);
        late(0);
        reveal();
        bool[10] memory seen;
        for (uint256 id = 1; id <= 10; ++id) {
            uint256 card = drop.cardOf(id);
            yes(!seen[card], "a card twice");
            seen[card] = true;
            same(drop.tokenOf(card), id, "inverse");
        }
    }

    function test_fuzz_cardOf_revertsOutsideTheDeck(uint256 id, uint64 firstId) public {
        DeckTerms memory t = deckTerms();
        t.firstId = firstId % 2 ** 53;
        DeckDrop d = new DeckDrop(t, dropTerms());
        uint256 first = t.firstId;
        if (id >= first && id < first + 10) id += 10;
        vm.expectRevert(abi.encodeWithSelector(IDeck.InvalidTokenId.selector, id, 1));
        d.cardOf(id);
        vm.expectRevert(abi.encodeWithSelector(IDeck.InvalidTokenId.selector, first + 10, 1));
        d.cardOf(first + 10);
        if (first > 0) {
            vm.expectRevert(abi.encodeWithSelector(IDeck.InvalidTokenId.selector, first - 1, 1));
            d.cardOf(first - 1);
        }
        uint256 card = 10 + id % 2 ** 255;
        vm.expectRevert(abi.encodeWithSelector(IDeck.InvalidTokenId.selector, card, 1));
        d.tokenOf(card);
    }

    function test_tokenURI_isTheDocuments() public {
        same(bytes(drop.tokenURI(7)), "ipfs://placeholder", "before");
        late(0);
        reveal();
        string memory folder = Cid.directoryUri(drop.directoryOf(0));
        for (uint256 id = 1; id <= 7; ++id) {
            string memory want = string.concat(folder, "/", nameOf(drop.cardOf(id), 1));
            same(bytes(drop.tokenURI(id)), bytes(want), "uri");
        }
        vm.expectRevert(IERC721A.URIQueryForNonexistentToken.selector);
        drop.tokenURI(8); // not sold: its card never appears
        vm.expectRevert(IERC721A.URIQueryForNonexistentToken.selector);
        drop.tokenURI(0);
    }

    /// @dev Every group's folder, with names as wide as the last one's.
    function test_tokenURI_ofAFixedDeckOfThreeGroups() public {
        DeckTerms memory t = deckTerms();
        (t.permuted, t.gap, t.blockHashes, t.placeholder, t.cards) = (false, 0, false, "", 257);
        (t.beacon, t.firstId) = (NO_BEACON, 0);
        DeckDrop d = new DeckDrop(t, dropTerms());
        admitAll(d);
        terms.end = uint32(block.timestamp + 1 days);
        openPublic(d);
        for (uint256 i = 0; i < 9; ++i) {
            address buyer = address(uint160(1000 + i));
            vm.deal(buyer, 2 ether);
            for (uint256 j = 0; j < 5; ++j) {
                mint(d, buyer, 1);
            }
        }
        same(bytes(d.tokenURI(9)), bytes(string.concat(Cid.directoryUri(d.directoryOf(0)), "/009.json")), "narrow");
        same(bytes(d.tokenURI(44)), bytes(string.concat(Cid.directoryUri(d.directoryOf(0)), "/044.json")), "wider");
        for (uint256 card = 0; card < 257; card += 64) {
            same(d.cardOf(card), card, "card");
            same(d.tokenOf(card), card, "token");
        }
    }

    function test_tokenURI_namesTheCardsOwnGroup() public {
        DeckTerms memory t = deckTerms();
        t.cards = 257;
        DeckDrop d = new DeckDrop(t, dropTerms());
        admitAll(d);
        terms.end = uint32(block.timestamp + 1 days);
        openPublic(d);
        mint(d, ALICE, 5);
        mint(d, BOB, 5);
        vm.warp(uint256(terms.end) + GAP);
        d.reveal(beacon.signatureOf(d.round()));
        for (uint256 id = 1; id <= 10; ++id) {
            uint256 card = d.cardOf(id);
            string memory folder = Cid.directoryUri(d.directoryOf(card / 128));
            same(bytes(d.tokenURI(id)), bytes(string.concat(folder, "/", nameOf(card, 3))), "uri");
        }
    }

    /// @dev A chain that splits, or takes another number, after the reveal or before it: nothing is drawn again.
    function test_reveal_staysWhateverTheChainsNumberBecomes() public {
        late(0);
        uint256 before = vm.snapshotState();
        (uint256 chain, uint256 home) = (block.chainid, drop.home());
        reveal();
        string[10] memory shown = documents();
        vm.chainId(chain + 1);
        show(shown);
        vm.revertToState(before);
        vm.chainId(chain + 1);
        reveal();
        show(shown);
        same(drop.home(), home, "home");
    }

    function show(string[10] memory want) private view {
        string[10] memory got = documents();
        for (uint256 i = 0; i < 10; ++i) {
            same(bytes(got[i]), bytes(want[i]), "cardOf or tokenURI");
        }
    }

    /// @dev What each token shows, of those sold the address too.
    function documents() private view returns (string[10] memory all) {
        for (uint256 id = 1; id <= 10; ++id) {
            uint256 card = drop.cardOf(id);
            same(drop.tokenOf(card), id, "token");
            all[id - 1] = string.concat(vm.toString(card), id <= 7 ? drop.tokenURI(id) : "");
        }
    }

    // The fallback

    function test_revealByBlockHash() public {
        late(30 days);
        vm.expectEmit(address(drop));
        emit IDeck.FallbackArmed(20_000 + AFTER);
        drop.revealByBlockHash();
        vm.roll(20_000 + AFTER + 1);
        vm.setBlockhash(20_000 + AFTER, keccak256("hash"));
        vm.expectEmit(address(drop));
        emit IDeck.Revealed(0, 20_000 + AFTER, keccak256("hash"));
        vm.expectEmit(address(drop));
        emit IERC4906.BatchMetadataUpdate(1, 10);
        drop.revealByBlockHash();
        same(drop.randomness(), keccak256("hash"), "randomness");
        stateIs(DeckState.Revealed);
    }

    function test_fuzz_revealByBlockHash_revertsBeforeItsTime(uint32 early) public {
        uint256 from = uint256(terms.end) + GAP + 30 days;
        vm.warp(from - 1 - early % 30 days);
        vm.expectRevert(abi.encodeWithSelector(IDeck.TooEarly.selector, from));
        drop.revealByBlockHash();
    }

    function test_fuzz_revealByBlockHash_revertsBeforeItsBlock(uint8 blocks) public {
        late(30 days);
        drop.revealByBlockHash();
        uint256[2] memory early = [20_000 + blocks % AFTER, 20_000 + AFTER];
        for (uint256 i = 0; i < 2; ++i) {
            vm.roll(early[i]);
            vm.expectRevert(abi.encodeWithSelector(IDeck.TooEarly.selector, 20_000 + AFTER + 1));
            drop.revealByBlockHash();
        }
    }

    function test_revealByBlockHash_armsAgainWhenTheHashIsForgotten() public {
        late(30 days);
        drop.revealByBlockHash();
        vm.roll(40_000);
        vm.expectEmit(address(drop));
        emit IDeck.FallbackArmed(40_000 + AFTER);
        drop.revealByBlockHash();
        same(drop.randomness(), 0, "randomness");
        vm.roll(40_000 + AFTER + 2);
        vm.setBlockhash(40_000 + AFTER, keccak256("second"));
        drop.revealByBlockHash();
        same(drop.randomness(), keccak256("second"), "randomness");
    }

    /// @dev NUMBER counts a parent's blocks, and the history knew the chain's own one of that number before it was armed.
    function test_revealByBlockHash_armsAgainWhereTheHistoryCountsOtherBlocks() public {
        late(30 days);
        History.installNitro();
        History.writeNitro(20_000 + AFTER, keccak256("known"));
        History.mine(30_000);
        drop.revealByBlockHash();
        same(History.ask(20_000 + AFTER), keccak256("known"), "known when it was armed");
        vm.roll(20_000 + AFTER + 257);
        drop.revealByBlockHash();
        same(drop.randomness(), 0, "randomness");
    }

    /// @dev The beacon's own round is taken as long as nothing else was, armed or not.
    function test_revealByBlockHash_givesWayToTheBeacon() public {
        late(30 days);
        drop.revealByBlockHash();
        reveal();
        vm.roll(20_000 + AFTER + 1);
        vm.expectRevert(IDeck.NothingToReveal.selector);
        drop.revealByBlockHash();
        same(drop.randomness(), keccak256(beacon.signatureOf(drop.round())), "the beacon's");
    }

    function test_reveal_revertsAfterTheFallback() public {
        test_revealByBlockHash();
        bytes memory signature = beacon.signatureOf(drop.round());
        vm.expectRevert(IDeck.NothingToReveal.selector);
        drop.reveal(signature);
        same(drop.randomness(), keccak256("hash"), "the block's");
    }

    function test_revealByBlockHash_revertsWhereBlockHashesDoNotServe() public {
        DeckTerms memory t = deckTerms();
        t.blockHashes = false;
        DeckDrop d = new DeckDrop(t, dropTerms());
        admitAll(d);
        open(d);
        late(59 days);
        vm.expectRevert(IDeck.NoFallback.selector);
        d.revealByBlockHash();
        late(60 days);
        d.fail();
    }

    // Giving up

    function test_fail() public {
        late(60 days);
        vm.expectEmit(address(drop));
        emit IDeck.Failed();
        vm.prank(CAROL);
        drop.fail();
        stateIs(DeckState.Failed);
        same(bytes(drop.tokenURI(1)), "ipfs://placeholder", "placeholder");
        bytes memory signature = beacon.signatureOf(drop.round());
        vm.expectRevert(IDeck.NothingToReveal.selector);
        drop.reveal(signature);
        vm.expectRevert(IDeck.NothingToReveal.selector);
        drop.revealByBlockHash();
        vm.expectRevert(IDeck.NothingToReveal.selector);
        drop.fail();
        vm.expectRevert(IDeck.NotRevealed.selector);
        drop.cardOf(1);
        vm.prank(OWNER);
        drop.withdraw(payable(OWNER));
        same(address(drop).balance, 0, "nothing stays");
    }

    function test_fuzz_fail_revertsBeforeItsTime(uint32 early) public {
        uint256 from = uint256(terms.end) + GAP + 60 days;
        vm.warp(from - 1 - early % 60 days);
        vm.expectRevert(abi.encodeWithSelector(IDeck.TooEarly.selector, from));
        drop.fail();
    }

    /// @dev An armed fallback does not keep a deck from failing, nor a block from serving before.
    function test_fail_withAnArmedFallback() public {
        late(60 days);
        drop.revealByBlockHash();
        drop.fail();
        vm.roll(20_000 + AFTER + 1);
        vm.setBlockhash(20_000 + AFTER, keccak256("hash"));
        vm.expectRevert(IDeck.NothingToReveal.selector);
        drop.revealByBlockHash();
    }

    // withdraw

    function test_withdraw() public {
        late(0);
        reveal();
        vm.expectEmit(address(drop));
        emit IDeckDrop.Withdrawn(CAROL, 7 * PRICE);
        vm.prank(OWNER);
        drop.withdraw(payable(CAROL));
        same(CAROL.balance, 100 ether + 7 * PRICE, "Carol's");
        same(address(drop).balance, 0, "nothing stays");
    }

    function test_fuzz_withdraw_revertsBeforeItIsSettled(uint32 time, bool opened) public {
        DeckDrop d = opened ? drop : dropWith(dropTerms());
        vm.warp(block.timestamp + time % 120 days);
        vm.expectRevert(IDeckDrop.NotSettled.selector);
        vm.prank(OWNER);
        d.withdraw(payable(OWNER));
    }

    function test_fuzz_withdraw_revertsForAnybodyElse(address who) public {
        vm.assume(who != OWNER);
        late(0);
        reveal();
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.NotThePayee.selector, who));
        vm.prank(who);
        drop.withdraw(payable(who));
    }

    function test_withdraw_byTheAuthorWhenNobodyOwnsIt() public {
        late(0);
        reveal();
        vm.prank(OWNER);
        drop.renounceOwnership();
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.NotThePayee.selector, OWNER));
        vm.prank(OWNER);
        drop.withdraw(payable(OWNER));
        vm.prank(AUTHOR);
        drop.withdraw(payable(AUTHOR));
        same(AUTHOR.balance, 100 ether + 7 * PRICE, "the author's");
    }

    function test_withdraw_ofAFixedDeckWhenTheSaleIsOver() public {
        DeckDrop d = fixedDrop();
        terms.publicFrom = uint32(block.timestamp);
        terms.listFrom = terms.publicFrom;
        open(d);
        mint(d, ALICE, 2);
        same(d.round(), 0, "no round");
        vm.warp(terms.end - 1);
        vm.expectRevert(IDeckDrop.NotSettled.selector);
        vm.prank(OWNER);
        d.withdraw(payable(OWNER));
        vm.warp(terms.end);
        vm.prank(OWNER);
        d.withdraw(payable(OWNER));
        same(address(d).balance, 0, "nothing stays");
        same(uint256(d.state()), uint256(DeckState.Ended), "state");
    }

    function test_withdraw_revertsWhenItIsRefused() public {
        late(0);
        reveal();
        address payable refuses = payable(address(new Refuses()));
        vm.expectRevert(abi.encodeWithSelector(IDeckDrop.PaymentRefused.selector, refuses));
        vm.prank(OWNER);
        drop.withdraw(refuses);
        vm.prank(OWNER);
        drop.withdraw(payable(OWNER)); // nothing is lost
        same(OWNER.balance, 100 ether + 7 * PRICE, "the owner's");
    }

    /// @dev An owner who calls everything while being paid gets the balance once.
    function test_withdraw_reentered() public {
        Payee payee = new Payee(drop);
        vm.prank(OWNER);
        drop.transferOwnership(address(payee));
        payee.acceptOwnership();
        late(0);
        reveal();
        bytes[] memory calls = new bytes[](4);
        calls[0] = abi.encodeCall(drop.withdraw, (payable(address(payee))));
        calls[1] = abi.encodeCall(drop.mintReserve, (address(payee), 1));
        calls[2] = abi.encodeCall(drop.fail, ());
        calls[3] = abi.encodeCall(drop.burn, (1));
        payee.arm(calls);
        payee.withdraw();
        same(address(payee).balance, 7 * PRICE, "once");
        yes(payee.results(0), "nothing more is withdrawn");
        for (uint256 i = 1; i < 4; ++i) {
            yes(!payee.results(i), "refused");
        }
    }

    /// @dev ERC721A's transfers and approvals are payable: what comes that way can leave too.
    function test_withdraw_whatCameWithATransfer() public {
        vm.startPrank(ALICE);
        drop.approve{value: 1}(BOB, 1);
        drop.transferFrom{value: 2}(ALICE, BOB, 1);
        drop.safeTransferFrom{value: 3}(ALICE, BOB, 2);
        vm.stopPrank();
        late(0);
        reveal();
        vm.prank(OWNER);
        drop.withdraw(payable(CAROL));
        same(CAROL.balance, 100 ether + 7 * PRICE + 6, "all of it");
    }

    function test_fuzz_receive_reverts(uint256 value, bytes calldata data) public {
        vm.deal(ALICE, value);
        vm.prank(ALICE);
        (bool ok,) = address(drop).call{value: value}(bytes.concat(hex"ffffffff", data));
        yes(!ok, "unknown");
        vm.prank(ALICE);
        (ok,) = address(drop).call{value: value}("");
        yes(!ok, "plain");
    }
}
