// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DropBase} from "./DropBase.sol";
import {vm} from "./Vm.sol";
import {GenproofDrop} from "../src/GenproofDrop.sol";
import {R} from "../src/Groth16Verifier.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {Drop, IProvenERC721} from "../src/IProvenERC721.sol";

contract OpenTest is DropBase {
    address internal constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    GenproofDrop internal closed;
    uint256 internal target;

    function setUp() public override {
        super.setUp();
        vm.roll(10_000);
        closed = deployDrop(terms());
        target = closed.beaconBlock();
    }

    function test_constructor_keepsItsPromises() public view {
        same(target, 10_000 + DELAY, "beacon block");
        same(address(closed.verifier()), address(verifier), "verifier");
        same(closed.supply(), 100, "supply");
        same(closed.firstId(), 1, "first id");
        for (uint256 i = 0; i < 5; ++i) {
            same(closed.commitments()[i], i == 2 ? 0 : 1001 + i, "commitment"); // 2: the template
        }
        same(closed.beacon(), 0, "beacon");
        same(closed.entropy(), 0, "entropy");
        same(closed.owner(), OWNER, "owner");
    }

    function test_constructor_arms() public {
        vm.expectEmit(computed());
        emit IProvenERC721.BeaconArmed(10_000 + DELAY);
        deployDrop(terms());
    }

    /// @dev Where this contract's next one will be.
    function computed() internal view returns (address) {
        return vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
    }

    function test_constructor_revertsWhenTheTermsAreInvalid() public {
        Drop memory t = terms();
        t.supply = 0;
        refused(t, abi.encodeWithSelector(IProvenERC721.InvalidDrop.selector, 1, 0, DELAY));
        t.supply = 10 ** 10;
        refused(t, abi.encodeWithSelector(IProvenERC721.InvalidDrop.selector, 1, 10 ** 10, DELAY));
        (t.firstId, t.supply) = (type(uint64).max, 1);
        refused(t, abi.encodeWithSelector(IProvenERC721.InvalidDrop.selector, type(uint64).max, 1, DELAY));
        (t.firstId, t.supply) = (0, 10 ** 10 + 1);
        refused(t, abi.encodeWithSelector(IProvenERC721.InvalidDrop.selector, 0, 10 ** 10 + 1, DELAY));
        t = terms();
        t.beaconDelay = 0;
        refused(t, abi.encodeWithSelector(IProvenERC721.InvalidDrop.selector, 1, 100, 0));
        t = terms();
        t.verifier = IProofVerifier(address(0x1234));
        refused(t, abi.encodeWithSelector(IProvenERC721.InvalidVerifier.selector, address(0x1234)));
        vm.etch(address(0x1234), key); // and no code before it
        refused(t, abi.encodeWithSelector(IProvenERC721.InvalidVerifier.selector, address(0x1234)));
        for (uint256 i = 0; i < 4; ++i) {
            t = terms();
            t.commitments[i] = R;
            refused(t, abi.encodeWithSelector(IProvenERC721.InvalidCommitment.selector, R));
        }
        t = terms();
        t.royaltyFraction = 10_001;
        refused(t, abi.encodeWithSignature("ERC2981InvalidDefaultRoyalty(uint256,uint256)", 10_001, 10_000));
    }

    function test_fuzz_constructor_revertsWhenTheTermsAreInvalid(uint256 seed, uint256 place, uint96 fraction) public {
        Drop memory t = terms();
        t.commitments[place % 4] = unreduced(seed);
        refused(t, abi.encodeWithSelector(IProvenERC721.InvalidCommitment.selector, unreduced(seed)));
        t = terms();
        t.supply = uint64(10 ** 10 + seed % (2 ** 64 - 10 ** 10));
        refused(t, abi.encodeWithSelector(IProvenERC721.InvalidDrop.selector, 1, t.supply, DELAY));
        t = terms();
        t.royaltyFraction = fraction < 10_001 ? fraction + 10_001 : fraction;
        refused(t, abi.encodeWithSignature("ERC2981InvalidDefaultRoyalty(uint256,uint256)", t.royaltyFraction, 10_000));
    }

    function refused(Drop memory t, bytes memory why) internal {
        vm.expectRevert(why);
        this.deploy(t);
    }

    function deploy(Drop memory t) external {
        deployDrop(t);
    }

    function test_fuzz_open_fixesTheBeacon(bytes32 hash, address by, uint64 chain) public {
        vm.assume(hash != 0 && chain != 0);
        vm.chainId(chain);
        vm.roll(target + 1);
        vm.setBlockhash(target, hash);
        uint256 want = uint256(keccak256(abi.encode(uint256(chain), address(closed), hash))) >> 8;
        vm.expectEmit(address(closed));
        emit IProvenERC721.Opened(target, hash, want);
        vm.prank(by); // anybody
        same(closed.open(), want, "returned");
        same(closed.beacon(), want, "beacon");
        same(closed.entropy(), hash, "entropy");
        same(closed.statement(BOB, 7, digest(7))[5], want, "statement");
    }

    function test_fuzz_open_revertsWhenTooEarly(uint32 delay, uint256 early) public {
        Drop memory t = terms();
        t.beaconDelay = delay == 0 ? 1 : delay;
        closed = deployDrop(t);
        target = 10_000 + uint256(t.beaconDelay);
        same(closed.beaconBlock(), target, "beacon block");
        uint256[3] memory blocks = [10_000, 10_000 + early % (uint256(t.beaconDelay) + 1), target];
        for (uint256 i = 0; i < 3; ++i) {
            vm.roll(blocks[i]);
            vm.expectRevert(abi.encodeWithSelector(IProvenERC721.TooEarly.selector, target));
            closed.open();
        }
    }

    function test_open_revertsWhenOpen() public {
        vm.expectRevert(IProvenERC721.AlreadyOpen.selector);
        drop.open();
        vm.roll(block.number + 1000);
        vm.expectRevert(IProvenERC721.AlreadyOpen.selector);
        drop.open();
    }

    function test_fuzz_open_servesTheLast256Blocks(uint8 later) public {
        vm.roll(target + 1 + later);
        vm.setBlockhash(target, ENTROPY);
        yes(closed.open() != 0, "open");
        same(closed.entropy(), ENTROPY, "entropy");
    }

    function test_open_servesTheLastOf256Blocks() public {
        vm.roll(target + 256);
        vm.setBlockhash(target, ENTROPY);
        yes(closed.open() != 0, "open");
    }

    function test_fuzz_open_armsAgainWhenTheHashIsForgotten(uint32 later) public {
        uint256 late = target + 257 + later % 1_000_000 * (later % 2); // half of them at the edge
        vm.roll(late);
        vm.expectEmit(address(closed));
        emit IProvenERC721.BeaconArmed(late + DELAY);
        same(closed.open(), 0, "returned");
        same(closed.beaconBlock(), late + DELAY, "block");
        same(closed.entropy(), 0, "entropy");
        vm.expectRevert(abi.encodeWithSelector(IProvenERC721.TooEarly.selector, late + DELAY));
        closed.open();
        openDrop(closed);
        yes(closed.beacon() != 0, "open");
    }

    /// @dev A history contract returns the hash: here code that returns the block number asked for, hashed.
    function test_open_asksTheHistoryContract() public {
        vm.etch(HISTORY, hex"600035600052602060002060005260206000f3");
        vm.roll(target + 8000);
        yes(closed.open() != 0, "open");
        same(closed.entropy(), keccak256(abi.encode(target)), "entropy");
    }

    /// @dev On some chains the history contract counts other blocks than block.number does.
    function test_open_believesTheHashBeforeTheHistory() public {
        vm.etch(HISTORY, hex"600035600052602060002060005260206000f3");
        vm.roll(target + 1);
        vm.setBlockhash(target, ENTROPY);
        closed.open();
        same(closed.entropy(), ENTROPY, "entropy");
    }

    function test_open_armsAgainWhenTheHistoryFails() public {
        // Reverts with a word; returns zero, nothing, two words, half a word.
        bytes[5] memory codes = [
            bytes(hex"600160005260206000fd"),
            hex"60206000f3",
            hex"60006000f3",
            hex"600160005360406000f3",
            hex"600160005360106000f3"
        ];
        for (uint256 i = 0; i < 5; ++i) {
            vm.etch(HISTORY, codes[i]);
            vm.roll(closed.beaconBlock() + 300);
            same(closed.open(), 0, "armed");
        }
    }
}
