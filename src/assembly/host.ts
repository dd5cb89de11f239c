/** What the encoder asks of the JavaScript around it. */

/** Memory cannot grow any further; does not return. */
export declare function endOfMemory(): void

/**
 * The number of the field that a key leads to from field `parent` (0: the event itself),
 * or 0 for a key that is not to be learnt.
 */
export declare function findField(parent: u32, key: usize, length: u32): u32

/** The column of a field, 0 as long as it has none. */
export declare function findColumn(field: u32): usize

/**
 * Writes a number as a dictionary has it to `out`, 32 bytes at most. Its length, 0 for
 * a number without bounds.
 */
export declare function printNumber(at: usize, length: u32, out: usize): u32
