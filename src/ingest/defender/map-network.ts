import type { JsonValue } from '../lossless-json'
import { readLosslessJson } from '../lossless-json'
import type { RowClass } from './classify-row'
import type { HuntingRow } from './hunting-row'
import type { Put } from './put'

/** Addresses, protocol, URL and DNS question of a row. */
export function mapNetwork(row: HuntingRow, { category }: RowClass, put: Put): void {
  const isNetwork = category === 'network'
  const { direction } = row.additional
  putEnds(row, category, isNetwork && direction === 'In', put)
  if (isNetwork) put('network.direction', nameDirection(direction))
  if (isNetwork) put('destination.address', endsOf(row, direction === 'In').to.ip)
  const protocol = row.text('RequestProtocol') ?? row.text('Protocol')
  const isDns = row.action.toLowerCase().includes('dns')
  put('network.protocol', isDns ? 'dns' : protocol?.toLowerCase())
  putUrl(row.text('RemoteUrl'), put)
  if (isNetwork && isDns) putDns(row, put)
}

function nameDirection(direction: JsonValue | undefined): string {
  if (direction === 'In') return 'inbound'
  return direction === 'Out' ? 'outbound' : 'unknown'
}

interface End {
  readonly ip: string | undefined
  readonly port: JsonValue | undefined
}

function endsOf(row: HuntingRow, isInbound: boolean): { from: End; to: End } {
  const end = (side: string): End => ({
    ip: row.text(`${side}IP`),
    port: row.number(`${side}Port`),
  })
  const [local, remote] = [end('Local'), end('Remote')]
  return isInbound ? { from: remote, to: local } : { from: local, to: remote }
}

function putEnds(
  row: HuntingRow,
  category: string | undefined,
  isInbound: boolean,
  put: Put,
): void {
  // Who logs on comes from afar.
  const isLogon = category === 'authentication'
  const { from, to } = endsOf(row, isInbound || isLogon)
  const asked = category === 'file' ? row.text('RequestSourceIP') : undefined
  put('source.ip', asked ?? from.ip)
  put('source.port', row.number('RequestSourcePort') ?? from.port)
  put('source.domain', row.text('RemoteDeviceName'))
  if (isLogon) return
  put('destination.ip', to.ip)
  put('destination.port', to.port)
}

/** Mostly a bare name of a host, which is then all there is of the URL. */
function putUrl(url: string | undefined, put: Put): void {
  if (url === undefined) return
  put('url.original', url)
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? parseUrl(url) : undefined
  if (!whole) return put('url.path', url)
  put('url.scheme', whole.protocol.slice(0, -1))
  put('url.domain', whole.hostname)
  put('url.path', whole.pathname)
  put('url.query', whole.search ? whole.search.slice(1) : undefined)
  put('url.port', whole.port ? Number(whole.port) : undefined)
}

function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url)
  } catch {
    return undefined
  }
}

function putDns({ additional }: HuntingRow, put: Put): void {
  put('dns.question.name', additional['query'])
  put('dns.question.class', additional['qclass_name'])
  put('dns.question.type', additional['qtype_name'])
  put('dns.response_code', additional['rcode_name'])
  const { answers } = additional
  const read = typeof answers === 'string' ? readLosslessJson(answers) : answers
  put('dns.answers', read)
}
