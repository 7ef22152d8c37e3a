import { formatQuantity, parseQuantity } from '../../../api/index.ts';

/**
 * Amounts as the API shows them: the shortest form of the number, no finer than thousandths.
 * Upstream: SetDefaults_ResourceList in pkg/apis/core/v1/defaults.go
 */
type Amounts = Readonly<Record<string, string>>;

export function canonicalResources(amounts: Amounts): Amounts {
  let changed: Record<string, string> | undefined;
  for (const name in amounts) {
    const amount = canonicalAmount(String(amounts[name]!));
    if (amount === amounts[name]) continue;
    changed ??= { ...amounts };
    changed[name] = amount;
  }
  return changed ?? amounts;
}

export function canonicalAmount(amount: string): string {
  const quantity = parseQuantity(amount.trim());
  const excess = quantity.nano % nanoPerMilli;
  if (excess === 0n) return formatQuantity(quantity);
  const rounded = quantity.nano - excess + (quantity.nano > 0n ? nanoPerMilli : 0n);
  return formatQuantity({ nano: rounded, format: quantity.format });
}

const nanoPerMilli = 1_000_000n;
