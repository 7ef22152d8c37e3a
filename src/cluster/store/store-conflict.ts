/** Why the store refused. The API server turns it into the Status that clients see. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict';
  readonly reason: 'exists' | 'missing' | 'changed' | 'compacted';

  constructor(reason: StoreConflict['reason'], key: string) {
    super(`${key}: ${reason}`);
    this.reason = reason;
  }
}
