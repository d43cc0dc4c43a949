// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";

/// @title ERC-7007, tokens whose content comes from a model
/// @dev The interface's id is 0x702c55a6.
interface IERC7007 is IERC165, IERC721 {
    /// @notice Emitted when content is added to a token.
    /// @param tokenId The token.
    /// @param prompt What the content was made from.
    /// @param aigcData The content.
    /// @param proof Shows that the content comes from the prompt.
    event AigcData(uint256 indexed tokenId, bytes indexed prompt, bytes indexed aigcData, bytes proof);

    /// @notice Adds content to a token.
    function addAigcData(uint256 tokenId, bytes calldata prompt, bytes calldata aigcData, bytes calldata proof) external;

    /// @notice Reports whether the proof shows that the content comes from the prompt.
    function verify(bytes calldata prompt, bytes calldata aigcData, bytes calldata proof)
        external
        view
        returns (bool success);
}
