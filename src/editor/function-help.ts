import type { Completion } from '@codemirror/autocomplete'
import {
  findSignature,
  signatures,
  type Parameter,
  type Signature,
} from '../language/functions'

export interface FunctionHelp {
  /** `startsWith(source, prefix) → boolean` */
  readonly title: string
  readonly about: readonly string[]
}

/** A function by its name as written, `~` and all. */
export function helpOnFunction(written: string): FunctionHelp | undefined {
  const signature = findSignature(written.replace(/~$/, ''))
  return signature && { title: printSignature(signature), about: aboutOf(signature) }
}

function completionOf(signature: Signature, label: string): Completion {
  return {
    label,
    type: 'function',
    detail: printParameters(signature.parameters),
    info: [printSignature(signature), ...aboutOf(signature)].join('\n'),
    apply: `${label}(`,
  }
}

const aboutOf = ({ description, example, hasTilde }: Signature): readonly string[] => [
  description,
  ...(hasTilde ? ['With ~ the case of letters does not matter.'] : []),
  `For example ${example}`,
]

const printSignature = ({ name, parameters, result }: Signature): string =>
  `${name}${printParameters(parameters)} → ${result === 'arithmetic' ? 'number' : result}`

const printParameters = (parameters: readonly Parameter[]): string =>
  `(${parameters.map(printParameter).join(', ')})`

function printParameter({ name, optional, variadic }: Parameter): string {
  if (variadic) return `${name}, …`
  return optional ? `[${name}]` : name
}

/** Every function, with its `~` form where there is one. */
export const functionCompletions: readonly Completion[] = signatures.flatMap(
  (signature) => {
    const plain = completionOf(signature, signature.name)
    if (!signature.hasTilde) return plain
    return [plain, { ...completionOf(signature, `${signature.name}~`), boost: -1 }]
  },
)
