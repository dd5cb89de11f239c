/** Names of system calls by their numbers, those that events are classified by. */
const X86_64 =
  '0 read 1 write 2 open 4 stat 5 fstat 6 lstat 9 mmap 12 brk 21 access 41 socket ' +
  '42 connect 43 accept 44 sendto 45 recvfrom 46 sendmsg 47 recvmsg 49 bind 50 listen ' +
  '56 clone 57 fork 58 vfork 59 execve 60 exit 62 kill 76 truncate 77 ftruncate ' +
  '82 rename 83 mkdir 84 rmdir 85 creat 86 link 87 unlink 88 symlink 89 readlink ' +
  '90 chmod 91 fchmod 92 chown 93 fchown 94 lchown 101 ptrace 105 setuid 106 setgid ' +
  '113 setreuid 114 setregid 117 setresuid 119 setresgid 122 setfsuid 123 setfsgid ' +
  '132 utime 133 mknod 137 statfs 138 fstatfs 142 sched_setparam ' +
  '144 sched_setscheduler 159 adjtimex 164 settimeofday 165 mount 166 umount2 ' +
  '170 sethostname 171 setdomainname 175 init_module 176 delete_module 188 setxattr ' +
  '189 lsetxattr 190 fsetxattr 191 getxattr 192 lgetxattr 193 fgetxattr ' +
  '197 removexattr 198 lremovexattr 199 fremovexattr 200 tkill 227 clock_settime ' +
  '231 exit_group 234 tgkill 235 utimes 257 openat 258 mkdirat 259 mknodat ' +
  '260 fchownat 261 futimesat 262 newfstatat 263 unlinkat 264 renameat 265 linkat ' +
  '266 symlinkat 267 readlinkat 268 fchmodat 269 faccessat 280 utimensat 285 fallocate ' +
  '288 accept4 299 recvmmsg 307 sendmmsg 313 finit_module 314 sched_setattr ' +
  '316 renameat2 319 memfd_create 321 bpf 322 execveat 435 clone3 437 openat2'

const AARCH64 =
  '5 setxattr 6 lsetxattr 7 fsetxattr 8 getxattr 9 lgetxattr 10 fgetxattr ' +
  '14 removexattr 15 lremovexattr 16 fremovexattr 33 mknodat 34 mkdirat 35 unlinkat ' +
  '36 symlinkat 37 linkat 38 renameat 39 umount2 40 mount 43 statfs 44 fstatfs ' +
  '45 truncate 46 ftruncate 47 fallocate 48 faccessat 52 fchmod 53 fchmodat ' +
  '54 fchownat 55 fchown 56 openat 63 read 64 write 78 readlinkat 79 newfstatat ' +
  '80 fstat 88 utimensat 93 exit 94 exit_group 105 init_module 106 delete_module ' +
  '112 clock_settime 117 ptrace 118 sched_setparam 119 sched_setscheduler 129 kill ' +
  '130 tkill 131 tgkill 143 setregid 144 setgid 145 setreuid 146 setuid 147 setresuid ' +
  '149 setresgid 151 setfsuid 152 setfsgid 161 sethostname 162 setdomainname ' +
  '170 settimeofday 171 adjtimex 198 socket 200 bind 201 listen 202 accept 203 connect ' +
  '206 sendto 207 recvfrom 211 sendmsg 212 recvmsg 214 brk 220 clone 221 execve ' +
  '222 mmap 242 accept4 243 recvmmsg 269 sendmmsg 273 finit_module 274 sched_setattr ' +
  '276 renameat2 279 memfd_create 280 bpf 281 execveat 435 clone3 437 openat2'

function readTable(text: string): ReadonlyMap<string, string> {
  const words = text.split(' ')
  return new Map(words.flatMap((word, i) => (i % 2 ? [] : [[word, words[i + 1]!]])))
}

/** Machines by the number that audit has for them. */
const ARCHITECTURES: Readonly<
  Record<string, { readonly name: string; readonly calls: ReadonlyMap<string, string> }>
> = {
  c000003e: { name: 'x86_64', calls: readTable(X86_64) },
  c00000b7: { name: 'aarch64', calls: readTable(AARCH64) },
}

export const nameArchitecture = (number: string): string =>
  ARCHITECTURES[number]?.name ?? number

/** A number that is not known here stays one. */
export const nameSyscall = (architecture: string, number: string): string =>
  ARCHITECTURES[architecture]?.calls.get(number) ?? number
