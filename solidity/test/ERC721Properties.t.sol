// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";
import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";

import {BurnsGas, Refuses} from "./deck/Hostile.sol";
import {SaleBase} from "./deck/SaleBase.sol";
import {DropBase} from "./DropBase.sol";
import {vm} from "./Vm.sol";
import {DeckERC721} from "../src/examples/DeckERC721.sol";

interface IBurnable is IERC721 {
    function burn(uint256 tokenId) external;
}

/// @dev Keeps what it was told, and answers as it was told to.
contract Receiver is IERC721Receiver {
    bytes4 private immutable _answer;
    bytes public told;

    constructor(bytes4 answer) {
        _answer = answer;
    }

    function onERC721Received(address operator, address from, uint256 id, bytes calldata data)
        external
        returns (bytes4)
    {
        told = abi.encode(operator, from, id, data);
        return _answer;
    }
}

/// @dev What the text of ERC-721 asks for, of any token: H holds 1 to 5, another account 6, and 7 was never there.
abstract contract ERC721Properties {
    address private constant H = address(0xa11ce);
    address private constant OTHER = address(0xb0b);

    function erc721() internal view virtual returns (IBurnable);

    error Broken(string property);

    function holds(bool condition, string memory property) private pure {
        if (!condition) revert Broken(property);
    }

    function can(address by, bytes memory data) private returns (bool ok) {
        vm.prank(by);
        (ok,) = address(erc721()).call{gas: 1_000_000}(data);
    }

    function canTransfer(address by, address from, address to, uint256 id) private returns (bool) {
        return can(by, abi.encodeCall(IERC721.transferFrom, (from, to, id)));
    }

    /// @dev An account that is nobody's in these tests.
    function stranger(address who) private view returns (address) {
        bool taken = who == address(0) || who == H || who == OTHER || who.code.length != 0;
        return taken || uint160(who) < 0x10000 ? address(0x57a9) : who;
    }

    function test_property_nothingIsKnownOfNobodyAndOfNoToken() public {
        holds(!can(H, abi.encodeCall(IERC721.balanceOf, (address(0)))), "balance of the zero address");
        uint256[3] memory none = [uint256(0), 7, type(uint256).max];
        for (uint256 i = 0; i < 3; ++i) {
            holds(!can(H, abi.encodeCall(IERC721.ownerOf, (none[i]))), "owner of no token");
            holds(!can(H, abi.encodeCall(IERC721.getApproved, (none[i]))), "approved of no token");
            holds(!can(H, abi.encodeCall(IERC721.approve, (OTHER, none[i]))), "approving no token");
            holds(!canTransfer(H, H, OTHER, none[i]), "transferring no token");
        }
    }

    function test_fuzz_property_transferMovesOneToken(uint256 id, address to) public {
        (id, to) = (1 + id % 5, stranger(to));
        IERC721 t = erc721();
        uint256 before = t.balanceOf(to);
        vm.prank(H);
        t.approve(OTHER, id);
        vm.expectEmit(address(t));
        emit IERC721.Transfer(H, to, id);
        vm.prank(H);
        t.transferFrom(H, to, id);
        holds(t.ownerOf(id) == to, "owner");
        holds(t.balanceOf(H) == 4 && t.balanceOf(to) == before + 1, "balances");
        holds(t.getApproved(id) == address(0), "an approval ends with a transfer");
        holds(!canTransfer(OTHER, to, OTHER, id), "who was approved before");
        for (uint256 other = 1; other <= 5; ++other) {
            if (other != id) holds(t.ownerOf(other) == H, "the others stay");
        }
    }

    function test_fuzz_property_transferToOneself(uint256 id) public {
        id = 1 + id % 5;
        vm.prank(H);
        erc721().transferFrom(H, H, id);
        holds(erc721().balanceOf(H) == 5 && erc721().ownerOf(id) == H, "nothing changes");
    }

    function test_fuzz_property_onlyHolderAndApprovedTransfer(uint256 id, address by) public {
        (id, by) = (1 + id % 5, stranger(by));
        IERC721 t = erc721();
        holds(!canTransfer(by, H, by, id) && !canTransfer(OTHER, H, OTHER, id), "a stranger");
        holds(!can(by, abi.encodeCall(IERC721.approve, (by, id))), "a stranger approves");
        holds(!canTransfer(H, OTHER, H, id), "from somebody else");
        holds(!canTransfer(H, H, address(0), id), "to the zero address");
        vm.prank(H);
        t.approve(by, id);
        holds(t.getApproved(id) == by, "approved");
        holds(!can(by, abi.encodeCall(IERC721.approve, (OTHER, id))), "who is approved approves nobody");
        holds(!canTransfer(by, H, by, 1 + id % 5), "another token");
        vm.prank(H);
        t.approve(address(0), id);
        holds(!canTransfer(by, H, by, id), "taken back");
        vm.prank(H);
        t.approve(by, id);
        holds(canTransfer(by, H, by, id), "approved");
    }

    function test_fuzz_property_operators(uint256 id, address by) public {
        (id, by) = (1 + id % 5, stranger(by));
        IERC721 t = erc721();
        vm.expectEmit(address(t));
        emit IERC721.ApprovalForAll(H, by, true);
        vm.prank(H);
        t.setApprovalForAll(by, true);
        holds(t.isApprovedForAll(H, by) && !t.isApprovedForAll(by, H), "operator");
        holds(!canTransfer(by, OTHER, by, 6), "of another holder");
        holds(can(by, abi.encodeCall(IERC721.approve, (OTHER, id))), "an operator approves");
        holds(canTransfer(by, H, by, id), "an operator transfers");
        vm.prank(H);
        t.setApprovalForAll(by, false);
        holds(!canTransfer(by, H, by, 1 + id % 5), "taken back");
    }

    function test_fuzz_property_safeTransferAsksTheReceiver(uint256 id, bytes calldata data) public {
        id = 1 + id % 5;
        IERC721 t = erc721();
        Receiver good = new Receiver(IERC721Receiver.onERC721Received.selector);
        address[3] memory bad =
            [address(new Refuses()), address(new BurnsGas()), address(new Receiver(bytes4(0xffffffff)))];
        for (uint256 i = 0; i < 3; ++i) {
            bytes memory call =
                abi.encodeWithSignature("safeTransferFrom(address,address,uint256,bytes)", H, bad[i], id, data);
            holds(!can(H, call) && t.ownerOf(id) == H, "a receiver that does not take it");
        }
        vm.prank(H);
        t.setApprovalForAll(OTHER, true);
        vm.prank(OTHER);
        t.safeTransferFrom(H, address(good), id, data);
        holds(keccak256(good.told()) == keccak256(abi.encode(OTHER, H, id, data)), "what it is told");
        holds(t.ownerOf(id) == address(good), "owner");
        holds(canTransfer(H, H, bad[0], 1 + id % 5), "transferFrom asks nobody");
    }

    function test_fuzz_property_burn(uint256 id, address by) public {
        (id, by) = (1 + id % 5, stranger(by));
        IBurnable t = erc721();
        bytes memory call = abi.encodeCall(IBurnable.burn, (id));
        holds(!can(by, call), "a stranger burns");
        vm.prank(H);
        t.approve(by, id);
        vm.expectEmit(address(t));
        emit IERC721.Transfer(H, address(0), id);
        vm.prank(by);
        t.burn(id);
        holds(t.balanceOf(H) == 4, "balance");
        holds(!can(H, call) && !can(by, call), "burned twice");
        holds(!can(H, abi.encodeCall(IERC721.ownerOf, (id))), "owner of a burned token");
        holds(!can(H, abi.encodeCall(IERC721.getApproved, (id))), "approved of a burned token");
        holds(!canTransfer(H, H, OTHER, id) && !canTransfer(by, H, by, id), "transferring a burned token");
    }

    /// @dev Any sequence of transfers and burns leaves what a list of owners has.
    function test_fuzz_property_sequences(uint256[24] calldata steps) public {
        address[3] memory accounts = [H, OTHER, address(0xca201)];
        address[7] memory owners = [address(0), H, H, H, H, H, OTHER];
        for (uint256 i = 0; i < steps.length; ++i) {
            uint256 id = 1 + steps[i] % 6;
            address by = accounts[(steps[i] >> 8) % 3];
            address to = accounts[(steps[i] >> 16) % 3];
            bool burns = (steps[i] >> 24) % 6 == 0;
            bool ok = burns ? can(by, abi.encodeCall(IBurnable.burn, (id))) : canTransfer(by, owners[id], to, id);
            holds(ok == (owners[id] == by), "outcome");
            if (ok) owners[id] = burns ? address(0) : to;
        }
        uint256[3] memory balances;
        for (uint256 id = 1; id <= 6; ++id) {
            if (owners[id] == address(0)) {
                holds(!can(H, abi.encodeCall(IERC721.ownerOf, (id))), "a burned token");
                continue;
            }
            holds(erc721().ownerOf(id) == owners[id], "owner");
            for (uint256 i = 0; i < 3; ++i) {
                if (owners[id] == accounts[i]) ++balances[i];
            }
        }
        for (uint256 i = 0; i < 3; ++i) {
            holds(erc721().balanceOf(accounts[i]) == balances[i], "balance");
        }
    }
}

