import { printJson } from './print-json'
import { isXml, printXml } from './print-xml'

/** A record laid out, whether it is XML or JSON. */
export const printOriginal = (text: string): string =>
  isXml(text) ? printXml(text) : printJson(text)
