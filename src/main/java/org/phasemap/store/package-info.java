/** Results on disk: table schemas, the manifest that says what is committed, provenance. */
@NullMarked
package org.phasemap.store;

import org.jspecify.annotations.NullMarked;
