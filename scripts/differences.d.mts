export function collectDifferences(): readonly { readonly area: string; readonly text: string }[];
export function differencesMarkdown(): string;
