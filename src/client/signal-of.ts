const askedWith = new WeakMap<AbortSignal, Request>();

/**
 * The signal of a request, for whoever still has to hear of an abort when nobody has the request any more.
 * Node passes an abort on only as long as the Request itself is alive, even while others listen to its signal
 * (browsers do better): so whoever holds this signal also holds the request.
 */
export function signalOf(request: Request): AbortSignal {
  askedWith.set(request.signal, request);
  return request.signal;
}
