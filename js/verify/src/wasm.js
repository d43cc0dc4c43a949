export default new URL("./verify.wasm", import.meta.url);
