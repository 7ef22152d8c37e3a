/**
 * The images that are on a node, and the one pull at a time that brings more.
 * Upstream: pkg/kubelet/images/puller.go (serialised), containerd's image store
 */
import { waitFor, type CodePart, type RandomStream, type Routine, type VirtualClock } from '../../../kernel/index.ts';
import type { TracePlace } from '../../../api/index.ts';
import type { ImageCatalogue, ImageLookup } from '../../images/image.ts';
import type { Trace } from '../../trace.ts';
import { pause } from '../task.ts';
import { fullReference } from './image-errors.ts';

export type FoundImage = ImageLookup & { readonly found: true };
export type MissingImage = ImageLookup & { readonly found: false };

export interface PullResult {
  readonly lookup: ImageLookup;
  /** The pull itself, and with the wait for others. */
  readonly pullMs: number;
  readonly totalMs: number;
}

export interface StoredImage {
  readonly names: readonly string[];
  readonly sizeBytes: number;
}

export interface ImageStoreParts {
  readonly clock: VirtualClock;
  readonly random: RandomStream;
  readonly trace: Trace;
  readonly catalogue: ImageCatalogue;
  readonly place: TracePlace;
  readonly component: string;
  /** Something was added. */
  readonly onChange: () => void;
}

export class ImageStore {
  readonly #parts: ImageStoreParts;
  readonly #bytesPerMs: number;
  readonly #present = new Map<string, StoredImage>();
  readonly #fetched = new Set<CodePart>();
  readonly #waiting: (() => void)[] = [];
  #isPulling = false;

  constructor(parts: ImageStoreParts) {
    this.#parts = parts;
    // 20 to 45 MB/s: downloading and unpacking together.
    this.#bytesPerMs = parts.random.between(20_000, 45_000);
  }

  /** What is on the node, largest first, as the node's status lists it. */
  get images(): readonly StoredImage[] {
    return [...new Set(this.#present.values())].sort((a, b) => b.sizeBytes - a.sizeBytes);
  }

  /**
   * Has what is behind an image brought to where the simulator runs: it is there when this returns. That takes an event
   * the first time, whether it is here already or not.
   */
  *fetchCode(reference: string): Routine<void> {
    const { clock, catalogue, component } = this.#parts;
    const part = catalogue.codeFor(reference);
    if (!part || this.#fetched.has(part)) return;
    clock.awaitCode(part);
    yield* pause(clock, 0, { component, action: 'resolve image', subject: reference });
    this.#fetched.add(part);
  }

  /** What a reference means, here or in the registry. */
  lookUp(reference: string, listensOn: readonly number[]): ImageLookup {
    return this.#parts.catalogue.lookUp(reference, listensOn);
  }

  has(reference: string): boolean {
    return this.#present.has(fullReference(reference));
  }

  /** Pulls an image, after those that were asked for before. */
  *pull(reference: string, listensOn: readonly number[], subject: string): Routine<PullResult> {
    const { clock, random } = this.#parts;
    const startMs = clock.nowMs;
    const lookup = this.lookUp(reference, listensOn);
    yield* this.#turn();
    try {
      const isNew = !this.has(reference);
      // Asking the registry takes about a second; what is there already need not be fetched.
      const askMs = lookup.found && !isNew ? random.between(280, 650) : random.between(550, 1300);
      const fetchMs = lookup.found && isNew ? lookup.sizeBytes / this.#bytesPerMs : 0;
      const pullStartMs = clock.nowMs;
      this.#record(reference, askMs + fetchMs, lookup);
      yield* pause(clock, askMs + fetchMs, { component: this.#parts.component, action: 'pull image', subject });
      if (lookup.found && isNew) this.#add(reference, lookup);
      return { lookup, pullMs: clock.nowMs - pullStartMs, totalMs: clock.nowMs - startMs };
    } finally {
      this.#isPulling = false;
      this.#waiting.shift()?.();
    }
  }

  #add(reference: string, { image, tag, digest, sizeBytes }: FoundImage): void {
    const stored = { names: [`${image.repository}@${digest}`, `${image.repository}:${tag}`], sizeBytes };
    this.#present.set(fullReference(reference), stored);
    this.#parts.onChange();
  }

  *#turn(): Routine<void> {
    if (this.#isPulling) {
      yield* waitFor<void>((resume) => {
        const wake = () => resume();
        this.#waiting.push(wake);
        return () => {
          const index = this.#waiting.indexOf(wake);
          if (index >= 0) this.#waiting.splice(index, 1);
        };
      });
    }
    this.#isPulling = true;
  }

  #record(reference: string, durationMs: number, lookup: ImageLookup): void {
    const { clock, trace, place } = this.#parts;
    trace.record({
      kind: 'pull',
      sentMs: clock.nowMs,
      arrivesMs: clock.nowMs + durationMs,
      from: { type: 'registry', name: '' },
      to: place,
      verb: 'pull',
      subject: fullReference(reference),
      ...(!lookup.found && { isRefused: true, detail: lookup.reason }),
    });
  }
}
