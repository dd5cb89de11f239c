import type { JsonObject } from '../lossless-json'
import { isAuditLine, readAuditLine } from './audit-line'
import { mapAudit } from './map-audit'

/**
 * Reads a record of Syslog that holds a line of the audit log, as auoms forwards them;
 * undefined if it holds none.
 */
export function readAuditRow(
  found: JsonObject,
): { readonly variant: string; readonly record: JsonObject } | undefined {
  const { SyslogMessage: message, Computer: computer, HostName: host } = found
  if (typeof message !== 'string' || !isAuditLine(message)) return undefined
  const line = readAuditLine(message)
  if (!line) return undefined
  const name = [line.host, host, computer].find((text) => typeof text === 'string')
  const record = mapAudit([
    { ...line, host: typeof name === 'string' ? name : undefined },
  ])
  return { variant: 'auditd (Syslog)', record }
}
