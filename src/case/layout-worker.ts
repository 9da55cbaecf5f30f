import { parentPort, workerData } from 'node:worker_threads';
import { layOutNetwork, type NetworkToDraw } from '../base/network-layout.ts';

/** Runs in a thread of its own, so that the server answers while a network is laid out. */
parentPort?.postMessage(layOutNetwork(workerData as NetworkToDraw));
