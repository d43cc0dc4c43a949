// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DropBase} from "./DropBase.sol";
import {History} from "./History.sol";
import {vm} from "./Vm.sol";
import {GenproofDrop} from "../src/GenproofDrop.sol";
import {R} from "../src/Groth16Verifier.sol";
import {IProofVerifier} from "../src/IProofVerifier.sol";
import {Drop, IProvenERC721} from "../src/IProvenERC721.sol";

contract OpenTest is DropBase {
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

    /// @dev Leaves the chain `blocks` behind the beacon's block, with a history from that block on.
    function remember(uint256 blocks) private {
        History.install();
        History.write(target, ENTROPY);
        uint256 last = target + blocks - 1;
        History.write(last, keccak256(abi.encode(last)));
        vm.setBlockhash(last, keccak256(abi.encode(last)));
    }

    function test_fuzz_open_asksTheHistory(uint256 blocks) public {
        remember(257 + blocks % (8191 - 256));
        yes(closed.open() != 0, "open");
        same(closed.entropy(), ENTROPY, "entropy");
    }

    function test_open_asksTheHistoryForTheLastOf8191Blocks() public {
        remember(8191);
        yes(closed.open() != 0, "open");
    }

    function test_open_armsAgainWhenTheHistoryHasForgotten() public {
        remember(8192);
        same(closed.open(), 0, "armed");
    }

    function test_open_believesTheHashBeforeTheHistory() public {
        History.install();
        History.write(target, keccak256("another"));
        vm.setBlockhash(target, ENTROPY);
        closed.open();
        same(closed.entropy(), ENTROPY, "entropy");
    }

    /// @dev EIP-2935 came into force with this block: the history has the last block's hash and none before.
    function test_open_armsAgainWhenTheHistoryIsNew() public {
        History.install();
        History.write(target + 300, ENTROPY);
        vm.setBlockhash(target + 300, ENTROPY);
        same(closed.open(), 0, "armed");
    }

    /// @dev NUMBER counts a parent's blocks, the history the chain's own: of the number that a deployment arms there was
    /// an own block long ago, with a hash that everybody knows.
    function test_open_armsAgainWhereTheHistoryCountsOtherBlocks() public {
        History.installNitro();
        vm.roll(24_000_000);
        History.writeNitro(24_000_000 + DELAY, ENTROPY);
        History.mine(24_001_000);
        closed = deployDrop(terms());
        same(closed.beaconBlock(), 24_000_000 + DELAY, "armed");
        same(History.ask(24_000_000 + DELAY), ENTROPY, "known at the deployment");
        vm.roll(24_000_000 + DELAY + 257);
        same(closed.open(), 0, "armed again");
        // The history has a hash for the last number, too, and it is another block's.
        History.writeNitro(24_000_000 + DELAY + 256, keccak256("own"));
        History.mine(24_001_000);
        vm.roll(closed.beaconBlock() + 257);
        same(closed.open(), 0, "armed again");
        openDrop(closed); // in time it opens
        same(closed.entropy(), ENTROPY, "the parent's");
    }

    /// @dev Where no block has a hash, a history without the last block's agrees with nothing.
    function test_open_armsAgainWhereNoBlockHasAHash() public {
        History.install();
        History.write(target, ENTROPY);
        vm.roll(target + 300);
        vm.setBlockhash(target + 299, 0);
        same(blockhash(target + 299), 0, "no hash");
        same(History.ask(target + 299), 0, "nor here");
        same(History.ask(target), ENTROPY, "but of the block that is asked for");
        same(closed.open(), 0, "armed");
    }

    /// @dev A history that has the hash of a block's number for each, and what is no such answer.
    function test_open_armsAgainWhenTheHistoryFails() public {
        bytes memory hash = hex"600035600052602060002060005260";
        // Reverts with the hash; returns twice as much, nothing, half of it; returns zero.
        bytes[5] memory codes = [
            bytes.concat(hash, hex"206000fd"),
            bytes.concat(hash, hex"406000f3"),
            bytes.concat(hash, hex"006000f3"),
            bytes.concat(hash, hex"106000f3"),
            hex"60206000f3"
        ];
        for (uint256 i = 0; i < 5; ++i) {
            vm.etch(History.PLACE, codes[i]);
            pass(300);
            same(closed.open(), 0, "armed");
        }
        vm.etch(History.PLACE, bytes.concat(hash, hex"206000f3"));
        pass(300);
        yes(closed.open() != 0, "open");
    }

    /// @dev So many blocks behind the one armed, the last of them with its number's hash.
    function pass(uint256 blocks) private {
        uint256 last = closed.beaconBlock() + blocks - 1;
        vm.roll(last + 1);
        vm.setBlockhash(last, keccak256(abi.encode(last)));
    }
}
