/**
 * What passes through one network leave behind, layer by layer, and how it becomes the measurement
 * of a row. The same for networks measured here and on a device, for MLPs and for graphs.
 */
@NullMarked
package org.phasemap.measure.finding;

import org.jspecify.annotations.NullMarked;
