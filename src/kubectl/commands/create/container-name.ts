/** A container's name from its image: the last part of the path without tag and digest. */
export function containerName(image: string): string {
  const name = image.split('/').at(-1)!.split(':')[0]!.split('@')[0]!;
  if (!/[_.]/.test(name)) return name;
  return `${name.replaceAll(/[_.]/g, '-')}-${randomText(5)}`;
}

/** As Kubernetes makes up the ends of names: no vowels, so no words. Upstream: apimachinery/pkg/util/rand */
export function randomText(length: number): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
}
