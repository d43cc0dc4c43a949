/** The address of verify.wasm, beside this file. */
declare const url: URL;
export default url;
