/** Collected from the `Differs:` lines of the sources when the page is built: see vite.config.ts. */
declare module 'virtual:differences' {
  export const differences: readonly { readonly area: string; readonly text: string }[];
}
