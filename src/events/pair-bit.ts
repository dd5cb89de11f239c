/** The bit that stands for two neighbouring bytes, or units; 0 to 127. */
export const pairBit = (before: number, after: number): number =>
  Math.imul((before << 7) ^ after, 0x9e3779b1) >>> 25
