import { parse } from 'tldts'
import type { EventWriter } from './event-writer'

/**
 * Writes the name that was asked for, and its parts by the list of public suffixes, as
 * the processor `registered_domain` of Elasticsearch finds them: a name below no suffix
 * of that list, such as `dc01.corp.local`, has none. The list is in lower case, and so is
 * the domain; what stands before it is found, as it was written, if the domain was too.
 * https://www.elastic.co/docs/reference/enrich-processor/registered-domain-processor
 */
export function putDnsQuestion(out: EventWriter, name: string, from: string): void {
  out.put('dns.question.name', name, from)
  out.relate('hosts', name, from)
  const parts = parse(name.toLowerCase(), OPTIONS)
  const { domain, publicSuffix, isIcann, isPrivate } = parts
  if (isIcann !== true && isPrivate !== true) return
  if (domain) {
    out.put('dns.question.registered_domain', domain, from)
    const end = name.lastIndexOf(`.${domain}`)
    if (end > 0) out.put('dns.question.subdomain', name.slice(0, end), from)
  }
  const suffix = domain ? publicSuffix : name
  if (publicSuffix && suffix) out.put('dns.question.top_level_domain', suffix, from)
}

/** A name is taken as it is: it is no URL, and names of services have underscores. */
const OPTIONS = {
  allowPrivateDomains: true,
  extractHostname: false,
  validateHostname: false,
}
