import { Maximize, Minus, Plus } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { isSameRef, type ObjectRef } from '../stores/selection-store.ts';
import { ControlPlane } from './control-plane.tsx';
import { emphasisOf, relatedPods, travelledPods } from './emphasis.ts';
import { mapTargets, neighbour, targetAt, type Direction, type MapTarget } from './hit-test.ts';
import { IngressHub } from './ingress-hub.tsx';
import { Lane } from './lane.tsx';
import { podBox } from './layout.ts';
import { MessageLayer } from './message-layer.tsx';
import { NodeBox } from './node-box.tsx';
import { PodCanvas } from './pod-canvas.tsx';
import { PodCell } from './pod-cell.tsx';
import { ServiceHub } from './service-hub.tsx';
import { Threads } from './threads.tsx';
import { useMapLayout, useSize } from './use-map-layout.ts';
import { useZoom } from './use-zoom.ts';
import { WorkloadCard } from './workload-card.tsx';
import { isOfOldRevision, tintColor } from './workload-views.ts';
import styles from './topology.module.css';

const JourneyLayer = lazy(() =>
  import('../requests/journey-layer.tsx').then(({ JourneyLayer }) => ({ default: JourneyLayer })),
);

const RefusalLayer = lazy(() =>
  import('../scheduling/refusal-layer.tsx').then(({ RefusalLayer }) => ({ default: RefusalLayer })),
);

/** More marks than this and nodes and pods go to a canvas. */
const mostSvgMarks = 800;

