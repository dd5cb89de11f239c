/** A WebAssembly module in base64, compiled by `src/assembly/compile.mjs`. */
declare module '*?assembly=simd' {
  const base64: string
  export default base64
}

declare module '*?assembly=scalar' {
  const base64: string
  export default base64
}
