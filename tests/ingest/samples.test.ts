import { readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { makeTar, makeZip } from './make-archives'
import { printRead, readBlob } from './print-events'

const SAMPLES = new URL('samples/', import.meta.url)

// Every file of samples/<format>/ is read four ways, which must agree with what
// <file>.expected.txt says. UPDATE=1 writes those files; look at the difference.
for (const folder of readdirSync(SAMPLES))
  describe(folder, () => {
    const files = readdirSync(new URL(`${folder}/`, SAMPLES))
    for (const name of files.filter((file) => !file.endsWith('.expected.txt')))
      test(name, async () => {
        const url = new URL(`${folder}/${name}`, SAMPLES)
        const bytes = readFileSync(url)
        const named = printRead(await readBlob(bytes, {}, name))
        const expected = new URL(`${url.href}.expected.txt`)
        if (process.env['UPDATE'] || !existsSync(expected)) writeFileSync(expected, named)
        expect(named).toBe(readFileSync(expected, 'utf8'))
        expect(printRead(await readBlob(bytes))).toBe(named)
        expect(printRead(await readBlob(gzipSync(bytes)))).toBe(named)
        const member = { name, bytes: new Uint8Array(bytes) }
        const zip = makeZip([{ name: 'a.tar', bytes: makeTar([member]) }])
        expect(printRead(await readBlob(zip as Uint8Array<ArrayBuffer>))).toBe(named)
      })
  })
