import type { Server } from 'node:http';
import { createBridge, listen } from '../../src/bridge/index.ts';
import type { KubeApi } from '../../src/client/index.ts';
import { realHost, serve, Simulation, type SimulationOptions } from '../../src/http/index.ts';

/** A simulated cluster on an ephemeral port of the loopback interface. */
export interface TestCluster {
  readonly simulation: Simulation;
  readonly api: KubeApi;
  readonly url: string;
  /** Runs to a virtual time, paused or not. */
  runFor(virtualMs: number): Promise<void>;
  stop(): void;
}

export async function startCluster(
  options: SimulationOptions,
  wrap: (api: KubeApi, simulation: Simulation) => KubeApi = (api) => api,
): Promise<TestCluster> {
  const simulation = new Simulation(options, realHost);
  const api = wrap(serve(simulation), simulation);
  const server: Server = createBridge(api);
  const url = `http://127.0.0.1:${await listen(server, 0)}`;
  return {
    simulation,
    api,
    url,
    runFor: (virtualMs) => simulation.pacer.runUntil(simulation.session.cluster.clock.nowMs + virtualMs),
    stop: () => {
      simulation.pacer.set({ isPaused: true });
      server.closeAllConnections();
      server.close();
    },
  };
}
