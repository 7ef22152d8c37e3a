/**
 * What both ends of a SPDY/3 connection assume to have been compressed before, so that common headers cost little.
 * Upstream: the SPDY/3 draft (draft-mbelshe-httpbis-spdy-00), section 2.6.10.1
 */
const names = [
  ...'options head post put delete trace'.split(' '),
  ...'accept accept-charset accept-encoding accept-language accept-ranges age allow authorization'.split(' '),
  ...'cache-control connection content-base content-encoding content-language content-length'.split(' '),
  ...'content-location content-md5 content-range content-type date etag expect expires from host'.split(' '),
  ...'if-match if-modified-since if-none-match if-range if-unmodified-since last-modified location'.split(' '),
  ...'max-forwards pragma proxy-authenticate proxy-authorization range referer retry-after server te'.split(' '),
  ...'trailer transfer-encoding upgrade user-agent vary via warning www-authenticate'.split(' '),
  ...'method get status'.split(' '),
  '200 OK',
  ...'version HTTP/1.1 url public set-cookie keep-alive origin'.split(' '),
];

const rest =
  '100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505' +
  '203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden' +
  '404 Not Found500 Internal Server Error501 Not Implemented503 Service Unavailable' +
  'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT' +
  'chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,' +
  'publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.';

/** Each name follows its length in four bytes; then comes plain text. */
export function headerDictionary(): Buffer {
  const counted = names.flatMap((name) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(name.length);
    return [length, Buffer.from(name)];
  });
  return Buffer.concat([...counted, Buffer.from(rest)]);
}
