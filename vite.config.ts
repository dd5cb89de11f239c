import { lezer as makeLezer } from '@lezer/generator/rollup'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { assembly } from './src/assembly/compile.mjs'
import { findChromium } from './tests/support/chromium.ts'

/** Compiles the grammar. The package says nothing of its type. */
const lezer = makeLezer as () => Plugin

/*
 * Nothing a user opens leaves the browser, and the browser itself sees to it. The engine
 * runs in a worker made from a Blob, because only such a worker is bound by the policy
 * of the page; one loaded from an address would go by its own headers.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  'worker-src blob:',
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "object-src 'none'",
].join('; ')

/** Puts the policy into the built page. In dev the tools need more than it allows. */
function contentPolicy(): Plugin {
  const attrs = { 'http-equiv': 'Content-Security-Policy', content: POLICY }
  return {
    name: 'content-policy',
    apply: 'build',
    transformIndexHtml: () => [{ tag: 'meta', attrs, injectTo: 'head-prepend' }],
  }
}

/** Real Chromium, looked for (and perhaps installed) only when a browser test runs. */
function chromium(): ReturnType<typeof playwright> {
  return {
    ...playwright(),
    providerFactory: (project) =>
      playwright({ launchOptions: { executablePath: findChromium() } }).providerFactory(
        project,
      ),
  }
}

export default defineConfig({
  base: './',
  plugins: [lezer(), assembly(), svelte({ configFile: false }), contentPolicy()],
  // Plugins reach workers in dev only; the build wants its own instances.
  worker: {
    format: 'es',
    plugins: () => [lezer(), assembly()],
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  // Only generated code imports it, so it is not found by looking.
  optimizeDeps: { include: ['@lezer/lr'] },
  build: {
    // The first with `light-dark()`, which the colours are written in.
    target: ['chrome123', 'edge123', 'firefox125', 'safari17.5'],
    modulePreload: { polyfill: false },
    // The page is one script: it is read once, from disk or a cache, and works offline.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser/**', 'tests/e2e/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          // After the others: what is timed here should have the machine to itself.
          sequence: { groupOrder: 1 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: chromium(),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/serve.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // One browser for all journeys; each has a profile of its own.
          maxWorkers: 1,
          isolate: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
