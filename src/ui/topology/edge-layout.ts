import type { Box } from './layout.ts';
import type { Scene } from './scene.ts';

/** Where traffic comes in: the outside world, ingresses and services, and what is beside them. */
export interface EdgeLayout {
  readonly outside: Box;
  readonly dns: Box;
  readonly registry: Box;
  readonly services: ReadonlyMap<string, Box>;
  readonly ingresses: ReadonlyMap<string, Box>;
  /** The lower end of the map. */
  readonly height: number;
}

interface EdgeFrame {
  readonly y: number;
  readonly width: number;
  /** How much larger than life it is drawn. */
  readonly unit: number;
  readonly isNarrow: boolean;
}

const hubHeight = 42;
const hubWidth = 158;
const hubGap = 14;
const rowGap = 12;
/** Between the services and the ingresses below them: room for the threads. */
const ingressGap = 30;
const partWidth = 104;
/** Less than this and what stands at the right is stacked. */
const wideFrom = 900;

/** Below the nodes: the outside world at the left, hubs in rows, DNS and registry at the right. */
export function layOutEdge(scene: Scene, { y, width, unit, isNarrow }: EdgeFrame): EdgeLayout {
  const u = (pixels: number) => pixels * unit;
  const part = { width: u(partWidth), height: u(hubHeight) };
  const outside = { x: 0, y, width: u(isNarrow ? 84 : partWidth), height: u(hubHeight) };
  const isStacked = width < wideFrom * unit;
  const rightWidth = isNarrow ? 0 : u(isStacked ? partWidth : 2 * partWidth + rowGap);

  const left = outside.width + u(28);
  const free = width - left - (rightWidth && rightWidth + u(24));
  const each = isNarrow ? free : u(hubWidth);
  const perRow = Math.max(1, Math.floor((free + u(hubGap)) / (each + u(hubGap))));
  const place = (index: number, top: number): Box => ({
    x: left + (index % perRow) * (each + u(hubGap)),
    y: top + Math.floor(index / perRow) * u(hubHeight + rowGap),
    width: each,
    height: u(hubHeight),
  });
  const rowsHeight = (count: number) => Math.ceil(count / perRow) * u(hubHeight + rowGap) - u(rowGap);

  const services = new Map(scene.services.map(({ key }, index) => [key, place(index, y)]));
  const belowServices = y + rowsHeight(Math.max(1, scene.services.length));
  const ingressTop = belowServices + u(ingressGap);
  const ingresses = new Map(scene.ingresses.map(({ key }, index) => [key, place(index, ingressTop)]));
  const belowHubs = ingresses.size > 0 ? ingressTop + rowsHeight(ingresses.size) : belowServices;

  if (isNarrow) {
    const top = belowHubs + 14;
    const registry = { x: 0, y: top, ...part };
    const dns = { x: part.width + u(rowGap), y: top, ...part };
    return { outside, dns, registry, services, ingresses, height: top + part.height };
  }
  const dns = { x: width - (isStacked ? 1 : 2) * part.width - (isStacked ? 0 : u(rowGap)), y, ...part };
  const registry = { x: width - part.width, y: isStacked ? y + u(hubHeight + rowGap) : y, ...part };
  return { outside, dns, registry, services, ingresses, height: Math.max(belowHubs, registry.y + registry.height) };
}
