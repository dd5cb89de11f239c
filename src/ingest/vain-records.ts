/** Records in vain before a file without any event is given up. */
const MAX_VAIN = 1000

/** What a source had when a file of it began, which tells whether that is read in vain. */
export class VainRecords {
  private badBefore = 0
  private foundBefore = 0

  /** A file begins, one of several where the source is an archive. */
  begin(found: number, bad: number): void {
    this.foundBefore = found
    this.badBefore = bad
  }

  /** Whether so much was not JSON, and nothing was, that the rest is not tried. */
  areTooMany(found: number, bad: number): boolean {
    return found === this.foundBefore && bad - this.badBefore >= MAX_VAIN
  }
}
