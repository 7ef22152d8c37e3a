import type { ZoomTransform } from 'd3-zoom';
import type { ObjectKey, TraceKind, TraceMessage } from '../../api/index.ts';
import type { Box, Layout, Point, Viewport } from './layout.ts';
import { placeBox, wayBetween } from './message-places.ts';
import type { MessagePlayer } from './message-player.ts';
import type { PodMark } from './scene.ts';

export interface MessageColors {
  readonly kinds: Readonly<Record<TraceKind, string>>;
  readonly refused: string;
  readonly text: string;
  readonly paper: string;
  readonly font: string;
}

const tokens: Readonly<Record<TraceKind, string>> = {
  request: '--message-request',
  write: '--message-write',
  watch: '--message-watch',
  bind: '--message-bind',
  pull: '--message-run',
  start: '--message-run',
  exit: '--message-refused',
  probe: '--message-run',
  packet: '--message-packet',
};

export function messageColors(style: CSSStyleDeclaration): MessageColors {
  const value = (name: string) => style.getPropertyValue(name).trim();
  const kinds = Object.fromEntries(Object.entries(tokens).map(([kind, token]) => [kind, value(token)]));
  return {
    kinds: kinds as Record<TraceKind, string>,
    refused: value('--message-refused'),
    text: value('--text'),
    paper: value('--surface'),
    font: value('--font'),
  };
}

interface Picture {
  readonly context: CanvasRenderingContext2D;
  readonly player: MessagePlayer;
  readonly nowMs: number;
  readonly layout: Layout;
  readonly marks: ReadonlyMap<ObjectKey, PodMark>;
  readonly viewport: Viewport;
  readonly transform: ZoomTransform;
  readonly colors: MessageColors;
  readonly isReduced: boolean;
}

/** More labels at once than this and none can be read. */
const mostLabels = 5;

export function drawMessages(picture: Picture): void {
  const { context, player, nowMs, viewport, colors, isReduced } = picture;
  const ratio = context.canvas.width / Math.max(1, viewport.width);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, viewport.width, viewport.height);

  for (const { message, heat } of player.flows.values()) {
    const way = screenWay(message, picture);
    if (!way) continue;
    context.strokeStyle = colorOf(message, colors);
    context.globalAlpha = Math.min(0.75, 0.2 + heat / 20);
    context.lineWidth = 1.5 + Math.min(5, Math.log2(1 + heat));
    context.setLineDash(isReduced ? [] : [8, 6]);
    context.lineDashOffset = -nowMs / 18;
    line(context, way[0], way[1]);
  }
  context.setLineDash([]);

  const labels: Box[] = [];
  for (const { message, startMs, endMs, count } of player.flights) {
    if (nowMs < startMs) continue;
    const way = screenWay(message, picture);
    if (!way) continue;
    const [from, to] = way;
    const color = colorOf(message, colors);
    const progress = Math.min(1, (nowMs - startMs) / (endMs - startMs));
    const fading = nowMs > endMs ? Math.max(0, 1 - (nowMs - endMs) / 350) : 1;
    const eased = isReduced ? 1 : progress * progress * (3 - 2 * progress);
    const at = { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased };

    context.strokeStyle = color;
    context.globalAlpha = 0.45 * fading;
    context.lineWidth = 2;
    line(context, from, at);

    context.globalAlpha = fading;
    context.fillStyle = color;
    const radius = Math.min(9, 4 + Math.log2(count));
    if (progress < 1 || isReduced) {
      dot(context, at, radius + 2.5, colors.paper);
      dot(context, at, radius, color);
    } else {
      // It has arrived: a ring that opens and goes.
      context.lineWidth = 2;
      context.beginPath();
      context.arc(to.x, to.y, radius + (1 - fading) * 12, 0, 2 * Math.PI);
      context.stroke();
    }
    if (message.isRefused) cross(context, at, colors.paper);
    if (labels.length < mostLabels && (progress < 1 || isReduced)) {
      label(context, labelOf(message, count), at, picture, labels);
    }
  }
  context.globalAlpha = 1;
}

const colorOf = (message: TraceMessage, colors: MessageColors) =>
  message.isRefused ? colors.refused : colors.kinds[message.kind];

function screenWay(message: TraceMessage, { layout, marks, transform }: Picture): readonly [Point, Point] | undefined {
  const from = placeBox(message.from, layout, marks);
  const to = placeBox(message.to, layout, marks);
  if (!from || !to || from === to) return undefined;
  const screen = ({ x, y }: Point): Point => ({ x: transform.applyX(x), y: transform.applyY(y) });
  const [a, b] = wayBetween(from, to);
  return [screen(a), screen(b)];
}

function labelOf({ verb, subject }: TraceMessage, count: number): string {
  const [resource = '', ...rest] = (subject ?? '').split('/');
  const name = rest.at(-1) ?? '';
  const short = name.length > 26 ? `${name.slice(0, 25)}…` : name;
  return [verb, resource && name ? `${resource}/${short}` : resource, count > 1 ? `×${count}` : '']
    .filter(Boolean)
    .join(' ');
}

/** Beside its message, unless another is there already. */
function label(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y }: Point,
  { colors, viewport }: Picture,
  others: Box[],
): void {
  context.font = `500 11px ${colors.font}`;
  const width = context.measureText(text).width + 12;
  const left = x + 12 + width > viewport.width - 4 ? x - 12 - width : x + 12;
  const box = { x: left, y: y - 9, width, height: 18 };
  if (others.some((other) => overlaps(box, other))) return;
  others.push(box);
  context.fillStyle = colors.paper;
  context.globalAlpha *= 0.94;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 5);
  context.fill();
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = colors.text;
  context.fillText(text, left + 6, y + 4);
}

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function line(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

function dot(context: CanvasRenderingContext2D, { x, y }: Point, radius: number, color: string): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function cross(context: CanvasRenderingContext2D, { x, y }: Point, color: string): void {
  context.strokeStyle = color;
  context.lineWidth = 1.8;
  line(context, { x: x - 2.2, y: y - 2.2 }, { x: x + 2.2, y: y + 2.2 });
  line(context, { x: x - 2.2, y: y + 2.2 }, { x: x + 2.2, y: y - 2.2 });
}
