import { isIpv6 } from './address-pseudonyms'
import { isBareMac, isMac } from './mac-pseudonyms'

/** What a value likely tells about a person or a place of theirs. */
export type PersonalKind =
  | 'user'
  | 'host'
  | 'domain'
  | 'machine'
  | 'address'
  | 'sid'
  | 'email'
  | 'command line'
  | 'query'

interface Rule {
  readonly kind: PersonalKind
  readonly field?: RegExp
  readonly value?: RegExp | { readonly test: (value: string) => boolean }
}

/** The first that fits. By value where the value is unmistakable, else by ECS's names. */
const RULES: readonly Rule[] = [
  { kind: 'email', value: /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/ },
  { kind: 'sid', value: /^S-1-\d+(-\d+)+$/i },
  { kind: 'address', value: /^\d{1,3}(\.\d{1,3}){3}$/ },
  { kind: 'address', value: { test: isIpv6 } },
  { kind: 'address', value: { test: isMac } },
  { kind: 'address', field: /(^|[._])mac$/i, value: { test: isBareMac } },
  { kind: 'user', field: /(^|\.)user(\.\w+)*\.(name|full_name)$/ },
  { kind: 'user', field: /(User|UserName|AccountName|Logon(Account)?Name)$/ },
  { kind: 'user', field: /^related\.user$/ },
  { kind: 'domain', field: /(^|\.)(user|host|group)(\.\w+)*\.domain$/ },
  { kind: 'domain', field: /(DomainName|Domain)$/ },
  { kind: 'host', field: /(^|\.)(host|agent|observer)\.(name|hostname)$/ },
  { kind: 'host', field: /(computer_name|Computer|Workstation(Name)?|^related\.hosts)$/ },
  { kind: 'host', field: /^(source|destination|client|server)\.(domain|address)$/ },
  { kind: 'machine', field: /(^|\.)(host|agent)\.id$/ },
  { kind: 'command line', field: /command_line$|CommandLine$|(^|\.)args$/ },
  { kind: 'query', field: /^url\.(query|full|original)$/ },
]

/** Undefined where nothing personal is seen. `field` is a dotted name. */
export const personalKind = (field: string, value: string): PersonalKind | undefined =>
  isEveryones(value)
    ? undefined
    : RULES.find(
        (rule) => (rule.field?.test(field) ?? true) && (rule.value?.test(value) ?? true),
      )?.kind

/** Names that every machine has, and so tell nothing of this one. */
export const isEveryones = (value: string): boolean => EVERYONES.has(value.toLowerCase())

const EVERYONES: ReadonlySet<string> = new Set([
  ...['', '-', '::1', '127.0.0.1', '0.0.0.0', '::', 'localhost'],
  ...['system', 'local service', 'network service', 'anonymous logon', 'localsystem'],
  ...['nt authority', 'nt service', 'builtin', 'workgroup', 'window manager'],
  ...['font driver host', 'administrator', 'guest', 'root', 'nobody', 'daemon'],
  ...['s-1-5-18', 's-1-5-19', 's-1-5-20', 's-1-0-0', 's-1-1-0', 's-1-5-7'],
])
