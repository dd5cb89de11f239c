import { webLocks } from '../../src/session/locks'
import { describeLocks } from '../support/lock-cases'

describeLocks('the browser', () => webLocks(navigator.locks))
