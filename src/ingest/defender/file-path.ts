/** The folder and the name of a file; folders mostly end in the name already. */
export function joinPath(
  folder: string | undefined,
  name: string | undefined,
): string | undefined {
  if (folder === undefined || name === undefined) return folder
  const separator = folder.includes('/') && !folder.includes('\\') ? '/' : '\\'
  const ending = `${separator}${name}`.toLowerCase()
  const isWhole = folder.toLowerCase().endsWith(ending)
  return isWhole ? folder : `${folder.replace(/[\\/]$/, '')}${separator}${name}`
}
