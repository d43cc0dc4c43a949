// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProofVerifier} from "./IProofVerifier.sol";

/// @dev Modulus of the coordinates' field.
uint256 constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;
/// @dev Order of the scalar field.
uint256 constant R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

/// @dev The key's length: a count of 4 bytes, α, three G2 points and ten K points.
uint256 constant KEY_BYTES = 1092;
/// @dev The same without the count. Offsets within: α 0x00, β 0x40, γ 0xc0, δ 0x140, K0 to K9 from 0x1c0.
uint256 constant POINTS_BYTES = 1088;
/// @dev Where K0 stands in the key.
uint256 constant K0_PLACE = 0x1c4;

// Selectors of {IProofVerifier}'s errors, as assembly takes literals only. A test compares them with the interface.
uint256 constant INPUT_NOT_REDUCED = 0xbb880c10;
uint256 constant INVALID_PROOF = 0x09bde339;
uint256 constant INVALID_KEY = 0x76d4e1e8;

/// @title Groth16 verifier whose key stands behind its code
/// @notice Deploy it with {Groth16Deployer}, which checks the key. The runtime code is this contract's, the same for
/// every key, and the key's bytes follow it. Deployed without a key it finds no valid points and accepts nothing.
///
/// Points are two words (x, y), 32 bytes big-endian each. A proof is A.x A.y B.x1 B.x0 B.y1 B.y0 C.x C.y: the order of
/// the EVM's precompiles, and of the 256 bytes in a bundle. A drop's six inputs fold into the point
/// K0 + Σ input[i]·K(i+1), and a proof then costs the work of its token's three inputs. A key has 1092 bytes: the number
/// of K points (4 bytes), α, β, γ, δ, K0 to K9.
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
    function fold(uint256[6] calldata dropInputs) external view returns (uint256[2] memory) {
        assembly {
            function need(ok) {
                if iszero(ok) {
                    mstore(0x00, INVALID_KEY)
                    revert(0x1c, 0x04)
                }
            }

            let k := add(sub(codesize(), POINTS_BYTES), 0x1c0)
            codecopy(0x00, k, 0x40)
            for { let at := dropInputs } lt(at, add(dropInputs, 0xc0)) { at := add(at, 0x20) } {
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
        _verify(tokenInputs, proof);
    }

    /// @inheritdoc IProofVerifier
    /// @dev The folded point is the key's own K0. With a key that was not made for a drop that means six zero inputs.
    function verifyBound(uint256[3] calldata tokenInputs, bytes calldata proof) external view {
        assembly {
            codecopy(0x300, add(sub(codesize(), POINTS_BYTES), 0x1c0), 0x40) // K0, where _verify wants it
        }
        _verify(tokenInputs, proof);
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
        assembly {
            codecopy(0x160, add(sub(codesize(), POINTS_BYTES), 0x1c0), 0x40) // K0, where _verifyBatch wants it
        }
        _verifyBatch(digest, tokenInputs, proofs);
    }

    /// @inheritdoc IProofVerifier
    function keyDigest() public pure returns (bytes32) {
        return sha256(verifyingKey());
    }

    /// @inheritdoc IProofVerifier
    /// @dev Memory: at the free pointer the length, the key, and zeros to a whole word.
    function verifyingKey() public pure returns (bytes memory key) {
        assembly {
            key := mload(0x40)
            mstore(0x40, add(key, 0x480))
            mstore(add(key, 0x460), 0)
            mstore(key, KEY_BYTES)
            codecopy(add(key, 0x20), sub(codesize(), KEY_BYTES), KEY_BYTES)
        }
    }

    /// @dev Ends the call. The folded point is at 0x300. Memory: the pairing's input, then room for one sum.
    ///   0x000  -A, B           (6 words a pair: G1, G2)
    ///   0x0c0  α, β
    ///   0x180  X, γ
    ///   0x240  C, δ
    ///   0x300  running sum, at first the folded point (2 words)
    ///   0x340  K, input (3 words); then their product (2 words)
    function _verify(uint256[3] calldata tokenInputs, bytes calldata proof) private view {
        if (proof.length != 256) revert ProofLength(proof.length, 256);
        assembly {
            function need(ok) {
                if iszero(ok) {
                    mstore(0x00, INVALID_PROOF)
                    revert(0x1c, 0x04)
                }
            }

            let key := sub(codesize(), POINTS_BYTES)

            // X
            let k := add(key, 0x380) // K7
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

            codecopy(0x0c0, key, 0xc0) // α, β
            codecopy(0x1c0, add(key, 0xc0), 0x80) // γ
            codecopy(0x280, add(key, 0x140), 0x80) // δ
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

            let key := sub(codesize(), POINTS_BYTES)
            // α times the sum of challenges, β
            codecopy(pair, key, 0xc0)
            mcopy(0x100, pair, 0x40)
            mstore(0x140, mload(0x040))
            need(staticcall(gas(), 7, 0x100, 0x60, pair, 0x40))
            // ΣrC, δ
            mcopy(add(pair, 0x180), 0x0c0, 0x40)
            codecopy(add(pair, 0x1c0), add(key, 0x140), 0x80)
            // X, γ
            mstore(0x0c0, 0)
            mstore(0x0e0, 0)
            mcopy(0x100, 0x160, 0x40)
            addProduct(mload(0x040))
            for { let at := 0 } lt(at, 0x60) { at := add(at, 0x20) } {
                codecopy(0x100, add(key, add(0x380, shl(1, at))), 0x40)
                addProduct(mload(add(0x060, at)))
            }
            mcopy(add(pair, 0xc0), 0x0c0, 0x40)
            codecopy(add(pair, 0x100), add(key, 0xc0), 0x80)

            need(staticcall(gas(), 8, 0x1a0, mul(add(n, 3), 0xc0), 0x000, 0x20))
            need(and(eq(returndatasize(), 0x20), eq(mload(0x00), 1)))
            return(0, 0)
        }
    }
}
