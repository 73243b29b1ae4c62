/**
 * What the user writes. YAML becomes records and goes back to YAML. Every value is checked when it
 * is read; a mistake names the file, the line and the path of the field. Every field is declared
 * once, in {@code Format} and its parts: reading, messages and docs/spec.md follow from that.
 */
@NullMarked
package org.phasemap.spec;

import org.jspecify.annotations.NullMarked;
