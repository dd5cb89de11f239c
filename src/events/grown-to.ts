/** A longer copy of a typed array, at least twice as long; the rest is 0. */
export const grownTo = (small: Int32Array, length: number): Int32Array<ArrayBuffer> => {
  const big = new Int32Array(Math.max(length, small.length * 2))
  big.set(small)
  return big
}
