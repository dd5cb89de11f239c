import { directoryOf, extensionOf, nameOf } from '../ecs/path-parts'
import type { RowClass } from './classify-row'
import { joinPath } from './file-path'
import type { HuntingRow } from './hunting-row'
import type { Put } from './put'

/** The file of a row; one of a process, or of DeviceEvents, is that of a process. */
export function mapFile(row: HuntingRow, { category }: RowClass, put: Put): void {
  if (category === 'library') putDll(row, row.text('FolderPath'), put)
  if (category === 'driver')
    putDll(row, joinPath(row.text('FolderPath'), row.text('FileName')), put)
  if (row.table === 'DeviceProcessEvents' || row.table === 'DeviceEvents') return
  putFile(row, put)
  putCertificate(row, put)
}

function putDll(row: HuntingRow, path: string | undefined, put: Put): void {
  put('dll.path', path)
  put('dll.name', row.text('FileName'))
  put('dll.Ext.size', row.number('FileSize'))
  putHashes(row, 'dll', put)
}

function putFile(row: HuntingRow, put: Put): void {
  const path = row.text('FolderPath')
  put('file.path', path)
  put('file.name', row.text('FileName') ?? (path && nameOf(path)))
  if (path !== undefined) {
    put('file.directory', directoryOf(path) || undefined)
    put('file.extension', extensionOf(path))
  }
  put('file.size', row.number('FileSize'))
  putHashes(row, 'file', put)
}

function putHashes(row: HuntingRow, of: string, put: Put): void {
  put(`${of}.hash.md5`, row.text('MD5'))
  put(`${of}.hash.sha1`, row.text('SHA1'))
  put(`${of}.hash.sha256`, row.text('SHA256'))
}

function putCertificate(row: HuntingRow, put: Put): void {
  put('file.x509.not_after', row.text('CertificateExpirationTime'))
  put('file.x509.serial_number', row.text('CertificateSerialNumber'))
  put('file.x509.issuer.common_name', row.text('Issuer'))
  put('file.code_signature.subject_name', row.text('Signer'))
  put('file.code_signature.exists', readTruth(row.text('IsSigned')))
  put('file.code_signature.trusted', readTruth(row.text('IsTrusted')))
  put('http.request.referrer', row.text('FileOriginReferrerUrl'))
}

function readTruth(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined
  return /^(?:1|true)$/i.test(text)
}
