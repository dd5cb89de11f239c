import { publishBundle } from './publish'

/** The entry of `npm run repro`. */
process.exitCode = await publishBundle(process.argv.slice(2))
