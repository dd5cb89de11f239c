import { lezer as makeLezer } from '@lezer/generator/rollup'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { viteSingleFile } from 'vite-plugin-singlefile'
import { assembly } from './src/assembly/compile.mjs'
import { contentPolicy, contentPolicyOfOneFile } from './src/shell/content-policy.ts'
import { offline } from './src/shell/offline.mjs'
import { findChromium } from './tests/support/chromium.ts'

/** Compiles the grammar. The package says nothing of its type. */
const lezer = makeLezer as () => Plugin

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

// Elements are made one by one: the page's policy allows no markup made of text.
const page = () => svelte({ configFile: false, compilerOptions: { fragments: 'tree' } })

/** `npm run build:single`: the page, the engine and the rules in one HTML file. */
const ONE_FILE = 'one-file'

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [
    ...[lezer(), assembly(), page()],
    ...(mode === ONE_FILE
      ? [viteSingleFile({ removeViteModuleLoader: true }), contentPolicyOfOneFile()]
      : [contentPolicy(), offline()]),
  ],
  publicDir: mode === ONE_FILE ? false : 'public',
  // Plugins reach workers in dev only; the build wants its own instances.
  worker: {
    // From disk, a browser takes no module made of a Blob for a worker.
    format: mode === ONE_FILE ? 'iife' : 'es',
    plugins: () => [lezer(), assembly()],
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  // Only generated code imports it, so it is not found by looking.
  optimizeDeps: {
    include: ['@lezer/lr'],
    // Else what is imported late is found late, and the page under test loads again.
    entries: ['index.html', 'tests/browser/*.ts'],
  },
  build: {
    // The first with `light-dark()`, which the colours are written in.
    target: ['chrome123', 'edge123', 'firefox125', 'safari17.5'],
    modulePreload: { polyfill: false },
    outDir: mode === ONE_FILE ? 'dist-single' : 'dist',
    // What the first sight needs is one script; parts looked at later are fetched then.
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
          // It ends what hangs. Laws try a lot, and the machine may be busy.
          testTimeout: 180_000,
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
}))
