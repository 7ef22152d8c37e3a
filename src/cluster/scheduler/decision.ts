import type { ObjectKey } from '../../api/index.ts';
import type { Deliberation } from './cycle.ts';

/** The latest decision about a pod, to be shown. */
export interface Decision {
  readonly podKey: ObjectKey;
  /** Virtual time in milliseconds since 1970. */
  readonly atMs: number;
  readonly outcome: 'scheduled' | 'unschedulable' | 'error';
  /** The node that was picked, or that preemption promises. */
  readonly node?: string;
  /** Why there is none. */
  readonly message?: string;
  readonly nodes: readonly NodeVerdict[];
}

export interface NodeVerdict {
  readonly node: string;
  readonly refusedBy?: { readonly plugin: string; readonly reasons: readonly string[] };
  /** Missing when the node was refused, or was the only one. */
  readonly scores?: readonly PluginScore[];
  readonly total?: number;
}

export interface PluginScore {
  readonly plugin: string;
  readonly weight: number;
  readonly raw: number;
  /** From 0 to 100. */
  readonly normalised: number;
  readonly weighted: number;
}

interface Remembered {
  readonly summary: Omit<Decision, 'nodes'>;
  readonly deliberation: Deliberation | undefined;
}

const keptDecisions = 2_000;
/** A decision holds the scores of every node it looked at: of large clusters fewer are kept. */
const keptVerdicts = 60_000;

/** Remembers the latest decisions as they came out of the cycle, and spells one out when somebody asks. */
export class Decisions {
  /** Oldest first. */
  readonly #remembered = new Map<ObjectKey, Remembered>();
  #verdictCount = 0;

  remember(summary: Omit<Decision, 'nodes'>, deliberation: Deliberation | undefined): void {
    this.forget(summary.podKey);
    this.#remembered.set(summary.podKey, { summary, deliberation });
    this.#verdictCount += sizeOf(deliberation);
    while (this.#remembered.size > keptDecisions || (this.#verdictCount > keptVerdicts && this.#remembered.size > 1)) {
      this.forget(this.#remembered.keys().next().value!);
    }
  }

  forget(podKey: ObjectKey): void {
    this.#verdictCount -= sizeOf(this.#remembered.get(podKey)?.deliberation);
    this.#remembered.delete(podKey);
  }

  explain(podKey: ObjectKey): Decision | undefined {
    const remembered = this.#remembered.get(podKey);
    return (
      remembered && { ...remembered.summary, nodes: remembered.deliberation ? verdicts(remembered.deliberation) : [] }
    );
  }
}

function sizeOf(deliberation: Deliberation | undefined): number {
  return deliberation ? deliberation.feasible.length + deliberation.refusals.size : 0;
}

function verdicts({ refusals, feasible, scored, totals }: Deliberation): readonly NodeVerdict[] {
  const refused = [...refusals].map(([{ name }, { plugin, reasons }]) => ({
    node: name,
    refusedBy: { plugin, reasons },
  }));
  const accepted = feasible.map(({ name }, at): NodeVerdict => {
    if (scored.length === 0) return { node: name };
    const scores = scored.map(({ plugin, raw, normalised }): PluginScore => {
      const weight = plugin.weight ?? 1;
      return {
        plugin: plugin.name,
        weight,
        raw: raw[at]!,
        normalised: normalised[at]!,
        weighted: normalised[at]! * weight,
      };
    });
    return { node: name, scores, total: totals[at]! };
  });
  return [...accepted, ...refused].toSorted((a, b) => (a.node < b.node ? -1 : 1));
}
