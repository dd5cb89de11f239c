import { lezer } from '@lezer/generator/rollup'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  base: './',
  plugins: [lezer(), svelte({ configFile: false })],
  // Plugins reach workers in dev only; the build wants its own instances.
  worker: { format: 'es', plugins: () => [lezer()] },
  optimizeDeps: { include: ['@lezer/lr'] },
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
    ],
  },
})
