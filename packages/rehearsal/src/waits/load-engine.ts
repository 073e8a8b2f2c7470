import type { Engine, EngineWanted, SavedDatabase } from '../engine.js';

/** A session of the application. */
export type LoadSession = Pick<Engine, 'run' | 'query' | 'close'>;

/** An engine on which others can work while a migration runs. */
export interface LoadEngine extends Engine {
  openSession(): Promise<LoadSession>;
  save(): Promise<SavedDatabase>;
}

export type OpenLoadEngine = (wanted: EngineWanted) => Promise<LoadEngine>;
