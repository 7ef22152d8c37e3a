/** Header fields in order; names keep the case in which they were sent and are compared without regard to it. */
export class HttpHeaders {
  readonly #fields: (readonly [string, string])[];

  constructor(fields: readonly (readonly [string, string])[] = []) {
    this.#fields = [...fields];
  }

  get(name: string): string | undefined {
    const wanted = name.toLowerCase();
    return this.#fields.find(([key]) => key.toLowerCase() === wanted)?.[1];
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Replaces a field where it stands, or adds it. */
  set(name: string, value: string): this {
    const wanted = name.toLowerCase();
    const index = this.#fields.findIndex(([key]) => key.toLowerCase() === wanted);
    if (index < 0) this.#fields.push([name, value]);
    else this.#fields[index] = [name, value];
    return this;
  }

  add(name: string, value: string): this {
    this.#fields.push([name, value]);
    return this;
  }

  delete(name: string): void {
    const wanted = name.toLowerCase();
    for (let index = this.#fields.length - 1; index >= 0; index--) {
      if (this.#fields[index]![0].toLowerCase() === wanted) this.#fields.splice(index, 1);
    }
  }

  get entries(): readonly (readonly [string, string])[] {
    return this.#fields;
  }
}

export interface HttpRequest {
  readonly method: string;
  /** As in the request line: `/path?query`, or an absolute URL to a proxy. */
  readonly target: string;
  /** `HTTP/1.1` */
  readonly version: string;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array;
}

/** Upstream: RFC 9110, section 15 */
export const reasonPhrases: Readonly<Record<number, string>> = {
  100: 'Continue',
  101: 'Switching Protocols',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  411: 'Length Required',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  418: "I'm a teapot",
  422: 'Unprocessable Content',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
};

/** Whether the sender keeps the connection open after this message. */
export function keepsAlive(version: string, headers: HttpHeaders): boolean {
  const connection = headers.get('connection')?.toLowerCase() ?? '';
  return version === 'HTTP/1.1' ? !connection.includes('close') : connection.includes('keep-alive');
}
