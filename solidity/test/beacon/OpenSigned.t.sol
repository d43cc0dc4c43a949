// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DropBase} from "../DropBase.sol";
import {vm} from "../Vm.sol";
import {Evmnet} from "../../src/beacon/Evmnet.sol";
import {IBeacon} from "../../src/beacon/IBeacon.sol";
import {Quicknet} from "../../src/beacon/Quicknet.sol";
import {GenproofDrop} from "../../src/GenproofDrop.sol";
import {Drop, IProvenERC721} from "../../src/IProvenERC721.sol";

/// @dev A beacon of nobody's, for a constructor only: it knows no round.
contract NoBeacon {
    function roundAt(uint256) external pure returns (uint64) {
        return 0;
    }
}

contract OpenSignedTest is DropBase {
    uint64 internal constant ROUND = 9337227; // of evmnet
    uint256 internal constant TIME = 1755532753; // when it was
    bytes internal constant SIGNATURE =
        hex"01d65d6128f4b2df3d08de85543d8efe06b0281d0770246ae3672e8ddd3efda0269373123458f0b5c0073eeed1c816a06809e127421513e34ee07df6987910b3";
    bytes32 internal constant RANDOMNESS = 0xa1e645cd6193837f626716851f5c42ad4bf63ad75193b2cae40f88c08c8f3bd8;
    uint32 internal constant SECONDS = 1 hours;

    IBeacon internal evmnet;
    GenproofDrop internal closed;

    function setUp() public override {
        super.setUp();
        evmnet = new Evmnet();
        closed = deployAt(evmnet, TIME - SECONDS);
    }

    function deployAt(IBeacon source, uint256 time) internal returns (GenproofDrop) {
        vm.warp(time);
        Drop memory t = terms();
        t.beaconSource = source;
        t.beaconDelay = SECONDS;
        return deployDrop(t);
    }

    function test_constructor_fixesTheRound() public {
        same(address(closed.beaconSource()), address(evmnet), "source");
        same(closed.beaconRound(), ROUND, "round");
        same(closed.beaconBlock(), 0, "block");
        same(closed.beacon(), 0, "beacon");
        same(drop.beaconRound(), 0, "round of a drop without a source");
        same(address(drop.beaconSource()), address(0), "no source");
        vm.expectEmit(vm.computeCreateAddress(address(this), vm.getNonce(address(this))));
        emit IProvenERC721.BeaconArmed(ROUND);
        deployAt(evmnet, TIME - SECONDS);
    }

    function test_constructor_takesTheRoundAtOrAfter() public {
        same(deployAt(evmnet, TIME - SECONDS - 3).beaconRound(), ROUND - 1, "at the round before");
        same(deployAt(evmnet, TIME - SECONDS - 2).beaconRound(), ROUND, "after the round before");
        same(deployAt(evmnet, TIME - SECONDS - 1).beaconRound(), ROUND, "one second before");
        same(deployAt(evmnet, TIME - SECONDS).beaconRound(), ROUND, "at the round");
        same(deployAt(evmnet, TIME - SECONDS + 1).beaconRound(), ROUND + 1, "one second after");
    }

    function test_constructor_revertsWhenThereIsNoBeacon() public {
        address[2] memory none = [address(0xbeac), address(new NoBeacon())];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IProvenERC721.InvalidBeacon.selector, none[i]));
            this.deploy(IBeacon(none[i]), SECONDS);
        }
        vm.expectRevert(abi.encodeWithSelector(IProvenERC721.InvalidDrop.selector, 1, 100, 0));
        this.deploy(evmnet, 0);
        vm.expectRevert();
        this.deploy(IBeacon(address(verifier)), SECONDS);
    }

    function deploy(IBeacon source, uint32 delay) external {
        Drop memory t = terms();
        t.beaconSource = source;
        t.beaconDelay = delay;
        deployDrop(t);
    }

    function test_fuzz_openSigned_fixesTheBeacon(address by, uint64 chain, uint32 later) public {
        vm.assume(chain != 0);
        vm.chainId(chain);
        vm.warp(TIME + later);
        uint256 want = uint256(keccak256(abi.encode(uint256(chain), address(closed), RANDOMNESS))) >> 8;
        vm.expectEmit(address(closed));
        emit IProvenERC721.BeaconSigned(ROUND, SIGNATURE);
        vm.expectEmit(address(closed));
        emit IProvenERC721.Opened(ROUND, RANDOMNESS, want);
        vm.prank(by); // anybody
        same(closed.openSigned(SIGNATURE), want, "returned");
        same(closed.beacon(), want, "beacon");
        same(closed.entropy(), RANDOMNESS, "entropy");
        same(closed.beaconRound(), ROUND, "round");
        same(closed.statement(BOB, 7, digest(7))[5], want, "statement");
    }

    function test_openSigned_opensForMinting() public {
        bytes memory early = proof(closed, BOB, 1, digest(1));
        vm.expectRevert(IProvenERC721.TemplateNotSet.selector);
        closed.mint(BOB, 1, digest(1), true, early);
        vm.prank(OWNER);
        vm.expectRevert(IProvenERC721.NotOpen.selector);
        closed.setTemplate(TEMPLATE);
        closed.openSigned(SIGNATURE);
        setTemplate(closed);
        closed.mint(BOB, 1, digest(1), true, proof(closed, BOB, 1, digest(1)));
        same(closed.ownerOf(1), BOB, "owner");
    }

    function test_openSigned_takesQuicknet() public {
        IBeacon quicknet = new Quicknet();
        GenproofDrop other = deployAt(quicknet, 1692803367 + 999 * 3 - SECONDS);
        same(other.beaconRound(), 1000, "round");
        other.openSigned(
            hex"b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
        );
        same(other.entropy(), 0xfe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd, "entropy");
    }

    /// @dev The signatures are real ones, of other rounds than the drop's.
    function test_openSigned_revertsWhenTheRoundIsAnother() public {
        GenproofDrop[3] memory others =
            [deployAt(evmnet, TIME - SECONDS - 3), deployAt(evmnet, TIME - SECONDS + 3), deployAt(evmnet, TIME)];
        for (uint256 i = 0; i < 3; ++i) {
            uint64 round = others[i].beaconRound();
            vm.expectRevert(abi.encodeWithSelector(IBeacon.InvalidSignature.selector, round));
            others[i].openSigned(SIGNATURE);
            same(others[i].entropy(), 0, "entropy");
        }
        bytes memory earlier =
            hex"0d0d705983f50d6a2846e77d8d12a238f0be277a2307eb3e0d5206dc6765b0f91f04e596e3b28295086e8fda9047d40d37f7c2d8fb2f6686839101692e4f5f13";
        vm.expectRevert(abi.encodeWithSelector(IBeacon.InvalidSignature.selector, ROUND));
        closed.openSigned(earlier);
        vm.expectRevert(abi.encodeWithSelector(IBeacon.SignatureLength.selector, 0, 64));
        closed.openSigned("");
    }

    function test_openSigned_revertsWhenOpen() public {
        closed.openSigned(SIGNATURE);
        vm.expectRevert(IProvenERC721.AlreadyOpen.selector);
        closed.openSigned(SIGNATURE);
    }

    function test_open_revertsWhenTheBeaconIsAnother() public {
        vm.roll(block.number + 1000);
        vm.expectRevert(IProvenERC721.OtherBeacon.selector);
        closed.open();
        closed.openSigned(SIGNATURE);
        vm.expectRevert(IProvenERC721.OtherBeacon.selector);
        closed.open();
        Drop memory t = terms();
        GenproofDrop byBlock = deployDrop(t);
        vm.expectRevert(IProvenERC721.OtherBeacon.selector);
        byBlock.openSigned(SIGNATURE);
        openDrop(byBlock);
        vm.expectRevert(IProvenERC721.OtherBeacon.selector);
        byBlock.openSigned(SIGNATURE);
    }
}
