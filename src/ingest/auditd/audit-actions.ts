/** What Elastic's integrations make of a kind of audit event. */
export interface AuditAction {
  readonly action: string | undefined
  readonly categories: readonly string[]
  readonly types: readonly string[]
}

/** `action: categories: types: names`, a line each. */
function readActions(table: string): ReadonlyMap<string, AuditAction> {
  return new Map(
    table
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [action = '', categories = '', types = '', names = ''] = line
          .split(':')
          .map((part) => part.trim())
        const made = { action, categories: words(categories), types: words(types) }
        return words(names).map((name) => [name, made] as const)
      }),
  )
}

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(/\s+/))

const SYSCALLS = readActions(`
  accepted-connection-from: network: connection start: accept accept4
  adjusted-scheduling-policy-of: process: change: sched_setattr sched_setparam sched_setscheduler
  allocated-memory: process: info: brk mmap mmap2
  bound-socket: network: start: bind
  changed-file-attributes-of: file: change: fremovexattr fsetxattr lremovexattr lsetxattr removexattr setxattr
  changed-file-ownership-of: file: change: chown fchown fchownat lchown
  changed-file-permissions-of: file: change: chmod fchmod fchmodat
  changed-identity-of: process: change: setegid seteuid setfsgid setfsuid setgid setregid setresgid setresuid setreuid setuid
  changed-system-name: host: change: setdomainname sethostname
  changed-system-time: host: change: adjtimex clock_settime settimeofday stime
  changed-timestamp-of: file: info: futimens futimesat utime utimensat utimes
  checked-filesystem-metadata-of: file: info: fstatfs statfs
  checked-metadata-of: file: info: access faccessat fgetxattr fstat fstatat getxattr lgetxattr lstat newfstatat stat stat64
  connected-to: network: connection start: connect
  created-directory: file: creation: mkdir mkdirat
  deleted: file: deletion: rmdir unlink unlinkat
  executed: process: start: execve execveat
  killed-pid: process: end: kill tgkill tkill
  listen-for-connections: network: start: listen
  loaded-kernel-module: driver: start: finit_module init_module
  make-device: file: creation: mknod
  mounted: file: creation: mount
  opened-file: file: change: fallocate ftruncate truncate
  opened-file: file: creation: creat
  opened-file: file: info: open openat readlink readlinkat
  read-file: file: info: read
  received-from: network: connection info: recv recvfrom recvmmsg recvmsg
  renamed: file: change: rename renameat renameat2
  sent-to: network: connection info: send sendmmsg sendmsg sendto
  symlinked: file: creation: symlink symlinkat
  unloaded-kernel-module: driver: end: delete_module
  unmounted: file: deletion: umount umount2
  wrote-to-file: file: change: write
`)

