const units = ['', 'K', 'M', 'G', 'T', 'P'];

/** `ls -h`, `du -h`: three characters of number at most, rounded up. */
export function humanSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  if (unit === 0) return String(size);
  return `${size < 10 ? (Math.ceil(size * 10) / 10).toFixed(1) : Math.ceil(size)}${units[unit]}`;
}
