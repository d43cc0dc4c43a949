// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Refuses} from "./deck/Hostile.sol";
import {DropBase} from "./DropBase.sol";
import {Sale} from "./Sale.sol";
import {vm} from "./Vm.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {IProvenERC721} from "../src/IProvenERC721.sol";

/// @dev The README's example.
contract SaleTest is DropBase {
    Sale internal sale;

    function setUp() public override {
        super.setUp();
        sale = new Sale(terms(), OWNER);
        uint256 target = sale.beaconBlock();
        vm.roll(target + 1);
        vm.setBlockhash(target, ENTROPY);
        sale.open();
        vm.prank(OWNER);
        sale.setTemplate(TEMPLATE);
        vm.deal(ALICE, 1 ether);
    }

    function test_buy() public {
        bytes memory p = prove(sale.statement(ALICE, 1, digest(1)));
        vm.prank(ALICE);
        sale.buy{value: 0.05 ether}(1, digest(1), p);
        same(sale.ownerOf(1), ALICE, "owner");
    }

    /// @dev An heir guards its own.
    function test_setTemplate_byTheSellerAlone() public {
        vm.expectRevert(abi.encodeWithSelector(Sale.NotTheSeller.selector, ALICE));
        vm.prank(ALICE);
        sale.setTemplate(TEMPLATE);
        vm.expectRevert(abi.encodeWithSelector(IProvenERC721.TemplateAlreadySet.selector, TEMPLATE));
        vm.prank(OWNER);
        sale.setTemplate(TEMPLATE + 1);
    }

    function test_withdraw() public {
        test_buy();
        vm.expectRevert(abi.encodeWithSelector(Sale.NotTheSeller.selector, ALICE));
        vm.prank(ALICE);
        sale.withdraw(payable(ALICE));
        address payable refuses = payable(address(new Refuses()));
        vm.startPrank(OWNER);
        vm.expectRevert(abi.encodeWithSelector(Sale.PaymentRefused.selector, refuses));
        sale.withdraw(refuses);
        sale.withdraw(payable(BOB));
        vm.stopPrank();
        same(BOB.balance, 0.05 ether, "all of it");
        same(address(sale).balance, 0, "nothing stays");
    }

    function test_fuzz_buy_revertsAtAnotherPrice(uint256 price) public {
        vm.assume(price != 0.05 ether);
        vm.deal(ALICE, price);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(Sale.WrongPrice.selector, price));
        sale.buy{value: price}(1, digest(1), "");
    }

    function test_buy_revertsWhenNotPaidOrNotProven() public {
        bytes memory p = prove(sale.statement(BOB, 1, digest(1)));
        vm.expectRevert(abi.encodeWithSelector(Sale.WrongPrice.selector, 0));
        sale.buy(1, digest(1), p);
        vm.prank(ALICE);
        vm.expectRevert(IProofVerifier.InvalidProof.selector);
        sale.buy{value: 0.05 ether, gas: 3_000_000}(1, digest(1), p);
    }
}
