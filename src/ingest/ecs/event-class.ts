/** What an event is, by its number alone. */
export interface EventClass {
  readonly category?: readonly string[]
  readonly type?: readonly string[]
  readonly action?: string
  readonly outcome?: 'success' | 'failure'
}
