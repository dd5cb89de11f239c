import { syntaxTree } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { hoverTooltip } from '@codemirror/view'
import { helpOnFunction, type FunctionHelp } from './function-help'
import { printField, type Lookup } from './lookup'
import { findTypeAt } from './type-at'

/** So many values of a field are shown. */
const VALUES = 5

/**
 * What a function does, what the loaded events hold of a field, and of what type the
 * values of anything else are.
 */
export const hover = (lookup: Lookup): Extension =>
  hoverTooltip(async (view, pos, side) => {
    const node = syntaxTree(view.state).resolveInner(pos, side)
    const named = node.parent?.name === 'FunctionName' ? node.parent : node
    const owner = named.name === 'FunctionName' ? named : named.parent
    if (!owner) return null
    const text = view.state.sliceDoc(owner.from, owner.to)
    const help =
      owner.name === 'FunctionName'
        ? helpOnFunction(text)
        : owner.name === 'Field'
          ? await helpOnField(text, lookup)
          : undefined
    if (!help) return drawType(view.state.sliceDoc(), pos, lookup)
    return { pos: owner.from, end: owner.to, create: () => ({ dom: draw(help) }) }
  })

async function helpOnField(
  text: string,
  lookup: Lookup,
): Promise<FunctionHelp | undefined> {
  const name = text.replace(/[?`]/g, '')
  const field = (await lookup.fields()).find((known) => known.name === name)
  if (!field)
    return { title: name, about: ['No event and no catalogue knows this field.'] }
  const values = field.events > 0 ? await lookup.values(name, '', VALUES) : []
  const examples =
    values.length > 0 ? [`Most frequent: ${values.map(cut).join(' · ')}`] : []
  return { title: name, about: [printField(field), ...examples] }
}

async function drawType(text: string, pos: number, lookup: Lookup) {
  const found = findTypeAt(text, pos, await lookup.fields())
  if (!found) return null
  const { from, to, type } = found
  const title = `${cut(text.slice(from, to).replace(/\s+/g, ' '))} → ${type}`
  return { pos: from, end: to, create: () => ({ dom: draw({ title, about: [] }) }) }
}

const cut = (value: string): string =>
  value.length > 48 ? `${value.slice(0, 48)}…` : value

function draw({ title, about }: FunctionHelp): HTMLElement {
  const box = document.createElement('div')
  box.append(line('cm-signature', title), ...about.map((text) => line('cm-about', text)))
  return box
}

function line(name: string, text: string): HTMLElement {
  const element = document.createElement('div')
  element.className = name
  element.textContent = text
  return element
}
