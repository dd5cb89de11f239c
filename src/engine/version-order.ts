import { compareCodePoints } from '../events/code-point-order'
import type { Order } from './compare'

/**
 * Order of a `version` field: by semantic versioning 2.0 with any number of leading
 * parts, invalid versions last and among themselves as text (language.md 3.7).
 */
export function compareVersions(left: string, right: string): Order {
  const a = readVersion(left)
  const b = readVersion(right)
  if (!a || !b) return a ? -1 : b ? 1 : compareCodePoints(left, right)
  return (
    compareParts(a.parts, b.parts) ||
    comparePreRelease(a.pre, b.pre) ||
    compareCodePoints(a.build, b.build)
  )
}

interface Version {
  readonly parts: readonly string[]
  readonly pre: readonly string[]
  readonly build: string
}

const version =
  /^((?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*)(?:-([0-9a-z-]+(?:\.[0-9a-z-]+)*))?(?:\+([0-9a-z-]+(?:\.[0-9a-z-]+)*))?$/i

function readVersion(text: string): Version | undefined {
  const parts = version.exec(text)
  if (!parts) return undefined
  const pre = parts[2]?.split('.') ?? []
  if (pre.some((part) => /^0\d+$/.test(part))) return undefined
  return { parts: (parts[1] ?? '').split('.'), pre, build: parts[3] ?? '' }
}

/** Of two versions with the same beginning, the shorter comes first. */
function compareParts(left: readonly string[], right: readonly string[]): Order {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const order = comparePart(left[i] ?? '', right[i] ?? '')
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** A release comes after its pre-releases. */
function comparePreRelease(left: readonly string[], right: readonly string[]): Order {
  if (left.length === 0 || right.length === 0)
    return Number(left.length === 0) - Number(right.length === 0)
  return compareParts(left, right)
}

/** Numbers by value and before words; numbers have no leading zeros, so longer is more. */
function comparePart(left: string, right: string): Order {
  const isLeftNumber = /^\d+$/.test(left)
  if (isLeftNumber !== /^\d+$/.test(right)) return isLeftNumber ? -1 : 1
  return (isLeftNumber && left.length - right.length) || compareCodePoints(left, right)
}
