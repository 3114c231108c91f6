const VECTOR = 16;

/** Numbers of the kernel's state: 8 or 4 bytes. */
export type Precision = 'f64' | 'f32';

export const bytesOf = (precision: Precision): number => (precision === 'f64' ? 8 : 4);

/** Replicas in a vector. */
export const lanesOf = (precision: Precision): number => VECTOR / bytesOf(precision);