export function ClusterMap() {
  const { scene: sceneStore, selection, journeys, inspect } = useDrydock();
  const journey = useStore(journeys, (state) => state.journey);
  const scene = useStore(sceneStore, (state) => state.scene);
  const byOwner = useStore(sceneStore, (state) => state.byOwner);
  const selected = useStore(selection, (state) => state.selected);
  const surface = useRef<HTMLDivElement>(null);
  const world = useRef<SVGGElement>(null);
  const viewport = useSize(surface);
  const layout = useMapLayout(scene, viewport);
  const view = useZoom(surface, layout, viewport);
  const [focused, setFocused] = useState<ObjectRef>();
  const marks = useMemo(() => new Map(scene.pods.map((mark) => [mark.key, mark])), [scene.pods]);
  const related = useMemo(
    () => (journey && travelledPods(journey)) ?? relatedPods(selected, scene, byOwner),
    [journey, selected, scene, byOwner],
  );

  useEffect(() => {
    const place = () => {
      const { x, y, k } = view.transform.current;
      world.current?.setAttribute('transform', `translate(${x} ${y}) scale(${k})`);
      // For what keeps its size on the screen.
      world.current?.style.setProperty('--zoom', String(k));
    };
    place();
    view.listeners.add(place);
    return () => void view.listeners.delete(place);
  }, [view.listeners, view.transform]);

  const isOnCanvas = scene.pods.length + scene.nodes.length > mostSvgMarks;
  const isCard = layout.grid.density === 'card';
  const selectedPod = selected?.resource === 'pods' ? marks.get(selected.key) : undefined;
  const pendingPod = selectedPod?.nodeName === '' ? selectedPod : undefined;
  const focusTarget = focused && findTarget(scene, layout, focused);

  function point(event: MouseEvent) {
    surface.current?.focus({ preventScroll: true });
    const bounds = surface.current?.getBoundingClientRect();
    if (!bounds) return;
    const [x, y] = view.transform.current.invert([event.clientX - bounds.left, event.clientY - bounds.top]);
    const showsVolumes = isCard && !isOnCanvas && view.detail === 'container';
    const target = targetAt(scene, layout, { x, y }, showsVolumes);
    setFocused(target?.ref);
    if (target) inspect(target.ref);
    else selection.setState({ selected: undefined });
  }

  function press(event: KeyboardEvent) {
    if (event.key.startsWith('Arrow')) {
      const next = neighbour(scene, layout, focusTarget, event.key as Direction);
      if (next) {
        setFocused(next.ref);
        view.panTo(next.box.x + next.box.width / 2, next.box.y + Math.min(next.box.height / 2, 20));
      }
    } else if (event.key === 'Enter') {
      if (focused) inspect(focused);
    } else if (event.key === 'Escape') {
      selection.setState({ selected: undefined });
      setFocused(undefined);
    } else if (event.key === '+' || event.key === '=') view.zoomBy(1.3);
    else if (event.key === '-') view.zoomBy(1 / 1.3);
    else if (event.key === '0') view.fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={styles.map}>
      {/* The map is one widget: the arrow keys move within it. The outline tab holds the same as a list. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={surface}
        className={styles.surface}
        role="application"
        aria-label="Cluster map"
        aria-roledescription="map"
        aria-describedby="map-help"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onClick={point}
        onKeyDown={press}
        data-marks={scene.pods.length}
      >
        {isOnCanvas && (
          <PodCanvas
            scene={scene}
            layout={layout}
            viewport={viewport}
            view={view}
            isDimmed={(mark) => related !== undefined && !related.has(mark.key)}
            selectedPod={selected?.resource === 'pods' ? selected.key : undefined}
          />
        )}
        <svg className={styles.svg} width={viewport.width} height={viewport.height} aria-hidden="true">
          <g ref={world} data-detail={view.detail}>
            <ControlPlane layout={layout} />
            <Lane
              unit={layout.unit}
              box={layout.wanted}
              title="Workloads"
              emptyText={
                scene.workloads.length === 0
                  ? 'Nothing is asked for yet. Try: kubectl create deployment web --image=nginx'
                  : ''
              }
            />
            <Lane
              unit={layout.unit}
              box={layout.waiting}
              title="Waiting for a node"
              emptyText={scene.waitingExtent === 0 ? 'No pod waits' : ''}
            />
            {!isOnCanvas &&
              scene.nodes.map((node) => {
                const box = layout.nodes.get(node.name);
                return (
                  box && (
                    <NodeBox
                      key={node.name}
                      node={node}
                      box={box}
                      header={layout.nodeHeader}
                      isSelected={selected?.resource === 'nodes' && selected.key === node.name}
                      showsLoad={view.detail === 'node'}
                    />
                  )
                );
              })}
            <Threads
              scene={scene}
              layout={layout}
              marks={marks}
              selectedService={selected?.resource === 'services' ? selected.key : undefined}
              isQuiet={journey !== undefined}
            />
            {scene.workloads.map((workload) => {
              const box = layout.workloads.get(workload.id);
              return (
                box && (
                  <WorkloadCard
                    key={workload.id}
                    workload={workload}
                    box={box}
                    unit={layout.unit}
                    isSelected={
                      selected?.key === workload.key && selected.resource === `${workload.kind.toLowerCase()}s`
                    }
                  />
                )
              );
            })}
            {!isOnCanvas &&
              view.detail !== 'node' &&
              scene.pods.map((mark) => {
                const box = podBox(layout, mark.nodeName, mark.slot);
                const workload = mark.ownerId ? byOwner.get(mark.ownerId) : undefined;
                return (
                  box && (
                    <PodCell
                      key={mark.uid}
                      mark={mark}
                      x={box.x}
                      y={box.y}
                      width={box.width}
                      height={box.height}
                      isCard={isCard}
                      showsContainers={view.detail === 'container'}
                      tint={workload && tintColor(workload.tint)}
                      isOld={workload !== undefined && isOfOldRevision(mark, workload)}
                      emphasis={emphasisOf(mark, selected, related)}
                    />
                  )
                );
              })}
            {scene.services.map((service) => {
              const box = layout.services.get(service.key);
              return (
                box && (
                  <ServiceHub
                    key={service.key}
                    service={service}
                    box={box}
                    unit={layout.unit}
                    isSelected={selected?.resource === 'services' && selected.key === service.key}
                  />
                )
              );
            })}
            {scene.ingresses.map((ingress) => {
              const box = layout.ingresses.get(ingress.key);
              return (
                box && (
                  <IngressHub
                    key={ingress.key}
                    ingress={ingress}
                    box={box}
                    unit={layout.unit}
                    isSelected={selected?.resource === 'ingresses' && selected.key === ingress.key}
                  />
                )
              );
            })}
            {pendingPod && !isOnCanvas && (
              <Suspense>
                <RefusalLayer podKey={pendingPod.key} layout={layout} />
              </Suspense>
            )}
            {journey && (
              <Suspense>
                <JourneyLayer key={journey.id} journey={journey} layout={layout} marks={marks} />
              </Suspense>
            )}
            {focusTarget && <FocusRing target={focusTarget} />}
          </g>
        </svg>
        <MessageLayer layout={layout} marks={marks} viewport={viewport} view={view} />
      </div>
      <p id="map-help" className="visually-hidden">
        Arrow keys move between objects, Enter inspects, plus and minus zoom, zero fits everything. The outline tab
        holds the same as a list.
      </p>
      <p className="visually-hidden" aria-live="polite">
        {focusTarget?.label}
      </p>
      <div className={styles.mapControls}>
        <IconButton icon={Plus} label="Zoom in" shortcut="+" onClick={() => view.zoomBy(1.3)} />
        <IconButton icon={Minus} label="Zoom out" shortcut="-" onClick={() => view.zoomBy(1 / 1.3)} />
        <IconButton
          icon={Maximize}
          label="Fit everything"
          shortcut="0"
          isPressed={view.isFollowing}
          onClick={view.fit}
        />
      </div>
    </div>
  );
}

function findTarget(...[scene, layout, ref]: [...Parameters<typeof mapTargets>, ObjectRef]): MapTarget | undefined {
  for (const target of mapTargets(scene, layout)) if (isSameRef(target.ref, ref)) return target;
  return undefined;
}

function FocusRing({ target: { box } }: { readonly target: MapTarget }) {
  return (
    <rect
      className={styles.focusRing}
      x={box.x - 4}
      y={box.y - 4}
      width={box.width + 8}
      height={box.height + 8}
      rx={9}
    />
  );
}
