import type { Plugin } from 'vite'

/** Serves `encoder.ts?assembly=simd` and `…=scalar` as modules in base64. */
export declare function assembly(): Plugin
