/**
 * MLPs measured on a GPU, many in one launch: {@code Device*} those without weights, {@code Dense*}
 * those with. Writes the structs that {@code src/main/cuda} reads, and reads its results.
 */
@NullMarked
package org.phasemap.measure.device;

import org.jspecify.annotations.NullMarked;
