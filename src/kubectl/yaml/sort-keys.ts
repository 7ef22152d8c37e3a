/** The order in which yaml.v2 writes the keys of a map: letters after the rest, numbers by their value. Upstream: sorter.go */
export function compareYamlKeys(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let index = 0; index < left.length && index < right.length; index++) {
    const l = left[index]!;
    const r = right[index]!;
    if (l === r) continue;
    const isLeftLetter = /\p{L}/u.test(l);
    const isRightLetter = /\p{L}/u.test(r);
    if (isLeftLetter && isRightLetter) return l.codePointAt(0)! - r.codePointAt(0)!;
    if (isLeftLetter || isRightLetter) return isRightLetter ? -1 : 1;
    return compareDigits(left, right, index) || l.codePointAt(0)! - r.codePointAt(0)!;
  }
  return left.length - right.length;
}

function compareDigits(left: readonly string[], right: readonly string[], from: number): number {
  let prefix = '';
  if (left[from] === '0' || right[from] === '0') {
    for (let index = from - 1; index >= 0 && isDigit(left[index]); index--) {
      if (left[index] !== '0') {
        prefix = '1';
        break;
      }
    }
  }
  const l = digitsFrom(left, from);
  const r = digitsFrom(right, from);
  return Number(prefix + l) - Number(prefix + r) || l.length - r.length;
}

function digitsFrom(text: readonly string[], from: number): string {
  let digits = '';
  for (let index = from; isDigit(text[index]); index++) digits += text[index];
  return digits;
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}
