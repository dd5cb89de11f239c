import { posix } from 'node:path'
import ts from 'typescript'

export interface Import {
  readonly from: string
  /** A path below src; for a library `library:` and its name. */
  readonly to: string
  readonly typeOnly: boolean
  readonly reExport: boolean
  /** Asked for as `?worker`: started on its own thread, not loaded. */
  readonly asWorker: boolean
}

/** Source files by their path below src, with `/` on every system. */
export type Sources = ReadonlyMap<string, string>

/** Every import and re-export of every file: static, dynamic, and in types. */
export function readImports(sources: Sources): readonly Import[] {
  return [...sources].flatMap(([file, text]) =>
    readFile(file, scriptOf(file, text)).map((found) => ({
      from: file,
      to: resolve(sources, file, found.target),
      typeOnly: found.typeOnly,
      reExport: found.reExport,
      asWorker: /\?(.*&)?worker\b/.test(found.target),
    })),
  )
}

/** The TypeScript of a file: of a component, its scripts. */
function scriptOf(file: string, text: string): string {
  if (!file.endsWith('.svelte')) return text
  const scripts = text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)
  return Array.from(scripts, ([, script]) => script).join('\n')
}

interface Found {
  readonly target: string
  readonly typeOnly: boolean
  readonly reExport: boolean
}

function readFile(file: string, script: string): readonly Found[] {
  const source = ts.createSourceFile(file, script, ts.ScriptTarget.Latest)
  const found: Found[] = []
  const add = (target: ts.Node | undefined, typeOnly: boolean, reExport = false) => {
    if (target !== undefined && ts.isStringLiteralLike(target))
      found.push({ target: target.text, typeOnly, reExport })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isOfTypes(node))
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly, true)
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true)
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** `import type …`, or braces in which every name is a type. */
function isOfTypes({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const names = importClause.namedBindings
  if (importClause.name !== undefined || names === undefined) return false
  return ts.isNamedImports(names) && names.elements.every((name) => name.isTypeOnly)
}

function resolve(sources: Sources, from: string, target: string): string {
  const bare = target.replace(/\?.*$/, '')
  if (!bare.startsWith('.')) return `library:${bare}`
  const path = posix.join(posix.dirname(from), bare)
  return (
    [path, `${path}.ts`, `${path}.svelte.ts`].find((each) => sources.has(each)) ?? path
  )
}

/** Every circle among the files, once, as `a > b > a`. */
export function findCircles(imports: readonly Import[]): readonly string[] {
  const targets = new Map<string, string[]>()
  for (const { from, to } of imports)
    targets.set(from, [...(targets.get(from) ?? []), to])
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    const begin = path.indexOf(file)
    if (begin >= 0) circles.push([...path.slice(begin), file].join(' > '))
    if (begin >= 0 || done.has(file)) return
    for (const to of targets.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of targets.keys()) visit(file, [])
  return circles
}
