/** Tells a new version that waits to take over. */
export const USE_NOW = 'use now'
