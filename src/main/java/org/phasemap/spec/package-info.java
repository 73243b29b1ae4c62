/** What the user writes: YAML to records and back, checked with the path of the offending field. */
@NullMarked
package org.phasemap.spec;

import org.jspecify.annotations.NullMarked;
