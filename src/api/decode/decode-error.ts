/**
 * A body that is no JSON, or JSON that does not fit the type. The message is Go's, as the API server passes it on in
 * `Pod in version "v1" cannot be handled as a Pod: <message>`.
 */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}
