import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ecsArrays, ecsFields, ecsVersion } from '../../src/events/ecs'

interface EcsEntry {
  type: string
  multi_fields?: { name: string; type: string }[]
  normalize?: string[]
}
const { EcsFlat, EcsVersion } = createRequire(import.meta.url)('@elastic/ecs') as {
  EcsFlat: Record<string, EcsEntry>
  EcsVersion: string
}
const file = join(import.meta.dirname, '../../src/events/ecs-fields.json')

test('the shipped catalogue is the ECS package, shortened (UPDATE=1 makes it anew)', () => {
  const byType: Record<string, string[]> = {}
  for (const [name, { type, multi_fields = [] }] of Object.entries(EcsFlat)) {
    const subs = multi_fields.map((sub) => `+${sub.name}:${sub.type}`)
    ;(byType[type] ??= []).push(name + subs.join(''))
  }
  const fields = Object.fromEntries(
    Object.entries(byType).map(([type, names]) => [type, names.join(' ')]),
  )
  const arrays = Object.entries(EcsFlat)
    .filter(([, { normalize = [] }]) => normalize.includes('array'))
    .map(([name]) => name)
    .join(' ')
  const catalogue = { version: EcsVersion, fields, arrays }
  const text = JSON.stringify(catalogue, null, 1) + '\n'
  if (process.env['UPDATE']) writeFileSync(file, text)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('types and multi-fields are read back', () => {
  const typeOf = (name: string) => ecsFields.find((f) => f.name === name)
  expect(ecsVersion).toBe(EcsVersion)
  expect(typeOf('process.pid')).toEqual({ name: 'process.pid', typeName: 'long' })
  expect(typeOf('process.name.text')).toEqual({
    name: 'process.name.text',
    typeName: 'match_only_text',
    parent: 'process.name',
  })
})

test('fields whose values are arrays', () => {
  const names = [
    'event.category',
    'event.type',
    'process.args',
    'host.ip',
    'related.user',
  ]
  expect(names.filter((name) => !ecsArrays.has(name))).toEqual([])
  expect(ecsArrays.has('process.name')).toBe(false)
})
