import { crc32, deflateSync } from 'node:zlib'

/** A picture of so many rows of RGB, 3 bytes a pixel, as a PNG (https://www.w3.org/TR/png-3/). */
export function printPng(width: number, height: number, rgb: Uint8Array): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // 8 bits a sample, of red, green and blue.
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    printChunk('IHDR', head),
    printChunk('IDAT', deflateSync(withFilters(width, height, rgb), { level: 9 })),
    printChunk('IEND', Buffer.alloc(0)),
  ])
}

/** Each row begins with how it is filtered: not at all. */
function withFilters(width: number, height: number, rgb: Uint8Array): Buffer {
  const row = width * 3
  const rows = Buffer.alloc((row + 1) * height)
  for (let y = 0; y < height; y++)
    rows.set(rgb.subarray(y * row, (y + 1) * row), y * (row + 1) + 1)
  return rows
}

function printChunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
