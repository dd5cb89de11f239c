import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/*
 * Nothing a user opens leaves the browser, and the browser itself sees to it. The engine
 * runs in a worker made from a Blob, because only such a worker is bound by the policy
 * of the page; one loaded from an address would go by its own headers.
 */
const policyOf = (own: string, script: string): string =>
  [
    "default-src 'none'",
    `script-src ${script} 'wasm-unsafe-eval'`,
    // The page narrows this to blobs and one file (bind-page).
    `worker-src ${own} blob:`,
    `style-src ${own} 'unsafe-inline'`,
    `img-src ${own} data: blob:`,
    `font-src ${own}`,
    `connect-src ${own}`,
    `manifest-src ${own}`,
    "form-action 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ]
    .join('; ')
    .replace(/ +/g, ' ')

/** Puts the policy into the built page. In dev the tools need more than it allows. */
export const contentPolicy = (): Plugin => ({
  name: 'content-policy',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => withPolicy(html, policyOf("'self'", "'self'")),
  },
})

/**
 * Of the page in one file: its one script is known by its hash, and no other runs. Files
 * beside it are not asked for, for it may stand anywhere.
 */
export const contentPolicyOfOneFile = (): Plugin => ({
  name: 'content-policy-of-one-file',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const page = bundle['index.html']
      if (page?.type !== 'asset') return this.error('There is no index.html.')
      const html = String(page.source).replace(
        /<link rel="(?:icon|manifest)"[^>]*>\s*/g,
        '',
      )
      const script = /<script[^>]*>([^]*)<\/script>/.exec(html)?.[1]
      if (script === undefined) return this.error('There is no script in the page.')
      const hash = createHash('sha256').update(script).digest('base64')
      page.source = withPolicy(html, policyOf('', `'sha256-${hash}'`))
      page.fileName = 'maxspan.html'
    },
  },
})

const withPolicy = (html: string, policy: string): string =>
  html.replace(
    '<head>',
    () => `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
  )
