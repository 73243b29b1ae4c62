/**
 * Strict YAML with good messages: nodes that know where they were written, fields that say what
 * they may hold, and one sentence for whatever is wrong. Knows nothing of what a spec says.
 */
@NullMarked
package org.phasemap.spec.yaml;

import org.jspecify.annotations.NullMarked;