const TYPES = readActions(`
  aborted-auditd-startup: process: stop: DAEMON_ABORT
  access-error: : : USER_SELINUX_ERR
  access-permission: : : USER_AVC
  access-result: : : DAC_CHECK
  acquired-credentials: authentication: info: CRED_ACQ
  added-group-account-to: iam: group creation: ADD_GROUP
  added-user-account: iam: user creation: ADD_USER
  assigned-user-role-to: iam: user change: ROLE_ASSIGN
  assigned-vm-id: host: creation: VIRT_MACHINE_ID
  assigned-vm-resource: host: info: VIRT_RESOURCE
  attempted-execution-of-forbidden-program: process: start: ANOM_EXEC
  attempted-log-in-during-unusual-hour-to: : : ANOM_LOGIN_TIME
  attempted-log-in-from-unusual-place-to: : : ANOM_LOGIN_LOCATION
  audit-error: process: info: DAEMON_ERR
  authenticated: authentication: info: USER_AUTH
  authenticated-to-group: authentication: info: GRP_AUTH
  booted-system: host: info: SYSTEM_BOOT
  caused-mac-policy-error: : : SELINUX_ERR
  changed-audit-configuration: process configuration: change: CONFIG_CHANGE
  changed-audit-feature: configuration: change: FEATURE_CHANGE
  changed-auditd-configuration: process configuration: change: DAEMON_CONFIG
  changed-configuration: configuration: change: USYS_CONFIG
  changed-group: process: change: CHGRP_ID
  changed-group-password: iam: group change: GRP_CHAUTHTOK
  changed-login-id-to: authentication: start: LOGIN
  changed-mac-configuration: configuration: change: USER_MAC_CONFIG_CHANGE
  changed-password: iam: user change: USER_CHAUTHTOK
  changed-promiscuous-mode-on-device: : : ANOM_PROMISCUOUS
  changed-role-to: : : USER_ROLE_CHANGE
  changed-selinux-boolean: configuration: change: MAC_CONFIG_CHANGE
  changed-selinux-enforcement: configuration: change: MAC_STATUS
  changed-to-runlevel: host: change: SYSTEM_RUNLEVEL
  changed-user-id: process: change: CHUSER_ID
  crashed-program: process: end: ANOM_ABEND
  created-vm-image: host: info: VIRT_CREATE
  crypto-officer-logged-in: : : CRYPTO_LOGIN
  crypto-officer-logged-out: process: info: CRYPTO_LOGOUT
  deleted-group-account-from: iam: group deletion: DEL_GROUP
  deleted-user-account: iam: user deletion: DEL_USER
  deleted-vm-image: host: info: VIRT_DESTROY
  disposed-credentials: authentication: info: CRED_DISP
  ended-session: session: end: USER_END
  error: authentication: info: USER_ERR
  executed: process: start: AUOMS_EXECVE
  failed-log-in-too-many-times-to: : : ANOM_LOGIN_FAILURES
  initialized-audit-subsystem: process: info: KERNEL
  issued-vm-control: host: info: VIRT_CONTROL
  loaded-firewall-rule-to: configuration: change: NETFILTER_CFG
  loaded-kernel-module: driver: start: KERN_MODULE
  loaded-mac-policy: configuration: access: USER_MAC_POLICY_LOAD
  loaded-selinux-policy: configuration: access: MAC_POLICY_LOAD
  locked-account: iam: user info: ACCT_LOCK
  logged-in: authentication: start: USER_LOGIN
  logged-out: authentication: end: USER_LOGOUT
  mac-permission: : : MAC_CHECK
  modified-group-account: iam: group change: GRP_MGMT
  modified-role: iam: change: ROLE_MODIFY
  modified-user-account: iam: user change: USER_MGMT
  negotiated-crypto-key: process: info: CRYPTO_KEY_USER
  opened-too-many-sessions-to: : : ANOM_LOGIN_SESSIONS
  package-updated: package: info: SOFTWARE_UPDATE
  ran-command: process: start: USER_CMD
  reconfigured-auditd: process configuration: info: DAEMON_RECONFIG
  refreshed-credentials: authentication: info: CRED_REFR
  remote-audit-connected: network: connection start: DAEMON_ACCEPT
  remote-audit-disconnected: network: connection start: DAEMON_CLOSE
  removed-user-role-from: iam: user change: ROLE_REMOVE
  resumed-audit-logging: process: change: DAEMON_RESUME
  rotated-audit-logs: process: change: DAEMON_ROTATE
  sent-message: : : USER
  shutdown-audit: process: stop: DAEMON_END
  shutdown-system: host: info: SYSTEM_SHUTDOWN
  started-audit: process: start: DAEMON_START
  started-crypto-session: process: info: CRYPTO_SESSION
  started-service: process: start: SERVICE_START
  started-session: session: start: USER_START
  stopped-service: process: stop: SERVICE_STOP
  typed: : : TTY USER_TTY
  unlocked-account: iam: user info: ACCT_UNLOCK
  used-suspicious-link: : : ANOM_LINK
  violated-apparmor-policy: : : APPARMOR_DENIED
  violated-seccomp-policy: : : SECCOMP
  violated-selinux-policy: : : AVC
  was-authorized: authentication: info: USER_ACCT
`)

/** What any other system call is. */
const OTHER_CALL: AuditAction = {
  action: undefined,
  categories: ['process'],
  types: ['info'],
}

/** What an event is, by its first record and the system call it tells of. */
export function actionOf(
  type: string,
  syscall: string | undefined,
): AuditAction | undefined {
  return (
    TYPES.get(type) ??
    (syscall === undefined ? undefined : (SYSCALLS.get(syscall) ?? OTHER_CALL))
  )
}
