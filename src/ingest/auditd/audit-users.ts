/** Where the users of an event stand, and where they go. */
export interface UserPart {
  readonly target: string
  /** Of several keys the first that is there. */
  readonly keys: readonly string[]
}

const ACTOR: UserPart = { target: 'user', keys: ['auid'] }
const EFFECTIVE: UserPart = { target: 'user.effective', keys: ['uid'] }
const named = (target: string): UserPart => ({ target, keys: ['acct', 'id', 'uid'] })
const numbered = (target: string): UserPart => ({ target, keys: ['id', 'acct'] })

const PARTS: readonly (readonly [types: string, parts: readonly UserPart[]])[] = [
  [
    'CRED_ACQ CRED_DISP CRED_REFR USER_ACCT USER_AUTH USER_END USER_ERR USER_LOGIN USER_LOGOUT USER_START',
    [ACTOR, named('user.effective')],
  ],
  ['ADD_USER DEL_USER', [ACTOR, EFFECTIVE, numbered('user.target')]],
  ['ADD_GROUP DEL_GROUP', [ACTOR, EFFECTIVE, numbered('group')]],
  ['USER_CHAUTHTOK USER_MGMT', [ACTOR, EFFECTIVE, named('user.target')]],
  ['GRP_CHAUTHTOK', [ACTOR, EFFECTIVE, named('group')]],
  ['GRP_MGMT', [ACTOR, EFFECTIVE, { target: 'group', keys: ['uid'] }]],
  ['GRP_AUTH', [ACTOR, EFFECTIVE]],
  [
    'LOGIN',
    [
      { target: 'user', keys: ['old-auid', 'old_auid'] },
      { target: 'user.effective', keys: ['new-auid', 'new_auid', 'auid'] },
    ],
  ],
]

const BY_TYPE: ReadonlyMap<string, readonly UserPart[]> = new Map(
  PARTS.flatMap(([types, parts]) =>
    types.split(' ').map((type) => [type, parts] as const),
  ),
)

/** Who acts in an event of the kernel. */
const OF_PROCESS: readonly UserPart[] = [
  { target: 'user', keys: ['uid'] },
  { target: 'user.effective', keys: ['euid'] },
]

export const userPartsOf = (type: string): readonly UserPart[] =>
  BY_TYPE.get(type) ?? OF_PROCESS

/** Identities of a process that have a place of their own, whatever the event. */
export const IDENTITIES: readonly (readonly [key: string, target: string])[] = [
  ['auid', 'user.audit'],
  ['suid', 'user.saved'],
  ['fsuid', 'user.filesystem'],
  ['gid', 'user.group'],
  ['egid', 'user.effective.group'],
  ['sgid', 'user.saved.group'],
  ['fsgid', 'user.filesystem.group'],
]
