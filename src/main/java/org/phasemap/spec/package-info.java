/**
 * What a sweep is to do, as records: axes, inputs, replicates, what to measure and how to train.
 * {@code spec.file} reads and writes them, over the YAML of {@code spec.yaml}.
 */
@NullMarked
package org.phasemap.spec;

import org.jspecify.annotations.NullMarked;
