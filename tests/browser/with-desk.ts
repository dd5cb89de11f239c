import type { Component } from 'svelte'
import { readRules } from '../../src/rules/rule-file'
import { makeDesk } from '../../src/ui/state/make-desk'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import type { Desk } from '../../src/ui/state/desk'
import type { EngineClient } from '../../src/worker/client'
import { render, type Rendered } from './rendering.svelte'
import WithDesk from './WithDesk.svelte'

/** A desk over an engine that knows some answers, and leaves all other questions open. */
export function deskWith(parts: Partial<EngineClient> = {}): Desk {
  const open = () => new Promise<never>(() => undefined)
  const engine = new Proxy(parts, {
    get: (known, name) => (Reflect.get(known, name) as unknown) ?? open,
  })
  return makeDesk(engine as EngineClient)
}

/** Puts the rule of a text into a desk, and opens it. */
export function openIn(desk: Desk, text: string, openedAt?: number): OpenRule {
  const [rule] = readRules(text).rules
  const open = new OpenRule(rule!, undefined, openedAt)
  desk.bench.addRules([open])
  desk.bench.openRule(open.id)
  open.state = 'done'
  return open
}

/** As `render`, for a component that asks for the desk. */
export const renderWith = <P extends Record<string, unknown>>(
  desk: Desk,
  content: Component<P>,
  contentProps: P,
  size?: { readonly width: number; readonly height: number },
): Rendered<Record<string, unknown>> =>
  render(
    WithDesk as unknown as Component<Record<string, unknown>>,
    { desk, content, contentProps },
    size,
  )
