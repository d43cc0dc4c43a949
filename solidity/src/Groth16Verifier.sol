// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProofVerifier} from "./IProofVerifier.sol";

/// @dev Modulus of the coordinates' field.
uint256 constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;
/// @dev Order of the scalar field.
uint256 constant R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

/// @dev Where K0 stands in a key: behind a count of 4 bytes, α at 0x04, β at 0x44, γ at 0xc4 and δ at 0x144.
uint256 constant K0_PLACE = 0x1c4;
/// @dev The length of a key with nine inputs, which has ten K points.
uint256 constant KEY_BYTES = 1092;
/// @dev What stands behind the code of a verifier with such a key: the key, and its length in 2 bytes.
uint256 constant TAIL_BYTES = 1094;

// Selectors of {IProofVerifier}'s errors, as assembly takes literals only. A test compares them with the interface.
uint256 constant INPUT_COUNT = 0x182bed6c;
uint256 constant INPUT_NOT_REDUCED = 0xbb880c10;
uint256 constant INVALID_PROOF = 0x09bde339;
uint256 constant INVALID_KEY = 0x76d4e1e8;

/// @title Groth16 verifier whose key stands behind its code
/// @notice Deploy it with {Groth16Deployer}, which checks the key. The runtime code is this contract's, the same for
/// every key; the key's bytes follow it, and their number in 2 bytes. Deployed without a key it accepts nothing.
///
/// Points are two words (x, y), 32 bytes big-endian each. A proof is A.x A.y B.x1 B.x0 B.y1 B.y0 C.x C.y: the order of
/// the EVM's precompiles, and of the 256 bytes in a bundle. A key has the number of K points (4 bytes), α, β, γ, δ and
/// the K points: one, one for each of a drop's constant inputs (at least one), and three for those of a statement's own. The constant
/// ones fold into the point K0 + Σ input[i]·K(i+1), and a proof then costs the work of three inputs.
/// @dev Checks e(-A, B) · e(α, β) · e(X, γ) · e(C, δ) = 1 with X = folded + Σ input·K.
///
/// Every function ends the call itself, so memory is used from address 0 and the compiler's free memory pointer is not
/// kept. Precompiles: 2 SHA-256, 6 addition, 7 multiplication, 8 pairing; each checks the points it is given. The
/// last call's returndatasize shows that they exist at all. A failed one is refused at once, while there is gas left.
contract Groth16Verifier is IProofVerifier {
    /// @inheritdoc IProofVerifier
    /// @dev Memory:
    ///   0x00  running sum (2 words)
    ///   0x40  K, input (3 words); then their product (2 words)
    function fold(uint256[] calldata dropInputs) external view returns (uint256[2] memory) {
        uint256 key = _keyPlace();
        assembly {
            function need(ok) {
                if iszero(ok) {
                    mstore(0x00, INVALID_KEY)
                    revert(0x1c, 0x04)
                }
            }

            let k := add(key, K0_PLACE)
            let end := add(dropInputs.offset, shl(5, dropInputs.length))
            {
                let wanted := sub(shr(6, sub(sub(codesize(), 2), k)), 4)
                if iszero(eq(dropInputs.length, wanted)) {
                    mstore(0x00, INPUT_COUNT)
                    mstore(0x20, dropInputs.length)
                    mstore(0x40, wanted)
                    revert(0x1c, 0x44)
                }
            }
            codecopy(0x00, k, 0x40)
            for { let at := dropInputs.offset } lt(at, end) { at := add(at, 0x20) } {
                let x := calldataload(at)
                if iszero(lt(x, R)) {
                    mstore(0x00, INPUT_NOT_REDUCED)
                    mstore(0x20, x)
                    revert(0x1c, 0x24)
                }
                k := add(k, 0x40)
                codecopy(0x40, k, 0x40)
                mstore(0x80, x)
                need(staticcall(gas(), 7, 0x40, 0x60, 0x40, 0x40))
                need(staticcall(gas(), 6, 0x00, 0x80, 0x00, 0x40))
            }
            need(eq(returndatasize(), 0x40))
            return(0x00, 0x40)
        }
    }

    /// @inheritdoc IProofVerifier
    function verify(uint256[2] calldata folded, uint256[3] calldata tokenInputs, bytes calldata proof) external view {
        assembly {
            calldatacopy(0x300, folded, 0x40) // where _verify wants it
        }
        _verify(_keyPlace(), tokenInputs, proof);
    }

    /// @inheritdoc IProofVerifier
    /// @dev The folded point is the key's own K0. With a key that was not made for a drop that means six zero inputs.
    function verifyBound(uint256[3] calldata tokenInputs, bytes calldata proof) external view {
        uint256 key = _keyPlace();
        assembly {
            codecopy(0x300, add(key, K0_PLACE), 0x40) // K0, where _verify wants it
        }
        _verify(key, tokenInputs, proof);
    }

    /// @inheritdoc IProofVerifier
    /// @dev One pairing call of n + 3 pairs over a random linear combination; an empty batch passes. The challenges are
    /// 128 bits of keccak256 over the key's digest, the folded point, all inputs and all proofs; a false statement
    /// passes with probability 2^-128.
    function verifyBatch(uint256[2] calldata folded, uint256[3][] calldata tokenInputs, bytes calldata proofs)
        external
        view
    {
        bytes32 digest = keyDigest();
        assembly {
            calldatacopy(0x160, folded, 0x40) // where _verifyBatch wants it
        }
        _verifyBatch(digest, tokenInputs, proofs);
    }

    /// @inheritdoc IProofVerifier
    function verifyBatchBound(uint256[3][] calldata tokenInputs, bytes calldata proofs) external view {
        bytes32 digest = keyDigest();
        uint256 key = _keyPlace();
        assembly {
            codecopy(0x160, add(key, K0_PLACE), 0x40) // K0, where _verifyBatch wants it
        }
        _verifyBatch(digest, tokenInputs, proofs);
    }

    /// @inheritdoc IProofVerifier
    function keyDigest() public pure returns (bytes32) {
        return sha256(verifyingKey());
    }

    /// @inheritdoc IProofVerifier
    /// @dev Memory: at the free pointer the length, the key, and zeros to a whole word, which is what the code has
    /// behind its end.
    function verifyingKey() public pure returns (bytes memory key) {
        uint256 place = _keyPlace();
        assembly {
            let length := sub(sub(codesize(), 2), place)
            let words := and(add(length, 0x1f), not(0x1f))
            key := mload(0x40)
            mstore(0x40, add(key, add(words, 0x20)))
            codecopy(add(key, 0x20), place, length)
            codecopy(add(add(key, 0x20), length), codesize(), sub(words, length))
            mstore(key, length)
        }
    }

    /// @dev Where the key begins in the code. Memory: scratch.
    function _keyPlace() private pure returns (uint256 place) {
        assembly ("memory-safe") {
            let end := sub(codesize(), 2)
            codecopy(0x00, end, 0x20)
            place := sub(end, shr(240, mload(0x00)))
        }
    }

    /// @dev Ends the call. The folded point is at 0x300. Memory: the pairing's input, then room for one sum.
    ///   0x000  -A, B           (6 words a pair: G1, G2)
    ///   0x0c0  α, β
    ///   0x180  X, γ
    ///   0x240  C, δ
    ///   0x300  running sum, at first the folded point (2 words)
    ///   0x340  K, input (3 words); then their product (2 words)
    function _verify(uint256 key, uint256[3] calldata tokenInputs, bytes calldata proof) private view {
        if (proof.length != 256) revert ProofLength(proof.length, 256);
        assembly {
            function need(ok) {
                if iszero(ok) {
                    mstore(0x00, INVALID_PROOF)
                    revert(0x1c, 0x04)
                }
            }

            // X
            let k := sub(codesize(), 0xc2) // the last three K
            for { let at := tokenInputs } lt(at, add(tokenInputs, 0x60)) { at := add(at, 0x20) } {
                let x := calldataload(at)
                if iszero(lt(x, R)) {
                    mstore(0x00, INPUT_NOT_REDUCED)
                    mstore(0x20, x)
                    revert(0x1c, 0x24)
                }
                codecopy(0x340, k, 0x40)
                mstore(0x380, x)
                need(staticcall(gas(), 7, 0x340, 0x60, 0x340, 0x40))
                need(staticcall(gas(), 6, 0x300, 0x80, 0x300, 0x40))
                k := add(k, 0x40)
            }
            mcopy(0x180, 0x300, 0x40)

            // -A, B and C, none at infinity; P <= A.y would let -A be something else than its negative.
            calldatacopy(0x000, proof.offset, 0xc0)
            calldatacopy(0x240, add(proof.offset, 0xc0), 0x40)
            let y := mload(0x20)
            let b := or(or(mload(0x40), mload(0x60)), or(mload(0x80), mload(0xa0)))
            let c := or(mload(0x240), mload(0x260))
            need(and(lt(sub(y, 1), sub(P, 1)), and(gt(b, 0), gt(c, 0))))
            mstore(0x20, sub(P, y))

            codecopy(0x0c0, add(key, 0x04), 0xc0) // α, β
            codecopy(0x1c0, add(key, 0xc4), 0x80) // γ
            codecopy(0x280, add(key, 0x144), 0x80) // δ
            let ok := staticcall(gas(), 8, 0x000, 0x300, 0x000, 0x20)
            need(and(ok, and(eq(returndatasize(), 0x20), eq(mload(0x00), 1))))
            return(0, 0)
        }
    }

    /// @dev Ends the call. The folded point is at 0x160. With challenges r_0 = 1, r_i and sums over all i it checks
    ///   Π e(-r_i·A_i, B_i) · e(Σr_i·α, β) · e(Σr_i·folded + Σ_j (Σ r_i·input_ij)·K_j, γ) · e(Σ r_i·C_i, δ) = 1
    ///
    /// Memory:
    ///   0x000  seed, i (2 words): hashed into r_i
    ///   0x040  Σr_i, then Σ r_i·input_ij for j = 0, 1, 2 (4 words)
    ///   0x0c0  running sum of points (2 words)
    ///   0x100  point, scalar (3 words); then their product (2 words)
    ///   0x160  the folded point (2 words)
    ///   0x1a0  the rest of the transcript, which is folded, key digest, n, inputs, proofs. Its hash is the seed; then
    ///          it makes room for the pairing's input (6 words a pair): n times (-r_i·A_i, B_i), those with β, γ, δ
    function _verifyBatch(bytes32 digest, uint256[3][] calldata tokenInputs, bytes calldata proofs) private view {
        if (proofs.length != 256 * tokenInputs.length) revert ProofLength(proofs.length, 256 * tokenInputs.length);
        if (proofs.length == 0) return;
        uint256 key = _keyPlace();
        assembly {
            function need(ok) {
                if iszero(ok) {
                    mstore(0x00, INVALID_PROOF)
                    revert(0x1c, 0x04)
                }
            }

            // Adds scalar times the point at 0x100 to the sum at 0x0c0.
            function addProduct(scalar) {
                mstore(0x140, scalar)
                need(staticcall(gas(), 7, 0x100, 0x60, 0x100, 0x40))
                need(staticcall(gas(), 6, 0x0c0, 0x80, 0x0c0, 0x40))
            }

            let n := tokenInputs.length
            {
                let inputsBytes := mul(n, 0x60)
                mstore(0x1a0, digest)
                mstore(0x1c0, n)
                calldatacopy(0x1e0, tokenInputs.offset, inputsBytes)
                calldatacopy(add(0x1e0, inputsBytes), proofs.offset, shl(8, n))
                mstore(0x000, keccak256(0x160, add(0x80, mul(n, 0x160))))
            }
            calldatacopy(0x040, calldatasize(), 0xc0) // zeros

            let pair := 0x1a0
            let proof := proofs.offset
            let inputs := tokenInputs.offset
            for { let i := 0 } lt(i, n) { i := add(i, 1) } {
                mstore(0x020, i)
                let r := 1
                if i { r := shr(128, keccak256(0x000, 0x40)) }

                mstore(0x040, add(mload(0x040), r))
                for { let at := 0 } lt(at, 0x60) { at := add(at, 0x20) } {
                    let x := calldataload(add(inputs, at))
                    if iszero(lt(x, R)) {
                        mstore(0x00, INPUT_NOT_REDUCED)
                        mstore(0x20, x)
                        revert(0x1c, 0x24)
                    }
                    let sum := add(0x060, at)
                    mstore(sum, addmod(mload(sum), mulmod(r, x, R), R))
                }

                // C, not at infinity
                calldatacopy(0x100, add(proof, 0xc0), 0x40)
                need(or(mload(0x100), mload(0x120)))
                addProduct(r)

                // -r·A, B, neither at infinity; P <= A.y would let -A be something else than its negative.
                calldatacopy(pair, proof, 0xc0)
                let y := mload(add(pair, 0x20))
                need(lt(sub(y, 1), sub(P, 1)))
                mstore(add(pair, 0x20), sub(P, y))
                if i {
                    mcopy(0x100, pair, 0x40)
                    mstore(0x140, r)
                    need(staticcall(gas(), 7, 0x100, 0x60, pair, 0x40))
                }
                y := or(mload(add(pair, 0x40)), mload(add(pair, 0x60)))
                y := or(y, or(mload(add(pair, 0x80)), mload(add(pair, 0xa0))))
                need(y)

                pair := add(pair, 0xc0)
                proof := add(proof, 0x100)
                inputs := add(inputs, 0x60)
            }

            // α times the sum of challenges, β
            codecopy(pair, add(key, 0x04), 0xc0)
            mcopy(0x100, pair, 0x40)
            mstore(0x140, mload(0x040))
            need(staticcall(gas(), 7, 0x100, 0x60, pair, 0x40))
            // ΣrC, δ
            mcopy(add(pair, 0x180), 0x0c0, 0x40)
            codecopy(add(pair, 0x1c0), add(key, 0x144), 0x80)
            // X, γ
            mstore(0x0c0, 0)
            mstore(0x0e0, 0)
            mcopy(0x100, 0x160, 0x40)
            addProduct(mload(0x040))
            for { let at := 0 } lt(at, 0x60) { at := add(at, 0x20) } {
                codecopy(0x100, add(sub(codesize(), 0xc2), shl(1, at)), 0x40)
                addProduct(mload(add(0x060, at)))
            }
            mcopy(add(pair, 0xc0), 0x0c0, 0x40)
            codecopy(add(pair, 0x100), add(key, 0xc4), 0x80)

            need(staticcall(gas(), 8, 0x1a0, mul(add(n, 3), 0xc0), 0x000, 0x20))
            need(and(eq(returndatasize(), 0x20), eq(mload(0x00), 1)))
            return(0, 0)
        }
    }
}
