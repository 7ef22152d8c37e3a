/** A mistake that shows only when the program runs. */
export class AwkRuntimeError extends Error {
  override readonly name = 'AwkRuntimeError';
}
