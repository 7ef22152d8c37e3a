import type { ZoomTransform } from 'd3-zoom';
import { podBox, type Box, type Layout, type Viewport } from './layout.ts';
import { nodeProblem } from './node-box.tsx';
import { podStates, type PodState } from './pod-state.ts';
import type { NodeView, PodMark, Scene } from './scene.ts';
import { stateShapes } from './state-shapes.ts';
import type { Detail } from './use-zoom.ts';

export interface PodColors {
  readonly states: Readonly<Record<PodState, { readonly strong: string; readonly soft: string }>>;
  readonly surface: string;
  readonly surface2: string;
  readonly border: string;
  readonly text: string;
  readonly text2: string;
  readonly problem: string;
  readonly accent: string;
  readonly font: string;
}

export function podColors(style: CSSStyleDeclaration): PodColors {
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    states: Object.fromEntries(
      podStates.map((state) => [state, { strong: value(`--state-${state}`), soft: value(`--state-${state}-soft`) }]),
    ) as PodColors['states'],
    surface: value('--surface'),
    surface2: value('--surface-2'),
    border: value('--border-strong'),
    text: value('--text'),
    text2: value('--text-2'),
    problem: value('--state-failed'),
    accent: value('--accent'),
    font: value('--font'),
  };
}

export interface PodPicture {
  readonly context: CanvasRenderingContext2D;
  readonly scene: Scene;
  readonly layout: Layout;
  readonly viewport: Viewport;
  readonly transform: ZoomTransform;
  readonly detail: Detail;
  readonly colors: PodColors;
  readonly isDimmed: (mark: PodMark) => boolean;
  readonly selectedPod: string | undefined;
}

const paths = new Map<PodState, { readonly outline: Path2D; readonly glyph: Path2D }>();

function pathsOf(state: PodState) {
  let known = paths.get(state);
  if (!known) {
    const { outline, glyph } = stateShapes[state];
    paths.set(state, (known = { outline: new Path2D(outline), glyph: new Path2D(glyph) }));
  }
  return known;
}

/** Nodes and pods by the thousand: only what is in sight, and only as finely as it can be seen. */
export function drawPods(picture: PodPicture): void {
  const { context, scene, layout, viewport, transform } = picture;
  const ratio = context.canvas.width / Math.max(1, viewport.width);
  const { k, x, y } = transform;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, viewport.width, viewport.height);
  context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);

  const seen = { x: -x / k, y: -y / k, width: viewport.width / k, height: viewport.height / k };
  const isSeen = (box: Box) =>
    box.x < seen.x + seen.width &&
    box.x + box.width > seen.x &&
    box.y < seen.y + seen.height &&
    box.y + box.height > seen.y;

  const visible = new Set<string>(isSeen(layout.waiting) ? [''] : []);
  for (const node of scene.nodes) {
    const box = layout.nodes.get(node.name);
    if (!box || !isSeen(box)) continue;
    visible.add(node.name);
    drawNode(picture, node, box);
  }
  if (picture.detail === 'node') return;
  for (const mark of scene.pods) if (visible.has(mark.nodeName)) drawPod(picture, mark);
}

function drawNode({ context, colors, layout, transform, detail }: PodPicture, node: NodeView, box: Box): void {
  const problem = nodeProblem(node);
  const pixel = 1 / transform.k;
  context.fillStyle = colors.surface2;
  context.strokeStyle = problem ? colors.problem : colors.border;
  context.lineWidth = Math.min(2, Math.max(1, pixel));
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 10);
  context.fill();
  context.stroke();

  // Titles keep a size that can be read, as long as the node is wide enough for it.
  const size = Math.min(box.width / 9, Math.max(12, 10.5 * pixel));
  context.font = `600 ${size}px ${colors.font}`;
  context.fillStyle = problem ? colors.problem : colors.text;
  context.textAlign = 'left';
  context.fillText(problem ? `⚠ ${node.name}` : node.name, box.x + 11, box.y + layout.nodeHeader * 0.66);
  context.font = `${size * 0.85}px ${colors.font}`;
  context.fillStyle = colors.text2;
  context.textAlign = 'right';
  context.fillText(String(node.podCount), box.x + box.width - 11, box.y + layout.nodeHeader * 0.66);
  context.textAlign = 'left';
  if (detail === 'node') drawLoad(context, colors, node, box, layout.nodeHeader);
}

function drawLoad(
  context: CanvasRenderingContext2D,
  colors: PodColors,
  node: NodeView,
  box: Box,
  header: number,
): void {
  const top = box.y + header;
  const height = box.y + box.height - top - 10;
  let left = box.x + 11;
  for (const state of podStates) {
    const width = ((node.counts[state] ?? 0) / Math.max(1, node.podCount)) * (box.width - 22);
    context.fillStyle = colors.states[state].strong;
    context.fillRect(left, top, width, height);
    left += width;
  }
}

function drawPod(picture: PodPicture, mark: PodMark): void {
  const { context, layout, colors, transform } = picture;
  const box = podBox(layout, mark.nodeName, mark.slot);
  if (!box) return;
  const { strong, soft } = colors.states[mark.state];
  context.globalAlpha = picture.isDimmed(mark) ? 0.25 : 1;
  const isFine = box.width * transform.k > 13;
  context.fillStyle = isFine ? soft : strong;
  context.strokeStyle = mark.key === picture.selectedPod ? colors.accent : strong;
  context.lineWidth = mark.key === picture.selectedPod ? 3 : 1;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 6);
  context.fill();
  context.stroke();
  if (isFine) {
    const shape = stateShapes[mark.state];
    const { outline, glyph } = pathsOf(mark.state);
    context.translate(box.x + (box.width - 16) / 2, box.y + (box.height - 16) / 2);
    context.lineWidth = 1.5;
    context.strokeStyle = strong;
    context.fillStyle = strong;
    if (shape.isFilled) context.fill(outline);
    else context.stroke(outline);
    context.strokeStyle = shape.isFilled ? colors.surface : strong;
    if (mark.state === 'starting') context.fill(glyph);
    else context.stroke(glyph);
    context.translate(-box.x - (box.width - 16) / 2, -box.y - (box.height - 16) / 2);
  }
  context.globalAlpha = 1;
}
