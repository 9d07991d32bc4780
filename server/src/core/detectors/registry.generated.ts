import type { Detector } from "./detector";
import { oracleFunction } from "./oracle-function/detector";

export const detectors = [oracleFunction] as unknown as readonly Detector[];
