/**
 * Measures a unit of networks: each sampler and kind of network has its {@code Prober}. How a
 * network is drawn, sent through and read is in the rooms. Knows the kernel and no Spark.
 */
@NullMarked
package org.phasemap.measure;

import org.jspecify.annotations.NullMarked;
