import type { EventWriter } from './event-writer'
import type { Put } from './plan'
import { userDatum } from './user-data'

const codes = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Events whose user is who did it. */
const BY_SUBJECT = codes(`
  4648 4657 4662 4670 4672 4673 4674 4688 4689 4697 4698 4699 4700 4701 4702 4706 4707 4713
  4716 4717 4718 4719 4720 4722 4723 4724 4725 4726 4727 4728 4729 4730 4731 4732 4733 4734
  4735 4737 4738 4739 4740 4741 4742 4743 4744 4745 4746 4747 4748 4749 4750 4751 4752 4753
  4754 4755 4756 4757 4758 4759 4760 4761 4762 4763 4764 4767 4781 4797 4798 4799 4817 4904
  4905 4907 4912 5136 5140 5145 5379 5380 5381 5382`)

/** Events whose user is the account that logs on. */
const BY_TARGET = codes('4624 4625 4634 4647 4648 4768 4769 4770 4771 4776 4964')

/** Events that do something to an account. */
const TO_TARGET = codes(`
  4670 4720 4722 4723 4724 4725 4726 4738 4740 4767 4797 4798 4817 4907`)

/** Events in which one account acts as another. */
const AS_TARGET = codes('4648 4688')

/** Events of groups; their target is the group, and the member is a user. */
const OF_GROUPS = codes(`
  4727 4728 4729 4730 4731 4732 4733 4734 4735 4737 4744 4745 4746 4747 4748 4749 4750 4751
  4752 4753 4754 4755 4756 4757 4758 4759 4760 4761 4762 4763 4764 4799`)

const OF_COMPUTERS = codes('4741 4742 4743')
const OF_SESSIONS = codes('4778 4779')
const WITH_TARGET_LOGON = codes('4634 4647 4964')

/** The names of the values that name an account. */
interface AccountNames {
  readonly ids: readonly string[]
  readonly name: string
  readonly domain: string
  /** What is behind an `@` in its name is its realm. */
  readonly hasRealm: boolean
}

const SUBJECT: AccountNames = {
  ids: ['SubjectUserSid'],
  name: 'SubjectUserName',
  domain: 'SubjectDomainName',
  hasRealm: false,
}
const TARGET: AccountNames = {
  ids: ['TargetUserSid', 'TargetSid'],
  name: 'TargetUserName',
  domain: 'TargetDomainName',
  hasRealm: true,
}
const TARGET_SID: AccountNames = { ...TARGET, ids: ['TargetSid'] }
const SESSION: AccountNames = {
  ids: [],
  name: 'AccountName',
  domain: 'AccountDomain',
  hasRealm: false,
}

/** What an account is, below a field. */
const accountAs = (object: string, names: AccountNames): readonly Put[] => [
  ...names.ids.map((id) => copyTo(id, `${object}.id`)),
  (out) => {
    const name = out.datum(names.name)
    if (name === undefined) return
    const plain = names.hasRealm ? name.split('@', 1)[0]! : name
    out.put(`${object}.name`, plain, fromOf(names.name))
    out.relate('user', plain, fromOf(names.name))
  },
  copyTo(names.domain, `${object}.domain`),
]

const copyTo = (name: string, field: string): Put =>
  Object.assign((out: EventWriter) => copy(out, name, field), {
    copies: { name, field, isNumber: false },
  })

function copy(out: EventWriter, name: string, field: string): void {
  const value = out.datum(name)
  if (value !== undefined) out.put(field, value, fromOf(name))
}

const fromOf = (name: string): string => `EventData.${name}`

/** A member is given by its distinguished name: `CN=ann,OU=staff,OU=corp,DC=example`. */
function putGroup(out: EventWriter): void {
  const member = out.datum('MemberName')?.split(/(?<!\\),/)
  if (member) {
    const [name = '', , , domain] = member
    const plain = name.replace(/cn=/i, '')
    out.put('user.target.name', plain, fromOf('MemberName'))
    out.relate('user', plain, fromOf('MemberName'))
    if (domain !== undefined)
      out.put('user.target.domain', domain.replace(/dc=/i, ''), fromOf('MemberName'))
  }
  for (const object of member ? ['group', 'user.target.group'] : ['group']) {
    copy(out, 'TargetSid', `${object}.id`)
    copy(out, 'TargetUserSid', `${object}.id`)
    copy(out, 'TargetUserName', `${object}.name`)
    copy(out, 'TargetDomainName', `${object}.domain`)
  }
}

const COMPUTER = [
  copyTo('TargetSid', 'winlog.computerObject.id'),
  copyTo('TargetUserName', 'winlog.computerObject.name'),
  copyTo('TargetDomainName', 'winlog.computerObject.domain'),
]

function putRenamed(out: EventWriter): void {
  copy(out, 'OldTargetUserName', 'user.target.name')
  copy(out, 'NewTargetUserName', 'user.changes.name')
  for (const name of ['NewTargetUserName', 'OldTargetUserName']) {
    const value = out.datum(name)
    if (value !== undefined) out.relate('user', value, fromOf(name))
  }
}

/** Who cleared the log says a form of its own. */
function putClearer(out: EventWriter): void {
  for (const [name, field] of CLEARER) {
    const value = userDatum(out.event, name)
    if (value === undefined) continue
    out.put(field, value, `UserData.${name}`)
    if (field === 'user.name') out.relate('user', value, `UserData.${name}`)
  }
}

const CLEARER = [
  ['SubjectUserSid', 'user.id'],
  ['SubjectUserName', 'user.name'],
  ['SubjectDomainName', 'user.domain'],
  ['SubjectLogonId', 'winlog.logon.id'],
] as const

const byNumber = (of: ReadonlySet<string>, puts: readonly Put[]) => [of, puts] as const

/** What events of some numbers say of accounts, in this order. */
const USERS = [
  byNumber(BY_SUBJECT, accountAs('user', SUBJECT)),
  byNumber(BY_TARGET, accountAs('user', TARGET)),
  byNumber(TO_TARGET, accountAs('user.target', TARGET_SID)),
  byNumber(AS_TARGET, accountAs('user.effective', TARGET)),
  byNumber(OF_GROUPS, [putGroup]),
  byNumber(OF_COMPUTERS, COMPUTER),
  byNumber(OF_SESSIONS, accountAs('user', SESSION)),
  byNumber(codes('4781'), [putRenamed]),
  byNumber(codes('1102'), [putClearer]),
]

const SUBJECT_LOGON = copyTo('SubjectLogonId', 'winlog.logon.id')
const TARGET_LOGON = copyTo('TargetLogonId', 'winlog.logon.id')
const SESSION_LOGON = copyTo('LogonID', 'winlog.logon.id')

/** Who did what to whom, in events of the Security log (events-ecs.md 2.2). */
export const usersOf = (code: string): readonly Put[] => [
  ...USERS.flatMap(([of, puts]) => (of.has(code) ? puts : [])),
  SUBJECT_LOGON,
  ...(WITH_TARGET_LOGON.has(code) ? [TARGET_LOGON] : []),
  ...(OF_SESSIONS.has(code) ? [SESSION_LOGON] : []),
]
