import { layOutEdge, type EdgeLayout } from './edge-layout.ts';
import type { NodeView, Scene } from './scene.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** How the pods of a node are drawn: cards with a name while there are few, tiles with a mark alone when there are many. */
export type Density = 'card' | 'tile';

export interface PodGrid {
  readonly density: Density;
  readonly columns: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly gap: number;
}

export interface Layout extends EdgeLayout {
  /** How much larger than life everything but the nodes is drawn, so that it can be read when the whole map is small. */
  readonly unit: number;
  readonly width: number;
  readonly isNarrow: boolean;
  readonly you: Box;
  readonly apiServer: Box;
  readonly etcd: Box;
  readonly scheduler: Box;
  readonly controllers: Box;
  readonly wanted: Box;
  readonly waiting: Box;
  readonly nodes: ReadonlyMap<string, Box>;
  readonly workloads: ReadonlyMap<string, Box>;
  readonly grid: PodGrid;
  /** Above the pods of a node, for its name. */
  readonly nodeHeader: number;
}

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

const nodeHeaderHeight = 32;
export const nodePadding = 10;
const nodeGap = 14;
const minNodeWidth = 202;
/** Ten tiles side by side. */
const wideNodeWidth = 325;
const partHeight = 36;
const youWidth = 92;
export const laneTitleHeight = 18;
const workloadHeight = 46;
const workloadGap = 10;
/** Room for so many rows of pods on each node, while there are fewer; a low view has less to give away. */
const fewestRows = ({ width, height }: Viewport): number => (width < 560 ? 1 : height < 520 ? 2 : 3);
const widest = 1_280;

/** More than this many places on a node and cards become tiles; back again only well below, so that it does not flicker. */
const mostCards = 15;
const cardsAgain = 9;

export function densityOf(nodes: readonly NodeView[], before: Density): Density {
  let most = 0;
  for (const { extent } of nodes) most = Math.max(most, extent);
  if (nodes.length > 12) return 'tile';
  return before === 'card' ? (most > mostCards ? 'tile' : 'card') : most <= cardsAgain ? 'card' : 'tile';
}

/**
 * Where everything is: control from above, traffic from below, the nodes between them. Depends on nothing but its
 * arguments, and moves nothing for what comes or goes beside it.
 */
export function layOut(scene: Scene, viewport: Viewport, density: Density): Layout {
  const isNarrow = viewport.width < 560;
  // A wide view shows the same map larger: it may be on a wall.
  const baseWidth = Math.min(widest, Math.max(340, Math.floor((viewport.width - 74) / 20) * 20));
  const extents = scene.nodes.map(({ extent }) => extent);
  const tallest = extents.reduce((most, extent) => Math.max(most, extent), 0);

  const { columns, nodeMinWidth } = nodeColumns(scene.nodes.length, baseWidth, viewport, tallest, density);
  const width = Math.max(baseWidth, columns * nodeMinWidth + (columns - 1) * nodeGap);
  const nodeWidth = Math.min((width - (columns - 1) * nodeGap) / columns, density === 'tile' ? 400 : 460);
  const grid = podGrid(nodeWidth, density);

  // The control plane.
  const unit = Math.min(5, Math.max(1, width / Math.max(baseWidth, viewport.width - 40)));
  const u = (pixels: number) => pixels * unit;
  const nodeHeader = nodeHeaderHeight * Math.min(unit, 3);
  const barY = u(partHeight + 28);
  const left = isNarrow ? 0 : u(youWidth + 44);
  const etcd = { x: left, y: 0, width: u(isNarrow ? 70 : 110), height: u(partHeight) };
  const scheduler = { x: etcd.x + etcd.width + u(12), y: 0, width: u(isNarrow ? 88 : 130), height: u(partHeight) };
  const controllersX = scheduler.x + scheduler.width + u(12);
  const controllers = { x: controllersX, y: 0, width: width - controllersX, height: u(partHeight) };
  const you = { x: 0, y: barY, width: u(isNarrow ? 70 : youWidth), height: u(partHeight) };
  const apiX = isNarrow ? u(100) : left;
  const apiServer = { x: apiX, y: barY, width: width - apiX, height: u(partHeight) };

  // What is wanted, and what waits.
  const laneY = barY + u(partHeight + 22);
  const wantedWidth = isNarrow ? width : Math.round(width * 0.66);
  const gap = u(workloadGap);
  const workloadWidth = isNarrow ? (width - gap) / 2 : u(176);
  const perRow = Math.max(1, Math.floor((wantedWidth - u(16) + gap) / (workloadWidth + gap)));
  const workloadRows = Math.max(1, Math.ceil(scene.workloads.length / perRow));
  const laneHeight = u(laneTitleHeight + 4) + workloadRows * (u(workloadHeight) + gap) - gap;
  const wanted = { x: 0, y: laneY, width: wantedWidth, height: laneHeight };
  const workloads = new Map<string, Box>();
  scene.workloads.forEach(({ id }, index) => {
    workloads.set(id, {
      x: (index % perRow) * (workloadWidth + gap),
      y: laneY + u(laneTitleHeight) + Math.floor(index / perRow) * (u(workloadHeight) + gap),
      width: workloadWidth,
      height: u(workloadHeight),
    });
  });
  const waitingWidth = isNarrow ? width : width - wantedWidth - u(20);
  const waitingY = isNarrow ? laneY + laneHeight + 14 : laneY;
  const waitingRows = Math.max(1, Math.ceil(scene.waitingExtent / trayColumns(waitingWidth, grid)));
  const waitingHeight = Math.max(
    isNarrow ? 0 : laneHeight,
    u(laneTitleHeight + 4) + waitingRows * (grid.cellHeight + grid.gap),
  );
  const waiting = { x: isNarrow ? 0 : wantedWidth + u(20), y: waitingY, width: waitingWidth, height: waitingHeight };

  // The nodes, in rows; a row is as tall as its fullest node.
  const nodes = new Map<string, Box>();
  let y = Math.max(laneY + laneHeight, waitingY + waitingHeight) + 24;
  const rowWidth = columns * nodeWidth + (columns - 1) * nodeGap;
  const nodesX = (width - rowWidth) / 2;
  for (let start = 0; start < scene.nodes.length; start += columns) {
    const row = scene.nodes.slice(start, start + columns);
    const rows = row.reduce(
      (most, { extent }) => Math.max(most, Math.ceil(extent / grid.columns)),
      fewestRows(viewport),
    );
    const height = nodeHeader + rows * (grid.cellHeight + grid.gap) - grid.gap + nodePadding;
    row.forEach(({ name }, index) =>
      nodes.set(name, { x: nodesX + index * (nodeWidth + nodeGap), y, width: nodeWidth, height }),
    );
    y += height + nodeGap;
  }
  if (scene.nodes.length === 0) y += 160;

  const edge = layOutEdge(scene, { y: y + u(26), width, unit, isNarrow });

  return {
    unit,
    width,
    isNarrow,
    you,
    apiServer,
    etcd,
    scheduler,
    controllers,
    wanted,
    waiting,
    nodes,
    ...edge,
    workloads,
    grid,
    nodeHeader,
  };
}

