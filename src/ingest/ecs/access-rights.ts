/** Names of bits, the lowest first. */
type BitNames = readonly (readonly [bit: number, name: string])[]

/** https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-samr/b10cfda1-f24f-441b-8f43-80cb93e786ec */
const ACCOUNT_FLAGS: BitNames = [
  'USER_ACCOUNT_DISABLED',
  'USER_HOME_DIRECTORY_REQUIRED',
  'USER_PASSWORD_NOT_REQUIRED',
  'USER_TEMP_DUPLICATE_ACCOUNT',
  'USER_NORMAL_ACCOUNT',
  'USER_MNS_LOGON_ACCOUNT',
  'USER_INTERDOMAIN_TRUST_ACCOUNT',
  'USER_WORKSTATION_TRUST_ACCOUNT',
  'USER_SERVER_TRUST_ACCOUNT',
  'USER_DONT_EXPIRE_PASSWORD',
  'USER_ACCOUNT_AUTO_LOCKED',
  'USER_ENCRYPTED_TEXT_PASSWORD_ALLOWED',
  'USER_SMARTCARD_REQUIRED',
  'USER_TRUSTED_FOR_DELEGATION',
  'USER_NOT_DELEGATED',
  'USER_USE_DES_KEY_ONLY',
  'USER_DONT_REQUIRE_PREAUTH',
  'USER_PASSWORD_EXPIRED',
  'USER_TRUSTED_TO_AUTHENTICATE_FOR_DELEGATION',
  'USER_NO_AUTH_DATA_REQUIRED',
  'USER_PARTIAL_SECRETS_ACCOUNT',
  'USER_USE_AES_KEYS',
].map((name, bit) => [bit, name])

/**
 * Rights to objects of a directory, as Elastic names them: one of them with a slip of the
 * pen, which a rule has to repeat.
 */
const ACCESS_RIGHTS: BitNames = [
  [0, 'Create Child'],
  [1, 'Delete Child'],
  [2, 'List Contents'],
  [3, 'SELF'],
  [4, 'Read Property'],
  [5, 'Write Property'],
  [6, 'Delete Treee'],
  [7, 'List Object'],
  [8, 'Control Access'],
  [16, 'DELETE'],
  [17, 'READ_CONTROL'],
  [18, 'WRITE_DAC'],
  [19, 'WRITE_OWNER'],
  [20, 'SYNCHRONIZE'],
  [24, 'ADS_RIGHT_ACCESS_SYSTEM_SECURITY'],
  [28, 'ADS_RIGHT_GENERIC_ALL'],
  [29, 'ADS_RIGHT_GENERIC_EXECUTE'],
  [30, 'ADS_RIGHT_GENERIC_WRITE'],
  [31, 'ADS_RIGHT_GENERIC_READ'],
]

function namesOf(bits: BitNames, mask: string): string[] {
  if (!/^0x[0-9a-f]{1,8}$/i.test(mask)) return []
  const number = Number(mask)
  return bits.filter(([bit]) => ((number >>> bit) & 1) === 1).map(([, name]) => name)
}

/** What a new account control value says, such as `0x210`. */
export const accountFlags = (mask: string): string[] => namesOf(ACCOUNT_FLAGS, mask)

/** What an access mask such as `0x10` allows. */
export const accessRights = (mask: string): string[] => namesOf(ACCESS_RIGHTS, mask)
