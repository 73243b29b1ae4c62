/** Spark's sessions, executors, GPUs and jobs, whatever runs on them. */
@NullMarked
package org.phasemap.sweep.cluster;

import org.jspecify.annotations.NullMarked;
