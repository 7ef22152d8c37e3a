/** A label or field selector that makes no sense. The message is upstream's. */
export class SelectorError extends Error {
  override readonly name = 'SelectorError';
}
