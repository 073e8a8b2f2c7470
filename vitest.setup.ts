import { configureGlobal } from 'fast-check';

// A run tells the same every time, also in CI; PLANWRIGHT_SEED=<number> looks elsewhere.
configureGlobal({ seed: Number(process.env.PLANWRIGHT_SEED ?? 20261120) });
