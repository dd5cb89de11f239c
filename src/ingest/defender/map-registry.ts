import type { HuntingRow } from './hunting-row'
import type { Put } from './put'

const HIVES: Readonly<Record<string, string>> = {
  HKEY_CLASSES_ROOT: 'HKCR',
  HKEY_CURRENT_CONFIG: 'HKCC',
  HKEY_CURRENT_USER: 'HKCU',
  HKEY_LOCAL_MACHINE: 'HKLM',
  HKEY_USERS: 'HKU',
}

/** The registry key and value of a row; of a deletion those that were there before. */
export function mapRegistry(row: HuntingRow, put: Put): void {
  const key = row.text('RegistryKey') ?? row.text('PreviousRegistryKey')
  if (key === undefined) return
  const hive = HIVES[key.split('\\', 1)[0] ?? '']
  const bare = key.replace(/HKEY_(?:CURRENT_USER|LOCAL_MACHINE)\\/g, '')
  const value = row.text('RegistryValueName') ?? row.text('PreviousRegistryValueName')
  put('registry.hive', hive)
  put('registry.key', bare)
  put('registry.value', value)
  if (value !== undefined) put('registry.path', `${hive ?? ''}\\${bare}\\${value}`)
  const data = [row.text('RegistryValueData'), row.text('PreviousRegistryValueData')]
  const strings = [...new Set(data.filter((text) => text !== undefined))]
  put('registry.data.strings', strings.length > 0 ? strings : undefined)
  put('registry.data.type', row.text('RegistryValueType'))
}