function podGrid(nodeWidth: number, density: Density): PodGrid {
  const inner = nodeWidth - 2 * nodePadding;
  if (density === 'tile') {
    const [cell, gap] = [26, 5];
    const columns = Math.max(1, Math.floor((inner + gap) / (cell + gap)));
    return { density, columns, cellWidth: cell, cellHeight: cell, gap };
  }
  const gap = 8;
  const columns = Math.max(1, Math.floor((inner + gap) / ((nodeWidth < 300 ? 84 : 94) + gap)));
  return { density, columns, cellWidth: (inner - (columns - 1) * gap) / columns, cellHeight: 36, gap };
}

const trayColumns = (width: number, { cellWidth, gap }: PodGrid) =>
  Math.max(1, Math.floor((width + gap) / (cellWidth + gap)));

interface Columns {
  readonly columns: number;
  readonly nodeMinWidth: number;
}

/** As many columns, of nodes as wide, as fill the view best: those at which the whole map can be drawn largest. */
function nodeColumns(count: number, width: number, viewport: Viewport, tallest: number, density: Density): Columns {
  if (count <= 1) return { columns: 1, nodeMinWidth: minNodeWidth };
  const fitting = Math.max(1, Math.floor((width + nodeGap) / (minNodeWidth + nodeGap)));
  if (count <= fitting) return { columns: count, nodeMinWidth: minNodeWidth };
  let best = { columns: 1, nodeMinWidth: minNodeWidth, scale: 0 };
  for (const nodeMinWidth of density === 'tile' ? [minNodeWidth, wideNodeWidth] : [minNodeWidth]) {
    for (let columns = 1; columns <= Math.min(count, 200); columns++) {
      const total = Math.max(width, columns * (nodeMinWidth + nodeGap));
      const grid = podGrid(Math.min((total - (columns - 1) * nodeGap) / columns, 400), density);
      const rows = Math.max(fewestRows(viewport), Math.ceil(tallest / grid.columns));
      const nodeHeight =
        nodeHeaderHeight * Math.min(3, Math.max(1, total / viewport.width)) +
        rows * (grid.cellHeight + grid.gap) +
        nodePadding +
        nodeGap;
      const height = 300 * Math.max(1, total / viewport.width) + Math.ceil(count / columns) * nodeHeight;
      // A narrow view scrolls down rather than shrink to nothing.
      const scale = Math.min(
        viewport.width / total,
        Math.max(viewport.height, viewport.width < 560 ? viewport.width * 2 : 0) / height,
      );
      if (scale > best.scale) best = { columns, nodeMinWidth, scale };
    }
  }
  return best;
}

/** Where a pod is: in its place on its node, or in the tray. The node of a pod that is not drawn gives undefined. */
export function podBox(layout: Layout, nodeName: string, slot: number): Box | undefined {
  const { grid } = layout;
  const frame = nodeName === '' ? layout.waiting : layout.nodes.get(nodeName);
  if (!frame) return undefined;
  const inTray = nodeName === '';
  const columns = inTray ? trayColumns(frame.width, grid) : grid.columns;
  const left = inTray ? frame.x : frame.x + nodePadding;
  const top = inTray ? frame.y + laneTitleHeight * layout.unit : frame.y + layout.nodeHeader;
  return {
    x: left + (slot % columns) * (grid.cellWidth + grid.gap),
    y: top + Math.floor(slot / columns) * (grid.cellHeight + grid.gap),
    width: grid.cellWidth,
    height: grid.cellHeight,
  };
}

export const centreOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });
