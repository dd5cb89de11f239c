import { parse } from 'tldts'
import type { EventWriter } from './event-writer'

/**
 * Writes the name that was asked for, and its parts by the list of public suffixes, as
 * the processor `registered_domain` of Elasticsearch finds them: a name below no suffix
 * of that list, such as `dc01.corp.local`, has none.
 * https://www.elastic.co/docs/reference/enrich-processor/registered-domain-processor
 */
export function putDnsQuestion(out: EventWriter, name: string, from: string): void {
  out.put('dns.question.name', name, from)
  out.relate('hosts', name, from)
  const parts = parse(name.toLowerCase(), OPTIONS)
  const { domain, subdomain, publicSuffix, isIcann, isPrivate } = parts
  if (isIcann !== true && isPrivate !== true) return
  if (domain) out.put('dns.question.registered_domain', domain, from)
  if (domain && subdomain) out.put('dns.question.subdomain', subdomain, from)
  if (publicSuffix) out.put('dns.question.top_level_domain', publicSuffix, from)
}

/** A name is taken as it is: it is no URL, and names of services have underscores. */
const OPTIONS = {
  allowPrivateDomains: true,
  extractHostname: false,
  validateHostname: false,
}
