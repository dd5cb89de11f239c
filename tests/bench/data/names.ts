/*
 * The words that made-up events and made-up rules have in common, so that some rules
 * find something. Frequent ones first: events draw lopsidedly, rules evenly.
 */

export interface Program {
  readonly name: string
  readonly folder: string
}

const inFolder = (folder: string, names: string): readonly Program[] =>
  names.split(' ').map((name) => ({ name, folder }))

const SYSTEM = 'C:\\Windows\\System32'

export const windowsPrograms: readonly Program[] = [
  ...inFolder(SYSTEM, 'svchost.exe conhost.exe taskhostw.exe RuntimeBroker.exe'),
  ...inFolder('C:\\Program Files\\Northlight\\Browser', 'browser.exe crashpad.exe'),
  ...inFolder(SYSTEM, 'dllhost.exe SearchIndexer.exe backgroundTaskHost.exe lsass.exe'),
  ...inFolder('C:\\Windows', 'explorer.exe'),
  ...inFolder('C:\\Program Files\\Quillworks\\Office', 'writer.exe sheets.exe mail.exe'),
  ...inFolder(SYSTEM, 'cmd.exe services.exe WmiPrvSE.exe sppsvc.exe spoolsv.exe'),
  ...inFolder(`${SYSTEM}\\WindowsPowerShell\\v1.0`, 'powershell.exe'),
  ...inFolder('C:\\Program Files\\Harbourline\\Agent', 'agent.exe updater.exe'),
  ...inFolder(SYSTEM, 'rundll32.exe msiexec.exe reg.exe net.exe sc.exe whoami.exe'),
  ...inFolder('C:\\Users\\Public\\Tools', 'setup.exe helper.exe sync.exe'),
  ...inFolder(SYSTEM, 'schtasks.exe wscript.exe cscript.exe mshta.exe regsvr32.exe'),
  ...inFolder(SYSTEM, 'certutil.exe bitsadmin.exe wmic.exe nltest.exe ipconfig.exe'),
  ...inFolder(SYSTEM, 'tasklist.exe taskkill.exe wevtutil.exe vssadmin.exe bcdedit.exe'),
  ...inFolder('C:\\ProgramData\\Stage', 'a.exe loader.exe python.exe node.exe'),
]

export const linuxPrograms: readonly Program[] = [
  ...inFolder('/usr/bin', 'bash sh dash zsh python3 perl ruby node curl wget openssl'),
  ...inFolder('/usr/bin', 'systemctl crontab chmod chown tar grep find ssh scp nc'),
  ...inFolder('/usr/sbin', 'useradd usermod iptables auditctl insmod modprobe'),
  ...inFolder('/tmp', 'payload x runner'),
]

export const macosPrograms: readonly Program[] = [
  ...inFolder('/usr/bin', 'osascript security defaults launchctl sqlite3 curl'),
  ...inFolder('/bin', 'bash sh zsh chmod'),
  ...inFolder('/Applications/Quill.app/Contents/MacOS', 'Quill QuillHelper'),
]

export const users = [
  ...['mreyes', 'akowalski', 'jlind', 'tsato', 'nokafor', 'pvarga', 'hsolberg', 'dmarsh'],
  ...['svc-backup', 'svc-deploy', 'adm-lind', 'adm-sato', 'guest', 'kiosk-1', 'kiosk-2'],
]

export const libraries = (
  'kernel32.dll ntdll.dll user32.dll advapi32.dll kernelbase.dll ole32.dll combase.dll ' +
  'bcrypt.dll crypt32.dll ws2_32.dll winhttp.dll amsi.dll taskschd.dll clr.dll vaultcli.dll ' +
  'dbghelp.dll samlib.dll wbemcomn.dll rasapi32.dll mstscax.dll'
).split(' ')

export const extensions =
  'tmp log dat exe dll json lnk ps1 js vbs docx xlsx zip job cab iso hta py msi sys'.split(
    ' ',
  )

export const folders = [
  'C:\\Users\\{user}\\AppData\\Local\\Temp',
  'C:\\Users\\{user}\\AppData\\Roaming\\Northlight\\Profiles',
  'C:\\Windows\\Prefetch',
  'C:\\Windows\\Temp',
  'C:\\ProgramData\\Harbourline\\Queue',
  'C:\\Users\\{user}\\Downloads',
  'C:\\Users\\{user}\\Documents',
  'C:\\Windows\\System32\\Tasks',
  'C:\\Windows\\Tasks',
  'C:\\Users\\Public',
]

export const registryKeys = [
  'SYSTEM\\ControlSet001\\Services\\bam\\State\\UserSettings',
  'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tasks',
  'SYSTEM\\ControlSet001\\Services\\Tcpip\\Parameters\\Interfaces',
  'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\UserAssist',
  'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run',
  'SYSTEM\\ControlSet001\\Services\\HarbourAgent',
  'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings',
  'SOFTWARE\\Policies\\Microsoft\\Windows Defender',
  'SOFTWARE\\Classes\\CLSID',
  'SYSTEM\\ControlSet001\\Control\\Lsa',
]
export const registryValues =
  'Actions Start ImagePath DhcpIPAddress Path Hash Triggers Version ProxyEnable Debugger'.split(
    ' ',
  )

export const domains = (
  'corp.example cdn.example updates.example mail.example telemetry.example news.example ' +
  'files.example chat.example paste.example tunnel.example'
).split(' ')

export const ports = [443, 80, 53, 445, 135, 389, 88, 8080, 3389, 5985, 22, 8443, 49671]

/** What command lines carry, beside the program and things that never repeat. */
export const switches = (
  '/c -k -p /s --type=renderer /quiet -NoProfile -File /create /delete -enc -ExecutionPolicy ' +
  'Bypass /query add /f -urlcache install --version -s localgroup query stop -decode'
).split(' ')
