/** Paths of the real `kubectl` and `helm`, or why they are not to be had. */
export function ensureOracle():
  | { readonly kubectl: string; readonly helm: string; readonly missing?: undefined }
  | { readonly kubectl?: undefined; readonly helm?: undefined; readonly missing: string };
