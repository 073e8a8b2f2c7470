import { openServer, type ServerOptions } from './open-server.js';
import type { ServerEngine } from './server-engine.js';

export interface CreateServerOptions extends ServerOptions {
  /** Extensions that the migrations create, by their SQL names. */
  readonly extensions?: readonly string[];
}

/** One scratch database beside the one that the URL names; `close` leaves nothing of it on the server. Throws `ServerRefused`. */
export async function createServer({ extensions = [], ...options }: CreateServerOptions): Promise<ServerEngine> {
  const server = await openServer(options);
  try {
    const engine = await server.open({ extensions });
    engine.close = () => server.close();
    return engine;
  } catch (thrown) {
    await server.close();
    throw thrown;
  }
}
