/** Upstream: RFC 1321 */
const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const sines = Uint32Array.from({ length: 64 }, (_, n) => Math.floor(Math.abs(Math.sin(n + 1)) * 0x1_0000_0000));

export function md5(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, (bytes.length << 3) >>> 0, true);
  view.setUint32(padded.length - 4, Math.floor(bytes.length / 0x2000_0000), true);
  const state: [number, number, number, number] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let block = 0; block < padded.length; block += 64) addBlock(state, view, block);
  const digest = new Uint8Array(16);
  const out = new DataView(digest.buffer);
  state.forEach((word, n) => out.setUint32(n * 4, word >>> 0, true));
  return digest;
}

function addBlock(state: [number, number, number, number], view: DataView, block: number): void {
  let [a, b, c, d] = state;
  for (let n = 0; n < 64; n++) {
    const round = n >> 4;
    const [mix, word] =
      round === 0
        ? [(b & c) | (~b & d), n]
        : round === 1
          ? [(d & b) | (~d & c), (5 * n + 1) % 16]
          : round === 2
            ? [b ^ c ^ d, (3 * n + 5) % 16]
            : [c ^ (b | ~d), (7 * n) % 16];
    const sum = (a + mix + sines[n]! + view.getUint32(block + word * 4, true)) | 0;
    const by = shifts[round * 4 + (n % 4)]!;
    [a, d, c, b] = [d, c, b, (b + ((sum << by) | (sum >>> (32 - by)))) | 0];
  }
  state[0] = (state[0] + a) | 0;
  state[1] = (state[1] + b) | 0;
  state[2] = (state[2] + c) | 0;
  state[3] = (state[3] + d) | 0;
}
