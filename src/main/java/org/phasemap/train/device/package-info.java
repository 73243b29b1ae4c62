/**
 * Trains small MLPs on a GPU, each in one block of threads from its first step to its last. Writes
 * the structs that {@code src/main/cuda/train.cu} reads, and reads its results.
 */
@NullMarked
package org.phasemap.train.device;

import org.jspecify.annotations.NullMarked;