contract DeckDropERC721Test is SaleBase, ERC721Properties {
    function setUp() public override {
        super.setUp();
        openPublic(drop);
        mint(drop, ALICE, 5); // one lot
        mint(drop, BOB, 1);
    }

    function erc721() internal view override returns (IBurnable) {
        return IBurnable(address(drop));
    }
}

contract DeckERC721ERC721Test is SaleBase, ERC721Properties {
    DeckERC721 private foxes;

    function setUp() public override {
        super.setUp();
        foxes = new DeckERC721(deckTerms(), "Nebula Foxes", "FOX", 0);
        Group memory g = group(deckTerms(), 0);
        foxes.admit(0, g.lists, g.digests, g.sizes, g.proofs);
        vm.prank(AUTHOR);
        foxes.openSale(block.timestamp + 1);
        for (uint256 i = 0; i < 6; ++i) {
            vm.prank(i < 5 ? ALICE : BOB);
            foxes.mint();
        }
    }

    function erc721() internal view override returns (IBurnable) {
        return IBurnable(address(foxes));
    }
}

contract GenproofDropERC721Test is DropBase, ERC721Properties {
    function setUp() public override {
        super.setUp();
        for (uint256 id = 1; id <= 6; ++id) {
            mintBound(id < 6 ? ALICE : BOB, id);
        }
    }

    function erc721() internal view override returns (IBurnable) {
        return IBurnable(address(drop));
    }
}
