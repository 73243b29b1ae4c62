/**
 * Trains networks by Deeplearning4j, as another engine than our own ({@code ForeignEngine}). This
 * is the only package that knows Deeplearning4j.
 */
@NullMarked
package org.phasemap.zoo;

import org.jspecify.annotations.NullMarked;
