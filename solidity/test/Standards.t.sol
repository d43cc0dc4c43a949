// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/interfaces/IERC721Metadata.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";

import {DropBase} from "./DropBase.sol";
import {vm} from "./Vm.sol";
import {GenproofDrop} from "../src/GenproofDrop.sol";
import {IERC7007} from "../src/IERC7007.sol";
import {Drop} from "../src/IProvenERC721.sol";
import {R} from "../src/Groth16Verifier.sol";

contract StandardsTest is DropBase {
    function test_supportsInterface() public view {
        same(bytes32(type(IERC7007).interfaceId), bytes32(bytes4(0x702c55a6)), "ERC-7007");
        bytes4[6] memory ids = [
            type(IERC165).interfaceId,
            type(IERC721).interfaceId,
            type(IERC721Metadata).interfaceId,
            type(IERC2981).interfaceId,
            bytes4(0x49064906),
            bytes4(0x702c55a6)
        ];
        for (uint256 i = 0; i < 6; ++i) {
            yes(drop.supportsInterface(ids[i]), "interface");
        }
        yes(!drop.supportsInterface(0xffffffff), "no interface");
    }

    function test_fuzz_supportsInterface_ofNothingElse(bytes4 id) public view {
        bytes4[6] memory ids = [
            bytes4(0x01ffc9a7),
            bytes4(0x80ac58cd),
            bytes4(0x5b5e139f),
            bytes4(0x2a55205a),
            bytes4(0x49064906),
            bytes4(0x702c55a6)
        ];
        bool want;
        for (uint256 i = 0; i < 6; ++i) {
            want = want || id == ids[i];
        }
        yes(drop.supportsInterface(id) == want, "interface");
    }

    function test_events_areTheStandards() public pure {
        same(IERC7007.AigcData.selector, keccak256("AigcData(uint256,bytes,bytes,bytes)"), "AigcData");
    }

    function test_fuzz_royaltyInfo_staysWithinThePrice(uint128 price, uint96 fraction) public {
        Drop memory t = terms();
        t.royaltyFraction = fraction % 10_001;
        (address receiver, uint256 amount) = deployDrop(t).royaltyInfo(1, price);
        same(receiver, OWNER, "receiver");
        same(amount, uint256(price) * t.royaltyFraction / 10_000, "amount");
        yes(amount <= price, "at most the price");
    }

    function test_fuzz_royaltyInfo_isNothingWithoutAReceiver(uint256 id, uint256 price, uint96 fraction) public {
        Drop memory t = terms();
        (t.royaltyReceiver, t.royaltyFraction) = (address(0), fraction);
        (address receiver, uint256 amount) = deployDrop(t).royaltyInfo(id, price % 2 ** 240);
        same(receiver, address(0), "receiver");
        same(amount, 0, "amount");
    }

    /// @dev The ERC-7007 view, over a statement, its document's digest and a proof.
    function holds(uint256[9] memory s, bytes32 hash, bytes memory p) internal view returns (bool) {
        return drop.verify{gas: 3_000_000}(abi.encode(s), abi.encode(hash), p);
    }

    function test_verify_isTrueForWhatIsProven() public {
        uint256[9] memory s = drop.statement(BOB, 1, digest(1));
        bytes memory p = prove(s);
        yes(holds(s, digest(1), p), "not minted");
        drop.mint(BOB, 1, digest(1), true, p);
        yes(holds(s, digest(1), p), "minted");
        s = drop.statement(address(0), 100, digest(2));
        yes(holds(s, digest(2), prove(s)), "unbound");
    }

    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_verify_isTrueForWhatIsProven(address to, uint256 id, bytes32 hash) public {
        uint256[9] memory s = drop.statement(to, id % 100 + 1, hash);
        yes(holds(s, hash, prove(s)), "proven");
    }

    /// forge-config: default.fuzz.runs = 8
    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_verify_isFalseForAnotherStatement(uint256 seed) public {
        bytes memory p = prove(drop.statement(BOB, 1, digest(1)));
        for (uint256 i = 0; i < 9; ++i) {
            uint256[9] memory s = drop.statement(BOB, 1, digest(1));
            s[i] = otherScalar(s[i], seed);
            yes(!holds(s, digest(1), p), "another statement");
            if (i != 6) yes(!holds(s, digest(1), prove(s)), "a proof of another statement"); // 6: of another token
            s[i] = unreduced(seed);
            yes(!holds(s, digest(1), p), "not reduced");
        }
    }

    /// @dev Whatever it is given.
    function test_fuzz_verify_neverReverts(bytes calldata prompt, bytes calldata content, bytes calldata p)
        public
        view
    {
        yes(!drop.verify{gas: 3_000_000}(prompt, content, p), "nothing is proven");
        bytes memory good = abi.encode(drop.statement(BOB, 1, digest(1)));
        yes(!drop.verify{gas: 3_000_000}(good, abi.encode(digest(1)), p), "no proof");
        yes(!drop.verify{gas: 3_000_000}(prompt, abi.encode(digest(1)), new bytes(256)), "no prompt");
    }

    /// forge-config: ci.fuzz.runs = 64
    function test_fuzz_verify_isFalseForWhatIsNoToken(uint64 id, address to) public {
        if (id > 0 && id <= 100) id += 100;
        uint256[9] memory s = drop.statement(to, 1, digest(1));
        s[6] = uint256(uint160(to)) << 64 | id;
        yes(!holds(s, digest(1), prove(s)), "no token");
    }

    function test_verify_isFalseForAnotherStatement() public {
        uint256[9] memory good = drop.statement(BOB, 1, digest(1));
        bytes memory p = prove(good);
        for (uint256 i = 0; i < 9; ++i) {
            uint256[9] memory s = drop.statement(BOB, 1, digest(1));
            s[i] += 1;
            yes(!holds(s, digest(1), p), "another statement");
            if (i != 6) yes(!holds(s, digest(1), prove(s)), "a proof of another statement"); // 6: of another token
            s[i] = good[i] + R;
            yes(!holds(s, digest(1), p), "not reduced");
        }
    }

    function test_verify_isFalseForWhatIsNoToken() public {
        uint256[3] memory bad = [uint256(0), 101, 1 << 224 | 1];
        for (uint256 i = 0; i < 3; ++i) {
            uint256[9] memory s = drop.statement(address(0), 1, digest(1));
            s[6] = bad[i];
            yes(!holds(s, digest(1), prove(s)), "no token");
        }
    }

    function test_verify_isFalseRatherThanReverting() public {
        uint256[9] memory s = drop.statement(BOB, 1, digest(1));
        bytes memory p = prove(s);
        bytes memory prompt = abi.encode(s);
        bytes memory content = abi.encode(digest(1));
        yes(!drop.verify("", content, p), "no prompt");
        yes(!drop.verify(bytes.concat(prompt, hex"00"), content, p), "long prompt");
        yes(!drop.verify(prompt, "", p), "no content");
        yes(!drop.verify(prompt, bytes.concat(content, hex"00"), p), "long content");
        yes(!drop.verify(prompt, abi.encode(digest(2)), p), "other content");
        yes(!drop.verify(prompt, content, ""), "no proof");
        yes(!drop.verify(prompt, content, bytes.concat(p, hex"00")), "long proof");
        yes(!drop.verify{gas: 3_000_000}(prompt, content, new bytes(256)), "zeros");
        p[100] ^= 0x01;
        yes(!drop.verify{gas: 3_000_000}(prompt, content, p), "a changed byte");
        GenproofDrop closed = deployDrop(terms());
        yes(!closed.verify(abi.encode(closed.statement(BOB, 1, digest(1))), content, p), "not open");
    }

    /// @dev A caller who is short of gas learns nothing: false would be a verdict.
    function test_verify_isNeverFalseForLackOfGas() public {
        uint256[9] memory s = drop.statement(BOB, 1, digest(1));
        bytes memory call = abi.encodeCall(drop.verify, (abi.encode(s), abi.encode(digest(1)), prove(s)));
        uint256 accepted;
        for (uint256 gas = 2_200_000; gas > 10_000; gas -= gas / 40) {
            (bool ok, bytes memory result) = address(drop).staticcall{gas: gas}(call);
            if (ok) {
                yes(abi.decode(result, (bool)), vm.toString(gas));
                ++accepted;
            }
        }
        yes(accepted > 0, "with enough it is true");
    }

    /// @dev A malformed point burns what the verifier is given, and no more.
    function test_verify_boundsWhatAMalformedPointBurns() public view {
        bytes memory prompt = abi.encode(drop.statement(BOB, 1, digest(1)));
        uint256 before = gasleft();
        yes(!drop.verify(prompt, abi.encode(digest(1)), abi.encode(1, 3, 1, 1, 1, 1, 1, 2)), "off the curve");
        yes(before - gasleft() < 2_100_000, "gas");
    }

    /// @dev Before another template is announced its folded point is infinity, and its commitment 0.
    function test_verify_isFalseUnderNoTemplate() public {
        uint256[9] memory s = drop.statement(BOB, 1, digest(1));
        s[2] = 0;
        uint256[9] memory x = s;
        // Input 0 such that inputs 0 to 5 fold to infinity.
        uint256 sum = secrets.k[0];
        for (uint256 i = 1; i < 6; ++i) {
            sum = addmod(sum, mulmod(x[i], secrets.k[i + 1], R), R);
        }
        uint256 first = x[0];
        x[0] = mulmod(R - sum, inverse(secrets.k[1]), R);
        bytes memory p = prove(x);
        verifier.verify([uint256(0), 0], tail(x), p);
        x[0] = first;
        yes(!holds(x, digest(1), p), "no template");
    }

    function test_verify_knowsTheOtherTemplateOnceInForce() public {
        uint256[9] memory s = drop.statement(BOB, 1, digest(5));
        s[2] = 2002;
        bytes memory p = prove(s);
        yes(!holds(s, digest(5), p), "not announced");
        vm.prank(OWNER);
        drop.scheduleTemplate(2002);
        yes(!holds(s, digest(5), p), "not in force");
        vm.warp(block.timestamp + NOTICE);
        yes(holds(s, digest(5), p), "in force");
        s[2] = 7;
        yes(!holds(s, digest(5), p), "its proof under another name");
        s = drop.statement(BOB, 1, digest(1));
        yes(holds(s, digest(1), prove(s)), "the first one still");
        s[2] = 0;
        yes(!holds(s, digest(1), prove(s)), "template 0");
    }
}
