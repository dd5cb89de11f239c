import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

async function find(named: string): Promise<string> {
  vi.stubEnv('MAXSPAN_CHROMIUM', named)
  const { findChromium } = await import('./chromium')
  return findChromium()
}

test('the named program is taken, whatever else there is', async () => {
  expect(await find(process.execPath)).toBe(process.execPath)
})

test('a name that leads nowhere is said, not passed over', async () => {
  await expect(find('/nowhere/chromium')).rejects.toThrow(
    'MAXSPAN_CHROMIUM names /nowhere/chromium, but there is no such file.',
  )
})
